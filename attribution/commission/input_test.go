package commission_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/commission"
	"metrics.internal/success/internal/refusal"
)

// expect checks faults and where they are.
func expect(t *testing.T, what string, err error, at []int, faults ...refusal.Fault) {
	t.Helper()
	refusal.Check(t, what, err, faults...)
	var all *success.Errors
	var got []int
	if errors.As(err, &all) {
		for _, f := range all.Faults {
			got = append(got, f.Index)
		}
	}
	if !slices.Equal(got, at) {
		t.Errorf("%s: faults at %v, want %v", what, got, at)
	}
}

func TestBadDeals(t *testing.T) {
	good := award(commission.Clawback(success.Months(1)), "")
	for what, c := range map[string]struct {
		change func(*attribution.Deal)
		at     []int
		faults []refusal.Fault
	}{
		"no ID":      {func(d *attribution.Deal) { d.ID = "" }, []int{0, 0}, []refusal.Fault{refusal.Of("Deal", success.ErrUnknown), refusal.Of("ID", success.ErrMissing)}},
		"no account": {func(d *attribution.Deal) { d.Account = "" }, []int{0}, []refusal.Fault{refusal.Of("Account", success.ErrMissing)}},
		"no opening": {func(d *attribution.Deal) { d.Opened = time.Time{} }, []int{0}, []refusal.Fault{refusal.Of("Opened", success.ErrMissing)}},
		"negative":   {func(d *attribution.Deal) { d.Amount = number("-0.01") }, []int{0}, []refusal.Fault{refusal.Of("Amount", success.ErrNegative)}},
		"huge":       {func(d *attribution.Deal) { d.Amount = decimal.New(1, 400) }, []int{0}, []refusal.Fault{refusal.Of("Amount", success.ErrRange)}},
		"tiny":       {func(d *attribution.Deal) { d.Amount = decimal.New(1, -2_000_000_000) }, []int{0}, []refusal.Fault{refusal.Of("Amount", success.ErrRange)}},
		"precise":    {func(d *attribution.Deal) { d.Amount = number("922337203685.4775808") }, []int{0}, []refusal.Fault{refusal.Of("Amount", success.ErrRange)}},
		"large":      {func(d *attribution.Deal) { d.Amount = number("9000000000000") }, []int{0}, []refusal.Fault{refusal.Of("Amount", success.ErrRange)}},
		"open":       {func(d *attribution.Deal) { d.Status, d.Closed = attribution.Open, time.Time{} }, []int{0}, []refusal.Fault{refusal.Of("Deal", success.ErrRange)}},
		"lost":       {func(d *attribution.Deal) { d.Status = attribution.Lost }, []int{0}, []refusal.Fault{refusal.Of("Deal", success.ErrRange)}},
		"no close":   {func(d *attribution.Deal) { d.Closed = time.Time{} }, []int{0}, []refusal.Fault{refusal.Of("Closed", success.ErrMissing)}},
		"in 10000":   {func(d *attribution.Deal) { d.Closed = d.Closed.AddDate(9000, 0, 0) }, []int{0}, []refusal.Fault{refusal.Of("Closed", success.ErrRange)}},
	} {
		d := deal("2025-01-15")
		c.change(&d)
		l, err := commission.New([]attribution.Deal{d}, nil, []commission.Award{good}, commission.Options{})
		expect(t, what, err, c.at, c.faults...)
		if l != nil {
			t.Errorf("%s: a ledger", what)
		}
	}
	d := deal("2025-01-15")
	d.Amount = number("922337203685.4775807")
	l, err := commission.New([]attribution.Deal{d}, nil, []commission.Award{good}, commission.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if s, err := l.On(day("2025-01-15")); err != nil || !s.Lines[0].Recoverable.Equal(d.Amount.Round(2)) {
		t.Error(s, err)
	}
	d.Currency = "KWD" // has thousandths
	most := good
	most.Rate = number("9223")
	d.Amount = number("1000040337943") // times the rate, 9,223,372,036,848,289,000 units
	if _, err = commission.New([]attribution.Deal{d}, nil, []commission.Award{most}, commission.Options{}); err != nil {
		t.Error(err)
	}
	d.Amount = number("1000040337944")
	_, err = commission.New([]attribution.Deal{d}, nil, []commission.Award{most}, commission.Options{})
	expect(t, "a commission too large", err, []int{0}, refusal.Of("Amount", success.ErrRange))
	_, err = commission.New([]attribution.Deal{d, d}, nil, nil, commission.Options{})
	expect(t, "twice", err, []int{1}, refusal.Of("ID", success.ErrDuplicate))
}

func TestBadAdjustments(t *testing.T) {
	at := day("2025-01-15").Time(time.UTC)
	one := func(id, deal string, at time.Time, amount string) attribution.Adjustment {
		return attribution.Adjustment{ID: attribution.AdjustmentID(id), Deal: attribution.DealID(deal), At: at, Amount: number(amount)}
	}
	for what, c := range map[string]struct {
		adjustments []attribution.Adjustment
		at          []int
		faults      []refusal.Fault
	}{
		"no ID":               {[]attribution.Adjustment{one("", "D1", at, "1")}, []int{0}, []refusal.Fault{refusal.Of("ID", success.ErrMissing)}},
		"no time":             {[]attribution.Adjustment{one("a", "D1", time.Time{}, "1")}, []int{0}, []refusal.Fault{refusal.Of("At", success.ErrMissing)}},
		"in 10000":            {[]attribution.Adjustment{one("a", "D1", at.AddDate(9000, 0, 0), "1")}, []int{0}, []refusal.Fault{refusal.Of("At", success.ErrRange)}},
		"no deal":             {[]attribution.Adjustment{one("a", "", at, "1")}, []int{0}, []refusal.Fault{refusal.Of("Deal", success.ErrMissing)}},
		"tiny":                {[]attribution.Adjustment{{ID: "a", Deal: "D1", At: at, Amount: decimal.New(1, -2_000_000_000)}}, []int{0}, []refusal.Fault{refusal.Of("Amount", success.ErrRange)}},
		"unknown deal":        {[]attribution.Adjustment{one("a", "D9", at, "1")}, []int{0}, []refusal.Fault{refusal.Of("Deal", success.ErrUnknown)}},
		"of an open deal":     {[]attribution.Adjustment{one("a", "D2", at, "1")}, []int{0}, []refusal.Fault{refusal.Of("Deal", success.ErrRange)}},
		"before it was won":   {[]attribution.Adjustment{one("a", "D1", at.Add(-1), "1")}, []int{0}, []refusal.Fault{refusal.Of("At", success.ErrOrder)}},
		"huge":                {[]attribution.Adjustment{one("a", "D1", at, "1e400"), attribution.Adjustment{ID: "a", Deal: "D1", At: at, Amount: decimal.New(1, 2_000_000_000)}, one("a", "D1", at, "1")}, []int{0, 1, 2}, []refusal.Fault{refusal.Of("Amount", success.ErrRange), refusal.Of("Amount", success.ErrRange), refusal.Of("ID", success.ErrDuplicate)}},
		"ID of another day":   {[]attribution.Adjustment{one("a", "D1", at, "1"), one("a", "D1", at.In(time.FixedZone("", -3600)), "1")}, []int{1}, []refusal.Fault{refusal.Of("ID", success.ErrDuplicate)}},
		"refund of more":      {[]attribution.Adjustment{one("a", "D1", at, "-1000.01")}, []int{0}, []refusal.Fault{refusal.Of("Amount", success.ErrRange)}},
		"refund of more left": {[]attribution.Adjustment{one("b", "D1", at, "-600"), one("a", "D1", at, "-600"), one("c", "D1", at, "-400")}, []int{0}, []refusal.Fault{refusal.Of("Amount", success.ErrRange)}},
		"too large together":  {[]attribution.Adjustment{one("b", "D1", at, "8999999999999"), one("c", "D1", at, "8999999999999")}, []int{1}, []refusal.Fault{refusal.Of("Amount", success.ErrRange)}},
		"ID of another time":  {[]attribution.Adjustment{one("a", "D1", at, "1"), one("a", "D1", at.Add(1), "1")}, []int{1}, []refusal.Fault{refusal.Of("ID", success.ErrDuplicate)}},
		"ID of another sum":   {[]attribution.Adjustment{one("a", "D1", at, "1"), one("a", "D1", at, "2")}, []int{1}, []refusal.Fault{refusal.Of("ID", success.ErrDuplicate)}},
		"ID of another deal":  {[]attribution.Adjustment{one("a", "D1", at, "1"), one("a", "D3", at, "1")}, []int{1}, []refusal.Fault{refusal.Of("ID", success.ErrDuplicate)}},
	} {
		won, open, other := deal("2025-01-15"), deal("2025-01-15"), deal("2025-01-15")
		open.ID, open.Status, open.Closed, other.ID = "D2", attribution.Open, time.Time{}, "D3"
		a := award(quarters(), "")
		a.Rate = number("9223")
		_, err := commission.New([]attribution.Deal{won, open, other}, c.adjustments, []commission.Award{a}, commission.Options{})
		expect(t, what, err, c.at, c.faults...)
	}
	a := adjustment("a", "2025-03-01", "-1000")
	if got := show(t, deal("2025-01-15"), []attribution.Adjustment{a, a}, award(commission.Clawback(success.Months(3)), ""), "2025-03-01"); got != "1000: final 0 recoverable 0 held 0 reversed 1000 forfeited 0, next none" {
		t.Error(got)
	}
}

func TestBadAwards(t *testing.T) {
	for what, c := range map[string]struct {
		change func(*commission.Award)
		faults []refusal.Fault
	}{
		"unknown deal":    {func(a *commission.Award) { a.Deal = "D9" }, []refusal.Fault{refusal.Of("Deal", success.ErrUnknown)}},
		"left before":     {func(a *commission.Award) { a.Left = day("2025-01-14") }, []refusal.Fault{refusal.Of("Left", success.ErrOrder)}},
		"negative rate":   {func(a *commission.Award) { a.Rate = number("-0.1") }, []refusal.Fault{refusal.Of("Rate", success.ErrNegative)}},
		"huge rate":       {func(a *commission.Award) { a.Rate = decimal.New(1, 400) }, []refusal.Fault{refusal.Of("Rate", success.ErrRange)}},
		"large rate":      {func(a *commission.Award) { a.Rate = number("9224") }, []refusal.Fault{refusal.Of("Rate", success.ErrRange)}},
		"nobody":          {func(a *commission.Award) { a.Shares = nil }, []refusal.Fault{refusal.Of("Shares", success.ErrMissing)}},
		"no share":        {func(a *commission.Award) { a.Shares[0].Weight = 0 }, []refusal.Fault{refusal.Of("Shares", success.ErrMissing)}},
		"negative share":  {func(a *commission.Award) { a.Shares[0].Weight = -1 }, []refusal.Fault{refusal.Of("Shares[0].Weight", success.ErrNegative)}},
		"no name":         {func(a *commission.Award) { a.Shares[0].Person = "" }, []refusal.Fault{refusal.Of("Shares[0].Person", success.ErrMissing)}},
		"one name twice":  {func(a *commission.Award) { a.Shares = append(a.Shares, a.Shares...) }, []refusal.Fault{refusal.Of("Shares[1].Person", success.ErrDuplicate)}},
		"no schedule":     {func(a *commission.Award) { a.Schedule = nil }, []refusal.Fault{refusal.Of("Schedule", success.ErrMissing)}},
		"no instalment":   {func(a *commission.Award) { a.Schedule[0].Weight = 0 }, []refusal.Fault{refusal.Of("Schedule", success.ErrMissing)}},
		"negative weight": {func(a *commission.Award) { a.Schedule[0].Weight = -1 }, []refusal.Fault{refusal.Of("Schedule[0].Weight", success.ErrNegative)}},
		"large weights": {func(a *commission.Award) {
			a.Schedule = commission.Schedule{{Weight: math.MaxInt64}, {Weight: 1}, {Weight: 1}}
		}, []refusal.Fault{refusal.Of("Schedule[1].Weight", success.ErrRange)}},
		"the second of each": {func(a *commission.Award) {
			a.Shares = append(a.Shares, commission.Share{Person: "Zoe", Weight: -1})
			a.Schedule = append(a.Schedule, commission.Instalment{Weight: 1, Final: success.Months(-1), Retention: number("-1")})
		}, []refusal.Fault{refusal.Of("Shares[1].Weight", success.ErrNegative), refusal.Of("Schedule[1].Final", success.ErrRange), refusal.Of("Schedule[1].Retention", success.ErrNegative)}},
		"no term":            {func(a *commission.Award) { a.Schedule[0].Paid = success.Months(-1) }, []refusal.Fault{refusal.Of("Schedule[0].Paid", success.ErrRange)}},
		"no unit":            {func(a *commission.Award) { a.Schedule[0].Final = success.Term{Count: 1} }, []refusal.Fault{refusal.Of("Schedule[0].Final", success.ErrRange)}},
		"long term":          {func(a *commission.Award) { a.Schedule[0].Final = success.Days(1_000_001) }, []refusal.Fault{refusal.Of("Schedule[0].Final", success.ErrRange)}},
		"negative tier":      {func(a *commission.Award) { a.Schedule[0].Retention = number("-1") }, []refusal.Fault{refusal.Of("Schedule[0].Retention", success.ErrNegative)}},
		"huge tier":          {func(a *commission.Award) { a.Schedule[0].Retention = decimal.New(1, 400) }, []refusal.Fault{refusal.Of("Schedule[0].Retention", success.ErrRange)}},
		"negative retention": {func(a *commission.Award) { a.Retention = success.RatioOf(-1, 2) }, []refusal.Fault{refusal.Of("Retention", success.ErrNegative)}},
		"of negative":        {func(a *commission.Award) { a.Retention = success.RatioOf(1, -2) }, []refusal.Fault{refusal.Of("Retention", success.ErrNegative)}},
		"huge retention": {func(a *commission.Award) { a.Retention = success.Ratio{Num: decimal.New(1, 400), Den: number("1")} },
			[]refusal.Fault{refusal.Of("Retention", success.ErrRange)}},
		"of huge": {func(a *commission.Award) { a.Retention = success.Ratio{Num: number("1"), Den: decimal.New(1, 400)} },
			[]refusal.Fault{refusal.Of("Retention", success.ErrRange)}},
	} {
		a := award(commission.Clawback(success.Months(1)), "")
		c.change(&a)
		_, err := commission.New([]attribution.Deal{deal("2025-01-15")}, nil, []commission.Award{a}, commission.Options{})
		expect(t, what, err, make([]int, len(c.faults)), c.faults...)
	}
	good := award(commission.Clawback(success.Months(1)), "")
	_, err := commission.New([]attribution.Deal{deal("2025-01-15")}, nil, []commission.Award{good, good}, commission.Options{Digits: map[string]int{"EUR": 19, "USD": -1, "JPY": 18, "CHF": 0}})
	expect(t, "twice, and digits", err, []int{1, -1, -1}, refusal.Of("Deal", success.ErrDuplicate), refusal.Of("Digits", success.ErrRange), refusal.Of("Digits", success.ErrRange))
}

// Amounts without a currency are not of one that others name; none named at all
// is one currency.
func TestUnnamedCurrency(t *testing.T) {
	named, unnamed, other := deal("2025-01-15"), deal("2025-01-15"), deal("2025-01-15")
	named.Currency, unnamed.ID, unnamed.Currency = "EUR", "D2", ""
	other.ID, other.Currency = "D3", "USD"
	_, err := commission.New([]attribution.Deal{unnamed, named}, nil, nil, commission.Options{})
	expect(t, "beside a named one", err, []int{0}, refusal.Of("Currency", success.ErrMissing))
	for what, deals := range map[string][]attribution.Deal{"none named": {unnamed}, "two named": {named, other}} {
		if _, err := commission.New(deals, nil, nil, commission.Options{}); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A fault says what was found.
func TestFaultsSayWhat(t *testing.T) {
	a := award(commission.Clawback(success.Months(1)), "")
	a.Retention = success.Ratio{Num: decimal.New(1, 400), Den: number("2")}
	_, err := commission.New([]attribution.Deal{deal("2025-01-15")}, nil, []commission.Award{a}, commission.Options{})
	if got, want := fmt.Sprint(err), "award[0].Retention: 1e400 / 2 has too many digits"; got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

// A line that never changes has as many days to look at as one that does: each
// once.
func TestNothingChanges(t *testing.T) {
	d, a := deal("2025-01-15"), award(commission.ProRata(success.Days(10_000)), "")
	d.Amount = decimal.Decimal{}
	if got := show(t, d, nil, a, "2025-01-15"); got != "0: final 0 recoverable 0 held 0 reversed 0 forfeited 0, next none" {
		t.Error(got)
	}
	a.Left = day("2030-01-01")
	if got := show(t, d, nil, a, "2025-01-15"); got != "0: final 0 recoverable 0 held 0 reversed 0 forfeited 0, next none" {
		t.Error(got)
	}
	d.Amount = number("0.01")
	if got := show(t, d, nil, award(commission.ProRata(success.Days(10_000)), ""), "2025-01-15"); got != "0.01: final 0 recoverable 0.01 held 0 reversed 0 forfeited 0, next 2038-09-24" {
		t.Error(got)
	}
}

// The largest of everything.
func TestGoodAwards(t *testing.T) {
	a := award(commission.Schedule{{Weight: math.MaxInt64 - 1, Final: success.Days(1_000_000)}, {Weight: 1}}, "2025-01-15")
	a.Rate = number("9223")
	if got := show(t, deal("2025-01-15"), nil, a, "2025-01-15"); got != "9223000: final 0 recoverable 0 held 0 reversed 9223000 forfeited 0, next none" {
		t.Error(got)
	}
	for _, n := range []int{0, -1, 10_001} {
		if s := commission.ProRata(success.Days(n)); s != nil {
			t.Errorf("a term of %d has %d parts", n, len(s))
		}
	}
	if s := commission.ProRata(success.Days(10_000)); len(s) != 10_000 || s[9_999].Final != success.Days(10_000) {
		t.Error(len(s))
	}
}

func TestNoDay(t *testing.T) {
	l, err := commission.New(nil, nil, nil, commission.Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = l.On(success.Date{})
	expect(t, "no day", err, []int{-1}, refusal.Of("", success.ErrMissing))
	s, err := l.On(day("2025-01-01"))
	if err != nil || s.Lines == nil || len(s.Lines)+len(s.People())+len(s.Totals()) != 0 || !s.Next.IsZero() {
		t.Error(s, err)
	}
}

// Digits are those of the currency unless others are asked for.
func TestDigits(t *testing.T) {
	for _, c := range []struct{ currency, want string }{{"EUR", "333.33"}, {"JPY", "333"}, {"KWD", "333.333"}, {"CHF", "333.3"}} {
		d, a := deal("2025-01-15"), award(commission.Clawback(success.Months(1)), "")
		d.Currency, a.Rate = c.currency, number("0.33333333")
		l, err := commission.New([]attribution.Deal{d}, nil, []commission.Award{a}, commission.Options{Digits: map[string]int{"CHF": 1}})
		if err != nil {
			t.Fatal(err)
		}
		s, _ := l.On(day("2025-01-15"))
		if got := s.Lines[0].Potential.String(); got != c.want || s.Lines[0].Currency != c.currency {
			t.Errorf("%s: %s, want %s", c.currency, got, c.want)
		}
	}
}

// Days are those where the times are, and never go back.
func TestLocations(t *testing.T) {
	east, west := time.FixedZone("east", 12*3600), time.FixedZone("west", -12*3600)
	d := deal("2025-01-15")
	d.Closed = time.Date(2025, 1, 15, 6, 0, 0, 0, east)
	d.Opened = d.Closed
	adjustments := []attribution.Adjustment{{ID: "a", Deal: "D1", At: d.Closed.In(west), Amount: number("-100")}, {ID: "b", Deal: "D1", At: d.Closed.Add(time.Hour), Amount: number("-100")}}
	for asOf, want := range map[string]string{
		"2025-01-15": "1000: final 0 recoverable 800 held 0 reversed 200 forfeited 0, next 2025-02-15",
	} {
		if got := show(t, d, adjustments, award(commission.Clawback(success.Months(1)), ""), asOf); got != want {
			t.Errorf("%s: %s, want %s", asOf, got, want)
		}
	}
	l, err := commission.New([]attribution.Deal{d}, adjustments, []commission.Award{award(commission.Clawback(success.Months(1)), "")}, commission.Options{})
	if s, _ := l.On(day("2025-01-14")); err != nil || len(s.Lines) != 0 || s.Next != day("2025-01-15") {
		t.Error(s, err)
	}
}

func contract(account, start, end, price string) success.Contract {
	c := success.Contract{Account: success.AccountID(account), Start: day(start), Price: number(price), Term: success.Months(1)}
	if end != "" {
		c.End = day(end)
	}
	return c
}

func TestLeft(t *testing.T) {
	year := contract("A", "2025-01-01", "2026-01-01", "10")
	for what, c := range map[string]struct {
		contracts []success.Contract
		grace     int
		want      success.Date
		ok        bool
	}{
		"none":                    {nil, 0, success.Date{}, false},
		"one":                     {[]success.Contract{year}, 0, day("2026-01-01"), true},
		"of somebody else":        {[]success.Contract{contract("B", "2025-01-01", "2026-01-01", "10")}, 0, success.Date{}, false},
		"free":                    {[]success.Contract{contract("A", "2025-01-01", "2026-01-01", "0")}, 0, success.Date{}, false},
		"a credit":                {[]success.Contract{contract("A", "2025-01-01", "", "-1"), year}, 0, day("2026-01-01"), true},
		"over by the deal":        {[]success.Contract{contract("A", "2024-01-01", "2025-03-01", "10")}, 0, success.Date{}, false},
		"over a day after it":     {[]success.Contract{contract("A", "2024-01-01", "2025-03-02", "10")}, 0, day("2025-03-02"), true},
		"ends as it starts":       {[]success.Contract{contract("A", "2025-04-01", "2025-04-01", "10")}, 0, success.Date{}, false},
		"ends before it starts":   {[]success.Contract{contract("A", "2025-05-01", "2025-04-01", "10"), year}, 0, day("2026-01-01"), true},
		"ends a day after":        {[]success.Contract{contract("A", "2025-04-01", "2025-04-02", "10")}, 0, day("2025-04-02"), true},
		"open":                    {[]success.Contract{contract("A", "2025-01-01", "", "10")}, 0, success.Date{}, true},
		"renewed":                 {[]success.Contract{contract("A", "2026-01-01", "2027-01-01", "10"), year}, 0, day("2027-01-01"), true},
		"renewed, open":           {[]success.Contract{contract("A", "2026-01-01", "", "10"), year}, 0, success.Date{}, true},
		"renewed a day late":      {[]success.Contract{contract("A", "2026-01-02", "2027-01-01", "10"), year}, 0, day("2026-01-01"), true},
		"renewed, no grace":       {[]success.Contract{contract("A", "2026-01-01", "2027-01-01", "10"), year}, -1, day("2027-01-01"), true},
		"late within grace":       {[]success.Contract{contract("A", "2026-01-31", "2027-01-01", "10"), year}, 30, day("2027-01-01"), true},
		"late beyond grace":       {[]success.Contract{contract("A", "2026-02-01", "2027-01-01", "10"), year}, 30, day("2026-01-01"), true},
		"one inside another":      {[]success.Contract{contract("A", "2025-02-01", "2025-06-01", "10"), year}, 0, day("2026-01-01"), true},
		"open, found after a gap": {[]success.Contract{contract("A", "2026-02-01", "", "10"), year}, 0, day("2026-01-01"), true},
		"starts after the deal":   {[]success.Contract{contract("A", "2025-05-01", "2025-07-01", "10")}, 0, day("2025-07-01"), true},
	} {
		got, ok := commission.Left(c.contracts, "A", day("2025-03-01"), c.grace)
		if got != c.want || ok != c.ok {
			t.Errorf("%s: %s, %v, want %s, %v", what, got, ok, c.want, c.ok)
		}
	}
}
