package retention_test

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/retention"
	"pgregory.net/rapid"
)

// askAll asks a book everything about a period.
func askAll(b *retention.Book, p success.Period) map[string]error {
	errs := map[string]error{}
	_, errs["Between"] = b.Between(p)
	_, errs["Series"] = b.Series([]success.Period{success.Year(2024), p})
	_, errs["Lines"] = b.Lines(p)
	_, errs["Events"] = b.Events(p)
	_, errs["Renewals"] = b.Renewals(p)
	_, errs["Cut by segment"] = b.Cut(p, retention.BySegment())
	_, errs["Cut by product"] = b.Cut(p, retention.ByProduct())
	for _, err := range b.Histories(p) {
		errs["Histories"] = err
	}
	return errs
}

// TestPeriodRefused holds that every question refuses a period that is none.
func TestPeriodRefused(t *testing.T) {
	g := goodInput()
	b, err := retention.NewBook(g.contracts, g.options)
	must(t, b, err)
	d := day("2024-01-01")
	for _, tt := range []struct {
		period success.Period
		want   []string
	}{
		{success.Period{}, []string{"From missing", "To missing"}},
		{success.Period{From: d}, []string{"To missing"}},
		{success.Period{To: d}, []string{"From missing"}},
		{success.Period{From: d, To: d}, []string{"To order"}},
		{success.Period{From: d, To: d.AddDays(-1)}, []string{"To order"}},
	} {
		errs := askAll(b, tt.period)
		if len(errs) != 8 {
			t.Errorf("%d of 8 questions answer for %s", len(errs), tt.period)
		}
		for name, err := range errs {
			got := faultsOf(t, err)
			if len(got) != len(tt.want) {
				t.Errorf("%s of %s: %v, want faults of %v", name, tt.period, err, tt.want)
				continue
			}
			for i := range got {
				if !strings.HasPrefix(got[i], "period") || !strings.HasSuffix(got[i], "."+tt.want[i]) {
					t.Errorf("%s of %s: fault %s, want %s", name, tt.period, got[i], tt.want[i])
				}
			}
		}
	}
	for name, err := range askAll(b, success.Year(2024)) {
		if err != nil {
			t.Errorf("%s of a good period: %v", name, err)
		}
	}
	if _, err := b.On(success.Date{}); len(faultsOf(t, err)) != 1 || !errors.Is(err, success.ErrMissing) {
		t.Errorf("On no day: %v", err)
	}
}

// TestSeriesNamesThePeriod says which of several periods cannot be used.
func TestSeriesNamesThePeriod(t *testing.T) {
	g := goodInput()
	b, err := retention.NewBook(g.contracts, g.options)
	must(t, b, err)
	d := day("2024-01-01")
	months, err := b.Series([]success.Period{success.Year(2023), {From: d, To: d}, success.Year(2024), {To: d}})
	if months != nil {
		t.Errorf("%d movements beside an error", len(months))
	}
	if got, want := faultsOf(t, err), []string{"period[1].To order", "period[3].From missing"}; !slices.Equal(got, want) {
		t.Errorf("faults %v, want %v", got, want)
	}
	months, err = b.Series(nil)
	if err != nil || len(months) != 0 {
		t.Errorf("no periods: %v, %v", months, err)
	}
}

// TestCutBelowZero refuses a cut by product in which a product is below zero,
// though its account is not.
func TestCutBelowZero(t *testing.T) {
	g := goodInput()
	g.contracts[2].Product = "bi" // a credit from March to April 2023
	b, err := retention.NewBook(g.contracts, g.options)
	must(t, b, err)
	cut, err := b.Cut(success.Month(2023, time.March), retention.ByProduct())
	if got := faultsOf(t, err); len(got) != 1 || !errors.Is(err, success.ErrNegative) || len(cut.Rows) != 0 {
		t.Errorf("faults %v, want one below zero", got)
	}
	if err != nil && (!strings.Contains(err.Error(), "acme") || !strings.Contains(err.Error(), "2023-03-")) {
		t.Errorf("%v names neither account nor day", err)
	}
	cut, err = b.Cut(success.Year(2023), retention.ByProduct())
	must(t, cut, err) // neither end sees the credit
	cut, err = b.Cut(success.Month(2023, time.March), retention.BySegment())
	must(t, cut, err)
}

// TestBelowZeroNamesAccountAndDay holds that a credit that is too large is named
// with the account and the first day.
func TestBelowZeroNamesAccountAndDay(t *testing.T) {
	g := goodInput()
	g.contracts[2].Price = dec("-1201")
	_, err := retention.NewBook(g.contracts, g.options)
	if err == nil || !strings.Contains(err.Error(), "acme") || !strings.Contains(err.Error(), "2023-03-01") {
		t.Errorf("%v, want account acme and day 2023-03-01", err)
	}
}

// TestCycles refuses mergers and links that lead back to themselves.
func TestCycles(t *testing.T) {
	on := day("2024-01-01")
	for n := 2; n <= 5; n++ {
		var options retention.Options
		var renews, credits []success.Contract
		for i := range n {
			from, to := fmt.Sprint("a", i), fmt.Sprint("a", (i+1)%n)
			options.Mergers = append(options.Mergers, retention.Merger{From: success.AccountID(from), To: success.AccountID(to), On: on.AddDays(i)})
			c := deal{"acme", "2024-01-01", "2025-01-01", "10", 12}.contract(i)
			c.Renews = success.ContractID(fmt.Sprintf("C-%03d", (i+1)%n))
			renews = append(renews, c)
			c.Credits, c.Renews, c.Price = c.Renews, "", dec("0")
			credits = append(credits, c)
		}
		for name, g := range map[string]given{"merger": {options: options}, "renews": {contracts: renews}, "credits": {contracts: credits}} {
			_, err := retention.NewBook(g.contracts, g.options)
			if got := faultsOf(t, err); len(got) == 0 || !errors.Is(err, success.ErrOrder) {
				t.Errorf("%s cycle of %d: %v", name, n, err)
			}
		}
	}
}

