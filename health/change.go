package health

import (
	"cmp"
	"slices"
)

// A Change is how one part of a score moved between two explanations.
type Change struct {
	From   Line   // zero when the part was not there
	To     Line   // zero when it is there no longer
	Amount Points // To.Amount − From.Amount
}

// Name returns the name of the part, that of its group for a cap.
func (c Change) Name() string {
	return cmp.Or(c.To.Name, c.From.Name, c.To.Group, c.From.Group)
}

// Since returns what changed from an earlier score of the same account, the
// largest change of the score first. The amounts add up to the change of the
// effective score, exactly. Lines of which nothing changed are left out.
//
// ok is false when the scores are of different accounts, scales or versions, and
// not to be compared.
func (e Explanation) Since(earlier Explanation) (changes []Change, ok bool) {
	if e.Account != earlier.Account || e.Scale != earlier.Scale || e.Version != earlier.Version {
		return nil, false
	}
	type key struct {
		kind        LineKind
		group, name string
	}
	at := map[key]int{}
	for _, l := range earlier.Lines {
		at[key{l.Kind, l.Group, l.Name}] = len(changes)
		changes = append(changes, Change{From: l, Amount: -l.Amount})
	}
	for _, l := range e.Lines {
		i, both := at[key{l.Kind, l.Group, l.Name}]
		if !both {
			i = len(changes)
			changes = append(changes, Change{})
		}
		changes[i].To = l
		changes[i].Amount += l.Amount
	}
	changes = slices.DeleteFunc(changes, func(c Change) bool { return c.From == c.To })
	slices.SortStableFunc(changes, func(a, b Change) int {
		return cmp.Compare(max(b.Amount, -b.Amount), max(a.Amount, -a.Amount))
	})
	return changes, true
}
