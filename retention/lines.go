package retention

import (
	"cmp"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// Lines takes the movement of a period apart: one line for each account (or
// product or contract, as the grain says) with revenue at either end, the
// largest amounts first, then in order of account, product and contract. Opening,
// Closing, FX and the amounts of each kind add up to the movement's exactly. It
// reports what [success.Period.Validate] does.
func (b *Book) Lines(period success.Period) ([]Line, error) {
	v, err := b.view(period)
	if err != nil {
		return nil, err
	}
	var lines []Line
	b.each(&v, func(account int32, members []int32) {
		e := b.measure(&v, members)
		if e.open.Sign() > 0 || e.close.Sign() > 0 || e.later.Sign() > 0 {
			lines = append(lines, b.line(&v, account, members, &e))
		}
	})
	slices.SortFunc(lines, func(l, m Line) int {
		return cmp.Or(
			m.Amount.Cmp(l.Amount),
			cmp.Compare(l.Account, m.Account),
			cmp.Compare(l.Product, m.Product),
			cmp.Compare(l.Contract, m.Contract),
		)
	})
	return lines, nil
}

func (b *Book) line(v *view, account int32, members []int32, e *ends) Line {
	firstPaid, fromFree := b.history(members)
	kind, amount := e.kind(firstPaid < v.from)
	product, contract := b.name(members[0])
	return Line{
		Account:  b.accounts[account],
		Product:  product,
		Contract: contract,
		Opening:  e.open.Decimal(),
		Closing:  e.later.Decimal(),
		Movement: kind,
		Amount:   amount.Decimal(),
		FX:       e.later.Sub(e.close).Decimal(),
		FromFree: kind == New && fromFree && firstPaid < v.to,
		Reasons:  b.reasons(v, members, e.close.Sub(e.open)),
	}
}

// name returns what tells a unit from others of its account, as the grain says.
func (b *Book) name(unit int32) (product string, contract success.ContractID) {
	switch b.options.Grain {
	case GrainProduct:
		return b.products[b.productOf(b.firstSlot[unit])], ""
	case GrainContract:
		return "", b.unitRoot[unit]
	}
	return "", ""
}

// A why adds up the reasons of a change.
type why struct{ seats, price, product timed }

// A timed is an amount that came with a renewal, and one that did not.
type timed struct{ renewal, midTerm exact.Sum }

func (t *timed) add(amount exact.Sum, renewal bool) {
	if renewal {
		t.renewal = t.renewal.Add(amount)
	} else {
		t.midTerm = t.midTerm.Add(amount)
	}
}

func (t timed) cause() Cause { return Cause{t.renewal.Decimal(), t.midTerm.Decimal()} }

func (t timed) total() exact.Sum { return t.renewal.Add(t.midTerm) }

// reasons says why some units that are one changed by an amount. Every start and
// end counts as on its own at first; those of a contract and its successors of
// the same day are then taken back and set side by side.
func (b *Book) reasons(v *view, members []int32, change exact.Sum) Reasons {
	var w why
	for _, unit := range members {
		for slot := b.firstSlot[unit]; slot < b.firstSlot[unit+1]; slot++ {
			start, end := b.start[slot], b.end[slot]
			if start == end {
				continue
			}
			if v.from <= start && start < v.to {
				b.alone(&w, v, slot, 1)
			}
			if v.from <= end && end < v.to {
				b.alone(&w, v, slot, -1)
				b.succeed(&w, v, slot)
			}
		}
	}
	rest := change.Sub(w.seats.total()).Sub(w.price.total()).Sub(w.product.total())
	w.price.add(rest, false) // of rounding below zero, see floor
	return Reasons{w.seats.cause(), w.price.cause(), w.product.cause()}
}

// alone adds the start (+1) or end (−1) of a contract on its own.
func (b *Book) alone(w *why, v *view, slot int32, sign int64) {
	rate := sign * b.rateAt(v.open, slot)
	if b.rate[slot] < 0 {
		w.price.add(exact.Of(rate), false)
	} else {
		w.product.add(exact.Of(rate), false)
	}
}

// succeed sets the contract of a slot and its successors of the same product
// that start on its last day side by side: the old rate of a unit times the
// change of quantity is seats, the rest price.
func (b *Book) succeed(w *why, v *view, slot int32) {
	unitRate := b.unitRateAt(v, slot)
	renewal := b.end[slot] >= b.ownEndOf(slot)
	old := b.rateAt(v.open, slot)
	seats := exact.Product(unitRate, b.quantityOf(slot)).Neg()
	change := exact.Of(-old)
	found := false
	for s := range b.successors(slot) {
		if b.start[s] != b.end[slot] || b.end[s] == b.start[s] || b.productOf(s) != b.productOf(slot) {
			continue
		}
		found = true
		b.alone(w, v, s, -1)
		seats = seats.Add(exact.Product(unitRate, b.quantityOf(s)))
		change = change.Plus(b.rateAt(v.open, s))
	}
	if !found {
		return
	}
	b.alone(w, v, slot, 1)
	if b.rate[slot] < 0 {
		seats = exact.Sum{}
	}
	w.seats.add(seats, renewal)
	w.price.add(change.Sub(seats), renewal)
}

func (b *Book) quantityOf(slot int32) int64 {
	if b.quantity == nil {
		return 1
	}
	return b.quantity[slot]
}

// unitRateAt returns the annual rate of one unit at the rates of From.
func (b *Book) unitRateAt(v *view, slot int32) int64 {
	rate := b.rate[slot]
	if b.unitRate != nil {
		rate = b.unitRate[slot]
	}
	if b.money == nil {
		return rate
	}
	return convert(v.open[b.money[slot]], rate)
}
