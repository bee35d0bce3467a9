package credit

import (
	"errors"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/split"
	"metrics.internal/success/internal/exact"
)

// A Book holds closed deals with the touches that count for them, in order. It is
// built once and asked often, by one model or many. A Book may be used from many
// goroutines at once.
//
// Touches count in the order of time, those at the same moment by priority, ID,
// key and kind. Touches of an account count for each of its deals that they are
// early enough for.
type Book struct {
	options    Options
	keys       []string // of touches, by number, in order
	kinds      []string
	currencies []string                     // of won deals, by number, in order
	digits     []int                        // of the minor unit of each
	deals      []deal                       // closed ones, in the order of the records
	touches    []touch                      // by account, in order
	records    map[attribution.DealID]int32 // position of each deal in the records
	closed     []int32                      // of each, the position among deals; below 0 while open
}

// A deal is a closed deal.
type deal struct {
	id             attribution.DealID
	index          int32 // in the records
	from, to       int32 // among the touches
	next, last     int32 // deal of the account, below 0 after the last; the last one, in the first, and below 0 in others
	lead           moment
	opened, closed moment
	led            bool // the account has a lead, of the time above
	won            bool
	whole          bool // of so many minor units
	currency       int32
	units, micros  int64
	changes        []split.Adjustment
}

// A touch is one that may count.
type touch struct {
	moment
	key, kind int32
	index     int32 // in the records
}

// NewBook builds a book of records, in any order. Amounts are rounded to
// millionths, half to even. It reports, as [success.Errors],
//   - what Validate reports of a record, such as [attribution.Deal.Validate];
//   - IDs that are there twice ([success.ErrDuplicate]);
//   - an account, when accounts are known, a lead of a deal, when leads are, and
//     a deal of an adjustment that are not there ([success.ErrUnknown]);
//   - a deal without a currency beside others with one ([success.ErrMissing]);
//   - an adjustment before its deal was won ([success.ErrOrder]), of a deal that
//     was not won, and a refund of more than is left ([success.ErrRange]);
//   - a negative window ([success.ErrNegative]), unknown repeats
//     ([success.ErrUnknown]) and minor units that have not 0 to 18 digits
//     ([success.ErrRange]).
func NewBook(records Records, options Options) (*Book, error) {
	var faults success.Errors
	options.check(&faults)
	in := &inspector{Records: &records, faults: &faults}
	in.check()
	if err := faults.Err(); err != nil {
		return nil, err
	}
	b := &Book{options: options, records: in.deals}
	b.options.Kinds, b.options.Without = slices.Clone(options.Kinds), slices.Clone(options.Without)
	accounts := b.addDeals(records.Deals, in.micros)
	b.addTouches(records.Touches, accounts)
	b.addLeads(records.Leads, accounts)
	b.addAdjustments(in)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return b, nil
}

// addDeals takes up the closed deals, and returns the first of each account.
func (b *Book) addDeals(deals []attribution.Deal, micros []int64) map[success.AccountID]int32 {
	accounts := make(map[success.AccountID]int32, len(deals))
	names := newNames()
	b.deals, b.closed = make([]deal, 0, len(deals)), make([]int32, len(deals))
	for i := range deals {
		d := &deals[i]
		if d.Status == attribution.Open {
			b.closed[i] = -1
			continue
		}
		at := int32(len(b.deals))
		b.closed[i] = at
		next := deal{id: d.ID, index: int32(i), next: -1, last: at, opened: momentOf(d.Opened), closed: momentOf(d.Closed), won: d.Status == attribution.Won, micros: micros[i]}
		if next.won {
			next.currency = names.number(d.Currency)
		}
		if first, again := accounts[d.Account]; again {
			b.deals[b.deals[first].last].next = at
			b.deals[first].last, next.last = at, -1
		} else {
			accounts[d.Account] = at
		}
		b.deals = append(b.deals, next)
	}
	var place []int32
	b.currencies, place = names.sorted()
	for _, c := range b.currencies {
		b.digits = append(b.digits, digitsOf(c, b.options.Digits))
	}
	for i := range b.deals {
		if d := &b.deals[i]; d.won {
			d.currency = place[d.currency]
			d.units, d.whole = minor(d.micros, b.digits[d.currency])
		}
	}
	return accounts
}

// account calls f with each deal of an account, given its first.
func (b *Book) account(first int32, f func(*deal)) {
	for at := first; at >= 0; at = b.deals[at].next {
		f(&b.deals[at])
	}
}

func digitsOf(currency string, override map[string]int) int {
	if d, ok := override[currency]; ok {
		return d
	}
	return split.Digits(currency)
}

// addLeads notes the earliest lead of each account.
func (b *Book) addLeads(leads []attribution.Lead, accounts map[success.AccountID]int32) {
	for i := range leads {
		first, ok := accounts[leads[i].Account]
		if !ok {
			continue
		}
		at := momentOf(leads[i].At)
		b.account(first, func(d *deal) {
			if !d.led || at.compare(d.lead) < 0 {
				d.lead, d.led = at, true
			}
		})
	}
}

// addAdjustments takes up the changes of deals, and adds those that take more
// than is left.
func (b *Book) addAdjustments(in *inspector) {
	places := map[int32][]int{} // in the records, by deal
	for i := range in.Adjustments {
		a := &in.Adjustments[i]
		n := b.closed[b.records[a.Deal]]
		places[n] = append(places[n], i)
		d := &b.deals[n]
		d.changes = append(d.changes, split.Adjustment{ID: string(a.ID), At: a.At, Amount: exact.Decimal(in.changes[i])})
		d.whole = false
	}
	for n, indices := range places {
		d := &b.deals[n]
		_, err := split.Adjust(exact.Decimal(d.micros), []int64{1}, b.digits[d.currency], d.changes)
		var all *success.Errors
		if errors.As(err, &all) {
			for _, f := range all.Faults {
				in.faults.Add(&success.InputError{Record: f.Record, Index: indices[f.Index], Field: f.Field, Value: f.Value, Err: f.Err})
			}
		}
	}
}

// names gives words numbers.
type names struct {
	numbers map[string]int32
	words   []string
	last    int32 // number
}

func newNames() *names { return &names{numbers: map[string]int32{}} }

func (n *names) number(word string) int32 {
	if len(n.words) > 0 && n.words[n.last] == word {
		return n.last
	}
	i, ok := n.numbers[word]
	if !ok {
		i = int32(len(n.words))
		n.numbers[word] = i
		n.words = append(n.words, word)
	}
	n.last = i
	return i
}

// sorted returns the words in order and the place there of each number.
func (n *names) sorted() (words []string, place []int32) {
	words = slices.Sorted(slices.Values(n.words))
	place = make([]int32, len(words))
	for i, word := range n.words {
		at, _ := slices.BinarySearch(words, word)
		place[i] = int32(at)
	}
	return words, place
}
