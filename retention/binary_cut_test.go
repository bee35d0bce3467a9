package retention_test

import (
	"testing"

	"metrics.internal/success"
	refused "metrics.internal/success/internal/refusal"
	"metrics.internal/success/internal/wire/wiretest"
	"metrics.internal/success/retention"
	"pgregory.net/rapid"
)

// cutSize is the size that is documented of a cut by something short.
func cutSize(c retention.Cut) int {
	size := 100
	for _, row := range c.Rows {
		size += 2*len(row.Value) + 100 + movementSize + renewalsSize + 200
	}
	return size
}

// TestCutsSent: every cut of a book comes back from its bytes, which are the same
// again, and merges with one of another shard as if neither had been sent.
func TestCutsSent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{})
		w.options.Currency = newOracle(w.contracts, w.options).reporting
		p := w.drawPeriod(t)
		shards := w.shards(t)
		for _, key := range keys() {
			var here, there [2]retention.Cut
			for i := range shards {
				cut, err := shards[i].book(t).Cut(p, key)
				here[i] = must(t, cut, err)
				there[i] = *wiretest.Read[retention.Cut](t, wiretest.Written(t, &here[i], cutSize(cut)))
				same(t, "sent", here[i], there[i])
			}
			want, err := here[0].Merge(here[1])
			must(t, want, err)
			got, err := there[1].Merge(there[0])
			must(t, got, err)
			same(t, "merged", want, got)
			if x, y := wiretest.Written(t, &want, cutSize(want)), wiretest.Written(t, &got, cutSize(got)); string(x) != string(y) {
				t.Fatalf("%x, sent %x", x, y)
			}
		}
	})
}

func wiredCut(t testing.TB) retention.Cut {
	book, err := retention.NewBook([]success.Contract{
		{ID: "C-1", Account: "acme", Start: day("2022-01-01"), Price: dec("700"), Term: success.Months(1)},
		{ID: "C-2", Account: "birch", Start: day("2022-01-01"), End: day("2024-05-01"), Price: dec("90"), Term: success.Months(1)},
		{ID: "C-3", Account: "cedar", Start: day("2024-03-01"), Price: dec("50"), Term: success.Months(1)},
	}, retention.Options{})
	must(t, book, err)
	cut, err := book.Cut(success.Year(2024), retention.BySize(dec("1000"), dec("5000")))
	return must(t, cut, err)
}

// TestCutGarbled: no bytes harm.
func TestCutGarbled(t *testing.T) {
	cut := wiredCut(t)
	cut.Rows = cut.Rows[1:] // so that it is quick
	wiretest.Garbled[retention.Cut](t, wiretest.Written(t, &cut, cutSize(cut)))
	wiretest.Garbled[retention.Cut](t, wiretest.Written(t, &retention.Cut{Name: "product"}, cutSize(cut)))
}

// TestCutMemory: rows of nothing take the most memory for their bytes.
func TestCutMemory(t *testing.T) {
	cut := retention.Cut{Name: "owner", Additive: true}
	for _, a := range "abcdefghijklmnopqrstuvwxyz" {
		for _, b := range "abcdefghijklmnopqrstuvwxyz" {
			cut.Rows = append(cut.Rows, retention.Row{Value: string(a) + string(b)})
		}
	}
	data := wiretest.Written(t, &cut, cutSize(cut))
	if err := wiretest.Bounded(t, data, new(retention.Cut).UnmarshalBinary); err != nil {
		t.Fatal(err)
	}
}

// TestCutRefused: what cannot be the cut of a book is not sent.
func TestCutRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change func(c *retention.Cut)
		at     int
		fault  refused.Fault
	}{
		"no name":      {func(c *retention.Cut) { c.Name = "" }, -1, refused.Of("Name", success.ErrMissing)},
		"no such band": {func(c *retention.Cut) { c.Rows[0].Value = "any" }, 0, refused.Of("Value", success.ErrUnknown)},
		"twice":        {func(c *retention.Cut) { c.Rows[1].Value = c.Rows[0].Value }, 1, refused.Of("Value", success.ErrDuplicate)},
		"no order":     {func(c *retention.Cut) { c.Rows[1], c.Rows[2] = c.Rows[2], c.Rows[1] }, 2, refused.Of("Value", success.ErrOrder)},
		"movement":     {func(c *retention.Cut) { c.Rows[1].Movement.Opening = dec("1") }, 1, refused.Of("Closing", success.ErrRange)},
		"renewals":     {func(c *retention.Cut) { c.Rows[2].Renewals.Base = dec("-1") }, 2, refused.Of("Base", success.ErrNegative)},
	} {
		cut := wiredCut(t)
		c.change(&cut)
		_, err := cut.MarshalBinary()
		faults, ok := err.(*success.Errors)
		if !ok || faults.Faults[0].Index != c.at {
			t.Errorf("%s: %v, want a fault at %d", name, err, c.at)
			continue
		}
		if name != "movement" { // which breaks several sums
			unsent(t, name, &cut, c.fault)
		}
	}
}

func FuzzUnmarshalCut(f *testing.F) {
	cut := wiredCut(f)
	data, err := cut.MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	wiretest.Fuzz[retention.Cut](f, data, nil, data[:40])
}
