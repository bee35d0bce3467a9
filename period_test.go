package success_test

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"metrics.internal/success"
	"pgregory.net/rapid"
)

// drawPeriod draws a valid period of up to three years.
func drawPeriod(t *rapid.T) success.Period {
	from := drawDate(t, "from")
	if from == day("9999-12-31") {
		from = from.AddDays(-1)
	}
	to := from.AddDays(rapid.OneOf(rapid.IntRange(1, 3), rapid.IntRange(1, 1100)).Draw(t, "days"))
	return success.Period{From: from, To: to}
}

func TestCalendarPeriods(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.OneOf(rapid.IntRange(1, 9998), rapid.SampledFrom([]int{1, 9998, 2024})).Draw(t, "year")
		first := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
		span := func(months, n int) success.Period {
			return success.Period{From: success.DateOf(first.AddDate(0, months, 0)), To: success.DateOf(first.AddDate(0, months+n, 0))}
		}
		if got := success.Year(year); got != span(0, 12) {
			t.Fatalf("Year(%d) = %s", year, got)
		}
		q := rapid.IntRange(1, 4).Draw(t, "quarter")
		if got := success.Quarter(year, q); got != span(3*q-3, 3) {
			t.Fatalf("Quarter(%d, %d) = %s", year, q, got)
		}
		m := rapid.IntRange(1, 12).Draw(t, "month")
		if got := success.Month(year, time.Month(m)); got != span(m-1, 1) {
			t.Fatalf("Month(%d, %d) = %s", year, m, got)
		}
	})
	none := []success.Period{
		success.Year(0), success.Year(-1), success.Year(9999), success.Year(10000), success.Year(math.MaxInt), success.Year(math.MinInt),
		success.Quarter(2024, 0), success.Quarter(2024, 5), success.Quarter(2024, math.MinInt), success.Quarter(0, 1),
		success.Month(2024, 0), success.Month(2024, 13), success.Month(2024, -1), success.Month(0, 1),
	}
	for i, p := range none {
		if p != (success.Period{}) {
			t.Errorf("%d: a period that does not exist is %s", i, p)
		}
	}
}

// TestPeriodSplits walks the days of a period: each part starts where the
// calendar says and nothing is left out.
func TestPeriodSplits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPeriod(t)
		splits := []struct {
			got    []success.Period
			months int
		}{{p.Months(), 1}, {p.Quarters(), 3}, {p.Years(), 12}}
		for _, s := range splits {
			var want []success.Period
			for d := p.From; d.Before(p.To); d = d.AddDays(1) {
				_, m, dom := d.Civil()
				if d == p.From || dom == 1 && int(m-1)%s.months == 0 {
					want = append(want, success.Period{From: d})
				}
				want[len(want)-1].To = d.AddDays(1)
			}
			if !slices.Equal(s.got, want) {
				t.Fatalf("%s by %d months: %v, want %v", p, s.months, s.got, want)
			}
		}
	})
}

func TestPeriodDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPeriod(t)
		n := 0
		for d := p.From.AddDays(-2); d.Before(p.To.AddDays(2)); d = d.AddDays(1) {
			in := utc(d).Compare(utc(p.From)) >= 0 && utc(d).Before(utc(p.To))
			if p.Contains(d) != in {
				t.Fatalf("%s contains %s: %v", p, d, !in)
			}
			if in {
				n++
			}
			if d == day("9999-12-31") {
				break
			}
		}
		if p.Days() != n {
			t.Fatalf("%s has %d days, want %d", p, p.Days(), n)
		}
	})
	if p := (success.Period{To: day("2024-01-01")}); p.Contains(success.Date{}) {
		t.Error("none is in a period")
	}
}

func TestPeriodOfTheWholeRange(t *testing.T) {
	all := success.Period{From: day("0001-01-01"), To: day("9999-12-31")}
	if all.Days() != daysInRange-1 || len(all.Years()) != 9999 || len(all.Quarters()) != 4*9999 || len(all.Months()) != 12*9999 {
		t.Errorf("%s: %d days, %d years, %d quarters, %d months", all, all.Days(), len(all.Years()), len(all.Quarters()), len(all.Months()))
	}
	last := success.Period{From: day("9999-12-01"), To: day("9999-12-31")}
	if got := last.Months(); !slices.Equal(got, []success.Period{last}) {
		t.Errorf("the last month splits into %v", got)
	}
}

func TestPeriodRefused(t *testing.T) {
	a, b := day("2024-01-01"), day("2024-02-01")
	tests := []struct {
		period success.Period
		faults []string // field and kind
		want   []error
	}{
		{success.Period{}, []string{"From", "To"}, []error{success.ErrMissing, success.ErrMissing}},
		{success.Period{To: b}, []string{"From"}, []error{success.ErrMissing}},
		{success.Period{From: a}, []string{"To"}, []error{success.ErrMissing}},
		{success.Period{From: a, To: a}, []string{"To"}, []error{success.ErrOrder}},
		{success.Period{From: b, To: a}, []string{"To"}, []error{success.ErrOrder}},
		{success.Period{From: a, To: b}, nil, nil},
	}
	for _, tt := range tests {
		err := tt.period.Validate()
		checkFaults(t, err, "period", -1, tt.faults, tt.want)
		if tt.want != nil && (tt.period.Months() != nil || tt.period.Quarters() != nil || tt.period.Years() != nil) {
			t.Errorf("%s has parts", tt.period)
		}
	}
	if got := (success.Period{From: b, To: a}).Days(); got != 0 {
		t.Errorf("a period that ends before it starts has %d days", got)
	}
	if got := success.Month(2024, 1).String(); got != "[2024-01-01, 2024-02-01)" {
		t.Errorf("String = %s", got)
	}
}

// checkFaults holds that err has exactly the given faults, in order, all of one
// record.
func checkFaults(t *testing.T, err error, record string, index int, fields []string, kinds []error) {
	t.Helper()
	if len(fields) == 0 {
		if err != nil {
			t.Errorf("valid, but %v", err)
		}
		return
	}
	var all *success.Errors
	if !errors.As(err, &all) {
		t.Errorf("want faults of %v, got %v", fields, err)
		return
	}
	var got []string
	for i, f := range all.Faults {
		got = append(got, f.Field)
		if f.Record != record || f.Index != index || i < len(kinds) && !errors.Is(f, kinds[i]) {
			t.Errorf("fault %d is %v, want %s[%d] %v", i, f, record, index, kinds[min(i, len(kinds)-1)])
		}
	}
	if !slices.Equal(got, fields) || all.Count != len(fields) {
		t.Errorf("faults of %v (%d), want %v: %v", got, all.Count, fields, err)
	}
}
