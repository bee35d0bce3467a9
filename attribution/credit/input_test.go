package credit_test

import (
	"errors"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/credit"
	"metrics.internal/success/attribution/journey"
	"metrics.internal/success/internal/refusal"
)

var fault = refusal.Of // read-only

// positions reports a test error unless the faults of an error are at positions.
func positions(t *testing.T, what string, err error, want ...int) {
	t.Helper()
	var all *success.Errors
	if !errors.As(err, &all) {
		t.Errorf("%s: %v", what, err)
		return
	}
	got := make([]int, len(all.Faults))
	for i, f := range all.Faults {
		got[i] = f.Index
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s: faults at %v, want %v: %v", what, got, want, err)
	}
}

func TestRecordsRefused(t *testing.T) {
	closed := second(100)
	good := won("d", "a", closed, "10")
	change := func(f func(*attribution.Deal)) []attribution.Deal {
		d := good
		f(&d)
		return []attribution.Deal{good, d}
	}
	lost := won("l", "a", closed, "10")
	lost.Status = attribution.Lost
	refund := func(id, deal string, s int64, amount string) attribution.Adjustment {
		return attribution.Adjustment{ID: attribution.AdjustmentID(id), Deal: attribution.DealID(deal), At: second(s), Amount: dec(amount)}
	}
	for _, c := range []struct {
		what  string
		r     credit.Records
		o     credit.Options
		kinds []refusal.Fault
		at    []int
	}{
		{"nothing of a deal", credit.Records{Deals: []attribution.Deal{{}}}, credit.Options{}, []refusal.Fault{fault("ID", success.ErrMissing), fault("Account", success.ErrMissing), fault("Opened", success.ErrMissing)}, []int{0, 0, 0}},
		{"won, never closed", credit.Records{Deals: []attribution.Deal{{ID: "d", Account: "a", Opened: closed, Status: attribution.Won}}}, credit.Options{}, []refusal.Fault{fault("Closed", success.ErrMissing)}, []int{0}},
		{"lost, never closed", credit.Records{Deals: []attribution.Deal{{ID: "d", Account: "a", Opened: closed, Status: attribution.Lost}}}, credit.Options{}, []refusal.Fault{fault("Closed", success.ErrMissing)}, []int{0}},
		{"a deal twice", credit.Records{Deals: change(func(d *attribution.Deal) { d.Account = "b" })}, credit.Options{}, []refusal.Fault{fault("ID", success.ErrDuplicate)}, []int{1}},
		{"closed before opened", credit.Records{Deals: change(func(d *attribution.Deal) { d.ID, d.Opened = "e", closed.Add(1) })}, credit.Options{}, []refusal.Fault{fault("Closed", success.ErrOrder)}, []int{1}},
		{"open, closed before opened", credit.Records{Deals: change(func(d *attribution.Deal) { d.ID, d.Opened, d.Status = "e", closed.Add(1), attribution.Open })}, credit.Options{}, []refusal.Fault{fault("Closed", success.ErrOrder)}, []int{1}},
		{"no such status", credit.Records{Deals: change(func(d *attribution.Deal) { d.ID, d.Status = "e", 3 })}, credit.Options{}, []refusal.Fault{fault("Status", success.ErrUnknown)}, []int{1}},
		{"less than nothing", credit.Records{Deals: change(func(d *attribution.Deal) { d.ID, d.Amount = "e", dec("-0.01") })}, credit.Options{}, []refusal.Fault{fault("Amount", success.ErrNegative)}, []int{1}},
		{"a reserved product", credit.Records{Deals: change(func(d *attribution.Deal) { d.ID, d.Product = "e", attribution.Unattributed })}, credit.Options{}, []refusal.Fault{fault("Product", success.ErrRange)}, []int{1}},
		{"opened before the year 1", credit.Records{Deals: change(func(d *attribution.Deal) { d.ID, d.Opened = "e", time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC) })}, credit.Options{}, []refusal.Fault{fault("Opened", success.ErrRange)}, []int{1}},
		{"closed in the year 10000", credit.Records{Deals: change(func(d *attribution.Deal) { d.ID, d.Closed = "e", time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) })}, credit.Options{}, []refusal.Fault{fault("Closed", success.ErrRange)}, []int{1}},
		{"nobody's deal", credit.Records{Deals: change(func(d *attribution.Deal) { d.ID, d.Account = "e", "" })}, credit.Options{}, []refusal.Fault{fault("Account", success.ErrMissing)}, []int{1}},
		{"a deal without ID", credit.Records{Deals: change(func(d *attribution.Deal) { d.ID = "" })}, credit.Options{}, []refusal.Fault{fault("ID", success.ErrMissing)}, []int{1}},
		{"1e400", credit.Records{Deals: change(func(d *attribution.Deal) { d.ID, d.Amount = "e", decimal.New(1, 400) })}, credit.Options{}, []refusal.Fault{fault("Amount", success.ErrRange)}, []int{1}},
		{"9e12", credit.Records{Deals: change(func(d *attribution.Deal) { d.ID, d.Amount = "e", decimal.New(9, 12) })}, credit.Options{}, []refusal.Fault{fault("Amount", success.ErrRange)}, []int{1}},
		{"no currency", credit.Records{Deals: change(func(d *attribution.Deal) { d.ID, d.Currency = "e", "" })}, credit.Options{}, []refusal.Fault{fault("Currency", success.ErrMissing)}, []int{1}},
		{"a touch before the year 1", credit.Records{Touches: []attribution.Touch{{Account: "a", At: time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC)}}}, credit.Options{}, []refusal.Fault{fault("At", success.ErrRange)}, []int{0}},
		{"a touch in the year 10000", credit.Records{Touches: []attribution.Touch{{Account: "a", At: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}}}, credit.Options{}, []refusal.Fault{fault("At", success.ErrRange)}, []int{0}},
		{"a touch in years that are not ours where it was", credit.Records{Touches: []attribution.Touch{{Account: "a", At: time.Date(0, 12, 31, 23, 0, 0, 0, time.FixedZone("", -5*3600))}, {Account: "a", At: time.Date(10000, 1, 1, 1, 0, 0, 0, time.FixedZone("", 5*3600))}}},
			credit.Options{}, []refusal.Fault{fault("At", success.ErrRange), fault("At", success.ErrRange)}, []int{0, 1}},
		{"accounts", credit.Records{Accounts: []success.Account{{ID: "a"}, {ID: "a"}, {}}, Deals: change(func(d *attribution.Deal) { d.ID, d.Account = "e", "b" }),
			Touches: []attribution.Touch{{Account: "b", At: closed}}, Leads: []attribution.Lead{{ID: "l", Source: attribution.Self, At: closed, Account: "b"}}}, credit.Options{},
			[]refusal.Fault{fault("ID", success.ErrDuplicate), fault("ID", success.ErrMissing), fault("Account", success.ErrUnknown), fault("Account", success.ErrUnknown), fault("Account", success.ErrUnknown)}, []int{1, 2, 1, 0, 0}},
		{"nothing of a touch", credit.Records{Touches: []attribution.Touch{{}}}, credit.Options{}, []refusal.Fault{fault("Account", success.ErrMissing), fault("At", success.ErrMissing)}, []int{0, 0}},
		{"a touch of what no touch gets", credit.Records{Touches: []attribution.Touch{{Account: "a", At: closed, Key: attribution.Unattributed}}}, credit.Options{}, []refusal.Fault{fault("Key", success.ErrRange)}, []int{0}},
		{"a touch twice", credit.Records{Touches: []attribution.Touch{{Account: "a", At: closed}, {ID: "t", Account: "a", At: closed}, {Account: "a", At: closed}, {ID: "t", Account: "b", At: closed}}}, credit.Options{}, []refusal.Fault{fault("ID", success.ErrDuplicate)}, []int{3}},
		{"nothing of a lead", credit.Records{Leads: []attribution.Lead{{}}}, credit.Options{}, []refusal.Fault{fault("ID", success.ErrMissing), fault("Account", success.ErrMissing), fault("Source", success.ErrMissing), fault("At", success.ErrMissing)}, []int{0, 0, 0, 0}},
		{"a lead twice", credit.Records{Leads: []attribution.Lead{{ID: "l", Account: "a", Source: attribution.Sales, At: closed}, {ID: "l", Account: "b", Source: attribution.Sales, At: closed}}}, credit.Options{}, []refusal.Fault{fault("ID", success.ErrDuplicate)}, []int{1}},
		{"an unknown lead", credit.Records{Leads: []attribution.Lead{}, Deals: change(func(d *attribution.Deal) { d.ID, d.Lead = "e", "l" })}, credit.Options{}, []refusal.Fault{fault("Lead", success.ErrUnknown)}, []int{1}},
		{"nothing of a change", credit.Records{Adjustments: []attribution.Adjustment{{}}}, credit.Options{}, []refusal.Fault{fault("ID", success.ErrMissing), fault("Deal", success.ErrMissing), fault("At", success.ErrMissing)}, []int{0, 0, 0}},
		{"an unknown deal", credit.Records{Adjustments: []attribution.Adjustment{refund("1", "x", 200, "-1")}}, credit.Options{}, []refusal.Fault{fault("Deal", success.ErrUnknown)}, []int{0}},
		{"a change of a lost deal", credit.Records{Deals: []attribution.Deal{lost}, Adjustments: []attribution.Adjustment{refund("1", "l", 200, "-1")}}, credit.Options{}, []refusal.Fault{fault("Deal", success.ErrRange)}, []int{0}},
		{"a change before the close", credit.Records{Deals: []attribution.Deal{good}, Adjustments: []attribution.Adjustment{refund("1", "d", 99, "-1")}}, credit.Options{}, []refusal.Fault{fault("At", success.ErrOrder)}, []int{0}},
		{"a change of 1e400", credit.Records{Deals: []attribution.Deal{good}, Adjustments: []attribution.Adjustment{refund("1", "d", 100, "-1e400")}}, credit.Options{}, []refusal.Fault{fault("Amount", success.ErrRange)}, []int{0}},
		{"more than there is", credit.Records{Deals: []attribution.Deal{won("e", "a", closed, "1"), good},
			Adjustments: []attribution.Adjustment{refund("1", "d", 100, "-4"), refund("2", "e", 100, "-1.01"), refund("3", "d", 100, "-6.01"), refund("4", "d", 100, "-6")}}, credit.Options{}, []refusal.Fault{fault("Amount", success.ErrRange), fault("Amount", success.ErrRange)}, []int{1, 2}},
		{"one ID of two changes", credit.Records{Deals: []attribution.Deal{good}, Adjustments: []attribution.Adjustment{refund("1", "d", 100, "-4"), refund("1", "d", 100, "-5")}}, credit.Options{}, []refusal.Fault{fault("ID", success.ErrDuplicate)}, []int{1}},
		{"one ID of two times", credit.Records{Deals: []attribution.Deal{good}, Adjustments: []attribution.Adjustment{refund("1", "d", 100, "-4"), refund("1", "d", 101, "-4")}}, credit.Options{}, []refusal.Fault{fault("ID", success.ErrDuplicate)}, []int{1}},
		{"one ID of two deals", credit.Records{Deals: []attribution.Deal{good, won("e", "a", closed, "10")}, Adjustments: []attribution.Adjustment{refund("1", "d", 100, "-4"), refund("1", "e", 100, "-4")}}, credit.Options{}, []refusal.Fault{fault("ID", success.ErrDuplicate)}, []int{1}},
		{"options", credit.Records{}, credit.Options{Window: -1, Repeats: 3, Digits: map[string]int{"EUR": -1, "USD": 19, "XXX": 0, "YYY": 18}}, []refusal.Fault{fault("Window", success.ErrNegative), fault("Repeats", success.ErrUnknown), fault("Digits", success.ErrRange), fault("Digits", success.ErrRange)}, []int{-1, -1, -1, -1}},
	} {
		b, err := credit.NewBook(c.r, c.o)
		refusal.Check(t, c.what, err, c.kinds...)
		positions(t, c.what, err, c.at...)
		if b != nil {
			t.Errorf("%s: a book in spite of faults", c.what)
		}
	}
}

