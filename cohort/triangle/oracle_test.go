package triangle_test

import (
	"fmt"
	"math/big"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/cohort/triangle"
	"metrics.internal/success/retention"
)

var first = success.MustDate("2023-11-15")

// drawHistories returns accounts whose revenue changes a few times over 150
// days, and some that sign up only.
func drawHistories(t *rapid.T) (histories []triangle.History, accounts []success.Account) {
	for i := range rapid.IntRange(0, 8).Draw(t, "accounts") {
		h := triangle.History{Account: success.AccountID(fmt.Sprint("account ", i))}
		day := rapid.IntRange(0, 60).Draw(t, "first change")
		for range rapid.IntRange(0, 5).Draw(t, "changes") {
			h.Changes = append(h.Changes, triangle.Change{On: first.AddDays(day), Revenue: decimal.New(int64(rapid.SampledFrom([]int{0, 0, 100, 150, 300}).Draw(t, "revenue")), -1)})
			day += rapid.IntRange(1, 50).Draw(t, "days")
		}
		if len(h.Changes) > 0 {
			histories = append(histories, h)
		}
		accounts = append(accounts, success.Account{ID: h.Account, SignedUp: first.AddDays(rapid.IntRange(0, 90).Draw(t, "signed up"))})
	}
	return histories, accounts
}

func drawOptions(t *rapid.T) triangle.Options {
	o := triangle.Options{
		AsOf: first.AddDays(rapid.IntRange(0, 160).Draw(t, "as of")),
		Unit: rapid.SampledFrom([]triangle.Unit{triangle.Month, triangle.Week, triangle.Quarter, triangle.Day, triangle.Year}).Draw(t, "unit"),
	}
	o.WeekStart = rapid.IntRange(0, 6).Draw(t, "week start")
	o.Begin = rapid.SampledFrom([]triangle.Begin{triangle.FirstEver, triangle.FirstInWindow, triangle.SignUp, triangle.Recurring}).Draw(t, "begin")
	o.Elapsed = o.Begin != triangle.Recurring && rapid.Bool().Draw(t, "elapsed")
	if o.Begin == triangle.FirstInWindow || rapid.Bool().Draw(t, "window") {
		from := rapid.IntRange(-20, 100).Draw(t, "window from")
		o.Window = success.Period{From: first.AddDays(min(from, o.AsOf.Sub(first))), To: first.AddDays(from + rapid.IntRange(1, 120).Draw(t, "window days"))}
		if !o.Window.To.After(o.Window.From) {
			o.Window.To = o.Window.From.AddDays(1)
		}
	}
	if rapid.Bool().Draw(t, "few columns") {
		o.Columns = rapid.IntRange(1, 4).Draw(t, "columns")
	}
	o.OrAfter = rapid.Bool().Draw(t, "or after")
	return o
}

// starts is the first day of the calendar period of a day, by walking back to
// it with the standard library.
func starts(o triangle.Options, d success.Date) success.Date {
	for {
		at := d.Time(time.UTC)
		first := o.Unit == triangle.Day ||
			o.Unit == triangle.Week && int(at.Weekday()) == (o.WeekStart+1)%7 ||
			at.Day() == 1 && (o.Unit == triangle.Month || o.Unit == triangle.Quarter && at.Month()%3 == 1 || o.Unit == triangle.Year && at.Month() == 1)
		if first {
			return d
		}
		d = d.AddDays(-1)
	}
}

// after is the day so many periods later.
func after(o triangle.Options, d success.Date, n int) success.Date {
	switch o.Unit {
	case triangle.Day:
		return d.AddDays(n)
	case triangle.Week:
		return d.AddDays(7 * n)
	case triangle.Quarter:
		return d.AddMonths(3 * n)
	case triangle.Year:
		return d.AddMonths(12 * n)
	}
	return d.AddMonths(n)
}

// revenue is what an account pays on a day.
func revenue(h triangle.History, d success.Date) *big.Rat {
	r := new(big.Rat)
	for _, c := range h.Changes {
		if !c.On.After(d) {
			r = c.Revenue.Rat()
		}
	}
	return r
}

// An account of the oracle: what it was on any day, and when it began.
type account struct {
	began   []success.Date // one of each row it is in
	revenue func(success.Date) *big.Rat
	active  func(from, to success.Date) bool // in [from, to)
}

