package retention

import (
	"fmt"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

// A Kind says how an account moved in a period. The text of each is its name in
// lower case.
type Kind uint8

// The kinds of movement of an account. FX, the seventh movement, stands beside
// them: an account may have both.
const (
	None Kind = iota // no change, or no revenue at either end
	New
	Reactivation
	Expansion
	Contraction
	Churn
)

// kinds are the words of the constants, in their order.
func kinds() []string {
	return []string{"none", "new", "reactivation", "expansion", "contraction", "churn"}
}

// String returns the name of k in lower case.
func (k Kind) String() string {
	if words := kinds(); int(k) < len(words) {
		return words[k]
	}
	return fmt.Sprintf("unknown %d", uint8(k))
}

// MarshalText returns what [Kind.String] returns; a value that is none of the
// constants is an error.
func (k Kind) MarshalText() ([]byte, error) {
	if int(k) >= len(kinds()) {
		return nil, fmt.Errorf("retention: movement %d %w", uint8(k), success.ErrUnknown)
	}
	return []byte(k.String()), nil
}

// UnmarshalText reads what [Kind.MarshalText] writes.
func (k *Kind) UnmarshalText(text []byte) error {
	for i, word := range kinds() {
		if word == string(text) {
			*k = Kind(i)
			return nil
		}
	}
	return fmt.Errorf("retention: movement %.40q %w", text, success.ErrUnknown)
}

// A Snapshot is the recurring revenue at the close of a day.
type Snapshot struct {
	Date      success.Date
	Currency  string
	ARR       decimal.Decimal // at the rates of the day
	Customers int             // accounts (or what the grain says) with revenue above 0
	Free      int             // with an active contract, but no revenue
}

// MRR returns a twelfth of the annual revenue, rounded half away from zero to
// the given places.
func (s Snapshot) MRR(places int32) decimal.Decimal {
	return s.ARR.DivRound(decimal.NewFromInt(12), places)
}

// Merge returns the state of both shards together, or an error if they differ in
// day or currency.
func (s Snapshot) Merge(t Snapshot) (Snapshot, error) {
	if s.Date != t.Date || s.Currency != t.Currency {
		return Snapshot{}, fmt.Errorf("%w: %v %s and %v %s", errMerge, s.Date, s.Currency, t.Date, t.Currency)
	}
	s.ARR = s.ARR.Add(t.ARR)
	s.Customers += t.Customers
	s.Free += t.Free
	return s, nil
}

// A Line is one account's part of a [Movement].
type Line struct {
	Account  success.AccountID  // after mergers
	Product  string             // at product grain
	Contract success.ContractID // at contract grain: the first of its successors
	Opening  decimal.Decimal    // annual revenue at the opening, at the rates of From
	Closing  decimal.Decimal    // annual revenue at the close, at the rates of To
	Movement Kind               // how it moved
	Amount   decimal.Decimal    // by how much, 0 or more, at the rates of From
	FX       decimal.Decimal    // what exchange rates did to the closing
	FromFree bool               // New, and free on the day before it first paid
	Reasons  Reasons            // why; they add up to Closing − Opening − FX
}

// Reasons takes the change of an account's revenue apart. On each day on which
// one of its contracts starts or ends, a contract and its successors of the same
// product are set side by side: the old price of one unit times the change of
// quantity is Seats, the rest, the new quantity times the change of the price of
// a unit, is Price. Credits are Price. Contracts that begin or end on their own,
// and successors of another product, are Product.
type Reasons struct {
	Seats   Cause // more or fewer units
	Price   Cause // dearer or cheaper units, credits
	Product Cause // contracts begun or ended on their own
}

// Total returns the sum of all parts.
func (r Reasons) Total() decimal.Decimal {
	return r.Seats.Total().Add(r.Price.Total()).Add(r.Product.Total())
}

// Renewal returns the part that came with renewals.
func (r Reasons) Renewal() decimal.Decimal {
	return r.Seats.Renewal.Add(r.Price.Renewal).Add(r.Product.Renewal)
}

// MidTerm returns the part that came at any other time.
func (r Reasons) MidTerm() decimal.Decimal {
	return r.Seats.MidTerm.Add(r.Price.MidTerm).Add(r.Product.MidTerm)
}

// A Cause is an amount by the time at which it came about.
type Cause struct {
	Renewal decimal.Decimal // a successor took over on the End of its predecessor, or within grace
	MidTerm decimal.Decimal // at any other time
}

// Total returns the sum of both.
func (c Cause) Total() decimal.Decimal { return c.Renewal.Add(c.MidTerm) }

// An Event is a change of an account's revenue from one day to the next.
type Event struct {
	Date     success.Date       // the first day of the new revenue
	Account  success.AccountID  // after mergers
	Product  string             // at product grain
	Contract success.ContractID // at contract grain
	Before   decimal.Decimal    // annual revenue at the close of the day before, at the rates of From
	After    decimal.Decimal    // annual revenue at the close of Date, at the rates of From
	Movement Kind               // what it is, taken day by day
}

// Renewals counts the contracts that came up for renewal in a period and what
// became of them. A contract is due in the period of its own End; free contracts,
// credits and open-ended ones never are. Renewals of shards add up with
// [Renewals.Merge].
type Renewals struct {
	Period   success.Period
	Currency string

	Due     int // their End falls in the period
	Early   int // of Due: a successor started before the End
	OnTime  int // of Due: a successor started on the End
	Late    int // of Due: a successor started within grace after it
	Overdue int // a linked successor started in the period, later than grace after an End in this period or before
	Lapsed  int // of Due: without any successor

	Base    decimal.Decimal // annual revenue of the due
	Kept    decimal.Decimal // Σ min(old, successors) of the renewed and the overdue
	Renewed decimal.Decimal // Σ successors of the renewed and the overdue
}

// Logo returns the share of contracts renewed:
//
//	(Early + OnTime + Late + Overdue) / Due
//
// Since overdue renewals count in the period they come in, it may exceed 1, and
// it agrees over a span that holds both.
func (r Renewals) Logo() success.Ratio {
	return success.RatioOf(r.Early+r.OnTime+r.Late+r.Overdue, r.Due)
}

// Gross returns the share of revenue renewed, each contract up to what it paid
// before: Σ min(old, successors) / Σ old, at the rates of From.
func (r Renewals) Gross() success.Ratio { return success.Ratio{Num: r.Kept, Den: r.Base} }

// Net returns the revenue of the successors over that of the due contracts,
// Σ successors / Σ old, at the rates of From. It may exceed 1.
func (r Renewals) Net() success.Ratio { return success.Ratio{Num: r.Renewed, Den: r.Base} }

// Merge returns the renewals of both shards together, or an error if they differ
// in period or currency.
func (r Renewals) Merge(s Renewals) (Renewals, error) {
	if r.Period != s.Period || r.Currency != s.Currency {
		return Renewals{}, fmt.Errorf("%w: %v %s and %v %s", errMerge, r.Period, r.Currency, s.Period, s.Currency)
	}
	r.Due += s.Due
	r.Early += s.Early
	r.OnTime += s.OnTime
	r.Late += s.Late
	r.Overdue += s.Overdue
	r.Lapsed += s.Lapsed
	r.Base = r.Base.Add(s.Base)
	r.Kept = r.Kept.Add(s.Kept)
	r.Renewed = r.Renewed.Add(s.Renewed)
	return r, nil
}
