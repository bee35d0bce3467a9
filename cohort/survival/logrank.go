package survival

import (
	"maps"
	"math"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/internal/interval"
)

// A Subject is an account in a comparison of groups.
type Subject struct {
	Span
	Group   string
	Stratum string // accounts are compared within it; all empty is one stratum
}

// A Table holds the counts of groups within strata. The zero value is empty and
// ready to use; tables of disjoint accounts add up with [Table.Merge].
type Table struct {
	strata map[string]map[string]*Counts
}

// Add counts one more account, or reports what [Span.Validate] does.
func (t *Table) Add(s Subject) error {
	if !s.valid() {
		return s.Validate()
	}
	t.counts(s.Stratum, s.Group).count(&s.Span)
	return nil
}

// AddCounts adds the counts of accounts of one group and stratum, which stay as
// they are.
func (t *Table) AddCounts(group, stratum string, counts *Counts) {
	t.counts(stratum, group).Merge(counts)
}

// Merge adds the counts of other, which stays as it is.
func (t *Table) Merge(other *Table) {
	for stratum, groups := range other.strata {
		for group, counts := range groups {
			t.AddCounts(group, stratum, counts)
		}
	}
}

// counts returns the counts of a group within a stratum, new ones if needed.
func (t *Table) counts(stratum, group string) *Counts {
	if t.strata == nil {
		t.strata = map[string]map[string]*Counts{}
	}
	if t.strata[stratum] == nil {
		t.strata[stratum] = map[string]*Counts{}
	}
	if t.strata[stratum][group] == nil {
		t.strata[stratum][group] = new(Counts)
	}
	return t.strata[stratum][group]
}

