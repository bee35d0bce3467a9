package success_test

import (
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"pgregory.net/rapid"
)

func goodContract() success.Contract {
	return success.Contract{
		ID: "C-1", Account: "acme", Start: day("2024-01-01"), End: day("2025-01-01"), Price: dec("1200"), Term: success.Months(12),
	}
}

type fields = []string

type kinds = []error

func TestContractRefused(t *testing.T) {
	far := success.Date{}.AddDays(1)
	tests := []struct {
		name   string
		change func(*success.Contract)
		fields fields
		kinds  kinds
	}{
		{"as it is", func(c *success.Contract) {}, nil, nil},
		{"open-ended", func(c *success.Contract) { c.End = success.Date{} }, nil, nil},
		{"one day", func(c *success.Contract) { c.End = c.Start.AddDays(1) }, nil, nil},
		{"free", func(c *success.Contract) { c.Price = decimal.Decimal{} }, nil, nil},
		{"a credit", func(c *success.Contract) { c.Price = dec("-5"); c.Credits = "C-0" }, nil, nil},
		{"one unit", func(c *success.Contract) { c.Quantity = 1 }, nil, nil},
		{"the longest term", func(c *success.Contract) { c.Term = success.Days(daysInRange) }, nil, nil},
		{"the most units", func(c *success.Contract) { c.Quantity = 1e12; c.Price = dec("0.01") }, nil, nil},
		{"just below the limit", func(c *success.Contract) { c.Price = dec("8999999999999.9999994") }, nil, nil},
		{"just above minus the limit", func(c *success.Contract) { c.Price = dec("-8999999999999.9999994") }, nil, nil},
		{"60 decimals", func(c *success.Contract) { c.Price = dec("0." + strings.Repeat("7", 60)) }, nil, nil},
		{"50 digits, most behind the point", func(c *success.Contract) { c.Price = dec(strings.Repeat("8", 50)).Shift(-40) }, nil, nil},
		{"1e-999999999", func(c *success.Contract) { c.Price = decimal.New(1, -999999999) }, nil, nil},
		{"0e999999999", func(c *success.Contract) { c.Price = decimal.New(0, 999999999) }, nil, nil},

		{"no ID", func(c *success.Contract) { c.ID = "" }, fields{"ID"}, kinds{success.ErrMissing}},
		{"no account", func(c *success.Contract) { c.Account = "" }, fields{"Account"}, kinds{success.ErrMissing}},
		{"no start", func(c *success.Contract) { c.Start = success.Date{} }, fields{"Start"}, kinds{success.ErrMissing}},
		{"ends as it starts", func(c *success.Contract) { c.End = c.Start }, fields{"End"}, kinds{success.ErrOrder}},
		{"ends before it starts", func(c *success.Contract) { c.End = c.Start.AddDays(-1) }, fields{"End"}, kinds{success.ErrOrder}},
		{"no term", func(c *success.Contract) { c.Term = success.Term{} }, fields{"Term"}, kinds{success.ErrMissing}},
		{"term of 0 months", func(c *success.Contract) { c.Term = success.Months(0) }, fields{"Term"}, kinds{success.ErrRange}},
		{"term of -1 weeks", func(c *success.Contract) { c.Term = success.Weeks(-1) }, fields{"Term"}, kinds{success.ErrNegative}},
		{"term too long", func(c *success.Contract) { c.Term = success.Days(daysInRange + 1) }, fields{"Term"}, kinds{success.ErrRange}},
		{"longest int", func(c *success.Contract) { c.Term = success.Days(math.MaxInt) }, fields{"Term"}, kinds{success.ErrRange}},
		{"term without a unit", func(c *success.Contract) { c.Term = success.Term{Count: 3} }, fields{"Term"}, kinds{success.ErrUnknown}},
		{"term of an unknown unit", func(c *success.Contract) { c.Term = success.Term{Count: 3, Unit: 4} }, fields{"Term"}, kinds{success.ErrUnknown}},
		{"-1 units", func(c *success.Contract) { c.Quantity = -1 }, fields{"Quantity"}, kinds{success.ErrNegative}},
		{"fewest units", func(c *success.Contract) { c.Quantity = math.MinInt64 }, fields{"Quantity"}, kinds{success.ErrNegative}},
		{"too many units", func(c *success.Contract) { c.Quantity = 1e12 + 1 }, fields{"Quantity"}, kinds{success.ErrRange}},
		{"at the limit", func(c *success.Contract) { c.Price = dec("9000000000000") }, fields{"Price"}, kinds{success.ErrRange}},
		{"rounds to the limit", func(c *success.Contract) { c.Price = dec("8999999999999.9999996") }, fields{"Price"}, kinds{success.ErrRange}},
		{"at minus the limit", func(c *success.Contract) { c.Price = dec("-9000000000000") }, fields{"Price"}, kinds{success.ErrRange}},
		{"at the limit by units", func(c *success.Contract) { c.Price = dec("9"); c.Quantity = 1e12 }, fields{"Price"}, kinds{success.ErrRange}},
		{"64 bits wrap", func(c *success.Contract) { c.Price = dec("184467440737095516.17") }, fields{"Price"}, kinds{success.ErrRange}},
		{"1e400", func(c *success.Contract) { c.Price = dec("1e400") }, fields{"Price"}, kinds{success.ErrRange}},
		{"-1e999999999", func(c *success.Contract) { c.Price = decimal.New(-1, 999999999) }, fields{"Price"}, kinds{success.ErrRange}},
		{"50 digits", func(c *success.Contract) { c.Price = dec(strings.Repeat("8", 50)) }, fields{"Price"}, kinds{success.ErrRange}},
		{"renews itself", func(c *success.Contract) { c.Renews = c.ID }, fields{"Renews"}, kinds{success.ErrOrder}},
		{"credits itself", func(c *success.Contract) { c.Credits = c.ID }, fields{"Credits"}, kinds{success.ErrOrder}},
		{"everything at once", func(c *success.Contract) {
			*c = success.Contract{Start: far, End: far, Term: success.Months(-2), Quantity: -3, Price: dec("1e400")}
		}, fields{"ID", "Account", "Start", "Term", "Quantity"}, kinds{success.ErrMissing, success.ErrMissing, success.ErrMissing, success.ErrNegative, success.ErrNegative}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := goodContract()
			tt.change(&c)
			within(t, time.Second, tt.name, func() {
				checkFaults(t, c.Validate(), "contract", -1, tt.fields, tt.kinds)
			})
			var faults success.Errors
			c.Check(17, &faults)
			checkFaults(t, faults.Err(), "contract", 17, tt.fields, tt.kinds)
			if err := c.Validate(); err != nil && len(err.Error()) > 1000 {
				t.Errorf("the error has %d bytes", len(err.Error()))
			}
		})
	}
}

