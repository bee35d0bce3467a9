package credit

import (
	"slices"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/split"
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
	currencies []string // of won deals, by number, in order
	digits     []int    // of the minor unit of each
	deals      []deal   // closed ones, in the order of the records
	touches    []touch  // by account, in order
	at         map[attribution.DealID]int32
}

// A deal is a closed deal.
type deal struct {
	id             attribution.DealID
	index          int32 // in the records
	from, to       int32 // among the touches
	next, last     int32 // deal of the account, below 0 after the last; the last one, in the first
	lead           moment
	opened, closed moment
	led            bool // the account has a lead, of the time above
	won            bool
	whole          bool // of so many minor units
	currency       int32
	units          int64
	amount         decimal.Decimal
	changes        []split.Adjustment
}

// A touch is one that may count.
type touch struct {
	moment
	key, kind int32
	index     int32 // in the records
}

// NewBook builds a book of records, in any order. It reports, as
// [success.Errors],
//   - a missing ID (but of a touch), account, key time or deal of an adjustment
//     ([success.ErrMissing]), and won and lost deals that were never closed;
//   - IDs that are there twice ([success.ErrDuplicate]);
//   - a deal closed before it was opened, and an adjustment before its deal was
//     won ([success.ErrOrder]);
//   - a negative amount of a deal and a negative window ([success.ErrNegative]);
//   - an unknown status, deal of an adjustment and, when there are leads, lead of
//     a deal ([success.ErrUnknown]);
//   - an adjustment of a deal that was not won, refunds of more than a deal has
//     left, a touch whose key is [attribution.Unattributed], amounts of more than
//     350 digits before or after the point and minor units of more than 18
//     ([success.ErrRange]).
func NewBook(records Records, options Options) (*Book, error) {
	var faults success.Errors
	options.check(&faults)
	at := records.check(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	b := &Book{options: options, at: at}
	b.options.Kinds, b.options.Without = slices.Clone(options.Kinds), slices.Clone(options.Without)
	accounts := b.addDeals(records.Deals)
	b.addTouches(records.Touches, accounts)
	b.addLeads(records.Leads, accounts)
	b.addAdjustments(&records, &faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return b, nil
}

// addDeals takes up the closed deals, and returns the first of each account.
func (b *Book) addDeals(deals []attribution.Deal) map[success.AccountID]int32 {
	accounts := make(map[success.AccountID]int32, len(deals))
	names := newNames()
	b.deals = make([]deal, 0, len(deals))
	for i := range deals {
		d := &deals[i]
		if d.Status == attribution.Open {
			delete(b.at, d.ID)
			continue
		}
		at := int32(len(b.deals))
		b.at[d.ID] = at
		next := deal{id: d.ID, index: int32(i), next: -1, last: at, opened: momentOf(d.Opened), closed: momentOf(d.Closed), won: d.Status == attribution.Won, amount: d.Amount}
		if next.won {
			next.currency = names.number(d.Currency)
		}
		if first, again := accounts[d.Account]; again {
			b.deals[b.deals[first].last].next = at
			b.deals[first].last = at
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
			var places int
			d.units, places, d.whole = split.Units(d.amount, b.digits[d.currency])
			d.whole = d.whole && places == b.digits[d.currency]
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
func (b *Book) addAdjustments(r *Records, faults *success.Errors) {
	places := map[int32][]int{} // in the records, by deal
	for i := range r.Adjustments {
		a := &r.Adjustments[i]
		n := b.at[a.Deal]
		places[n] = append(places[n], i)
		d := &b.deals[n]
		d.changes = append(d.changes, split.Adjustment{ID: string(a.ID), At: a.At, Amount: a.Amount})
	}
	for n := range b.deals {
		d := &b.deals[n]
		indices := places[int32(n)]
		if indices == nil {
			continue
		}
		d.whole = false
		_, err := split.Adjust(d.amount, []int64{1}, b.digits[d.currency], d.changes)
		if all, ok := err.(*success.Errors); ok {
			for _, f := range all.Faults {
				faults.Add(&success.InputError{Record: f.Record, Index: indices[f.Index], Field: f.Field, Value: f.Value, Err: f.Err})
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
