package tier

import (
	"slices"
	"strings"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// A unit is what is placed as one: a family, or an account that stands alone.
type unit struct {
	id      string // of the topmost account
	value   int64  // millionths
	effort  int64  // hundredths
	members int32
	wanted  int8
	present int8 // the highest that a member has
	manual  int8 // the highest that a member was put in
	lock    Reason
}

// A tree is the family relation of a call: nodes are seats in their order, then
// the parents that are no seats themselves.
type tree struct {
	parent []int32 // of a node; -1 at the top
	root   []int32 // found so far; -1 when not, -2 while on the way
	absent []string
}

const (
	noNode   int32 = -1
	onTheWay int32 = -2
)

// families numbers the units that seats, in order of ID, belong to, and returns
// the IDs of the units. It reports accounts that are their own ancestors.
func (e *entrance) families(seats []seat, accounts []Account) (ids []string) {
	ids = make([]string, 0, len(seats))
	if !slices.ContainsFunc(accounts, hasParent) {
		for i := range seats {
			seats[i].unit = int32(i)
			ids = append(ids, seats[i].id)
		}
		return ids
	}
	t := newTree(seats, accounts)
	number := slices.Repeat([]int32{noNode}, len(t.parent))
	for i := range seats {
		root := t.find(int32(i), func(node int32) {
			s := &seats[node]
			e.faults.Add(&success.InputError{Record: "account", Index: int(s.index), Field: "Parent",
				Value: string(accounts[s.index].Parent), Err: fault.New(success.ErrOrder, "is a descendant of the account itself")})
		})
		if number[root] == noNode {
			number[root] = int32(len(ids))
			ids = append(ids, t.name(root, seats))
		}
		seats[i].unit = number[root]
	}
	return ids
}

func hasParent(a Account) bool { return a.Parent != "" }

func newTree(seats []seat, accounts []Account) *tree {
	t := &tree{parent: slices.Repeat([]int32{noNode}, len(seats))}
	var orphans []int32
	for i := range seats {
		parent := string(accounts[seats[i].index].Parent)
		if parent == "" {
			continue
		}
		at, found := search(seats, parent)
		if found {
			t.parent[i] = int32(at)
			continue
		}
		orphans = append(orphans, int32(i))
		t.absent = append(t.absent, parent)
	}
	slices.Sort(t.absent)
	t.absent = slices.Compact(t.absent)
	for _, i := range orphans {
		at, _ := slices.BinarySearch(t.absent, string(accounts[seats[i].index].Parent))
		t.parent[i] = int32(len(seats) + at)
	}
	t.parent = append(t.parent, slices.Repeat([]int32{noNode}, len(t.absent))...)
	t.root = slices.Repeat([]int32{noNode}, len(t.parent))
	return t
}

// search finds an account among seats in order of ID.
func search(seats []seat, id string) (at int, found bool) {
	return slices.BinarySearchFunc(seats, id, func(s seat, id string) int { return strings.Compare(s.id, id) })
}

// find returns the topmost node above a node, and calls cyclic for each node of
// a cycle on the way, one of which it then returns.
func (t *tree) find(node int32, cyclic func(int32)) int32 {
	var path []int32
	for t.root[node] == noNode && t.parent[node] != noNode {
		t.root[node] = onTheWay
		path = append(path, node)
		node = t.parent[node]
	}
	root := t.root[node]
	switch root {
	case noNode:
		root = node
		t.root[node] = node
	case onTheWay:
		root = node
		for _, member := range path[slices.Index(path, node):] {
			cyclic(member)
		}
	}
	for _, member := range path {
		t.root[member] = root
	}
	return root
}

func (t *tree) name(node int32, seats []seat) string {
	if n := len(seats); int(node) >= n {
		return t.absent[int(node)-n]
	}
	return seats[node].id
}

// unite adds seats up to their units.
func unite(seats []seat, ids []string) []unit {
	units := make([]unit, len(ids))
	for i, id := range ids {
		units[i] = unit{id: id, wanted: maxTiers, present: none, manual: none}
	}
	for i := range seats {
		units[seats[i].unit].join(&seats[i])
	}
	for i := range units {
		if u := &units[i]; u.lock >= Renewal && u.present == none {
			u.lock = AsWanted
		}
	}
	return units
}

func (u *unit) join(s *seat) {
	u.value += s.revenue
	u.effort += s.effort
	u.members++
	u.wanted = min(u.wanted, s.wanted)
	u.present = higher(u.present, s.present)
	u.manual = higher(u.manual, s.manual)
	if s.lock != AsWanted && (u.lock == AsWanted || s.lock < u.lock) {
		u.lock = s.lock
	}
}

// higher returns the higher of two tiers, either of which may be none.
func higher(a, b int8) int8 {
	if a == none || b != none && b < a {
		return b
	}
	return a
}

// held returns the tier that a unit is locked in; ok is false when it is not.
func (u *unit) held() (tier int8, ok bool) {
	switch u.lock {
	case AsWanted:
		return none, false
	case Manual:
		return u.manual, true
	case Strategic, Contract:
		return u.wanted, true
	}
	return u.present, true
}
