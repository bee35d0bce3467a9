package retention_test

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
	"pgregory.net/rapid"
)

// exactly compares results digit for digit.
func exactly() cmp.Options {
	return cmp.Options{
		cmp.Comparer(decimal.Decimal.Equal), cmpopts.EquateComparable(success.Date{}), cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(retention.Cut{}),
	}
}

// tester is what a test and a property have in common.
type tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

// must returns the value of a call that has to succeed.
func must[T any](t tester, value T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatalf("%v", err)
	}
	return value
}

// same fails unless both values are equal, digit for digit.
func same(t tester, what string, want, got any) {
	t.Helper()
	if !alike(reflect.ValueOf(want), reflect.ValueOf(got)) {
		t.Fatalf("%s (-want +got):\n%s", what, cmp.Diff(want, got, exactly()))
	}
}

// alike is what exactly compares, at a tenth of the cost: most of what laws
// compare is equal. Unexported fields are left out.
func alike(a, b reflect.Value) bool {
	if a.Type() != b.Type() {
		return false
	}
	switch x := a.Interface().(type) {
	case decimal.Decimal:
		return x.Equal(b.Interface().(decimal.Decimal))
	case success.Date:
		return x == b.Interface().(success.Date)
	}
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			if a.Type().Field(i).IsExported() && !alike(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	case reflect.Slice:
		for i := range min(a.Len(), b.Len()) {
			if !alike(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return a.Len() == b.Len()
	case reflect.Map:
		for _, key := range a.MapKeys() {
			if v := b.MapIndex(key); !v.IsValid() || !alike(a.MapIndex(key), v) {
				return false
			}
		}
		return a.Len() == b.Len()
	}
	return a.Equal(b)
}

// TestAlike holds that the fast comparison sees what the thorough one sees.
func TestAlike(t *testing.T) {
	a := retention.Line{Account: "acme", Opening: dec("1.50"), FromFree: true}
	b := a
	b.Opening = dec("1.5")
	changes := map[string]func(l *retention.Line){
		"text":    func(l *retention.Line) { l.Product = "crm" },
		"amount":  func(l *retention.Line) { l.Opening = dec("1.500001") },
		"flag":    func(l *retention.Line) { l.FromFree = false },
		"kind":    func(l *retention.Line) { l.Movement = retention.Churn },
		"nesting": func(l *retention.Line) { l.Reasons.Seats.MidTerm = dec("1") },
	}
	pair := func(x, y any) bool { return alike(reflect.ValueOf(x), reflect.ValueOf(y)) }
	if !pair(a, b) || !pair([]retention.Line{a, a}, []retention.Line{b, b}) || !pair(map[string]retention.Line{"a": a}, map[string]retention.Line{"a": b}) {
		t.Error("equal lines are not alike")
	}
	for name, change := range changes {
		c := b
		change(&c)
		if pair(a, c) || pair([]retention.Line{a}, []retention.Line{c}) || pair(map[string]retention.Line{"a": a}, map[string]retention.Line{"a": c}) {
			t.Errorf("lines of another %s are alike", name)
		}
	}
	p, q := retention.Event{Date: day("2024-01-01")}, retention.Event{Date: day("2024-01-02")}
	if pair(p, q) || pair(a, p) || pair([]int{1}, []int{1, 2}) || pair(map[string]int{"a": 1}, map[string]int{"b": 1}) || pair(map[string]int{"a": 1}, map[string]int{}) {
		t.Error("what differs is alike")
	}
}

// book builds the book of a world.
func (w world) book(t tester) *retention.Book {
	t.Helper()
	if w.part > 0 {
		b, err := inParts(w.contracts, w.options, w.part)
		return must(t, b, err)
	}
	b, err := retention.NewBook(w.contracts, w.options)
	return must(t, b, err)
}

// ask draws a world and a period, and what both a book and the oracle say to it.
func ask(t *rapid.T) (world, success.Period, *retention.Book, *oracle) {
	w := drawWorld(t, features{})
	return w, w.drawPeriod(t), w.book(t), newOracle(w.contracts, w.options)
}

func TestBetweenAgainstOracle(t *testing.T) { rapid.Check(t, checkBetween) }

func checkBetween(t *rapid.T) {
	_, p, book, o := ask(t)
	got, err := book.Between(p)
	same(t, "movement", o.between(p), must(t, got, err))
	if book.Currency() != o.reporting {
		t.Fatalf("currency %q, want %q", book.Currency(), o.reporting)
	}
}

func TestSeriesAgainstOracle(t *testing.T) { rapid.Check(t, checkSeries) }

func checkSeries(t *rapid.T) {
	w, p, book, o := ask(t)
	periods := rapid.SampledFrom([][]success.Period{p.Months(), p.Quarters(), p.Years()}).Draw(t, "split")
	for range rapid.IntRange(0, 3).Draw(t, "more") {
		periods = append(periods, w.drawPeriod(t)) // overlapping and in any order
	}
	got, err := book.Series(periods)
	must(t, got, err)
	if len(got) != len(periods) {
		t.Fatalf("%d movements of %d periods", len(got), len(periods))
	}
	for i, period := range periods {
		same(t, "movement of "+period.String(), o.between(period), got[i])
	}
}

func TestSnapshotAgainstOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, _, book, o := ask(t)
		d := rapid.SampledFrom(w.days).Draw(t, "day").AddDays(rapid.IntRange(-1, 1).Draw(t, "off"))
		got, err := book.On(d)
		same(t, "snapshot", o.snapshot(d), must(t, got, err))
	})
}