// TestRecordsTaken lists what is next to what is refused.
func TestRecordsTaken(t *testing.T) {
	first, last := time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC), time.Date(9999, 12, 31, 23, 0, 0, 0, time.UTC)
	d := won("d", "a", last, "10.0000004")
	d.Opened, d.Lead = last, "unknown, as all leads are"
	largest, smallest, none := won("e", "a", last, "8999999999999.999999"), won("f", "a", last, "0.000001"), won("g", "a", last, "0")
	none.Amount = decimal.New(0, 400)
	all := credit.Records{
		Deals:       []attribution.Deal{d, largest, smallest, none, {ID: "o", Account: "a", Opened: last, Currency: "USD"}},
		Adjustments: []attribution.Adjustment{{ID: "1", Deal: "d", At: last, Amount: dec("-4")}, {ID: "2", Deal: "d", At: last, Amount: dec("-6")}, {ID: "1", Deal: "d", At: last, Amount: dec("-4.00")}},
		Touches:     []attribution.Touch{{Account: "nobody", At: last}, {Account: "a", At: first}, {Account: "a", At: last}},
	}
	got := split(t, book(t, all, credit.Options{}), credit.Linear()).Totals
	if total := got[0]; len(got) != 1 || total.Deals != 4 || total.Revenue.Net.String() != "9000000000000" || total.Revenue.Adjusted.String() != "-10" ||
		len(total.Keys) != 1 || total.Keys[0].Key != "(none)" || total.Keys[0].Revenue.Net.String() != "9000000000000" {
		t.Errorf("%+v", got)
	}
	for _, d := range all.Deals {
		d.Currency = ""
		all.Deals = append(all.Deals[1:len(all.Deals):len(all.Deals)], d)
	}
	all.Accounts = []success.Account{{ID: "a"}, {ID: "nobody"}}
	if got := split(t, book(t, all, credit.Options{}), credit.Linear()).Totals; len(got) != 1 || got[0].Currency != "" {
		t.Errorf("without currencies: %+v", got)
	}
	tally := tally(t, credit.Last(), credit.Options{})
	if err := tally.Add(d, all.Touches); err != nil || tally.Totals()[0].Keys[0].Revenue.Net.String() != "10" {
		t.Errorf("%v, %+v", err, tally.Totals())
	}
}

