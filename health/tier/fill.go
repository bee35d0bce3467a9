package tier

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// A filling is where units are placed.
type filling struct {
	tiers   []int8
	left    []int64 // effort that would still fit each tier; below 0 where locks take more
	refused []refusal
	first   []int32 // of each unit, its first refusal
}

// A refusal is a tier that had no room for a unit when its turn came.
type refusal struct {
	tier int8
	left int64
}

// A bid is a unit that asks for room.
type bid struct {
	value, effort int64
	unit          int32
}

// inTurn orders bids by value density, the highest first, then effort.
func inTurn(a, b bid) int {
	left, leftLow := bits.Mul64(uint64(b.value), uint64(a.effort))
	right, rightLow := bits.Mul64(uint64(a.value), uint64(b.effort))
	if c := cmp.Compare(left, right); c != 0 {
		return c
	}
	if c := cmp.Compare(leftLow, rightLow); c != 0 {
		return c
	}
	return cmp.Compare(a.effort, b.effort)
}

// queue returns the units that are not locked in the order of their turns.
func queue(units []unit) []bid {
	bids := make([]bid, 0, len(units))
	for i := range units {
		if u := &units[i]; u.lock == AsWanted {
			bids = append(bids, bid{u.value, u.effort, int32(i)})
		}
	}
	slices.SortFunc(bids, func(a, b bid) int {
		if c := inTurn(a, b); c != 0 {
			return c
		}
		return strings.Compare(units[a.unit].id, units[b.unit].id)
	})
	return bids
}

// fill places all units in rooms: those that are locked, then the others in
// turn. rooms is used up.
func fill(units []unit, turns []bid, rooms []int64) filling {
	f := filling{tiers: make([]int8, len(units)), first: make([]int32, len(units)), left: rooms}
	for i := range units {
		f.first[i] = noNode
		if tier, locked := units[i].held(); locked {
			f.tiers[i] = tier
			f.left[tier] -= units[i].effort
		}
	}
	for _, b := range turns {
		f.place(b, units[b.unit].wanted)
	}
	return f
}

// place gives a unit the first tier from the one it wants that has room.
func (f *filling) place(b bid, tier int8) {
	for ; f.left[tier] < b.effort; tier++ {
		if f.first[b.unit] == noNode {
			f.first[b.unit] = int32(len(f.refused))
		}
		f.refused = append(f.refused, refusal{tier, f.left[tier]})
	}
	f.tiers[b.unit] = tier
	f.left[tier] -= b.effort
}
