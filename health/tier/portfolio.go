package tier

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// A Work is an account to be looked after by one person.
type Work struct {
	Account success.AccountID `json:"account"` // unique within one call
	Family  success.AccountID `json:"family"`  // accounts of one family get one person; empty for none
	Owner   string            `json:"owner"`   // who looks after it now; empty for nobody
	Hours   decimal.Decimal   `json:"hours"`   // in the period, 0 or more, rounded half to even to a millionth
}

// Work returns the accounts that have a tier, in order of ID, with their hours
// there; ok is false when the policy has no such tier.
func (p *Plan) Work(tier string) (work []Work, ok bool) {
	at, ok := p.rules.find(tier)
	if !ok {
		return nil, false
	}
	for i := range p.seats {
		if s := &p.seats[i]; p.tiers[s.unit] == at {
			work = append(work, Work{success.AccountID(s.id), success.AccountID(p.units[s.unit].id), s.owner,
				p.rules.tiers[at].cost(s.effort)})
		}
	}
	return work, true
}

// Options say how to divide work. The zero value keeps every owner who is among
// the people.
type Options struct {
	// Fresh divides as evenly as it can, whoever looks after what now.
	Fresh bool

	// Most is the largest load, as a multiple of the mean, up to which owners
	// are kept: 1.2 allows a fifth more than the mean. 0 means no bound; what is
	// not 0 must be at least 1.
	Most decimal.Decimal
}

// A Division is work divided into portfolios.
type Division struct {
	Portfolios []Portfolio `json:"portfolios"` // in order of person
	Handovers  int         `json:"handovers"`  // accounts that get another person than they had
}

// A Portfolio is what one person looks after.
type Portfolio struct {
	Person   string              `json:"person"`
	Accounts []success.AccountID `json:"accounts"` // in order of ID
	Hours    decimal.Decimal     `json:"hours"`
}

// Balance returns the largest load as a multiple of the mean: 1 when all have
// the same. It is undefined when there is nothing to do.
func (d Division) Balance() success.Ratio {
	var most, total decimal.Decimal
	for _, p := range d.Portfolios {
		total = total.Add(p.Hours)
		if p.Hours.Cmp(most) > 0 {
			most = p.Hours
		}
	}
	return success.Ratio{Num: most.Mul(decimal.NewFromInt(int64(len(d.Portfolios)))), Den: total}
}

// Variation returns the coefficient of variation of the loads, their population
// standard deviation divided by their mean. It is undefined when there is nothing
// to do.
func (d Division) Variation() success.Figure {
	n := float64(len(d.Portfolios))
	hours := make([]float64, len(d.Portfolios))
	mean := 0.0
	for i, p := range d.Portfolios {
		hours[i], _ = success.Ratio{Num: p.Hours, Den: decimal.New(1, 0)}.Float64()
		mean += hours[i] / n
	}
	sum := 0.0
	for _, h := range hours {
		sum += (h - mean) * (h - mean)
	}
	return success.FigureOf(math.Sqrt(sum/n) / mean)
}

// Divide makes a portfolio of work for each of the people.
//
// By default everybody keeps what they have. Work of nobody, and of owners who
// are not among the people, goes largest first to whoever has least. With
// Options.Most, work then moves from the largest load to the smallest, as long
// as it lowers the larger of the two, until no load exceeds that multiple of the
// mean; each piece moves at most once.
//
// With Options.Fresh owners do not matter. With at most twelve pieces of work and
// three people the largest load is the smallest possible; with more it is never
// above that of largest first, and so at most 4/3 of it (R. L. Graham, Bounds on
// multiprocessing timing anomalies, SIAM Journal on Applied Mathematics 17, 1969).
//
// A family is one piece, and belongs to the owner of most of its hours. It
// reports, as [success.Errors], missing and repeated accounts and people, no
// people, hours that are negative or too many, and a Most below 1.
func Divide(work []Work, people []string, options Options) (Division, error) {
	var faults success.Errors
	names := checkPeople(people, &faults)
	hours := checkWork(work, &faults)
	most := checkMost(options.Most, &faults)
	if err := faults.Err(); err != nil {
		return Division{}, err
	}
	d := newDealing(work, hours, names)
	switch {
	case options.Fresh:
		d.afresh()
	default:
		d.keep()
		d.deal()
		if most > 0 {
			d.balance(d.bound(most))
		}
	}
	return d.division(work), nil
}

func checkPeople(people []string, faults *success.Errors) []string {
	add := func(index int, name string, err error) {
		faults.Add(&success.InputError{Record: "person", Index: index, Value: name, Err: err})
	}
	if len(people) == 0 {
		add(-1, "", success.ErrMissing)
	}
	seen := make(map[string]bool, len(people))
	for i, name := range people {
		switch {
		case name == "":
			add(i, "", success.ErrMissing)
		case seen[name]:
			add(i, name, success.ErrDuplicate)
		}
		seen[name] = true
	}
	return slices.Sorted(slices.Values(people))
}

