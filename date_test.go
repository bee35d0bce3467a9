package success_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"metrics.internal/success"
	"pgregory.net/rapid"
)

// daysInRange is the number of days from 0001-01-01 to 9999-12-31.
const daysInRange = 3652059

func day(s string) success.Date { return success.MustDate(s) }

// drawDate draws a day, often one at which something is special.
func drawDate(t *rapid.T, label string) success.Date {
	special := []string{
		"2024-01-31", "2024-02-29", "2023-02-28", "2024-12-31", "2000-02-29", "1900-02-28", "1900-03-01",
		"0001-01-01", "0001-01-02", "0004-02-29", "9999-12-31", "9999-12-30", "9996-02-29", "2100-02-28",
	}
	if rapid.Bool().Draw(t, label+" is special") {
		return day(rapid.SampledFrom(special).Draw(t, label))
	}
	return day("0001-01-01").AddDays(rapid.IntRange(0, daysInRange-1).Draw(t, label))
}

// utc is the oracle of a day.
func utc(d success.Date) time.Time { return d.Time(time.UTC) }

// checkDay compares a day with the one of the standard library.
func checkDay(t interface {
	Helper()
	Errorf(string, ...any)
}, d success.Date, want time.Time) {
	t.Helper()
	year, month, dom := d.Civil()
	wy, wm, wd := want.Date()
	if year != wy || month != wm || dom != wd {
		t.Errorf("Civil = %d %d %d, want %s", year, month, dom, want.Format(time.DateOnly))
	}
	if d.Weekday() != want.Weekday() || d.Year() != wy {
		t.Errorf("%s: Weekday %s, Year %d, want %s, %d", d, d.Weekday(), d.Year(), want.Weekday(), wy)
	}
	if got := d.String(); got != want.Format(time.DateOnly) {
		t.Errorf("String = %s, want %s", got, want.Format(time.DateOnly))
	}
	if back, err := success.NewDate(wy, wm, wd); err != nil || back != d {
		t.Errorf("NewDate(%d, %d, %d) = %s, %v, want %s", wy, wm, wd, back, err, d)
	}
	if !utc(d).Equal(want) || success.DateOf(want) != d {
		t.Errorf("Time = %s, DateOf = %s, want %s", utc(d), success.DateOf(want), want)
	}
}

// TestEveryDay walks the days of whole spans beside the standard library: both
// ends of the range, the centuries around the present, a leap century.
func TestEveryDay(t *testing.T) {
	spans := []struct {
		from string
		days int
	}{
		{"0001-01-01", 2000}, {"1895-12-31", 80000}, {"1599-12-31", 1000}, {"9994-01-01", 2191},
	}
	for _, span := range spans {
		d := day(span.from)
		want, err := time.Parse(time.DateOnly, span.from)
		if err != nil {
			t.Fatal(err)
		}
		for range span.days {
			if checkDay(t, d, want); t.Failed() {
				return
			}
			if want = want.AddDate(0, 0, 1); want.Year() < 10000 {
				next := d.AddDays(1)
				if next.Sub(d) != 1 || d.Sub(next) != -1 || !d.Before(next) || !next.After(d) {
					t.Fatalf("%s and %s do not follow each other", d, next)
				}
				d = next
			}
		}
	}
	if got := day("9999-12-31").Sub(day("0001-01-01")); got != daysInRange-1 {
		t.Errorf("the range spans %d days, want %d", got, daysInRange-1)
	}
}

func TestAnyDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, daysInRange-1).Draw(t, "days after 0001-01-01")
		checkDay(t, day("0001-01-01").AddDays(n), time.Date(1, 1, 1+n, 0, 0, 0, 0, time.UTC))
	})
}

