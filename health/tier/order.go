package tier

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
)

// byID returns the positions of accounts in order of ID, then position. It
// compares numbers made of the first bytes in which IDs differ, and only when
// those are the same the IDs.
func byID(accounts []Account) []int32 {
	type key struct {
		start uint64
		index int32
	}
	keys := make([]key, len(accounts))
	common := commonLength(accounts)
	for i := range accounts {
		keys[i] = key{start(string(accounts[i].ID[common:])), int32(i)}
	}
	before := func(a, b key) int {
		if a.start != b.start {
			return cmp.Compare(a.start, b.start)
		}
		return cmp.Or(strings.Compare(string(accounts[a.index].ID), string(accounts[b.index].ID)), cmp.Compare(a.index, b.index))
	}
	if !slices.IsSortedFunc(keys, before) {
		slices.SortFunc(keys, before)
	}
	order := make([]int32, len(keys))
	for i, k := range keys {
		order[i] = k.index
	}
	return order
}

// commonLength returns how many bytes all IDs begin with in common.
func commonLength(accounts []Account) int {
	if len(accounts) == 0 {
		return 0
	}
	common := accounts[0].ID
	for i := range accounts {
		for !strings.HasPrefix(string(accounts[i].ID), string(common)) {
			common = common[:len(common)-1]
		}
	}
	return len(common)
}

// start returns the first eight bytes of text as a number in the same order,
// those that are missing as 0.
func start(text string) uint64 {
	var bytes [8]byte
	copy(bytes[:], text)
	return binary.BigEndian.Uint64(bytes[:])
}