// cell is the definition of one cell, looking at every account.
func cell(o triangle.Options, accounts []account, start success.Date, k int, orAfter bool) (c triangle.Cell, base, net, gross *big.Rat) {
	base, net, gross = new(big.Rat), new(big.Rat), new(big.Rat)
	end := o.AsOf.AddDays(1)
	for _, a := range accounts {
		for _, began := range a.began {
			if starts(o, began) != start || began.After(o.AsOf) {
				continue
			}
			c.Size++
			origin := start
			if o.Elapsed {
				origin = began
			}
			from, to := after(o, origin, k), after(o, origin, k+1)
			if from.After(o.AsOf) {
				continue
			}
			ended := !to.After(end)
			there := a.there(from, minDate(to, end), orAfter, end)
			if there {
				c.SoFar++
			}
			if !ended {
				continue
			}
			c.Eligible++
			if there {
				c.Retained++
			}
			if a.revenue != nil {
				zero, now := a.revenue(after(o, origin, 1).AddDays(-1)), a.revenue(to.AddDays(-1))
				base.Add(base, zero)
				net.Add(net, now)
				if now.Cmp(zero) > 0 {
					now = zero
				}
				gross.Add(gross, now)
			}
		}
	}
	return c, base, net, gross
}

func (a account) there(from, to success.Date, orAfter bool, end success.Date) bool {
	if a.revenue != nil {
		return a.revenue(to.AddDays(-1)).Sign() > 0
	}
	if orAfter {
		to = end
	}
	return a.active(from, to)
}

func minDate(a, b success.Date) success.Date {
	if a.Before(b) {
		return a
	}
	return b
}

// checkTriangle compares a triangle with the definition of every cell.
func checkTriangle(t *rapid.T, tr *triangle.Triangle, o triangle.Options, accounts []account) {
	sizes := 0
	for _, r := range tr.Rows {
		sizes += r.Size
		for k, got := range r.Cells {
			want, base, net, gross := cell(o, accounts, r.Start, k, o.OrAfter)
			if got.Size != want.Size || got.Size != r.Size || got.Eligible != want.Eligible || got.Retained != want.Retained || got.SoFar != want.SoFar {
				t.Fatalf("row %s column %d: %+v, want %+v", r.Start, k, got, want)
			}
			origin := after(o, r.Start, k+1)
			if complete := got.Eligible == got.Size && (got.Size > 0 || !origin.After(o.AsOf.AddDays(1))); got.Complete != complete {
				t.Fatalf("row %s column %d: %+v", r.Start, k, got)
			}
			if !tr.Revenue {
				continue
			}
			if got.Net.Num.Rat().Cmp(net) != 0 || got.Net.Den.Rat().Cmp(base) != 0 || got.Gross.Num.Rat().Cmp(gross) != 0 {
				t.Fatalf("row %s column %d: net %v of %v, gross %v, want %v of %v, %v", r.Start, k, got.Net.Num, got.Net.Den, got.Gross.Num, net, base, gross)
			}
		}
		if n := len(r.Cells); (o.Columns == 0 || n < o.Columns) && !after(o, r.Start, n).After(o.AsOf) || n > 0 && after(o, r.Start, n-1).After(o.AsOf) {
			t.Fatalf("row %s has %d cells as of %s", r.Start, n, o.AsOf)
		}
	}
	members := 0
	for _, a := range accounts {
		for _, began := range a.began {
			row := starts(o, began)
			inside := o.Window == success.Period{} || !row.Before(starts(o, o.Window.From)) && row.Before(o.Window.To)
			if inside && !began.After(o.AsOf) {
				members++
			}
		}
	}
	if members != sizes {
		t.Fatalf("%d accounts in rows, want %d", sizes, members)
	}
}

// paid returns the first day from one on with revenue.
func paid(h triangle.History, from, to success.Date) []success.Date {
	for d := from; !d.After(to); d = d.AddDays(1) {
		if revenue(h, d).Sign() > 0 {
			return []success.Date{d}
		}
	}
	return nil
}

// began returns the days on which an account with a history begins.
func began(o triangle.Options, h triangle.History, signedUp success.Date) (days []success.Date) {
	last := first.AddDays(400)
	switch o.Begin {
	case triangle.SignUp:
		return []success.Date{signedUp}
	case triangle.FirstInWindow:
		return paid(h, o.Window.From, last)
	case triangle.Recurring:
		for d := starts(o, first); !d.After(o.AsOf); d = after(o, d, 1) {
			if revenue(h, minDate(after(o, d, 1).AddDays(-1), o.AsOf)).Sign() > 0 {
				days = append(days, d)
			}
		}
		return days
	}
	return paid(h, first, last)
}

func TestHistoriesAgainstDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		histories, signed := drawHistories(t)
		o := drawOptions(t)
		o.OrAfter = false
		o.Accounts = signed
		tr, err := triangle.FromHistories(histories, o)
		if err != nil {
			t.Fatal(err)
		}
		var accounts []account
		for _, s := range signed {
			h := triangle.History{}
			if i := slices.IndexFunc(histories, func(h triangle.History) bool { return h.Account == s.ID }); i >= 0 {
				h = histories[i]
			}
			accounts = append(accounts, account{
				began:   began(o, h, s.SignedUp),
				revenue: func(d success.Date) *big.Rat { return revenue(h, d) },
			})
		}
		checkTriangle(t, tr, o, accounts)
		shuffled, err := triangle.FromHistories(rapid.Permutation(histories).Draw(t, "order"), o)
		if err != nil || !same(shuffled, tr) {
			t.Fatalf("%+v, shuffled %+v, %v", tr, shuffled, err)
		}
	})
}

// same compares triangles by what they print, since decimals have many forms.
func same(a, b *triangle.Triangle) bool {
	return fmt.Sprintf("%+v", a) == fmt.Sprintf("%+v", b)
}

func TestEventsAgainstDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawOptions(t)
		var events []triangle.Event
		var accounts []account
		for i := range rapid.IntRange(0, 8).Draw(t, "accounts") {
			id := success.AccountID(fmt.Sprint("account ", i))
			signedUp := first.AddDays(rapid.IntRange(0, 90).Draw(t, "signed up"))
			o.Accounts = append(o.Accounts, success.Account{ID: id, SignedUp: signedUp})
			var days []success.Date
			for range rapid.IntRange(0, 6).Draw(t, "events") {
				d := first.AddDays(rapid.IntRange(0, 170).Draw(t, "day"))
				days = append(days, d)
				events = append(events, triangle.Event{Account: id, On: d})
			}
			slices.SortFunc(days, success.Date.Compare)
			accounts = append(accounts, account{
				began: eventsBegin(o, days, signedUp),
				active: func(from, to success.Date) bool {
					if o.Begin == triangle.SignUp && from.Before(signedUp) {
						from = signedUp
					}
					return slices.ContainsFunc(days, func(d success.Date) bool { return !d.Before(from) && d.Before(to) })
				},
			})
		}
		if o.Begin == triangle.FirstInWindow {
			for i := range accounts {
				inner := accounts[i].active
				began := accounts[i].began
				accounts[i].active = func(from, to success.Date) bool {
					if from.Before(began[0]) {
						from = began[0]
					}
					return inner(from, to)
				}
			}
		}
		before := slices.Clone(events)
		tr, err := triangle.FromEvents(events, o)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(before, events) {
			t.Fatal("the events have changed")
		}
		checkTriangle(t, tr, o, accounts)
		shuffled, err := triangle.FromEvents(rapid.Permutation(events).Draw(t, "order"), o)
		if err != nil || !reflect.DeepEqual(shuffled, tr) {
			t.Fatalf("%+v, shuffled %+v, %v", tr, shuffled, err)
		}
	})
}

func eventsBegin(o triangle.Options, days []success.Date, signedUp success.Date) (began []success.Date) {
	switch o.Begin {
	case triangle.SignUp:
		return []success.Date{signedUp}
	case triangle.Recurring:
		for _, d := range days {
			if s := starts(o, d); !d.After(o.AsOf) && !slices.Contains(began, s) {
				began = append(began, s)
			}
		}
		return began
	}
	for _, d := range days {
		if o.Begin != triangle.FirstInWindow || !d.Before(o.Window.From) {
			return []success.Date{d}
		}
	}
	return nil
}

// A book of one contract for every stretch of revenue, split over two products,
// has the triangle of the histories, at every grain.
func TestBookAgainstHistories(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		histories, signed := drawHistories(t)
		o := drawOptions(t)
		o.OrAfter = false
		o.Accounts = signed
		var contracts []success.Contract
		for _, h := range histories {
			for i, c := range h.Changes {
				end := success.Date{}
				if i+1 < len(h.Changes) {
					end = h.Changes[i+1].On
				}
				for part := range int64(2) {
					contracts = append(contracts, success.Contract{
						ID: success.ContractID(fmt.Sprint(h.Account, "/", i, "/", part)), Account: h.Account,
						Product: fmt.Sprint("product ", part), Start: c.On, End: end, Term: success.Months(12),
						Price: c.Revenue.Mul(decimal.New(part*2+1, 0)).Mul(decimal.New(25, -2)),
					})
				}
			}
		}
		want, err := triangle.FromHistories(histories, o)
		if err != nil {
			t.Fatal(err)
		}
		for _, grain := range []retention.Grain{retention.GrainAccount, retention.GrainProduct, retention.GrainContract} {
			book, err := retention.NewBook(contracts, retention.Options{Grain: grain})
			if err != nil {
				t.Fatal(err)
			}
			got, err := triangle.FromBook(book, o)
			if err != nil || !same(got, want) {
				t.Fatalf("grain %d: %+v, want %+v, %v", grain, got, want, err)
			}
		}
	})
}