func TestNewDateRefusesDaysThatDoNotExist(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.OneOf(rapid.IntRange(-1, 10001), rapid.SampledFrom([]int{0, 1, 9999, 10000, 1900, 2000, math.MinInt, math.MaxInt})).Draw(t, "year")
		month := time.Month(rapid.IntRange(-1, 14).Draw(t, "month"))
		dom := rapid.IntRange(-1, 33).Draw(t, "day")
		d, err := success.NewDate(year, month, dom)
		exists := false
		if year >= 1 && year <= 9999 {
			want := time.Date(year, month, dom, 0, 0, 0, 0, time.UTC)
			exists = want.Year() == year && want.Month() == month && want.Day() == dom
		}
		if exists != (err == nil) {
			t.Fatalf("NewDate(%d, %d, %d) = %v, %v", year, month, dom, d, err)
		}
		if err != nil && !d.IsZero() {
			t.Fatalf("a day that does not exist is %v", d)
		}
	})
}

// TestAddDays compares with the standard library, and outside the range with
// the nearest day inside it.
func TestAddDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDate(t, "day")
		n := rapid.OneOf(
			rapid.IntRange(-400, 400), rapid.IntRange(-daysInRange-1, daysInRange+1),
			rapid.SampledFrom([]int{0, math.MaxInt, math.MinInt, math.MaxInt32, math.MinInt32}),
		).Draw(t, "n")
		from := d.Sub(day("0001-01-01"))
		want := day("0001-01-01")
		if n > 0 && n > daysInRange-1-from {
			want = day("9999-12-31")
		} else if n > 0 || -from <= n {
			want = success.DateOf(utc(d).AddDate(0, 0, n))
		}
		if got := d.AddDays(n); got != want {
			t.Fatalf("%s.AddDays(%d) = %s, want %s", d, n, got, want)
		}
		if m := n % 1000; d.AddDays(m).AddDays(-m) != d && from > 1000 && from < daysInRange-1001 {
			t.Fatalf("%d days and back is not %s", m, d)
		}
	})
}

// naiveAddMonths goes to the first of the month with the standard library and
// counts up to the day wanted as long as the month lasts.
func naiveAddMonths(d success.Date, n int) success.Date {
	t := utc(d)
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	got := first
	for got.Day() < t.Day() && got.AddDate(0, 0, 1).Month() == first.Month() {
		got = got.AddDate(0, 0, 1)
	}
	switch {
	case got.Year() < 1:
		return day("0001-01-01")
	case got.Year() > 9999:
		return day("9999-12-31")
	}
	return success.DateOf(got)
}

func TestAddMonths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDate(t, "day")
		n := rapid.OneOf(rapid.IntRange(-30, 30), rapid.IntRange(-120100, 120100)).Draw(t, "n")
		if got, want := d.AddMonths(n), naiveAddMonths(d, n); got != want {
			t.Fatalf("%s.AddMonths(%d) = %s, want %s", d, n, got, want)
		}
	})
	for _, n := range []int{math.MaxInt, math.MaxInt32, 120001} {
		if got := day("0001-01-01").AddMonths(n); got != day("9999-12-31") {
			t.Errorf("0001-01-01 and %d months = %s", n, got)
		}
		if got := day("9999-12-31").AddMonths(-n); got != day("0001-01-01") {
			t.Errorf("9999-12-31 and %d months = %s", -n, got)
		}
	}
	if got := day("0001-01-15").AddMonths(-1); got != day("0001-01-01") {
		t.Errorf("before the range: %s", got)
	}
	if got := day("9999-12-15").AddMonths(1); got != day("9999-12-31") {
		t.Errorf("after the range: %s", got)
	}
}

// TestR15 is the published table of month ends.
func TestR15(t *testing.T) { // R15
	tests := []struct {
		anchor string
		months int
		want   string
	}{
		{"2023-01-31", 1, "2023-02-28"},
		{"2023-01-31", 2, "2023-03-31"},
		{"2024-01-30", 1, "2024-02-29"},
		{"2024-01-30", 2, "2024-03-30"},
	}
	for _, tt := range tests {
		if got := day(tt.anchor).AddMonths(tt.months); got != day(tt.want) {
			t.Errorf("%s and %d months = %s, want %s", tt.anchor, tt.months, got, tt.want)
		}
	}
}

func TestDateOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDate(t, "d")
		e := drawDate(t, "e")
		if rapid.Bool().Draw(t, "equal") {
			e = d
		}
		want := utc(d).Compare(utc(e))
		if d.Compare(e) != want || d.Before(e) != (want < 0) || d.After(e) != (want > 0) || (d == e) != (want == 0) {
			t.Fatalf("%s and %s compare as %d, want %d", d, e, d.Compare(e), want)
		}
		if got, want := d.Sub(e), utc(d).Unix()/86400-utc(e).Unix()/86400; int64(got) != want {
			t.Fatalf("%s - %s = %d days, want %d", d, e, got, want)
		}
	})
}

func TestNoDate(t *testing.T) {
	var none success.Date
	if !none.IsZero() || day("0001-01-01").IsZero() {
		t.Error("IsZero does not tell none from a day")
	}
	if none.AddDays(5) != none || none.AddMonths(5) != none || none.AddDays(-5) != none {
		t.Error("none does not stay none")
	}
	if y, m, d := none.Civil(); y != 0 || m != 0 || d != 0 || none.Year() != 0 {
		t.Errorf("none is %d %d %d", y, m, d)
	}
	if !none.Time(time.UTC).IsZero() || !none.Before(day("0001-01-01")) {
		t.Error("none is not before every day")
	}
	if none.String() != "none" || none.GoString() != "success.Date{}" {
		t.Errorf("none reads %s, %#v", none, none)
	}
}

// TestOrdinal counts days as the standard library does, and refuses numbers of no
// day.
func TestOrdinal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDate(t, "day")
		want := int(utc(d).Unix()/86400 - time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).Unix()/86400 + 1)
		if d.Ordinal() != want || success.FromOrdinal(want) != d {
			t.Fatalf("%s is number %d, want %d, which is %s", d, d.Ordinal(), want, success.FromOrdinal(want))
		}
	})
	if (success.Date{}).Ordinal() != 0 {
		t.Error("none has a number")
	}
	for _, n := range []int{0, -1, daysInRange + 1, math.MaxInt, math.MinInt, 1<<32 + 5} {
		if d := success.FromOrdinal(n); !d.IsZero() {
			t.Errorf("%d is %s", n, d)
		}
	}
	if success.FromOrdinal(daysInRange) != day("9999-12-31") || success.FromOrdinal(1) != day("0001-01-01") {
		t.Error("the first or last day has another number")
	}
}

// TestDateOfLocation reads the day where the clock hangs.
func TestDateOfLocation(t *testing.T) {
	east := time.FixedZone("east", 14*3600)
	west := time.FixedZone("west", -12*3600)
	at := time.Date(2024, 2, 29, 23, 30, 0, 0, time.UTC)
	for loc, want := range map[*time.Location]string{time.UTC: "2024-02-29", east: "2024-03-01", west: "2024-02-29"} {
		if got := success.DateOf(at.In(loc)); got != day(want) {
			t.Errorf("in %s: %s, want %s", loc, got, want)
		}
	}
	if got := day("2024-03-01").Time(east); got.Location() != east || got.Hour() != 0 || success.DateOf(got) != day("2024-03-01") {
		t.Errorf("start of the day in the east is %s", got)
	}
	for _, year := range []int{0, -5, 10000, 292277026} {
		if got := success.DateOf(time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC)); !got.IsZero() {
			t.Errorf("year %d gives %s", year, got)
		}
	}
}

func TestDateGoString(t *testing.T) {
	if got, want := fmt.Sprintf("%#v", day("2024-02-29")), `success.MustDate("2024-02-29")`; got != want {
		t.Errorf("GoString = %s, want %s", got, want)
	}
}

func TestMustDatePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("MustDate took February 30")
		}
	}()
	success.MustDate("2024-02-30")
}
