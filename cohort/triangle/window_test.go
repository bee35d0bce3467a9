package triangle_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/cohort/triangle"
	"metrics.internal/success/retention"
)

// TestWindow: a window that ends with February has rows up to February. Whoever
// pays on its first day begins there if the window is what counts; events before
// it do not. What recurs is what is paid at the close.
func TestWindow(t *testing.T) {
	day := success.MustDate
	var events []triangle.Event
	var histories []triangle.History
	var contracts []success.Contract
	for account, start := range map[success.AccountID]string{"a": "2024-01-31", "b": "2024-02-01", "c": "2024-02-29", "d": "2024-03-01"} {
		events = append(events, triangle.Event{Account: account, On: day(start)})
		histories = append(histories, triangle.History{Account: account, Changes: []triangle.Change{{On: day(start), Revenue: decimal.NewFromInt(12)}}})
		contracts = append(contracts, success.Contract{ID: success.ContractID(account), Account: account, Start: day(start), Term: success.Months(12), Price: decimal.NewFromInt(12)})
	}
	book, err := retention.NewBook(contracts, retention.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for begin, want := range map[triangle.Begin]struct{ events, revenue int }{
		triangle.FirstEver:     {2, 2},
		triangle.FirstInWindow: {2, 3},
		triangle.Recurring:     {2, 3},
	} {
		o := triangle.Options{AsOf: day("2024-04-10"), Begin: begin, Window: success.Period{From: day("2024-02-01"), To: day("2024-03-01")}}
		ofEvents, err1 := triangle.FromEvents(events, o)
		ofHistories, err2 := triangle.FromHistories(histories, o)
		ofBook, err3 := triangle.FromBook(book, o)
		if err1 != nil || err2 != nil || err3 != nil {
			t.Fatal(err1, err2, err3)
		}
		for name, c := range map[string]struct {
			got  *triangle.Triangle
			size int
		}{"events": {ofEvents, want.events}, "histories": {ofHistories, want.revenue}, "book": {ofBook, want.revenue}} {
			if len(c.got.Rows) != 1 || c.got.Rows[0].Start != day("2024-02-01") || c.got.Rows[0].Size != c.size || len(c.got.Rows[0].Cells) != 3 {
				t.Errorf("begin %d, %s: %+v", begin, name, c.got.Rows)
			}
		}
	}
}

// TestBookRows: the rows of a book begin with the first account that pays in the
// reporting currency, not with one whose revenue rounds to nothing.
func TestBookRows(t *testing.T) {
	day := success.MustDate
	book, err := retention.NewBook([]success.Contract{
		{ID: "1", Account: "a", Start: day("2023-01-01"), Term: success.Months(12), Price: decimal.New(1, -6), Currency: "XXA"},
		{ID: "2", Account: "b", Start: day("2024-02-10"), Term: success.Months(12), Price: decimal.NewFromInt(12), Currency: "EUR"},
	}, retention.Options{Currency: "EUR", Rates: []retention.Rate{{Currency: "XXA", Date: day("2020-01-01"), Rate: decimal.New(1, -3)}}})
	if err != nil {
		t.Fatal(err)
	}
	tr, err := triangle.FromBook(book, triangle.Options{AsOf: day("2024-04-10")})
	if err != nil || len(tr.Rows) != 3 || tr.Rows[0].Start != day("2024-02-01") || tr.Rows[0].Size != 1 || tr.Empty != 2 {
		t.Errorf("%+v, %v", tr.Rows, err)
	}
	tr, err = triangle.FromBook(book, triangle.Options{AsOf: day("2024-02-09")})
	if err != nil || len(tr.Rows) != 0 {
		t.Errorf("before anybody pays: %+v, %v", tr.Rows, err)
	}
}