// TestMillionFaults holds that a flood of faults is counted, that the first 1,000
// in record order are kept, and that this takes little time and memory.
func TestMillionFaults(t *testing.T) {
	const n = 500_000
	contracts := make([]success.Contract, n)
	for i := range contracts {
		contracts[i] = success.Contract{ID: "same", Term: success.Months(1), Start: day("2024-01-01")} // no account, and all the same ID
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	_, err := retention.NewBook(contracts, retention.Options{})
	took := time.Since(start)
	runtime.ReadMemStats(&after)

	var all *success.Errors
	if !errors.As(err, &all) {
		t.Fatalf("no faults: %v", err)
	}
	if want := 2*n - 1; all.Count != want || len(all.Faults) != 1000 {
		t.Errorf("%d faults counted, %d kept, want %d and 1,000", all.Count, len(all.Faults), want)
	}
	for i, f := range all.Faults {
		if want := (i + 1) / 2; f.Index != want { // one of the first contract, two of each other
			t.Fatalf("fault %d is of contract %d, want %d", i, f.Index, want)
		}
	}
	if len(err.Error()) > 2000 || took > 20*time.Second {
		t.Errorf("took %s, text of %d bytes", took, len(err.Error()))
	}
	if bytes := after.TotalAlloc - before.TotalAlloc; bytes > 1<<30 {
		t.Errorf("allocated %d MB", bytes>>20)
	}
}

// TestNothingIsComputed holds that one fault among many good records is enough,
// wherever it is.
func TestNothingIsComputed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{})
		i := rapid.IntRange(0, len(w.contracts)-1).Draw(t, "bad")
		breakIt := rapid.SampledFrom([]func(c *success.Contract){
			func(c *success.Contract) { c.Account = "" },
			func(c *success.Contract) { c.Term = success.Term{} },
			func(c *success.Contract) { c.Price = dec("1e400") },
			func(c *success.Contract) { c.Quantity = -1 },
			func(c *success.Contract) { c.Start = success.Date{} },
			func(c *success.Contract) { c.End = c.Start },
			func(c *success.Contract) { c.Renews = "nobody" },
		}).Draw(t, "how")
		breakIt(&w.contracts[i])
		book, err := retention.NewBook(w.contracts, w.options)
		var all *success.Errors
		if book != nil || !errors.As(err, &all) || !slices.ContainsFunc(all.Faults, func(f *success.InputError) bool { return f.Record == "contract" && f.Index == i }) {
			t.Fatalf("contract %d is bad, but %v", i, err)
		}
	})
}

// TestEmptyBook holds that a company without contracts has nothing, and no rates.
func TestEmptyBook(t *testing.T) {
	b, err := retention.NewBook(nil, retention.Options{})
	must(t, b, err)
	m := between(t, b, success.Year(2024))
	same(t, "movement", retention.Movement{Period: success.Year(2024)}, m)
	for _, r := range []success.Ratio{m.NRR(), m.GRR(), m.LogoRetention(), m.QuickRatio(), m.ARPA(), m.FlatRate()} {
		reads(t, "rate of nothing", r, "n/a")
	}
	same(t, "everything", answers{
		Movement: m, Months: answersOf(t, b, success.Year(2024)).Months, Opening: retention.Snapshot{Date: day("2024-01-01")},
		Renewals: retention.Renewals{Period: success.Year(2024)}, Cuts: answersOf(t, b, success.Year(2024)).Cuts,
	}, answersOf(t, b, success.Year(2024)))
}

// TestWholeRangeOfDates asks about every day there is.
func TestWholeRangeOfDates(t *testing.T) {
	b := bookOf(t, deal{"acme", "0001-01-01", "", "100", 12}, deal{"globex", "9999-12-30", "", "50", 12})
	all := success.Period{From: day("0001-01-01"), To: day("9999-12-31")}
	m := between(t, b, all)
	same(t, "all", retention.Amounts{New: dec("150"), Closing: dec("150")}, m.Amounts)
	months, err := b.Series(all.Months())
	must(t, months, err)
	if n := len(months); n != 12*9999 || !months[n-1].Closing.Equal(dec("150")) || !months[0].New.Equal(dec("100")) {
		t.Errorf("%d months, the last is %+v", n, months[n-1].Amounts)
	}
	s, err := b.On(day("9999-12-31"))
	eq(t, "last day", must(t, s, err).ARR, "150")
}

// TestManyDigitsOfMoney adds up rates near the limit without a wrap.
func TestManyDigitsOfMoney(t *testing.T) {
	var deals []deal
	for range 3000 {
		deals = append(deals, deal{"acme", "2024-01-01", "", "8999999999999.999999", 12})
	}
	m := between(t, bookOf(t, deals...), success.Year(2024))
	eq(t, "new", m.New, "26999999999999999.997")
	if float64(math.MaxInt64)/1e6 > 26999999999999999 {
		t.Error("the sum fits 64 bits, and proves nothing")
	}
}
