package journey

import (
	"math/bits"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// A Book holds journeys, checked and counted, for models to learn from. Make one
// with [New]. It does not change and may be used from many goroutines at once.
type Book struct {
	names     []string // sorted; a key is its position here
	keys      []int32  // of all paths, one after the other, runs collapsed
	ends      []int    // where each path ends in keys
	won, lost []int64  // by path
	micros    []int64  // revenue by path
	all       totals
	untouched totals
}

// totals are sums over paths.
type totals struct {
	won, lost int64
	micros    exact.Sum
}

// New makes a book of paths. Paths that are the same are counted together, in
// whatever order they come; a path that nobody took has no say, and its keys are
// not among [Book.Keys].
//
// Errors are counts or revenue below 0 ([success.ErrNegative]), revenue without a
// win, of more than nine million million, or with more digits than anybody can
// have meant ([success.ErrRange]), more than 2,097,151 keys, and paths whose steps,
// those to the first key and out of the last included, times their journeys are
// more than 2⁵³ ([success.ErrRange]).
func New(paths []Path) (*Book, error) { return newBook(paths, maxKeys) }

func newBook(paths []Path, most int) (*Book, error) {
	n := 0
	for i := range paths {
		n += len(paths[i].Keys)
	}
	b := &Book{
		keys: make([]int32, 0, n), ends: make([]int, 0, len(paths)),
		won: make([]int64, 0, len(paths)), lost: make([]int64, 0, len(paths)), micros: make([]int64, 0, len(paths)),
	}
	var faults success.Errors
	reader := reader{book: b, ids: map[string]int32{}}
	for i := range paths {
		reader.read(&paths[i], i, &faults)
	}
	reader.check(most, &faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	b.sortKeys()
	return b, nil
}

// A reader puts paths into a book.
type reader struct {
	book  *Book
	ids   map[string]int32
	steps uint64 // of all journeys
	over  bool   // there are too many of them
}

func (r *reader) read(p *Path, index int, faults *success.Errors) {
	before := faults.Count
	micros := p.amount(index, faults)
	if faults.Count > before {
		return
	}
	steps := len(p.Keys) + 1
	if !r.count(uint64(p.Won), steps) || !r.count(uint64(p.Lost), steps) || p.Won == 0 && p.Lost == 0 {
		return
	}
	b := r.book
	into := &b.all
	if len(p.Keys) == 0 {
		into = &b.untouched
	}
	into.won += p.Won
	into.lost += p.Lost
	into.micros = into.micros.Plus(micros)
	if len(p.Keys) == 0 {
		return
	}
	r.collapse(p.Keys)
	b.ends = append(b.ends, len(b.keys))
	b.won = append(b.won, p.Won)
	b.lost = append(b.lost, p.Lost)
	b.micros = append(b.micros, micros)
}

// count adds the steps of journeys; ok is false when they are too many.
func (r *reader) count(journeys uint64, steps int) (ok bool) {
	high, low := bits.Mul64(journeys, uint64(steps))
	r.over = r.over || high > 0 || low > maxSteps-r.steps
	if !r.over {
		r.steps += low
	}
	return !r.over
}

// collapse adds the keys of a path, and of the same in a row only one.
func (r *reader) collapse(keys []string) {
	for i, key := range keys {
		if i > 0 && key == keys[i-1] {
			continue
		}
		id, known := r.ids[key]
		if !known {
			id = int32(len(r.ids))
			r.ids[key] = id
			r.book.names = append(r.book.names, key)
		}
		r.book.keys = append(r.book.keys, id)
	}
}

func (r *reader) check(most int, faults *success.Errors) {
	if r.over {
		faults.Add(&success.InputError{Record: "paths", Index: -1, Err: fault.New(success.ErrRange, "have more than 2^53 steps")})
	}
	if n := len(r.book.names); n > most {
		faults.Add(&success.InputError{Record: "paths", Index: -1, Field: "Keys", Value: strconv.Itoa(n), Err: fault.New(success.ErrRange, "is more than %d", most)})
	}
}

// sortKeys numbers the keys by name, so that nothing depends on which came first.
func (b *Book) sortKeys() {
	names := slices.Sorted(slices.Values(b.names))
	rank := make(map[string]int32, len(names))
	for i, name := range names {
		rank[name] = int32(i)
	}
	to := make([]int32, len(names))
	for i, name := range b.names {
		to[i] = rank[name]
	}
	for i, key := range b.keys {
		b.keys[i] = to[key]
	}
	b.names = names
}

// path returns the keys of a path, runs collapsed.
func (b *Book) path(i int) []int32 {
	from := 0
	if i > 0 {
		from = b.ends[i-1]
	}
	return b.keys[from:b.ends[i]]
}

// Keys returns the keys of the journeys, sorted.
func (b *Book) Keys() []string { return slices.Clone(b.names) }

// Won returns how many journeys were won, of those that met a key.
func (b *Book) Won() int64 { return b.all.won }

// Lost returns how many journeys were lost, of those that met a key.
func (b *Book) Lost() int64 { return b.all.lost }

// Revenue returns what the journeys brought in, those that met a key.
func (b *Book) Revenue() decimal.Decimal { return b.all.micros.Decimal() }

// Rate returns the share of journeys that were won, of those that met a key. It
// is undefined when there are none.
func (b *Book) Rate() success.Ratio {
	return success.Ratio{Num: decimal.NewFromInt(b.all.won), Den: decimal.NewFromInt(b.all.won + b.all.lost)}
}

// Untouched returns the journeys that met no key, which no model learns from, as
// a path without keys.
func (b *Book) Untouched() Path {
	u := b.untouched
	return Path{Won: u.won, Lost: u.lost, Revenue: u.micros.Decimal()}
}

// checkWon returns an error unless something was won.
func (b *Book) checkWon() error {
	if b.all.won > 0 {
		return nil
	}
	var faults success.Errors
	faults.Add(&success.InputError{Record: "paths", Index: -1, Field: "Won", Err: fault.New(success.ErrMissing, "is 0 on every path with a key: there is nothing to learn from")})
	return faults.Err()
}
