package retention_test

import (
	"errors"
	"slices"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/retention"
	"pgregory.net/rapid"
)

// drawLooseCredits adds credits that may well be too large, or lie where nothing
// is paid.
func drawLooseCredits(t *rapid.T, w world) world {
	w.contracts = slices.Clone(w.contracts)
	n := len(w.contracts)
	for i := range rapid.IntRange(1, 3).Draw(t, "loose credits") {
		c := w.contracts[rapid.IntRange(0, n-1).Draw(t, "of")]
		c.Credits, c.Renews, c.ID = c.ID, "", success.ContractID("z"+string(rune('0'+i)))
		c.Price = c.Price.Mul(dec(rapid.SampledFrom([]string{"-1", "-0.5", "-1.000001", "-0.1"}).Draw(t, "share")))
		c.Start = c.Start.AddDays(rapid.SampledFrom([]int{0, 1, -1, 20}).Draw(t, "off"))
		c.End = c.Start.AddDays(rapid.SampledFrom([]int{1, 2, 10, 40, 90}).Draw(t, "days"))
		if !c.End.After(c.Start) {
			c.End = success.Date{}
		}
		if rapid.IntRange(0, 3).Draw(t, "of another product") == 0 {
			c.Product = "bi"
		}
		w.contracts = append(w.contracts, c)
	}
	return w.shuffled(rapid.Uint64().Draw(t, "order"))
}

// belowZero lists the days on which a unit is below zero in some currency, as the
// mergers of those days have it, and the credits that are active in it then. Sums
// change only on days on which something starts, ends or merges.
func (o *oracle) belowZero() (first success.Date, firstCredits, all []int) {
	var changes []success.Date
	for _, c := range o.contracts {
		changes = append(changes, c.Start, c.end)
	}
	for _, m := range o.options.Mergers {
		changes = append(changes, m.On)
	}
	slices.SortFunc(changes, success.Date.Compare)
	for _, d := range changes {
		for _, c := range o.on(d, d, o.split(whole, d)) {
			for _, sum := range c.native {
				if sum.Sign() >= 0 {
					continue
				}
				credits := slices.DeleteFunc(slices.Clone(c.members), func(i int) bool {
					return o.contracts[i].rate.Sign() >= 0
				})
				all = append(all, credits...)
				if first.IsZero() || first == d {
					first, firstCredits = d, append(firstCredits, credits...)
				}
			}
		}
	}
	return first, firstCredits, all
}

// TestCreditsAgainstOracle holds that a book is refused exactly when some account,
// product or contract is below zero on some day, that the faults stand at credits
// that make it so, and that the first bad day is among them.
func TestCreditsAgainstOracle(t *testing.T) {
	refused := 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{noHuge: true, noCredits: true})
		if w.options.Grain == retention.GrainProduct && len(w.options.Mergers) > 0 {
			w.options.Grain = retention.GrainAccount // products are checked by the account as it was
		}
		w = drawLooseCredits(t, w)
		o := newOracle(w.contracts, w.options)
		first, firstCredits, all := o.belowZero()
		_, err := retention.NewBook(w.contracts, w.options)
		if first.IsZero() != (err == nil) {
			t.Fatalf("first below zero on %s, but %v\n%v\n%+v", first, err, w.contracts, w.options)
		}
		if err == nil {
			return
		}
		refused++
		var faults *success.Errors
		if !errors.As(err, &faults) {
			t.Fatalf("%v is no *success.Errors", err)
		}
		found := false
		for _, f := range faults.Faults {
			if f.Record != "contract" || f.Field != "Price" || !errors.Is(f, success.ErrNegative) || !slices.Contains(all, f.Index) {
				t.Fatalf("%v, want one of %v\n%v\n%+v", f, all, w.contracts, w.options)
			}
			found = found || slices.Contains(firstCredits, f.Index)
		}
		if !found {
			t.Fatalf("%v names none of %v, below zero on %s", err, firstCredits, first)
		}
	})
	if refused == 0 {
		t.Error("no book was refused, which proves nothing")
	}
}