func TestModelsRefused(t *testing.T) {
	b := book(t, journeyOf("10", "a", "b"), credit.Options{})
	for _, c := range []struct {
		what  string
		model credit.Model
		kinds []refusal.Fault
		paths []refusal.Fault // of paths besides
	}{
		{"no model", credit.Model{}, []refusal.Fault{fault("", success.ErrMissing)}, nil},
		{"a negative half life", credit.TimeDecay(-1), []refusal.Fault{fault("TimeDecay", success.ErrRange)}, []refusal.Fault{fault("TimeDecay", success.ErrMissing)}},
		{"negative shares", credit.Position(credit.Shares{First: -1, Middle: -2, Last: -3}), []refusal.Fault{fault("First", success.ErrNegative), fault("Middle", success.ErrNegative), fault("Last", success.ErrNegative)}, nil},
		{"shares of 0", credit.Position(credit.Shares{}), []refusal.Fault{fault("Position", success.ErrMissing)}, nil},
		{"too much", credit.Position(credit.Shares{First: 100_000, Middle: 100_001, Last: 1}), []refusal.Fault{fault("Middle", success.ErrRange)}, nil},
		{"negative milestones", credit.Milestones(credit.Stones{First: -1, Lead: -1, Opened: -1, Won: -1, Others: -1}), []refusal.Fault{fault("First", success.ErrNegative), fault("Lead", success.ErrNegative), fault("Opened", success.ErrNegative), fault("Won", success.ErrNegative), fault("Others", success.ErrNegative)}, []refusal.Fault{fault("Milestones", success.ErrMissing)}},
		{"milestones of 0", credit.Milestones(credit.Stones{Lose: true}), []refusal.Fault{fault("Milestones", success.ErrMissing)}, []refusal.Fault{fault("Milestones", success.ErrMissing)}},
		{"order 0", credit.Markov(0), []refusal.Fault{fault("Markov", success.ErrRange)}, nil},
		{"order 4", credit.Markov(4), []refusal.Fault{fault("Markov", success.ErrRange)}, nil},
		{"no function", credit.Custom("", nil), []refusal.Fault{fault("Custom", success.ErrMissing)}, nil},
	} {
		all, err := b.Split(credit.First(), c.model)
		refusal.Check(t, c.what, err, c.kinds...)
		for _, f := range err.(*success.Errors).Faults {
			if f.Index != 1 || f.Record != "models" || all != nil {
				t.Errorf("%s: %v, %v", c.what, f, all)
			}
		}
		_, err = c.model.Credit(paths(t, "a 1"))
		refusal.Check(t, c.what, err, append(c.kinds, c.paths...)...)
	}
	_, err := b.Split()
	refusal.Check(t, "no models", err, fault("", success.ErrMissing))
}

