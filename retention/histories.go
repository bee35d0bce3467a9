package retention

import (
	"iter"
	"math"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// A History is the annual revenue of one account over a period, in whole
// millionths of the reporting currency.
type History struct {
	Account  success.AccountID  // after mergers
	Product  string             // at product grain
	Contract success.ContractID // at contract grain: the first of its successors
	Opening  int64              // at the close of the day before From
	Steps    []Step             // every change, in order of days; valid until the next history is asked for
}

// A Step is a change of revenue.
type Step struct {
	Date   success.Date // the first day of the new revenue
	Micros int64        // annual revenue from then on, in whole millionths
}

// Histories yields the revenue of every account (or product or contract, as the
// grain says) that has any in the period, day by day, at the rates of From: what
// [Book.Events] returns, account by account, in no particular order, without a
// decimal or an allocation for each. It yields an error, and then stops, for a
// period that is not valid and for revenue that does not fit 64 bits.
func (b *Book) Histories(period success.Period) iter.Seq2[History, error] {
	return func(yield func(History, error) bool) {
		v, err := b.view(period)
		if err != nil {
			yield(History{}, err)
			return
		}
		var h History
		var scratch []dated
		more := true
		b.each(&v, func(account int32, members []int32) {
			if !more {
				return
			}
			if err := b.trace(&h, &v, account, members, &scratch); err != nil {
				yield(History{}, err)
				more = false
			} else if h.Opening > 0 || len(h.Steps) > 0 {
				more = yield(h, nil)
			}
		})
	}
}

// trace fills h with the revenue of some units that are one.
func (b *Book) trace(h *History, v *view, account int32, members []int32, scratch *[]dated) error {
	h.Account = b.accounts[account]
	h.Product, h.Contract = b.name(members[0])
	h.Steps = h.Steps[:0]
	if len(members) == 1 && b.traceOne(h, v, members[0], scratch) {
		return nil
	}
	h.Steps = h.Steps[:0]
	e := b.measureRaw(v, members)
	steps := b.steps(v, members, e.open, scratch)
	e.floor()
	ok := true
	h.Opening, ok = e.open.Int64()
	for day, sum := range steps {
		micros, fits := sum.Int64()
		ok = ok && fits
		h.Steps = append(h.Steps, Step{date(day), micros})
	}
	if ok {
		return nil
	}
	var faults success.Errors
	faults.Add(&success.InputError{Record: "account " + string(h.Account), Index: -1,
		Err: fault.New(success.ErrRange, "pays %d or more a year", int64(math.MaxInt64)/exact.Micro)})
	return faults.Err()
}

// traceOne fills h with the revenue of one unit if 64 bits are enough on the way.
// It is what trace does otherwise, without 128 bits and a pass for each end.
func (b *Book) traceOne(h *History, v *view, unit int32, scratch *[]dated) (ok bool) {
	changes := (*scratch)[:0]
	opening, reach := int64(0), uint64(0)
	for slot := b.firstSlot[unit]; slot < b.firstSlot[unit+1]; slot++ {
		start, end := b.start[slot], b.end[slot]
		if start >= v.to || end < v.from || start >= end {
			continue
		}
		rate := b.rateAt(v.open, slot)
		if reach += uint64(max(rate, -rate)); reach > math.MaxInt64 {
			return false
		}
		if start < v.from {
			opening += rate
		} else {
			changes = insert(changes, dated{start, rate})
		}
		if end < v.to {
			changes = insert(changes, dated{end, -rate})
		}
	}
	*scratch = changes
	if len(changes) > fewChanges {
		sortByDay(changes)
	}
	sum, last := opening, max(opening, 0)
	h.Opening = last
	for i, c := range changes {
		sum += c.rate
		if i+1 < len(changes) && changes[i+1].day == c.day {
			continue
		}
		if now := max(sum, 0); now != last {
			h.Steps = append(h.Steps, Step{date(c.day), now})
			last = now
		}
	}
	return true
}

// fewChanges is how many changes are kept in order while they are found; more
// are sorted when all are there.
const fewChanges = 32

// insert appends a change, keeping few in order of days.
func insert(changes []dated, c dated) []dated {
	changes = append(changes, c)
	if len(changes) > fewChanges {
		return changes
	}
	i := len(changes) - 1
	for ; i > 0 && changes[i-1].day > c.day; i-- {
		changes[i] = changes[i-1]
	}
	changes[i] = c
	return changes
}