// groups returns the names of all groups, sorted.
func (t *Table) groups() []string {
	names := map[string]bool{}
	for _, groups := range t.strata {
		for name, counts := range groups {
			if counts.total > 0 {
				names[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// A Test is the result of a log-rank test.
type Test struct {
	Groups     []Group
	Covariance [][]float64    // of Observed − Expected, in the order of Groups
	ChiSquare  success.Figure // undefined with no degrees of freedom
	DF         int            // groups that can be compared with another, less one
	P          success.Figure // of no difference between the groups
}

// A Group is one row of a [Test].
type Group struct {
	Name     string
	Accounts int64
	Observed float64 // Σ weight · accounts that left
	Expected float64 // Σ weight · accounts that would have left had all groups been alike
}

// LogRank tests whether groups of accounts stay equally long. On every day on
// which somebody leaves, each group is expected to lose its share of those at
// risk in the stratum; the statistic compares what it lost with that:
//
//	(O − E)' V⁻¹ (O − E)
//
// which is a chi-square variable when the groups are alike. Groups that were
// never at risk together with another one cannot be compared and add no degree
// of freedom.
//
// It reports spans that [Span.Validate] refuses, fewer than two groups
// ([success.ErrMissing]) and weights out of range ([success.ErrRange],
// [success.ErrUnknown]).
//
// Source: N. Mantel, Evaluation of survival data and two new rank order
// statistics, Cancer Chemotherapy Reports 50 (1966); T. R. Fleming and D. P.
// Harrington, Counting Processes and Survival Analysis (1991), for the weights.
func LogRank(subjects []Subject, weighting Weighting) (Test, error) {
	var table Table
	var faults success.Errors
	for i := range subjects {
		if s := &subjects[i]; s.valid() {
			table.counts(s.Stratum, s.Group).count(&s.Span)
		} else {
			s.check(i, &faults)
		}
	}
	if err := faults.Err(); err != nil {
		return Test{}, err
	}
	return table.LogRank(weighting)
}

// LogRank tests the groups counted so far, with the errors of [LogRank].
func (t *Table) LogRank(weighting Weighting) (Test, error) {
	if err := weighting.check(); err != nil {
		return Test{}, err
	}
	names := t.groups()
	if len(names) < 2 {
		var faults success.Errors
		faults.Add(&success.InputError{Record: "groups", Index: -1, Err: fault.New(success.ErrMissing, "are fewer than two")})
		return Test{}, faults.Err()
	}
	test := newTest(names)
	for _, stratum := range slices.Sorted(maps.Keys(t.strata)) {
		sides := make([]side, len(names))
		for i, name := range names {
			sides[i] = newSide(t.strata[stratum][name])
			test.Groups[i].Accounts += sides[i].total
		}
		test.add(sides, weighting)
	}
	test.solve()
	return *test, nil
}

func newTest(names []string) *Test {
	test := &Test{Groups: make([]Group, len(names)), Covariance: make([][]float64, len(names))}
	for i, name := range names {
		test.Groups[i].Name = name
		test.Covariance[i] = make([]float64, len(names))
	}
	return test
}

// A side is a group on its way through the days of a stratum.
type side struct {
	Counts
	risk int64
}

func newSide(counts *Counts) side {
	if counts == nil {
		return side{}
	}
	return side{*counts, counts.total - counts.late}
}

// left returns how many leave on a day.
func (s *side) left(day int) int64 {
	if day < len(s.stays) {
		return s.stays[day][1]
	}
	return 0
}

// pass takes the accounts gone on a day out of those at risk, and those entered
// in.
func (s *side) pass(day int) {
	if day < len(s.stays) {
		s.risk -= s.stays[day][0] + s.stays[day][1]
	}
	s.risk += at(s.entered, day)
}

// add goes through the days of one stratum.
func (t *Test) add(sides []side, weighting Weighting) {
	days := 0
	for i := range sides {
		days = max(days, len(sides[i].stays))
	}
	weights := weigher{weighting, 1, 1}
	for day := range days {
		var d, n int64
		for i := range sides {
			d += sides[i].left(day)
			n += sides[i].risk
		}
		if d > 0 {
			t.addDay(sides, day, float64(d), float64(n), weights.next(float64(d), float64(n)))
		}
		for i := range sides {
			sides[i].pass(day)
		}
	}
}

// addDay adds a day on which d of n leave: a draw without replacement.
func (t *Test) addDay(sides []side, day int, d, n, weight float64) {
	for i := range sides {
		t.Groups[i].Observed += weight * float64(sides[i].left(day))
		t.Groups[i].Expected += weight * d * float64(sides[i].risk) / n
	}
	if n <= 1 || d == n {
		return
	}
	factor := weight * weight * d * (n - d) / (n - 1) / n / n
	for i := range sides {
		ni := float64(sides[i].risk)
		if ni == 0 {
			continue
		}
		t.Covariance[i][i] += factor * ni * (n - ni)
		for j := range i {
			v := factor * ni * float64(sides[j].risk)
			t.Covariance[i][j] -= v
			t.Covariance[j][i] -= v
		}
	}
}

// solve computes the statistic: groups that were at risk together form sets,
// and within each all but one carry information.
func (t *Test) solve() {
	chi, df := 0.0, 0
	for _, set := range t.comparable() {
		free := set[1:]
		chi += t.quadratic(free)
		df += len(free)
	}
	t.DF = df
	if df > 0 {
		t.ChiSquare = success.FigureOf(chi)
		t.P = success.FigureOf(interval.ChiSquareTail(chi, df))
	}
}

// comparable splits the groups into sets connected by having been at risk
// together.
func (t *Test) comparable() [][]int {
	var sets [][]int
	seen := make([]bool, len(t.Groups))
	for first := range t.Groups {
		if seen[first] {
			continue
		}
		seen[first] = true
		set := []int{first}
		for k := 0; k < len(set); k++ {
			for other := range t.Groups {
				if !seen[other] && t.Covariance[set[k]][other] < 0 {
					seen[other] = true
					set = append(set, other)
				}
			}
		}
		sets = append(sets, set)
	}
	return sets
}

// quadratic returns (O − E)' V⁻¹ (O − E) over the groups given, whose
// covariance has full rank, by Cholesky's decomposition.
func (t *Test) quadratic(groups []int) float64 {
	root := make([][]float64, len(groups))
	y := make([]float64, len(groups))
	sum := 0.0
	for i, g := range groups {
		root[i] = make([]float64, i+1)
		for j := range i + 1 {
			v := t.Covariance[g][groups[j]]
			for k := range j {
				v -= root[i][k] * root[j][k]
			}
			if i == j {
				root[i][i] = math.Sqrt(v)
			} else {
				root[i][j] = v / root[j][j]
			}
		}
		y[i] = t.Groups[g].Observed - t.Groups[g].Expected
		for k := range i {
			y[i] -= root[i][k] * y[k]
		}
		y[i] /= root[i][i]
		sum += y[i] * y[i]
	}
	return sum
}