func TestCustomRefused(t *testing.T) {
	r := journeyOf("10", "a", "b")
	r.Deals = append([]attribution.Deal{{ID: "o", Account: "a", Opened: r.Deals[0].Opened, Currency: "USD"}}, r.Deals...)
	b := book(t, r, credit.Options{})
	for _, c := range []struct {
		what    string
		weights []float64
		kinds   []refusal.Fault
	}{
		{"too few", []float64{1}, []refusal.Fault{fault("Custom", success.ErrRange)}},
		{"too many", []float64{1, 1, 1}, []refusal.Fault{fault("Custom", success.ErrRange)}},
		{"not a number", []float64{1, math.NaN()}, []refusal.Fault{fault("Custom", success.ErrRange)}},
		{"infinite", []float64{math.Inf(1), math.Inf(-1)}, []refusal.Fault{fault("Custom", success.ErrRange), fault("Custom", success.ErrRange)}},
		{"negative", []float64{1, -1e-300}, []refusal.Fault{fault("Custom", success.ErrNegative)}},
		{"none", []float64{0, 0}, []refusal.Fault{fault("Custom", success.ErrMissing)}},
	} {
		m := credit.Custom("c", func(credit.Journey) []float64 { return c.weights })
		_, err := b.Split(m)
		refusal.Check(t, c.what, err, c.kinds...)
		positions(t, c.what, err, append([]int{1, 1}[:len(c.kinds)-1:2], 1)...)
		_, err = m.Credit(paths(t, "z 0 1", "a>b 1"))
		refusal.Check(t, c.what+" of a path", err, c.kinds...)
		positions(t, c.what+" of a path", err, append([]int{1, 1}[:len(c.kinds)-1:2], 1)...)
	}
}