// naiveAnnualRate is the definition in fractions.
func naiveAnnualRate(c success.Contract) *big.Rat {
	perYear := map[success.Unit]int64{success.UnitMonth: 12, success.UnitWeek: 52, success.UnitDay: 365}[c.Term.Unit]
	rate := exactRat(c.Price)
	if c.Quantity > 0 {
		rate.Mul(rate, new(big.Rat).SetInt64(c.Quantity))
	}
	return rate.Mul(rate, big.NewRat(perYear, int64(c.Term.Count)))
}

// naiveHalfEven rounds a fraction half to even to a millionth, by trying both
// neighbours.
func naiveHalfEven(r *big.Rat) *big.Rat {
	micros := new(big.Rat).Mul(r, big.NewRat(1000000, 1))
	below := new(big.Int).Div(micros.Num(), micros.Denom()) // Euclidean: towards −∞
	above := new(big.Int).Add(below, big.NewInt(1))
	toBelow := new(big.Rat).Sub(micros, new(big.Rat).SetInt(below))
	best := below
	if c := toBelow.Cmp(big.NewRat(1, 2)); c > 0 || c == 0 && below.Bit(0) == 1 {
		best = above
	}
	return new(big.Rat).SetFrac(best, big.NewInt(1000000))
}

func drawTerm(t *rapid.T) success.Term {
	n := rapid.OneOf(rapid.SampledFrom([]int{1, 3, 12, 24, 36, 7, 18, 365, 52, 64, daysInRange}), rapid.IntRange(1, daysInRange)).Draw(t, "term")
	return success.Term{Count: n, Unit: rapid.SampledFrom([]success.Unit{success.UnitMonth, success.UnitWeek, success.UnitDay}).Draw(t, "unit")}
}

func TestAnnualRateAgainstFractions(t *testing.T) {
	limit := big.NewRat(success.RateLimit, 1)
	rapid.Check(t, func(t *rapid.T) {
		c := goodContract()
		c.Price, c.Term = drawDecimal(t, "price"), drawTerm(t)
		c.Quantity = rapid.OneOf(rapid.Int64Range(0, 3), rapid.Int64Range(0, 1e12)).Draw(t, "quantity")
		want := naiveHalfEven(naiveAnnualRate(c))
		fits := new(big.Rat).Abs(want).Cmp(limit) < 0
		got, ok := c.AnnualRate()
		if ok != fits {
			t.Fatalf("%s × %d for %v: ok = %v, rate %s", c.Price, c.Quantity, c.Term, ok, want.FloatString(6))
		}
		if ok && exactRat(got).Cmp(want) != 0 {
			t.Fatalf("%s × %d for %v is %s a year, want %s", c.Price, c.Quantity, c.Term, got, want.FloatString(6))
		}
		if (c.Validate() == nil) != fits {
			t.Fatalf("Validate says %v", c.Validate())
		}
	})
}