func checkWork(work []Work, faults *success.Errors) (micros []int64) {
	seen := make(map[success.AccountID]bool, len(work))
	micros = make([]int64, len(work))
	var total exact.Sum
	for i, w := range work {
		add := func(field, value string, err error) {
			faults.Add(&success.InputError{Record: "work", Index: i, Field: field, Value: value, Err: err})
		}
		switch {
		case w.Account == "":
			add("Account", "", success.ErrMissing)
		case seen[w.Account]:
			add("Account", string(w.Account), success.ErrDuplicate)
		}
		seen[w.Account] = true
		var err error
		if micros[i], err = money(w.Hours); err != nil {
			add("Hours", exact.Show(w.Hours), err)
		}
		total = total.Plus(micros[i])
	}
	if total.Cmp(exact.Of(exact.Limit)) >= 0 {
		faults.Add(&success.InputError{Record: "work", Index: -1, Field: "Hours", Value: total.Decimal().String(),
			Err: fault.New(success.ErrRange, "in sum is not below %s", exact.Decimal(exact.Limit))})
	}
	return micros
}

func checkMost(most decimal.Decimal, faults *success.Errors) (micros int64) {
	micros, err := whole(most, sharePlaces, maxGrowth)
	if err == nil && micros > 0 && micros < one {
		err = fault.New(success.ErrRange, "is below 1")
	}
	if err != nil {
		faults.Add(&success.InputError{Record: "options", Index: -1, Field: "Most", Value: exact.Show(most), Err: err})
	}
	return micros
}

// division returns the portfolios dealt.
func (d *dealing) division(work []Work) Division {
	out := Division{Portfolios: make([]Portfolio, len(d.people))}
	for i, name := range d.people {
		out.Portfolios[i] = Portfolio{Person: name, Hours: exact.Decimal(d.loads[i])}
	}
	for i := range d.pieces {
		b := &d.pieces[i]
		p := &out.Portfolios[b.person]
		for _, w := range b.work {
			p.Accounts = append(p.Accounts, work[w].Account)
			if owner := work[w].Owner; owner != "" && owner != p.Person {
				out.Handovers++
			}
		}
	}
	for i := range out.Portfolios {
		slices.Sort(out.Portfolios[i].Accounts)
	}
	return out
}

// A piece is work that stays together.
type piece struct {
	id     string
	work   []int32 // positions in the call
	hours  int64
	person int // -1 for nobody yet
}

// A dealing is work being divided.
type dealing struct {
	people []string // in order
	pieces []piece  // the largest first, then in order of ID
	loads  []int64
}

// newDealing gathers families and gives each piece its present owner.
func newDealing(work []Work, hours []int64, people []string) *dealing {
	d := &dealing{people: people, loads: make([]int64, len(people))}
	order, names := make([]int32, len(work)), make([]string, len(work))
	for i := range order {
		order[i], names[i] = int32(i), family(&work[i])
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(strings.Compare(names[a], names[b]), cmp.Compare(work[a].Account, work[b].Account))
	})
	for i, w := range order {
		id := names[w]
		if i == 0 || id != d.pieces[len(d.pieces)-1].id {
			d.pieces = append(d.pieces, piece{id: id, person: -1})
		}
		b := &d.pieces[len(d.pieces)-1]
		b.work = append(b.work, w)
		b.hours += hours[w]
	}
	for i := range d.pieces {
		d.pieces[i].person = d.owner(&d.pieces[i], work, hours)
	}
	slices.SortStableFunc(d.pieces, func(a, b piece) int { return cmp.Compare(b.hours, a.hours) })
	return d
}

// family names what an account stays together with: its family, or itself apart
// from any family of that name.
func family(w *Work) string {
	if w.Family == "" {
		return "account " + string(w.Account)
	}
	return "family " + string(w.Family)
}

// owner returns the person who owns most hours of a piece, then most accounts,
// the first by name of several, and -1 when nobody among the people owns any.
func (d *dealing) owner(b *piece, work []Work, hours []int64) int {
	type share struct {
		hours    int64
		accounts int
	}
	shares := map[int]share{}
	best := -1
	for _, w := range b.work {
		if i, known := slices.BinarySearch(d.people, work[w].Owner); known {
			s := shares[i]
			shares[i] = share{s.hours + hours[w], s.accounts + 1}
		}
	}
	for i, s := range shares {
		t := shares[best]
		if best < 0 || cmp.Or(cmp.Compare(s.hours, t.hours), cmp.Compare(s.accounts, t.accounts), cmp.Compare(best, i)) > 0 {
			best = i
		}
	}
	return best
}
