package retention_test

import (
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/retention"
	"pgregory.net/rapid"
)

// TestWorkers holds that any number of workers gives the same, digit for digit.
// The oracle and all other laws draw a number of workers, too.
func TestWorkers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{})
		p := w.drawPeriod(t)
		alone, several := w, w
		alone.options.Workers = rapid.IntRange(0, 1).Draw(t, "one")
		several.options.Workers = rapid.IntRange(2, 12).Draw(t, "several")
		same(t, "with several workers", alone.answers(t, p), several.answers(t, p))
	})
}

// TestWorkersOnMany is TestWorkers for a company with more than a few accounts,
// evenly and unevenly spread.
func TestWorkersOnMany(t *testing.T) {
	p := success.Period{From: day("2021-03-15"), To: day("2023-11-02")}
	for _, s := range shapes() {
		contracts := generated(20_000, s)
		var want retention.Movement
		var months []retention.Movement
		for _, workers := range []int{0, 2, 3, 64, 1024} {
			book, err := retention.NewBook(contracts, retention.Options{Workers: workers})
			must(t, book, err)
			got, err := book.Between(p)
			must(t, got, err)
			series, err := book.Series(p.Months())
			must(t, series, err)
			if workers == 0 {
				want, months = got, series
			}
			same(t, s.name, want, got)
			same(t, s.name, months, series)
		}
	}
}
