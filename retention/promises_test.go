package retention_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
	"pgregory.net/rapid"
)

// TestArgumentsAreLeftAlone holds that no call changes what it is given, that
// changing it afterwards changes nothing, and that results belong to the caller.
func TestArgumentsAreLeftAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{})
		p := w.drawPeriod(t)
		before := mapped(w.contracts, sameAmount, sameDate)
		options := w.options
		options.Accounts, options.Mergers, options.Rates = slices.Clone(options.Accounts), slices.Clone(options.Mergers), slices.Clone(options.Rates)
		periods := p.Months()

		book := w.book(t)
		want := answersOf(t, book, p)
		_, err := book.Series(periods)
		must(t, 0, err)
		same(t, "contracts", before, w.contracts)
		same(t, "options", options, w.options)
		same(t, "periods", p.Months(), periods)

		clear(w.contracts)
		clear(w.options.Accounts)
		clear(w.options.Mergers)
		clear(w.options.Rates)
		spoiled := answersOf(t, book, p)
		same(t, "after the arguments changed", want, spoiled)

		clear(spoiled.Months)
		clear(spoiled.Lines)
		clear(spoiled.Events)
		for _, cut := range spoiled.Cuts {
			clear(cut.Rows)
		}
		same(t, "after the results changed", want, answersOf(t, book, p))
	})
}

// TestBoundsAreLeftAlone holds that a key keeps no reference to its bounds.
func TestBoundsAreLeftAlone(t *testing.T) {
	book, err := retention.NewBook([]success.Contract{{
		ID: "C-1", Account: "acme", Start: day("2023-01-01"), Price: dec("700"), Term: success.Months(12),
	}}, retention.Options{})
	must(t, book, err)
	bounds := append(make([]decimal.Decimal, 0, 8), dec("5000"), dec("1000"))
	given := slices.Clone(bounds)
	key := retention.BySize(bounds...)
	first, err := book.Cut(success.Year(2024), key)
	must(t, first, err)
	same(t, "bounds", given, bounds)
	bounds[0], bounds[1] = dec("1"), dec("2")
	second, err := book.Cut(success.Year(2024), key)
	same(t, "after the bounds changed", first, must(t, second, err))
}

// TestManyAskAtOnce asks one book from many goroutines, for the race detector.
func TestManyAskAtOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{})
		p := w.drawPeriod(t)
		book := w.book(t)
		want := answersOf(t, book, p)
		got := make([]answers, 2)
		var wg sync.WaitGroup
		for i := range got {
			wg.Go(func() { got[i] = answersOf(t, book, p) })
		}
		wg.Wait()
		for i := range got {
			same(t, "asked at once", want, got[i])
		}
	})
}

// FuzzBook lets the fuzzer draw the worlds of the laws and of the oracle.
func FuzzBook(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) {
		check := rapid.SampledFrom([]func(*rapid.T){checkBetween, checkSeries, checkLines, checkCut, checkBridge}).Draw(t, "check")
		check(t)
	}))
}
