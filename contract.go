package success

import (
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// A ContractID identifies a contract.
type ContractID string

// A Contract is a span of days during which an account pays a recurring price.
// It is active on the days from Start up to, but not including, End.
//
// One-off fees are not contracts. A trial is a contract with price 0, a credit
// or a lasting discount one with a negative price.
type Contract struct {
	ID       ContractID      `json:"id"`                 // unique within one call
	Account  AccountID       `json:"account"`            // who pays
	Product  string          `json:"product,omitempty"`  // what for; empty is a product too
	Start    Date            `json:"start"`              // first active day
	End      Date            `json:"end,omitzero"`       // first day no longer active; none is open-ended
	Price    decimal.Decimal `json:"price"`              // of one unit for one Term; negative is a credit
	Currency string          `json:"currency,omitempty"` // of Price; empty when nothing names one
	Term     Term            `json:"term"`               // what Price pays for
	Quantity int64           `json:"quantity,omitempty"` // units, such as seats; 0 means 1
	Renews   ContractID      `json:"renews,omitempty"`   // the contract it succeeds, if it says so
	Credits  ContractID      `json:"credits,omitempty"`  // the contract a credit reduces, if it says so
}

const (
	maxQuantity = 1e12
	// RateLimit is the annual rate, in units of a currency, from which on a
	// contract is refused with [ErrRange]: whole millionths of less fit 64
	// bits.
	RateLimit = 9_000_000_000_000
)

// Units returns the quantity of c, 1 when it is not set.
func (c Contract) Units() int64 {
	if c.Quantity == 0 {
		return 1
	}
	return c.Quantity
}

// AnnualRate returns the recurring revenue of c in a year, in its currency:
//
//	Price × Quantity × 12/months, × 52/weeks or × 365/days
//
// rounded half to even to a millionth. ok is false when c has no valid term or
// quantity, or when the rate is [RateLimit] or more either way. A twelfth of it
// is the monthly rate.
func (c Contract) AnnualRate() (rate decimal.Decimal, ok bool) {
	micros, ok := c.rate()
	if !ok {
		return decimal.Decimal{}, false
	}
	return exact.Decimal(micros), true
}

func (c *Contract) rate() (micros int64, ok bool) {
	num, den := c.Term.PerYear()
	if num == 0 || c.Quantity < 0 || c.Quantity > maxQuantity {
		return 0, false
	}
	return exact.Rate(c.Price, c.Units()*num, den)
}

// Validate reports, as [Errors], everything about c that no metric can use:
// a missing ID, Account, Start or Term ([ErrMissing]); an End not after Start
// ([ErrOrder]); a negative Term or Quantity ([ErrNegative]); a Term, Quantity or
// annual rate out of range ([ErrRange]); a contract that renews or credits
// itself ([ErrOrder]). What takes several records to see, such as duplicates, is
// checked by the metric.
func (c Contract) Validate() error {
	var faults Errors
	c.Check(-1, &faults)
	return faults.Err()
}

// Check adds what [Contract.Validate] reports to faults, for the contract at a
// position of a slice, and returns its annual rate in whole millionths of its
// currency, 0 when that is among the faults.
func (c *Contract) Check(index int, faults *Errors) (micros int64) {
	add := func(field, value string, err error) {
		faults.Add(&InputError{"contract", index, field, value, err})
	}
	if c.ID == "" {
		add("ID", "", ErrMissing)
	}
	if c.Account == "" {
		add("Account", "", ErrMissing)
	}
	if c.Start.IsZero() {
		add("Start", "", ErrMissing)
	} else if !c.End.IsZero() && !c.End.After(c.Start) {
		add("End", c.End.String(), fault.New(ErrOrder, "is not after Start %s", c.Start))
	}
	micros = c.checkRate(add)
	if c.ID != "" && c.Renews == c.ID {
		add("Renews", string(c.Renews), fault.New(ErrOrder, "is the contract itself"))
	}
	if c.ID != "" && c.Credits == c.ID {
		add("Credits", string(c.Credits), fault.New(ErrOrder, "is the contract itself"))
	}
	return micros
}

func (c *Contract) checkRate(add func(field, value string, err error)) (micros int64) {
	usable := true
	if err := c.Term.fault(); err == ErrMissing {
		add("Term", "", err)
		usable = false
	} else if err != nil {
		add("Term", c.Term.String(), err)
		usable = false
	}
	if c.Quantity < 0 {
		add("Quantity", strconv.FormatInt(c.Quantity, 10), ErrNegative)
		usable = false
	} else if c.Quantity > maxQuantity {
		add("Quantity", strconv.FormatInt(c.Quantity, 10), ErrRange)
		usable = false
	}
	if !usable {
		return 0
	}
	micros, ok := c.rate()
	if !ok {
		add("Price", exact.Show(c.Price), fault.New(ErrRange, "makes an annual rate of %d or more", int64(RateLimit)))
	}
	return micros
}
