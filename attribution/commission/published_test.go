package commission_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/commission"
)

func day(s string) success.Date { return success.MustDate(s) }

func number(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// deal is one of 1,000, all of which is commission.
func deal(won string) attribution.Deal {
	at := day(won).Time(time.UTC)
	return attribution.Deal{ID: "D1", Account: "A1", Opened: at, Closed: at, Status: attribution.Won, Amount: number("1000")}
}

func award(s commission.Schedule, left string) commission.Award {
	a := commission.Award{Deal: "D1", Rate: number("1"), Shares: []commission.Share{{Person: "Ines", Weight: 1}}, Schedule: s}
	if left != "" {
		a.Left = day(left)
	}
	return a
}

// show returns the amounts of the only person, and the next day.
func show(t *testing.T, d attribution.Deal, adjustments []attribution.Adjustment, a commission.Award, asOf string) string {
	t.Helper()
	ledger, err := commission.New([]attribution.Deal{d}, adjustments, []commission.Award{a}, commission.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := ledger.On(day(asOf))
	if err != nil || len(s.Lines) != 1 || s.Next != s.Lines[0].Next {
		t.Fatal(s, err)
	}
	return text(s.Lines[0])
}

func text(l commission.Line) string {
	return fmt.Sprintf("%s: final %s recoverable %s held %s reversed %s forfeited %s, next %s",
		l.Potential, l.Final, l.Recoverable, l.Held, l.Reversed, l.Forfeited, l.Next)
}

func quarters() commission.Schedule {
	return commission.Milestones(commission.Milestone{Weight: 50}, commission.Milestone{Weight: 25, After: success.Months(6)}, commission.Milestone{Weight: 25, After: success.Months(12)})
}

func TestA18(t *testing.T) { // A18
	holdback := commission.Holdback(70, 30, success.Months(6))
	for _, c := range []struct {
		what       string
		schedule   commission.Schedule
		left, asOf string
		want       string
	}{
		{"pro-rata, leaves after 6 of 12", commission.ProRata(success.Months(12)), "2025-07-15", "2025-07-15", "1000: final 500 recoverable 0 held 0 reversed 500 forfeited 0, next none"},
		{"50/25/25, leaves in month 7", quarters(), "2025-08-01", "2026-06-01", "1000: final 750 recoverable 0 held 0 reversed 0 forfeited 250, next none"},
		{"70/30, inside the window", holdback, "", "2025-03-01", "1000: final 700 recoverable 0 held 300 reversed 0 forfeited 0, next 2025-07-15"},
		{"70/30, after it", holdback, "", "2025-07-15", "1000: final 1000 recoverable 0 held 0 reversed 0 forfeited 0, next none"},
	} {
		if got := show(t, deal("2025-01-15"), nil, award(c.schedule, c.left), c.asOf); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

// The first and last days of everything.
func TestBoundaryDays(t *testing.T) {
	clawback := commission.Clawback(success.Months(12))
	for _, c := range []struct {
		what            string
		schedule        commission.Schedule
		won, left, asOf string
		want            string
	}{
		{"the day it is won", clawback, "2025-02-01", "", "2025-02-01", "1000: final 0 recoverable 1000 held 0 reversed 0 forfeited 0, next 2026-02-01"},
		{"last day of the window", clawback, "2025-02-01", "", "2026-01-31", "1000: final 0 recoverable 1000 held 0 reversed 0 forfeited 0, next 2026-02-01"},
		{"first day after the window", clawback, "2025-02-01", "", "2026-02-01", "1000: final 1000 recoverable 0 held 0 reversed 0 forfeited 0, next none"},
		{"left on the last day", clawback, "2025-02-01", "2026-01-31", "2026-01-31", "1000: final 0 recoverable 0 held 0 reversed 1000 forfeited 0, next none"},
		{"will leave on the last day", clawback, "2025-02-01", "2026-01-31", "2026-01-30", "1000: final 0 recoverable 1000 held 0 reversed 0 forfeited 0, next 2026-01-31"},
		{"left on the first day after", clawback, "2025-02-01", "2026-02-01", "2026-02-01", "1000: final 1000 recoverable 0 held 0 reversed 0 forfeited 0, next none"},
		{"left on the day it was won", clawback, "2025-02-01", "2025-02-01", "2025-02-01", "1000: final 0 recoverable 0 held 0 reversed 1000 forfeited 0, next none"},
		{"a window of days", commission.Clawback(success.Days(90)), "2025-01-01", "2025-03-31", "2025-04-01", "1000: final 0 recoverable 0 held 0 reversed 1000 forfeited 0, next none"},
		{"and the day after it", commission.Clawback(success.Days(90)), "2025-01-01", "2025-04-01", "2025-04-01", "1000: final 1000 recoverable 0 held 0 reversed 0 forfeited 0, next none"},
		{"a window of weeks", commission.Clawback(success.Weeks(2)), "2025-01-01", "", "2025-01-14", "1000: final 0 recoverable 1000 held 0 reversed 0 forfeited 0, next 2025-01-15"},
		{"milestone on the day", quarters(), "2025-01-31", "2025-07-31", "2025-12-01", "1000: final 750 recoverable 0 held 0 reversed 0 forfeited 250, next none"},
		{"milestone missed by a day", quarters(), "2025-01-31", "2025-07-30", "2025-12-01", "1000: final 500 recoverable 0 held 0 reversed 0 forfeited 500, next none"},
		{"months end", commission.Clawback(success.Months(1)), "2024-01-31", "", "2024-02-28", "1000: final 0 recoverable 1000 held 0 reversed 0 forfeited 0, next 2024-02-29"},
		{"pro-rata of months that end differently", commission.ProRata(success.Months(4)), "2025-01-31", "2025-03-30", "2025-03-30", "1000: final 250 recoverable 0 held 0 reversed 750 forfeited 0, next none"},
		{"pro-rata, counted from one day", commission.ProRata(success.Months(4)), "2025-01-31", "2025-03-31", "2025-03-31", "1000: final 500 recoverable 0 held 0 reversed 500 forfeited 0, next none"},
		{"pro-rata by days", commission.ProRata(success.Days(10)), "2025-01-31", "2025-02-03", "2025-02-05", "1000: final 300 recoverable 0 held 0 reversed 700 forfeited 0, next none"},
		{"paid later, left between", commission.Schedule{{Weight: 1, Paid: success.Months(1), Final: success.Months(3)}}, "2025-01-31", "2025-02-28", "2025-03-05", "1000: final 0 recoverable 0 held 0 reversed 1000 forfeited 0, next none"},
		{"paid later, left before", commission.Schedule{{Weight: 1, Paid: success.Months(1), Final: success.Months(3)}}, "2025-01-31", "2025-02-27", "2025-03-05", "1000: final 0 recoverable 0 held 0 reversed 0 forfeited 1000, next none"},
		{"paid later, no leaving", commission.Schedule{{Weight: 1, Paid: success.Months(1), Final: success.Months(3)}}, "2025-01-31", "", "2025-02-28", "1000: final 0 recoverable 1000 held 0 reversed 0 forfeited 0, next 2025-04-30"},
		{"final before it is paid", commission.Schedule{{Weight: 1, Paid: success.Months(2), Final: success.Months(1)}}, "2025-01-31", "", "2025-03-30", "1000: final 0 recoverable 0 held 1000 reversed 0 forfeited 0, next 2025-03-31"},
	} {
		if got := show(t, deal(c.won), nil, award(c.schedule, c.left), c.asOf); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

// Rates of 5, 8 and 10 % by the retention reached after a year.
func TestTiers(t *testing.T) {
	tiers := commission.Tiered(success.Months(12), commission.Tier{Weight: 5}, commission.Tier{Weight: 3, From: number("0.9")}, commission.Tier{Weight: 2, From: number("1")})
	for _, c := range []struct {
		retention  success.Ratio
		left, asOf string
		want       string
	}{
		{success.Ratio{}, "", "2025-01-15", "100: final 50 recoverable 0 held 50 reversed 0 forfeited 0, next none"},
		{success.Ratio{}, "", "2026-01-15", "100: final 50 recoverable 0 held 50 reversed 0 forfeited 0, next none"},
		{success.RatioOf(9, 10), "", "2026-01-14", "100: final 50 recoverable 0 held 50 reversed 0 forfeited 0, next 2026-01-15"},
		{success.RatioOf(9, 10), "", "2026-01-15", "100: final 80 recoverable 0 held 0 reversed 0 forfeited 20, next none"},
		{success.RatioOf(899, 1000), "", "2026-01-15", "100: final 50 recoverable 0 held 0 reversed 0 forfeited 50, next none"},
		{success.RatioOf(3, 3), "", "2026-01-15", "100: final 100 recoverable 0 held 0 reversed 0 forfeited 0, next none"},
		{success.RatioOf(0, 3), "", "2026-01-15", "100: final 50 recoverable 0 held 0 reversed 0 forfeited 50, next none"},
		{success.RatioOf(3, 3), "2026-01-14", "2026-01-14", "100: final 50 recoverable 0 held 0 reversed 0 forfeited 50, next none"},
		{success.RatioOf(3, 3), "2026-01-15", "2026-01-15", "100: final 100 recoverable 0 held 0 reversed 0 forfeited 0, next none"},
	} {
		a := award(tiers, c.left)
		a.Retention, a.Rate = c.retention, number("0.10")
		if got := show(t, deal("2025-01-15"), nil, a, c.asOf); got != c.want {
			t.Errorf("%v, left %q, on %s: %s, want %s", c.retention, c.left, c.asOf, got, c.want)
		}
	}
}

func adjustment(id, at, amount string) attribution.Adjustment {
	return attribution.Adjustment{ID: attribution.AdjustmentID(id), Deal: "D1", At: day(at).Time(time.UTC), Amount: number(amount)}
}

// Refunds take from everything in proportion, restatements add.
func TestRefunds(t *testing.T) {
	for _, c := range []struct {
		what        string
		adjustments []attribution.Adjustment
		left, asOf  string
		want        string
	}{
		{"before it", []attribution.Adjustment{adjustment("a", "2025-03-01", "-400")}, "", "2025-02-28", "1000: final 500 recoverable 0 held 500 reversed 0 forfeited 0, next 2025-03-01"},
		{"of 40 %", []attribution.Adjustment{adjustment("a", "2025-03-01", "-400")}, "", "2025-03-01", "1000: final 300 recoverable 0 held 300 reversed 200 forfeited 200, next 2025-07-15"},
		{"of what is paid by then", []attribution.Adjustment{adjustment("a", "2025-07-15", "-400")}, "", "2025-07-15", "1000: final 450 recoverable 0 held 150 reversed 300 forfeited 100, next 2026-01-15"},
		{"of what is not", []attribution.Adjustment{adjustment("a", "2025-07-14", "-400")}, "", "2025-07-15", "1000: final 450 recoverable 0 held 150 reversed 200 forfeited 200, next 2026-01-15"},
		{"after the customer left", []attribution.Adjustment{adjustment("a", "2025-09-01", "-400")}, "2025-08-01", "2025-09-01", "1000: final 450 recoverable 0 held 0 reversed 300 forfeited 250, next none"},
		{"of all, in steps", []attribution.Adjustment{adjustment("b", "2025-03-02", "-666.67"), adjustment("a", "2025-03-01", "-333.33")}, "", "2025-03-02", "1000: final 0 recoverable 0 held 0 reversed 500 forfeited 500, next none"},
		{"after more was sold", []attribution.Adjustment{adjustment("up", "2025-02-01", "200"), adjustment("down", "2025-02-02", "-600")}, "", "2025-02-02", "1200: final 300 recoverable 0 held 300 reversed 300 forfeited 300, next 2025-07-15"},
		{"before more was sold", []attribution.Adjustment{adjustment("down", "2025-02-01", "-600"), adjustment("up", "2025-02-02", "200")}, "", "2025-02-02", "1200: final 300 recoverable 0 held 300 reversed 300 forfeited 300, next 2025-07-15"},
	} {
		if got := show(t, deal("2025-01-15"), c.adjustments, award(quarters(), c.left), c.asOf); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}
