package commission

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/split"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// Options are the choices of a ledger. The zero value is the default.
type Options struct {
	Digits map[string]int // decimal digits of the minor unit of currencies; of others it is [split.Digits]
}

// A Ledger knows the commission of deals on every day. It is immutable.
type Ledger struct {
	deals []deal // by ID
}

// New returns the ledger of the commissions of deals, which may be more than have
// one, and of what became of the deals.
//
// A commission is Rate times the amount of the deal, rounded half away from zero
// to the minor unit of its currency. It is split among people as [split.Append]
// does, in the order of their names, and theirs into instalments. An upward
// adjustment adds the commission that the amount then has more, split the same
// way. A refund leaves the share of the potential that the deal's amount is of what
// it was with upward adjustments, rounded likewise, and takes the rest from all
// instalments of all people in proportion to what they are left with. It is
// reversed where the instalment was paid, forfeited where not.
//
// Adjustments are made by time, then ID; one that is given twice counts once.
// Days are those of the times' own locations.
//
// Errors, all faults at once: what [attribution.Deal.Validate] and
// [attribution.Adjustment.Validate] say; an award without a share or an instalment
// above 0, a person without a name ([success.ErrMissing]); a deal given twice, a
// second award of a deal, a person twice in one, an adjustment ID with another
// content, of which [attribution.Adjustment.Equal] says what that is
// ([success.ErrDuplicate]); deals without a currency while others have one
// ([success.ErrMissing]); a deal that an award or adjustment names and
// nobody knows ([success.ErrUnknown]); an award, or an adjustment, of a deal that
// is not won ([success.ErrRange]), an adjustment before that, and a customer who
// left before ([success.ErrOrder]); negative rates, weights and retention
// ([success.ErrNegative]); amounts and rates of more digits than 64 bits hold,
// commissions of more units than that, terms and digits that are none, and a
// refund of more than remains ([success.ErrRange]).
func New(deals []attribution.Deal, adjustments []attribution.Adjustment, awards []Award, options Options) (*Ledger, error) {
	var faults success.Errors
	options.check(&faults)
	known := checkDeals(deals, &faults)
	changes := checkAdjustments(adjustments, deals, known, &faults)
	checkAwards(awards, deals, known, &faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	l := &Ledger{deals: make([]deal, len(awards))}
	for i := range awards {
		from := known[awards[i].Deal]
		l.deals[i] = newDeal(&deals[from], from, &awards[i], adjustments, changes[from], options, &faults)
		l.deals[i].turns = turnsOf(&l.deals[i])
	}
	slices.SortFunc(l.deals, func(a, b deal) int { return strings.Compare(string(a.id), string(b.id)) })
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return l, nil
}

// On returns the statement as of a day: what was won, adjusted and left by then.
// What is known to come later enters the days on which something is next to
// change, and nothing else. A day of none is an error ([success.ErrMissing]).
func (l *Ledger) On(day success.Date) (*Statement, error) {
	if day.IsZero() {
		var faults success.Errors
		faults.Add(&success.InputError{Record: "day", Index: -1, Err: success.ErrMissing})
		return nil, faults.Err()
	}
	s := &Statement{Day: day, Lines: []Line{}}
	for i := range l.deals {
		d := &l.deals[i]
		if d.won.After(day) {
			s.Next = sooner(s.Next, d.won)
			continue
		}
		for _, line := range d.lines(day) {
			s.Next = sooner(s.Next, line.Next)
			s.Lines = append(s.Lines, line)
		}
	}
	return s, nil
}

// sooner returns the earlier of two days that may be none.
func sooner(a, b success.Date) success.Date {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func (o Options) check(faults *success.Errors) {
	for _, currency := range slices.Sorted(maps.Keys(o.Digits)) {
		if _, _, ok := split.Units(decimal.Decimal{}, o.Digits[currency]); !ok {
			faults.Add(&success.InputError{Record: "options", Index: -1, Field: "Digits", Value: strconv.Itoa(o.Digits[currency]),
				Err: fault.New(success.ErrRange, "is not a number of digits that %q can have", currency)})
		}
	}
}

func (o Options) digits(currency string) int {
	if n, ok := o.Digits[currency]; ok {
		return n
	}
	return split.Digits(currency)
}

// newDeal follows a deal through its adjustments.
func newDeal(from *attribution.Deal, index int, a *Award, adjustments []attribution.Adjustment, changes []int, options Options, faults *success.Errors) deal {
	d := deal{id: from.ID, account: from.Account, currency: from.Currency, places: options.digits(from.Currency), won: success.DateOf(from.Closed), left: a.Left}
	b := builder{deal: &d, rate: a.Rate}
	shares := slices.Clone(a.Shares)
	slices.SortFunc(shares, func(x, y Share) int { return strings.Compare(x.Person, y.Person) })
	for _, s := range shares {
		d.people, b.people = append(d.people, s.Person), append(b.people, s.Weight)
	}
	for _, s := range a.Schedule {
		d.dues, b.instalments = append(d.dues, dueOf(s, d.won, a.Retention)), append(b.instalments, s.Weight)
	}
	b.left = make([]int64, len(d.people)*len(d.dues))
	large := fault.New(success.ErrRange, "makes a commission too large to hold")
	if !b.raise(d.won, from.Amount) {
		faults.Add(&success.InputError{Record: "deal", Index: index, Field: "Amount", Value: exact.Show(from.Amount), Err: large})
		return d
	}
	for _, i := range changes {
		c := &adjustments[i]
		day, err, ok := success.DateOf(c.At), large, true
		if c.Amount.IsNegative() {
			err = fault.New(success.ErrRange, "is more than the %s that remain", exact.Show(b.net))
			ok = b.refund(day, c.Amount)
		} else {
			ok = b.raise(day, c.Amount)
		}
		if !ok {
			faults.Add(&success.InputError{Record: "adjustment", Index: i, Field: "Amount", Value: exact.Show(c.Amount), Err: err})
		}
	}
	return d
}

// dueOf returns the days of an instalment, and whether its retention is reached.
func dueOf(s Instalment, won success.Date, retention success.Ratio) due {
	u := due{paid: after(won, s.Paid), final: after(won, s.Final), known: true, reached: true}
	if u.final.Before(u.paid) {
		u.final = u.paid
	}
	if s.Retention.IsPositive() {
		u.known = retention.Defined()
		u.reached = retention.Num.Cmp(s.Retention.Mul(retention.Den)) >= 0
	}
	return u
}
