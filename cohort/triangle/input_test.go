package triangle_test

import (
	"math"
	"testing"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/cohort/triangle"
	"metrics.internal/success/internal/refusal"
	"metrics.internal/success/retention"
)

var fault = refusal.Of

// everySource makes a triangle of nothing from every source.
func everySource(t *testing.T, o triangle.Options) map[string]error {
	t.Helper()
	book, err := retention.NewBook(nil, retention.Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, fromBook := triangle.FromBook(book, o)
	_, fromHistories := triangle.FromHistories(nil, o)
	_, fromEvents := triangle.FromEvents(nil, o)
	return map[string]error{"book": fromBook, "histories": fromHistories, "events": fromEvents}
}

func TestBadOptions(t *testing.T) {
	day := success.MustDate("2024-05-05")
	for name, c := range map[string]struct {
		options triangle.Options
		faults  []refusal.Fault
	}{
		"no day":            {triangle.Options{}, []refusal.Fault{fault("AsOf", success.ErrMissing)}},
		"the end of time":   {triangle.Options{AsOf: success.MustDate("9999-12-31")}, []refusal.Fault{fault("AsOf", success.ErrRange)}},
		"unknown constants": {triangle.Options{AsOf: day, Unit: 5, Begin: 4}, []refusal.Fault{fault("Unit", success.ErrUnknown), fault("Begin", success.ErrUnknown)}},
		"numbers":           {triangle.Options{AsOf: day, WeekStart: 7, Columns: -1, Level: math.NaN()}, []refusal.Fault{fault("WeekStart", success.ErrRange), fault("Columns", success.ErrNegative), fault("Level", success.ErrRange)}},
		"week before":       {triangle.Options{AsOf: day, WeekStart: -1}, []refusal.Fault{fault("WeekStart", success.ErrRange)}},
		"two starts":        {triangle.Options{AsOf: day, Begin: triangle.Recurring, Elapsed: true}, []refusal.Fault{fault("Elapsed", success.ErrRange)}},
		"no window":         {triangle.Options{AsOf: day, Begin: triangle.FirstInWindow}, []refusal.Fault{fault("Window", success.ErrMissing)}},
		"window backwards":  {triangle.Options{AsOf: day, Window: success.Period{From: day, To: day}}, []refusal.Fault{fault("Window", success.ErrOrder)}},
		"window to come":    {triangle.Options{AsOf: day, Window: success.Year(2025)}, []refusal.Fault{fault("Window", success.ErrOrder)}},
		"level":             {triangle.Options{AsOf: day, Level: 1}, []refusal.Fault{fault("Level", success.ErrRange)}},
		"accounts": {triangle.Options{AsOf: day, Begin: triangle.SignUp, Accounts: []success.Account{{ID: "a"}, {SignedUp: day}, {ID: "a", SignedUp: day}}},
			[]refusal.Fault{fault("SignedUp", success.ErrMissing), fault("ID", success.ErrMissing), fault("ID", success.ErrDuplicate)}},
	} {
		for source, err := range everySource(t, c.options) {
			refusal.Check(t, name+", "+source, err, c.faults...)
		}
	}
	many := triangle.Options{AsOf: day, Unit: triangle.Day, Window: success.Period{From: success.MustDate("2000-01-01"), To: day}}
	for source, err := range everySource(t, many) {
		refusal.Check(t, "too many cells, "+source, err, fault("Columns", success.ErrRange))
	}
	many.Columns = 30
	for source, err := range everySource(t, many) {
		if err != nil {
			t.Errorf("%s: %v", source, err)
		}
	}
}

func TestBadEvents(t *testing.T) {
	day := success.MustDate("2024-05-05")
	_, err := triangle.FromEvents([]triangle.Event{{}, {Account: "a", On: day}, {Account: "b"}}, triangle.Options{AsOf: day})
	refusal.Check(t, "events", err, fault("Account", success.ErrMissing), fault("On", success.ErrMissing), fault("On", success.ErrMissing))
	o := triangle.Options{AsOf: day, Begin: triangle.SignUp, Accounts: []success.Account{{ID: "a", SignedUp: day}}}
	_, err = triangle.FromEvents([]triangle.Event{{Account: "a", On: day}, {Account: "b", On: day}}, o)
	refusal.Check(t, "unknown", err, fault("Account", success.ErrUnknown))
}

func TestBadHistories(t *testing.T) {
	day := success.MustDate("2024-05-05")
	one := decimal.NewFromInt(1)
	_, err := triangle.FromHistories([]triangle.History{
		{Changes: []triangle.Change{{Revenue: one}}},
		{Account: "a", Changes: []triangle.Change{{On: day, Revenue: one.Neg()}, {On: day, Revenue: one}}},
		{Account: "a", Changes: []triangle.Change{{On: day, Revenue: decimal.New(1, 30)}, {On: day.AddDays(-1), Revenue: one}}},
	}, triangle.Options{AsOf: day})
	refusal.Check(t, "histories", err,
		fault("Account", success.ErrMissing), fault("Changes.On", success.ErrMissing),
		fault("Changes.Revenue", success.ErrNegative), fault("Changes.On", success.ErrOrder),
		fault("Account", success.ErrDuplicate), fault("Changes.Revenue", success.ErrRange), fault("Changes.On", success.ErrOrder))
	o := triangle.Options{AsOf: day, Begin: triangle.SignUp, Accounts: []success.Account{{ID: "a", SignedUp: day}}}
	_, err = triangle.FromHistories([]triangle.History{{Account: "b"}}, o)
	refusal.Check(t, "unknown", err, fault("Account", success.ErrUnknown))
}

func TestBadBooks(t *testing.T) {
	day := success.MustDate("2024-05-05")
	contract := success.Contract{ID: "c", Account: "b", Start: day, Term: success.Months(12), Price: decimal.NewFromInt(1)}
	book, err := retention.NewBook([]success.Contract{contract}, retention.Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = triangle.FromBook(book, triangle.Options{AsOf: day, Begin: triangle.SignUp, Accounts: []success.Account{{ID: "a", SignedUp: day}}})
	refusal.Check(t, "unknown", err, fault("Account", success.ErrUnknown))
	many := triangle.Options{AsOf: day, Unit: triangle.Day, Window: success.Period{From: success.MustDate("2000-01-01"), To: day}}
	_, err = triangle.FromBook(book, many)
	refusal.Check(t, "too many cells", err, fault("Columns", success.ErrRange))
	var huge []success.Contract
	for _, product := range []string{"one", "two"} {
		contract.ID, contract.Product, contract.Price = success.ContractID(product), product, decimal.NewFromInt(success.RateLimit-1)
		huge = append(huge, contract)
	}
	for _, grain := range []retention.Grain{retention.GrainAccount, retention.GrainProduct} {
		book, err = retention.NewBook(huge, retention.Options{Grain: grain})
		if err != nil {
			t.Fatal(err)
		}
		if _, err = triangle.FromBook(book, triangle.Options{AsOf: day}); err == nil {
			t.Errorf("grain %d: revenue that does not fit is taken", grain)
		}
	}
}

// Without data there are no rows, or rows without accounts where a window names
// them.
func TestNothing(t *testing.T) {
	o := triangle.Options{AsOf: success.MustDate("2024-05-05")}
	tr, err := triangle.FromEvents(nil, o)
	if err != nil || len(tr.Rows) != 0 || len(tr.Columns) != 0 {
		t.Errorf("%+v, %v", tr, err)
	}
	late := []triangle.Event{{Account: "a", On: o.AsOf.AddDays(1)}}
	if tr, err = triangle.FromEvents(late, o); err != nil || len(tr.Rows) != 0 {
		t.Errorf("only later: %+v, %v", tr, err)
	}
	o.Window = success.Period{From: success.MustDate("2024-03-10"), To: success.MustDate("2025-01-01")}
	tr, err = triangle.FromEvents(nil, o)
	if err != nil || len(tr.Rows) != 3 || tr.Empty != 3 || tr.Rows[0].Start.String() != "2024-03-01" || tr.Columns[0].Rows != 0 {
		t.Errorf("in a window: %+v, %v", tr, err)
	}
	if c := tr.Rows[0].Cells; len(c) != 3 || !c[1].Complete || c[2].Complete || c[0].Share.Value.Defined() {
		t.Errorf("cells of an empty row: %+v", c)
	}
	if tr, err = triangle.FromHistories([]triangle.History{{Account: "a"}}, triangle.Options{AsOf: o.AsOf}); err != nil || len(tr.Rows) != 0 {
		t.Errorf("never paid: %+v, %v", tr, err)
	}
}
