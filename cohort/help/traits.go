package help

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"strings"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// Traits name what [Match] matches on, in the order of Account.Numbers and
// Account.Classes.
type Traits struct {
	Numbers []Number
	Classes []string
}

// A Number is a trait that is counted or measured.
type Number struct {
	Name string
	Cuts []float64 // rising; a value belongs to the bin of the last cut that is not above it. None matches exactly.
}

func (t Traits) check(accounts []Account, faults *success.Errors) {
	for i, n := range t.Numbers {
		for j, cut := range n.Cuts {
			bad := math.IsNaN(cut) || math.IsInf(cut, 0)
			if bad || j > 0 && cut <= n.Cuts[j-1] {
				faults.Add(&success.InputError{Record: "number", Index: i, Field: "Cuts", Value: check.Number(cut), Err: fault.New(success.ErrOrder, "is not a number above the cut before")})
			}
		}
	}
	for i := range accounts {
		t.checkAccount(i, &accounts[i], faults)
	}
}

func (t Traits) checkAccount(index int, a *Account, faults *success.Errors) {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "account", Index: index, Field: field, Value: value, Err: err})
	}
	if len(a.Numbers) != len(t.Numbers) {
		add("Numbers", check.Int(len(a.Numbers)), fault.New(success.ErrRange, "values, but Traits names %d", len(t.Numbers)))
	}
	if len(a.Classes) != len(t.Classes) {
		add("Classes", check.Int(len(a.Classes)), fault.New(success.ErrRange, "values, but Traits names %d", len(t.Classes)))
	}
	for _, v := range a.Numbers {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			add("Numbers", check.Number(v), fault.New(success.ErrRange, "is not a finite number"))
		}
	}
}

// key returns what accounts that match have in common.
func (t Traits) key(a *Account) string {
	var b []byte
	for i, v := range a.Numbers {
		if cuts := t.Numbers[i].Cuts; len(cuts) > 0 {
			bin, found := slices.BinarySearch(cuts, v)
			if found {
				bin++
			}
			v = float64(bin)
		}
		b = binary.BigEndian.AppendUint64(b, math.Float64bits(v+0)) // −0 is 0
	}
	for _, class := range a.Classes {
		b = binary.AppendUvarint(b, uint64(len(class)))
		b = append(b, class...)
	}
	return string(b)
}

// A Balance is how far apart the accounts with and without help are in one
// trait: the difference of the means in standard deviations. Those are of the
// accounts before matching: of the helped for [Treated], else the root of the
// mean variance of both sides. A trait without variance has no balance.
type Balance struct {
	Trait  string // the name of a number, or class=value
	Before success.Figure
	After  success.Figure
}

// large is the standardised difference above which a trait is not balanced.
const large = 0.1

// column holds one trait of all members.
type column struct {
	name   string
	values []float64
}

// columns returns the traits as numbers: each value of a class is one of its
// own, 0 or 1.
func (t Traits) columns(members []member) []column {
	var all []column
	for i, n := range t.Numbers {
		c := column{n.Name, make([]float64, len(members))}
		for j := range members {
			c.values[j] = members[j].Numbers[i]
		}
		all = append(all, c)
	}
	for i, name := range t.Classes {
		all = append(all, classColumns(members, i, name)...)
	}
	slices.SortStableFunc(all, func(a, b column) int { return cmp.Compare(a.name, b.name) })
	return all
}

func classColumns(members []member, class int, name string) []column {
	byValue := map[string]*column{}
	for j := range members {
		value := members[j].Classes[class]
		c := byValue[value]
		if c == nil {
			c = &column{name + "=" + value, make([]float64, len(members))}
			byValue[value] = c
		}
		c.values[j] = 1
	}
	all := make([]column, 0, len(byValue))
	for _, c := range byValue {
		all = append(all, *c)
	}
	slices.SortFunc(all, func(a, b column) int { return strings.Compare(a.name, b.name) })
	return all
}

// balance returns the standardised differences of one trait. weights are those
// of the members after matching.
func (c column) balance(members []member, weights []float64, estimand Estimand) Balance {
	ones := make([]float64, len(members))
	for i := range ones {
		ones[i] = 1
	}
	m1, v1 := c.moments(members, true)
	m0, v0 := c.moments(members, false)
	deviation := math.Sqrt(v1)
	if estimand == Everybody {
		deviation = math.Sqrt((v1 + v0) / 2)
	}
	b := Balance{Trait: c.name}
	if !(deviation > 0) {
		return b
	}
	b.Before = success.FigureOf((m1 - m0) / deviation)
	b.After = success.FigureOf((c.mean(members, weights, true) - c.mean(members, weights, false)) / deviation)
	return b
}

// mean returns the weighted mean of one side, NaN without weights.
func (c column) mean(members []member, weights []float64, helped bool) float64 {
	sum, total := 0.0, 0.0
	for i, v := range c.values {
		if members[i].helped == helped {
			sum += weights[i] * v
			total += weights[i]
		}
	}
	return sum / total
}

// moments returns the mean and the variance of one side: p(1 − p) if there are
// only 0 and 1 on both, else the one with n − 1.
func (c column) moments(members []member, helped bool) (mean, variance float64) {
	n, sum, binary := 0.0, 0.0, true
	for i, v := range c.values {
		binary = binary && (v == 0 || v == 1)
		if members[i].helped == helped {
			n++
			sum += v
		}
	}
	mean = sum / n
	if binary {
		return mean, mean * (1 - mean)
	}
	for i, v := range c.values {
		if members[i].helped == helped {
			variance += (v - mean) * (v - mean)
		}
	}
	return mean, variance / (n - 1)
}
