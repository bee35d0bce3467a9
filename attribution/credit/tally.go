package credit

import (
	"maps"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/split"
	"metrics.internal/success/internal/exact"
)

// A Tally adds up what keys get of won deals that come one at a time with the
// touches of their account, as from a file that is grouped by account. It keeps
// nothing but the sums, which are those of [Book.Split]. Make one with [NewTally].
// It is not for more than one goroutine at a time.
type Tally struct {
	options Options
	scale   scale
	keys    *names
	kinds   *names
	sheets  map[string]*sheet
	sheet   *sheet // of the last deal
	touches []touch
	seen    []int // the last deal that had a key, from 1
	deals   int
	v       view
	parts   []int64
	faults  success.Errors // of the present deal
}

// A sheet holds the sums of a currency.
type sheet struct {
	currency         string
	digits           int
	deals, untouched int
	here             []bool // by key: a touch counts for a deal
	attributed, none *sums
}

// NewTally returns a tally for a model. Errors are options and a model that are
// not in order, and models that need more than one deal at a time, those that are
// learned, or leads, [Milestones] ([success.ErrMissing]).
func NewTally(model Model, options Options) (*Tally, error) {
	var faults success.Errors
	options.check(&faults)
	model.check(-1, &faults)
	if model.rule == milestones || model.learned() {
		faults.Add(model.fault(-1, "", model.name, needsBook()))
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	options.Kinds, options.Without, options.Digits = slices.Clone(options.Kinds), slices.Clone(options.Without), maps.Clone(options.Digits)
	t := &Tally{options: options, scale: newScale(&model), keys: newNames(), kinds: newNames(), sheets: map[string]*sheet{}}
	switch model.rule {
	case lastNon:
		t.scale.but = t.kinds.number(model.but)
	case lastNonKey:
		t.scale.but = t.keys.number(model.but)
	}
	return t, nil
}

// Add adds a deal, with all touches of its account, in any order. Touches of
// other accounts do not count, and neither do deals that are not won. Errors are
// those of [NewBook], but for IDs that are there twice, which a tally cannot see;
// and nothing is added then.
func (t *Tally) Add(deal attribution.Deal, touches []attribution.Touch) error {
	micros, ok := plainDeal(&deal)
	if !ok {
		micros = deal.Check(-1, &t.faults)
	}
	for i := range touches {
		if !plain(&touches[i]) {
			touches[i].Check(i, &t.faults)
		}
	}
	if t.faults.Count > 0 {
		faults := t.faults
		t.faults = success.Errors{}
		return faults.Err()
	}
	if deal.Status != attribution.Won {
		return nil
	}
	t.collect(&deal, touches)
	var weights []int64
	if len(t.touches) > 0 {
		var err error
		if weights, err = t.weigh(&deal); err != nil {
			return err
		}
	}
	t.add(deal.Currency, micros, weights)
	return nil
}

// collect finds the touches that count for a deal, in order.
func (t *Tally) collect(d *attribution.Deal, touches []attribution.Touch) {
	t.touches = t.touches[:0]
	closed, since := momentOf(d.Closed), moment{}
	if t.options.Window > 0 {
		since = momentOf(d.Closed.Add(-t.options.Window))
	}
	sorted := true
	for i := range touches {
		x := &touches[i]
		at := momentOf(x.At)
		if x.Account != d.Account || at.compare(closed) > 0 || t.options.Window > 0 && at.compare(since) < 0 || !t.options.takes(x.Kind) {
			continue
		}
		t.touches = append(t.touches, touch{at, t.keys.number(keyOf(x)), t.kinds.number(x.Kind), int32(i)})
		n := len(t.touches)
		sorted = sorted && (n == 1 || order(t.touches[n-2], t.touches[n-1], touches) <= 0)
	}
	if !sorted {
		slices.SortFunc(t.touches, func(a, b touch) int { return order(a, b, touches) })
	}
	for len(t.seen) < len(t.keys.words) {
		t.seen = append(t.seen, 0)
	}
	t.deals++
	t.touches = t.options.Repeats.drop(t.touches[:0], t.touches, t.seen, t.deals)
}

// weigh returns the weights of at least one touch.
func (t *Tally) weigh(d *attribution.Deal) ([]int64, error) {
	if t.scale.rule == custom {
		var faults success.Errors
		j := Journey{Deal: d.ID, Opened: d.Opened.UTC(), Closed: d.Closed.UTC(), Stops: stops(t.touches, t.keys.words, t.kinds.words)}
		return t.scale.ask(j, "deal", -1, &faults), faults.Err()
	}
	t.v.set(t.scale.Model, t.touches)
	weights, _ := t.scale.weigh(&t.v)
	return weights, nil
}

// add adds a deal to the sums.
func (t *Tally) add(currency string, micros int64, weights []int64) {
	s := t.of(currency)
	s.grow(len(t.keys.words))
	s.deals++
	if len(weights) == 0 {
		s.untouched++
		s.none.addDecimal(0, exact.Decimal(micros))
		return
	}
	for i := range t.touches {
		s.here[t.touches[i].key] = true
	}
	if units, ok := minor(micros, s.digits); ok {
		t.parts, _ = split.Append(t.parts[:0], units, weights) // of which one is above 0
		for i, part := range t.parts {
			s.attributed.add(int(t.touches[i].key), part)
		}
		return
	}
	parts, _ := split.Split(exact.Decimal(micros), weights, s.digits)
	for i, part := range parts {
		s.attributed.addDecimal(int(t.touches[i].key), part)
	}
}

// of returns the sheet of a currency.
func (t *Tally) of(currency string) *sheet {
	if t.sheet != nil && t.sheet.currency == currency {
		return t.sheet
	}
	s := t.sheets[currency]
	if s == nil {
		s = &sheet{currency: currency, digits: digitsOf(currency, t.options.Digits), attributed: newSums(0), none: newSums(1)}
		t.sheets[currency] = s
	}
	t.sheet = s
	return s
}

// grow makes room for so many keys.
func (s *sheet) grow(keys int) {
	for len(s.here) < keys {
		s.here = append(s.here, false)
		s.attributed.units = append(s.attributed.units, exact.Sum{})
	}
}

// Totals returns what was added up so far, by currency, as [Split.Totals].
func (t *Tally) Totals() []Total {
	all := make([]Total, 0, len(t.sheets))
	for _, currency := range slices.Sorted(maps.Keys(t.sheets)) {
		s := t.sheets[currency]
		s.grow(len(t.keys.words))
		total := Total{Currency: currency, Deals: s.deals, Untouched: s.untouched}
		total.complete(t.keys.words, s.here, s.attributed, s.none, s.digits)
		all = append(all, total)
	}
	return all
}