func TestNothingToLearnFrom(t *testing.T) {
	r := journeyOf("10", "a", "b")
	r.Deals[0].Status = attribution.Lost
	untouched := won("u", "nobody", second(5), "5")
	r.Deals = append(r.Deals, untouched)
	b := book(t, r, credit.Options{})
	for _, m := range []credit.Model{credit.Markov(1), credit.Shapley(), credit.RateShapley()} {
		all, err := b.Split(credit.Linear(), m)
		refusal.Check(t, m.String(), err, fault("Won", success.ErrMissing))
		positions(t, m.String(), err, 1)
		if all != nil {
			t.Errorf("%s: %v", m, all)
		}
	}
	many := make([]string, 21)
	for i := range many {
		many[i] = string(rune('a' + i))
	}
	for n, kinds := range map[int][]refusal.Fault{20: nil, 21: {fault("Keys", success.ErrRange)}} {
		_, err := book(t, journeyOf("10", many[:n]...), credit.Options{}).Split(credit.RateShapley())
		if kinds == nil && err != nil || kinds != nil && err == nil {
			t.Errorf("%d keys: %v", n, err)
		}
		if err != nil {
			positions(t, "21 keys", err, 0)
		}
	}
}

func TestPathsRefused(t *testing.T) {
	for _, c := range []struct {
		what  string
		model credit.Model
		paths []journey.Path
		kinds []refusal.Fault
	}{
		{"no times", credit.TimeDecay(time.Hour), paths(t, "a 1"), []refusal.Fault{fault("TimeDecay", success.ErrMissing)}},
		{"no leads", credit.W(), paths(t, "a 1"), []refusal.Fault{fault("Milestones", success.ErrMissing)}},
		{"no kinds", credit.LastNon("direct"), paths(t, "a 1"), []refusal.Fault{fault("LastNon", success.ErrMissing)}},
		{"nothing won", credit.Linear(), paths(t, "a 0 1"), []refusal.Fault{fault("Won", success.ErrMissing)}},
		{"nothing", credit.Linear(), nil, []refusal.Fault{fault("Won", success.ErrMissing)}},
		{"won without a touch", credit.Linear(), []journey.Path{{Won: 1}}, []refusal.Fault{fault("Won", success.ErrMissing)}},
		{"less than nothing", credit.Linear(), []journey.Path{{Keys: []string{"a"}, Won: -1}}, []refusal.Fault{fault("Won", success.ErrNegative)}},
		{"no weight above 0", credit.Custom("none", func(j credit.Journey) []float64 { return make([]float64, len(j.Stops)) }),
			[]journey.Path{{Keys: []string{"a", "b"}, Won: 2, Revenue: decimal.NewFromInt(5)}}, []refusal.Fault{fault("Custom", success.ErrMissing)}},
		{"nothing learned", credit.Markov(2), paths(t, "a 0 1"), []refusal.Fault{fault("Won", success.ErrMissing)}},
	} {
		got, err := c.model.Credit(c.paths)
		refusal.Check(t, c.what, err, c.kinds...)
		if got != nil {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}
