package retention

import (
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// A tally adds up a movement, one unit at a time.
type tally struct {
	moved       [Churn + 1]exact.Sum // by kind
	opening     exact.Sum
	closing     exact.Sum
	fx          exact.Sum
	kept        exact.Sum
	keptOpening [Churn + 1]exact.Sum // opening of the retained, by kind
	count       [Churn + 1]int       // by kind; None only of the flat
	opened      int
	free        int
	fromFree    int
	absorbed    int
}

// add adds a unit that paid for the first time on a day, or never.
func (t *tally) add(e *ends, v *view, firstPaid int32, fromFree bool) {
	kind, amount := e.kind(firstPaid < v.from)
	t.opening = t.opening.Add(e.open)
	t.closing = t.closing.Add(e.later)
	t.fx = t.fx.Add(e.later.Sub(e.close))
	opened, closed := e.open.Sign() > 0, e.close.Sign() > 0
	if opened {
		t.opened++
	}
	switch {
	case opened && closed:
		t.count[kind]++
		t.keptOpening[kind] = t.keptOpening[kind].Add(e.open)
		if kind == Contraction {
			t.kept = t.kept.Add(e.close)
		} else {
			t.kept = t.kept.Add(e.open)
		}
	case opened, closed:
		t.count[kind]++
		if kind == New && fromFree && firstPaid < v.to {
			t.fromFree++
		}
	}
	if !closed && e.active {
		t.free++
	}
	t.moved[kind] = t.moved[kind].Add(amount)
}

// merge adds what another tally of the same period has added up.
func (t *tally) merge(u *tally) {
	for kind := range t.moved {
		t.moved[kind] = t.moved[kind].Add(u.moved[kind])
		t.keptOpening[kind] = t.keptOpening[kind].Add(u.keptOpening[kind])
		t.count[kind] += u.count[kind]
	}
	t.opening = t.opening.Add(u.opening)
	t.closing = t.closing.Add(u.closing)
	t.fx = t.fx.Add(u.fx)
	t.kept = t.kept.Add(u.kept)
	t.opened += u.opened
	t.free += u.free
	t.fromFree += u.fromFree
	t.absorbed += u.absorbed
}

// movement returns the tally as the movement of a period.
func (t *tally) movement(b *Book, v *view) Movement {
	return Movement{
		Period:   success.Period{From: date(v.from), To: date(v.to)},
		Currency: b.currency,
		Amounts: Amounts{
			Opening:      t.opening.Decimal(),
			New:          t.moved[New].Decimal(),
			Reactivation: t.moved[Reactivation].Decimal(),
			Expansion:    t.moved[Expansion].Decimal(),
			Contraction:  t.moved[Contraction].Decimal(),
			Churn:        t.moved[Churn].Decimal(),
			FX:           t.fx.Decimal(),
			Closing:      t.closing.Decimal(),
		},
		Accounts: Counts{
			Opening:     t.opened,
			New:         t.count[New],
			Reactivated: t.count[Reactivation],
			Churned:     t.count[Churn],
			Closing:     t.opened + t.count[New] + t.count[Reactivation] - t.count[Churn],
			Upgraded:    t.count[Expansion],
			Downgraded:  t.count[Contraction],
			Flat:        t.count[None],
			Free:        t.free,
			FromFree:    t.fromFree,
			Absorbed:    t.absorbed,
		},
		Kept:                t.kept.Decimal(),
		UpgradedOpening:     t.keptOpening[Expansion].Decimal(),
		DowngradedOpening:   t.keptOpening[Contraction].Decimal(),
		FlatOpening:         t.keptOpening[None].Decimal(),
		IncludeReactivation: b.options.IncludeReactivation,
	}
}

// Between compares the two ends of a period. It reports what
// [success.Period.Validate] does.
func (b *Book) Between(period success.Period) (Movement, error) {
	v, err := b.view(period)
	if err != nil {
		return Movement{}, err
	}
	t := b.tally(&v)
	return t.movement(b, &v), nil
}

func (b *Book) tally(v *view) tally {
	shares := b.shares()
	parts := make([]tally, len(shares))
	together(shares, func(k int, s share) {
		var t tally // on a stack of its own, away from what others write to
		var e ends
		v.alone(s, func(from, to int32) {
			for unit := from; unit < to; unit++ {
				b.measureOne(&e, v, unit)
				t.add(&e, v, b.firstPaid[unit], b.fromFree[unit])
			}
		})
		parts[k] = t
	})
	var t tally
	for k := range parts {
		t.merge(&parts[k])
	}
	for _, f := range v.families {
		b.addFamily(&t, v, f)
	}
	return t
}

// measureOne measures one unit. Where all is in one currency it does so without
// branches, which nobody could predict: the sign of a & ^b says that a is below
// zero and b is not.
func (b *Book) measureOne(e *ends, v *view, unit int32) {
	if b.money != nil {
		*e = b.measure(v, []int32{unit})
		return
	}
	first, last := b.firstSlot[unit], b.firstSlot[unit+1]
	start := b.start[first:last]
	end := b.end[first:last][:len(start)]
	rate := b.rate[first:last][:len(start)]
	var open, close exact.Sum
	var active int64
	for i := range start {
		opened := int64((start[i]-v.from)&^(end[i]-v.from)) >> 63
		closed := int64((start[i]-v.to)&^(end[i]-v.to)) >> 63
		open = open.Plus(rate[i] & opened)
		close = close.Plus(rate[i] & closed)
		active |= closed
	}
	e.open, e.close, e.later, e.active = open, close, close, active != 0
}

func (b *Book) addFamily(t *tally, v *view, f family) {
	e := b.measure(v, f.members)
	firstPaid, fromFree := b.history(f.members)
	t.add(&e, v, firstPaid, fromFree)
	t.absorbed += b.absorbed(v, f)
	if e.open.Sign() > 0 {
		t.absorbed--
	}
}

// absorbed returns how many customers the members of a family were at the
// opening before the mergers of the period.
func (b *Book) absorbed(v *view, f family) int {
	before := map[int32]exact.Sum{}
	for _, unit := range f.members {
		e := b.measure(v, []int32{unit})
		root := v.before.of(b.accountOf(unit))
		before[root] = before[root].Add(e.open)
	}
	customers := 0
	for _, sum := range before {
		if sum.Sign() > 0 {
			customers++
		}
	}
	return customers
}

// On returns the state at the close of a day, at the rates of that day and with
// the mergers up to it. It reports a missing day.
func (b *Book) On(day success.Date) (Snapshot, error) {
	if day.IsZero() {
		var faults success.Errors
		faults.Add(&success.InputError{Record: "day", Index: -1, Err: success.ErrMissing})
		return Snapshot{}, faults.Err()
	}
	at := dayOf(day)
	v := b.viewOf(at, at+1)
	v.close = v.open
	t := b.tally(&v)
	return Snapshot{
		Date:      day,
		Currency:  b.currency,
		ARR:       t.closing.Decimal(),
		Customers: t.opened + t.count[New] + t.count[Reactivation] - t.count[Churn],
		Free:      t.free,
	}, nil
}
