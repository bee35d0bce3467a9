package retention_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
	"pgregory.net/rapid"
)

// TestHistories: histories are the events, account by account.
func TestHistories(t *testing.T) { rapid.Check(t, checkHistories) }

func checkHistories(t *rapid.T) {
	_, p, book, _ := ask(t)
	type unit struct {
		account  success.AccountID
		product  string
		contract success.ContractID
	}
	events, err := book.Events(p)
	must(t, events, err)
	lines, err := book.Lines(p)
	must(t, lines, err)
	opening := map[unit]decimal.Decimal{}
	for _, l := range lines {
		opening[unit{l.Account, l.Product, l.Contract}] = l.Opening
	}
	left := map[unit][]retention.Event{}
	for _, e := range events {
		u := unit{e.Account, e.Product, e.Contract}
		left[u] = append(left[u], e)
	}
	seen := map[unit]bool{}
	for h, err := range book.Histories(p) {
		if errors.Is(err, success.ErrRange) {
			return // huge amounts add up beyond 64 bits
		}
		if err != nil {
			t.Fatal(err)
		}
		u := unit{h.Account, h.Product, h.Contract}
		if seen[u] {
			t.Fatalf("%v comes twice", u)
		}
		seen[u] = true
		if len(h.Steps) != len(left[u]) {
			t.Fatalf("%v has %d steps, and %d events", u, len(h.Steps), len(left[u]))
		}
		if want := opening[u]; !decimal.New(h.Opening, -6).Equal(want) {
			t.Fatalf("%v opens with %d, not %v", u, h.Opening, want)
		}
		for i, s := range h.Steps {
			if e := left[u][i]; s.Date != e.Date || !decimal.New(s.Micros, -6).Equal(e.After) {
				t.Fatalf("%v: step %v, event %v", u, s, e)
			}
		}
		delete(left, u)
	}
	for u := range left {
		t.Fatalf("%v has no history", u)
	}
	for _, l := range lines {
		if u := (unit{l.Account, l.Product, l.Contract}); l.Opening.IsPositive() && !seen[u] {
			t.Fatalf("%v has no history", u)
		}
	}
}

// TestHistoriesStop: a reader may stop at any time.
func TestHistoriesStop(t *testing.T) {
	b, err := retention.NewBook(company(), retention.Options{})
	must(t, b, err)
	for n := range 5 {
		read := 0
		for range b.Histories(success.Year(2025)) {
			if read++; read > n {
				break
			}
		}
		if read != n+1 {
			t.Errorf("%d read, not %d", read, n+1)
		}
	}
}

// TestHistoriesRefused: a bad period, and revenue beyond 64 bits, are one error
// and nothing more.
func TestHistoriesRefused(t *testing.T) {
	b, err := retention.NewBook(company(), retention.Options{})
	must(t, b, err)
	n := 0
	for _, err := range b.Histories(success.Period{}) {
		if n++; !errors.Is(err, success.ErrMissing) {
			t.Error(err)
		}
	}
	huge := []success.Contract{
		priced("1", "a", "", "2024-01-01", "", "8999999999999"),
		priced("2", "a", "", "2024-01-01", "", "223372036854.775807"),
	}
	b, err = retention.NewBook(huge, retention.Options{})
	must(t, b, err)
	for h, err := range b.Histories(success.Year(2024)) {
		if n++; err != nil || h.Steps[0].Micros != 9223372036853775807 {
			t.Error(h, err)
		}
	}
	huge[1].Price = dec("223372036855.775808")
	b, err = retention.NewBook(huge, retention.Options{})
	must(t, b, err)
	for _, year := range []int{2024, 2025} { // beyond in a step, and at the opening
		for _, err := range b.Histories(success.Year(year)) {
			if n++; !errors.Is(err, success.ErrRange) {
				t.Error(err)
			}
		}
	}
	if n != 4 {
		t.Errorf("%d yields, not 4", n)
	}
}

// TestHistoriesOfMany: however many changes an account has, in whatever order
// its contracts are, its history is its events; 32 changes are kept in order on
// the way and more are sorted.
func TestHistoriesOfMany(t *testing.T) {
	for _, n := range []int{1, 15, 16, 17, 18, 40} {
		var contracts []success.Contract
		for i := range n {
			at := i * 7 % n // scrambled
			start := day("2024-01-01").AddDays(3 * at)
			contracts = append(contracts, success.Contract{
				ID: success.ContractID(fmt.Sprint(i)), Account: "a", Start: start, End: start.AddDays(5 + i%3*200),
				Term: success.Months(12), Price: decimal.NewFromInt(int64(100 + i)),
			})
		}
		b, err := retention.NewBook(contracts, retention.Options{})
		must(t, b, err)
		p := period("2024-01-02", "2027-01-01")
		events, err := b.Events(p)
		must(t, events, err)
		for h, err := range b.Histories(p) {
			if err != nil || len(h.Steps) != len(events) {
				t.Fatalf("%d contracts: %d steps, %d events, %v", n, len(h.Steps), len(events), err)
			}
			for i, s := range h.Steps {
				if s.Date != events[i].Date || !decimal.New(s.Micros, -6).Equal(events[i].After) {
					t.Errorf("%d contracts: step %v, event %v", n, s, events[i])
				}
			}
		}
	}
}

// TestSince: a book begins on the first step of any history, which conversion
// to nothing may put off.
func TestSince(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{noHuge: true, noCurrency: true, middle: true})
		book, err := retention.NewBook(w.contracts, w.options)
		must(t, book, err)
		var first success.Date
		for h, err := range book.Histories(success.Period{From: success.FromOrdinal(1), To: success.MustDate("9999-12-31")}) {
			must(t, h, err)
			if d := h.Steps[0].Date; first.IsZero() || d.Before(first) {
				first = d
			}
		}
		if book.Since() != first {
			t.Fatalf("since %v, first step %v", book.Since(), first)
		}
	})
	free, err := retention.NewBook([]success.Contract{priced("1", "a", "", "2024-01-01", "", "0")}, retention.Options{})
	if must(t, free, err).Since() != (success.Date{}) {
		t.Errorf("a free book begins on %v", free.Since())
	}
}
