package credit

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/split"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// Columns are won deals in one currency and the touches that count for them, for
// those who have millions of deals as columns already. They are read, and neither
// changed nor kept.
type Columns struct {
	Currency string    // of the amounts
	Names    []string  // of keys
	Amounts  []int64   // of each deal, in minor units of the currency; see [split.Digits]
	Ends     []int     // where the touches of each deal end, and those of the next begin
	Keys     []int32   // of each touch: the position of its name; those of a deal in order, oldest first
	Ages     []float64 // of each touch, in seconds before any moment of its deal, such as the close; only for [TimeDecay]
}

// Split shares the amounts by each of the models and returns what each key gets
// of them, for each model in order. It is what [Book.Split] gives for the same
// deals; amounts may be negative here. Nothing is allocated per deal.
//
// The models are those that need no more than columns: [First], [Last],
// [LastNonKey], [Linear], [Position] and [TimeDecay]; others are errors
// ([success.ErrMissing]), and so are models that are not in order. Errors are
// also names that are [attribution.Unattributed] or there twice
// ([success.ErrRange], [success.ErrDuplicate]), keys without a name
// ([success.ErrUnknown]), columns that are not of one length and ends beyond the
// touches ([success.ErrRange]), ends before those of deals before
// ([success.ErrOrder]), ages below 0 or infinite ([success.ErrRange]) and those
// of a deal that grow ([success.ErrOrder]).
func (c *Columns) Split(models ...Model) ([]Total, error) {
	var faults success.Errors
	checkModels(models, &faults)
	aged := false
	for i := range models {
		models[i].checkColumns(i, &faults)
		aged = aged || models[i].rule == decay
	}
	names := c.check(aged, &faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	totals := make([]Total, len(models))
	for i := range models {
		totals[i] = c.total(&models[i], names)
	}
	return totals, nil
}

// checkColumns adds what keeps the model from being used on columns.
func (m *Model) checkColumns(index int, faults *success.Errors) {
	switch m.rule {
	case noRule, first, last, lastNonKey, linear, position, decay:
		return
	}
	faults.Add(m.fault(index, "", m.name, needsBook()))
}

func needsBook() error { return fault.New(success.ErrMissing, "needs a book of records") }

// check adds the faults of the columns and returns the names of keys, none of
// them empty.
func (c *Columns) check(aged bool, faults *success.Errors) []string {
	names := c.checkNames(faults)
	c.checkEnds(faults)
	d := door{"column", faults}
	for i, k := range c.Keys {
		if k < 0 || int(k) >= len(names) {
			d.add(i, "Keys", strconv.Itoa(int(k)), fault.New(success.ErrUnknown, "is not the position of a name"))
		}
	}
	if aged {
		c.checkAges(faults)
	}
	return names
}

func (c *Columns) checkNames(faults *success.Errors) []string {
	d := door{"column", faults}
	names := make([]string, len(c.Names))
	met := make(map[string]bool, len(names))
	for i, name := range c.Names {
		names[i] = cmp.Or(name, attribution.NoKey)
		if name == attribution.Unattributed {
			d.add(i, "Names", name, fault.New(success.ErrRange, "is what no touch gets"))
		}
		if met[names[i]] {
			d.add(i, "Names", name, success.ErrDuplicate)
		}
		met[names[i]] = true
	}
	return names
}

func (c *Columns) checkEnds(faults *success.Errors) {
	if len(c.Ends) != len(c.Amounts) {
		door{"columns", faults}.add(-1, "Ends", strconv.Itoa(len(c.Ends)), fault.New(success.ErrRange, "are not those of %d deals", len(c.Amounts)))
	}
	d, start := door{"column", faults}, 0
	for i, end := range c.Ends {
		switch {
		case end < start:
			d.add(i, "Ends", strconv.Itoa(end), fault.New(success.ErrOrder, "is before %d", start))
		case end > len(c.Keys):
			d.add(i, "Ends", strconv.Itoa(end), fault.New(success.ErrRange, "is beyond %d touches", len(c.Keys)))
		}
		start = max(start, end)
	}
	if start < len(c.Keys) {
		door{"columns", faults}.add(-1, "Keys", strconv.Itoa(len(c.Keys)), fault.New(success.ErrRange, "are more than the %d of deals", start))
	}
}

func (c *Columns) checkAges(faults *success.Errors) {
	if len(c.Ages) != len(c.Keys) {
		door{"columns", faults}.add(-1, "Ages", strconv.Itoa(len(c.Ages)), fault.New(success.ErrRange, "are not those of %d touches", len(c.Keys)))
		return
	}
	d, deal := door{"column", faults}, 0
	for i, age := range c.Ages {
		first := false // of its deal
		for deal < len(c.Ends) && c.Ends[deal] <= i {
			first, deal = true, deal+1
		}
		switch {
		case !(age >= 0 && age <= math.MaxFloat64):
			d.add(i, "Ages", check.Number(age), fault.New(success.ErrRange, "is not an age"))
		case i > 0 && !first && age > c.Ages[i-1]:
			d.add(i, "Ages", check.Number(age), fault.New(success.ErrOrder, "is above %s, of the touch before", check.Number(c.Ages[i-1])))
		}
	}
}

// total adds up what a model gives the keys.
func (c *Columns) total(m *Model, names []string) Total {
	s := newScale(m)
	s.but = int32(slices.Index(names, m.but))
	attributed, none := newSums(len(names)), newSums(1)
	t := Total{Currency: c.Currency, Deals: len(c.Amounts)}
	here := make([]bool, len(names))
	var v view
	var parts []int64
	start := 0
	for i, end := range c.Ends {
		v.keys = c.Keys[start:end]
		if len(v.keys) == 0 {
			t.Untouched++
			none.add(0, c.Amounts[i])
			continue
		}
		if m.rule == decay {
			v.ages = sinceNewest(v.ages[:0], c.Ages[start:end])
		}
		weights, _ := s.weigh(&v)
		parts, _ = split.Append(parts[:0], c.Amounts[i], weights) // of which one is above 0
		for j, key := range v.keys {
			here[key] = true
			attributed.add(int(key), parts[j])
		}
		start = end
	}
	t.complete(names, here, attributed, none, split.Digits(c.Currency))
	return t
}

// sinceNewest appends how much older than the last ages are.
func sinceNewest(to, ages []float64) []float64 {
	newest := ages[len(ages)-1]
	for _, a := range ages {
		to = append(to, a-newest)
	}
	return to
}

// complete sets the sums of a total.
func (t *Total) complete(names []string, here []bool, attributed, none *sums, digits int) {
	t.Unattributed = revenueOf(none.sum(0, digits), decimal.Decimal{})
	for i, name := range names {
		if here[i] {
			share := Share{name, revenueOf(attributed.sum(i, digits), decimal.Decimal{})}
			t.Keys = append(t.Keys, share)
			t.Attributed = t.Attributed.plus(share.Revenue)
		}
	}
	slices.SortFunc(t.Keys, func(a, b Share) int { return cmp.Compare(a.Key, b.Key) })
	t.Revenue = t.Attributed.plus(t.Unattributed)
}
