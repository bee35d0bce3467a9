package retention

import (
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// Renewals reports on the contracts that came up for renewal in the period, at
// the rates of From. It reports what [success.Period.Validate] does as an error.
func (b *Book) Renewals(period success.Period) (Renewals, error) {
	v, err := b.view(period)
	if err != nil {
		return Renewals{}, err
	}
	var r renewing
	for slot := range b.start {
		b.renew(&r, &v, int32(slot))
	}
	return r.renewals(b, period), nil
}

// A renewing adds up renewals, one contract at a time.
type renewing struct {
	due, early, onTime, late, overdue, lapsed int
	base, kept, renewed                       exact.Sum
}

func (r *renewing) renewals(b *Book, period success.Period) Renewals {
	return Renewals{
		Period:   period,
		Currency: b.currency,
		Due:      r.due,
		Early:    r.early,
		OnTime:   r.onTime,
		Late:     r.late,
		Overdue:  r.overdue,
		Lapsed:   r.lapsed,
		Base:     r.base.Decimal(),
		Kept:     r.kept.Decimal(),
		Renewed:  r.renewed.Decimal(),
	}
}

// renew adds the contract of a slot: itself if it is due in the period, and
// those of its successors that count in it.
func (b *Book) renew(r *renewing, v *view, slot int32) {
	end := b.ownEndOf(slot)
	if b.rate[slot] <= 0 || end == never {
		return
	}
	due := v.from <= end && end < v.to
	linked := b.next != nil && b.next[slot] >= 0
	if !due && (!linked || end >= v.to) {
		return
	}
	old := exact.Of(b.rateAt(v.open, slot))
	if due {
		r.due++
		r.base = r.base.Add(old)
		if !linked {
			r.lapsed++
		}
	}
	grace := int32(min(b.options.Grace, allDays))
	var paid exact.Sum
	first := true
	for s := range b.successors(slot) {
		start := b.start[s]
		prompt := start <= end+grace
		rate := exact.Of(max(0, b.rateAt(v.open, s)))
		before := paid
		paid = paid.Add(rate)
		if prompt && due || !prompt && v.from <= start && start < v.to {
			r.renewed = r.renewed.Add(rate)
			r.kept = r.kept.Add(smaller(old, paid).Sub(smaller(old, before)))
			if first {
				r.class(start, end, prompt)
			}
		}
		first = false
	}
}

// class counts a contract by the first of its successors.
func (r *renewing) class(start, end int32, prompt bool) {
	switch {
	case !prompt:
		r.overdue++
	case start < end:
		r.early++
	case start == end:
		r.onTime++
	default:
		r.late++
	}
}

func smaller(s, t exact.Sum) exact.Sum {
	if s.Cmp(t) < 0 {
		return s
	}
	return t
}