func TestLinesAgainstOracle(t *testing.T) { rapid.Check(t, checkLines) }

func checkLines(t *rapid.T) {
	_, p, book, o := ask(t)
	got, err := book.Lines(p)
	want, clamped := o.lines(p)
	must(t, got, err)
	if len(got) == len(want) {
		for i := range want {
			u := unitOfLine(want[i])
			if clamped[u] { // where rounding made a sum negative, only the total of the reasons is given
				want[i].Reasons, got[i].Reasons = retention.Reasons{}, retention.Reasons{}
			}
		}
	}
	same(t, "lines", want, got)
}

func TestEventsAgainstOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, p, book, o := ask(t)
		got, err := book.Events(p)
		same(t, "events", o.events(p), must(t, got, err))
	})
}

func TestRenewalsAgainstOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, p, book, o := ask(t)
		got, err := book.Renewals(p)
		same(t, "renewals", o.renewals(p, func(int) bool { return true }), must(t, got, err))
	})
}

// A slicing is a key and what it means to the oracle.
type slicing struct {
	key     retention.Key
	by, row func(i int) string
	split   bool // takes units apart
}

func drawSlicing(t *rapid.T, o *oracle, p success.Period) slicing {
	product := func(i int) string { return o.contracts[i].Product }
	currency := func(i int) string { return o.contracts[i].Currency }
	owner := func(a success.Account) string { return a.Owner }
	segment := func(a success.Account) string { return a.Segment }
	initial := func(a success.Account) string { return string(a.ID[:1]) }
	bounds := rapid.SampledFrom([][]decimal.Decimal{{dec("1000"), dec("5000")}, {dec("100")}, {dec("0.01"), dec("1200"), dec("1e12")}}).Draw(t, "bounds")
	slicings := map[string]slicing{
		"segment":  {retention.BySegment(), whole, o.attribute(p, segment), false},
		"owner":    {retention.ByOwner(), whole, o.attribute(p, owner), false},
		"initial":  {retention.ByAccount("initial", initial), whole, o.attribute(p, initial), false},
		"size":     {retention.BySize(bounds...), whole, o.band(p, bounds), false},
		"product":  {retention.ByProduct(), product, product, true},
		"currency": {retention.ByCurrency(), currency, currency, true},
	}
	name := rapid.SampledFrom([]string{"segment", "owner", "initial", "size", "product", "currency"}).Draw(t, "cut by")
	return slicings[name]
}

func TestCutAgainstOracle(t *testing.T) { rapid.Check(t, checkCut) }

func checkCut(t *rapid.T) {
	_, p, book, o := ask(t)
	s := drawSlicing(t, o, p)
	got, err := book.Cut(p, s.key)
	must(t, got, err)
	if got.Additive == s.split {
		t.Fatalf("cut by %s: Additive = %v", got.Name, got.Additive)
	}
	want := o.cut(p, s.by, s.row)
	rows := map[string]retention.Row{}
	for _, r := range got.Rows {
		if _, ok := rows[r.Value]; ok {
			t.Fatalf("cut by %s has two rows %q", got.Name, r.Value)
		}
		rows[r.Value] = r
	}
	dropEmpty(want, o, p)
	dropEmpty(rows, o, p)
	same(t, "cut by "+got.Name, want, rows)
}

// dropEmpty leaves out rows in which nothing is or happens: whether they are
// listed is not said.
func dropEmpty(rows map[string]retention.Row, o *oracle, p success.Period) {
	empty := retention.Row{Movement: o.emptyMovement(p), Renewals: retention.Renewals{Period: p, Currency: o.reporting}}
	for value, r := range rows {
		empty.Value = value
		if cmp.Equal(empty, r, exactly()) {
			delete(rows, value)
		}
	}
}