func TestAnnualRateUndefined(t *testing.T) {
	for _, c := range []success.Contract{
		{Price: dec("1")}, {Price: dec("1"), Term: success.Months(-1)}, {Price: dec("1"), Term: success.Months(1), Quantity: -1},
		{Price: dec("1e13"), Term: success.Months(12)}, {Price: dec("1"), Term: success.Months(1), Quantity: math.MaxInt64},
	} {
		if rate, ok := c.AnnualRate(); ok || !rate.IsZero() {
			t.Errorf("%+v: %s a year", c, rate)
		}
	}
	if got := (success.Contract{}).Units(); got != 1 {
		t.Errorf("quantity 0 means %d", got)
	}
	if got := (success.Contract{Quantity: 5}).Units(); got != 5 {
		t.Errorf("quantity 5 means %d", got)
	}
}

func TestPerYear(t *testing.T) {
	tests := []struct {
		term     success.Term
		num, den int64
	}{
		{success.Months(24), 12, 24}, {success.Weeks(1), 52, 1}, {success.Days(365), 365, 365},
		{success.Term{}, 0, 1}, {success.Months(-1), 0, 1}, {success.Term{Count: 2, Unit: 7}, 0, 1}, {success.Days(0), 0, 1},
	}
	for _, tt := range tests {
		if num, den := tt.term.PerYear(); num != tt.num || den != tt.den {
			t.Errorf("%v: %d/%d, want %d/%d", tt.term, num, den, tt.num, tt.den)
		}
	}
}

func TestAccountRefused(t *testing.T) {
	tests := []struct {
		account success.Account
		fields  fields
		kinds   kinds
	}{
		{success.Account{ID: "acme"}, nil, nil},
		{success.Account{ID: "acme", Parent: "group"}, nil, nil},
		{success.Account{}, fields{"ID"}, kinds{success.ErrMissing}},
		{success.Account{Parent: "group"}, fields{"ID"}, kinds{success.ErrMissing}},
		{success.Account{ID: "acme", Parent: "acme"}, fields{"Parent"}, kinds{success.ErrOrder}},
	}
	for _, tt := range tests {
		checkFaults(t, tt.account.Validate(), "account", -1, tt.fields, tt.kinds)
		var faults success.Errors
		tt.account.Check(4, &faults)
		checkFaults(t, faults.Err(), "account", 4, tt.fields, tt.kinds)
	}
}

func TestInteractionRefused(t *testing.T) {
	at := time.Date(2024, 3, 1, 9, 0, 0, 0, time.UTC)
	good := success.Interaction{ID: "T-1", Account: "acme", At: at}
	tests := []struct {
		name   string
		change func(*success.Interaction)
		fields fields
		kinds  kinds
	}{
		{"as it is", func(i *success.Interaction) {}, nil, nil},
		{"answered at once", func(i *success.Interaction) { i.FirstReplyAt, i.SolvedAt = at, at.In(time.FixedZone("", 3600)) }, nil, nil},
		{"no ID", func(i *success.Interaction) { i.ID = "" }, fields{"ID"}, kinds{success.ErrMissing}},
		{"no account", func(i *success.Interaction) { i.Account = "" }, fields{"Account"}, kinds{success.ErrMissing}},
		{"no time", func(i *success.Interaction) { i.At = time.Time{}; i.SolvedAt = at }, fields{"At"}, kinds{success.ErrMissing}},
		{"answered before", func(i *success.Interaction) { i.FirstReplyAt = at.Add(-1) }, fields{"FirstReplyAt"}, kinds{success.ErrOrder}},
		{"solved before", func(i *success.Interaction) { i.SolvedAt = at.Add(-1) }, fields{"SolvedAt"}, kinds{success.ErrOrder}},
		{"initiative 3", func(i *success.Interaction) { i.Initiative = 3 }, fields{"Initiative"}, kinds{success.ErrUnknown}},
		{"format 4", func(i *success.Interaction) { i.Format = 4 }, fields{"Format"}, kinds{success.ErrUnknown}},
		{"known words", func(i *success.Interaction) { i.Initiative, i.Format = success.Proactive, success.SelfService }, nil, nil},
		{"negative effort", func(i *success.Interaction) { i.Effort = -1 }, fields{"Effort"}, kinds{success.ErrNegative}},
		{"negative replies", func(i *success.Interaction) { i.Replies = -1 }, fields{"Replies"}, kinds{success.ErrNegative}},
		{"negative reopens", func(i *success.Interaction) { i.Reopens = -1 }, fields{"Reopens"}, kinds{success.ErrNegative}},
		{"everything at once", func(i *success.Interaction) {
			*i = success.Interaction{Initiative: 9, Format: 9, Effort: -1, Replies: -1, Reopens: -1}
		}, fields{"ID", "Account", "At", "Initiative", "Format", "Effort", "Replies", "Reopens"}, kinds{
			success.ErrMissing, success.ErrMissing, success.ErrMissing, success.ErrUnknown, success.ErrUnknown,
			success.ErrNegative, success.ErrNegative, success.ErrNegative,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			i := good
			tt.change(&i)
			checkFaults(t, i.Validate(), "interaction", -1, tt.fields, tt.kinds)
			var faults success.Errors
			i.Check(2, &faults)
			checkFaults(t, faults.Err(), "interaction", 2, tt.fields, tt.kinds)
		})
	}
}
