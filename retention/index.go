package retention

import "hash/maphash"

// An index finds strings among those added to it, by the number each was added
// with. It holds no strings itself, only hashes and numbers, and always compares
// the strings before it calls two the same. The seed of the hash differs from
// run to run; nothing that leaves the package depends on it.
type index struct {
	seed  maphash.Seed
	slots []slot // a power of two; empty ones have no number
	used  int
}

// A slot holds one string's hash and its number plus one.
type slot struct{ hash, number uint32 }

// newIndex returns an index with room for n strings before it has to grow.
func newIndex(n int) *index {
	size := 16
	for size < 2*n {
		size *= 2
	}
	return &index{seed: maphash.MakeSeed(), slots: make([]slot, size)}
}

// find returns the number of key, or -1 when it is not in the index. at gives
// the string that was added with a number.
func (x *index) find(key string, at func(number int32) string) int32 {
	_, number := x.probe(x.hash(key), key, at)
	return number
}

// add returns the number of key, adding it with the given one when it is new.
func (x *index) add(key string, number int32, at func(number int32) string) int32 {
	hash := x.hash(key)
	free, found := x.probe(hash, key, at)
	if found >= 0 {
		return found
	}
	x.slots[free] = slot{hash, uint32(number) + 1}
	if x.used++; 2*x.used > len(x.slots) {
		x.grow()
	}
	return number
}

func (x *index) hash(key string) uint32 { return uint32(maphash.String(x.seed, key)) }

// probe returns the number of key, or -1 and the slot where it belongs.
func (x *index) probe(hash uint32, key string, at func(number int32) string) (free, number int32) {
	mask := uint32(len(x.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		s := x.slots[i]
		if s.number == 0 {
			return int32(i), -1
		}
		if n := int32(s.number - 1); s.hash == hash && at(n) == key {
			return int32(i), n
		}
	}
}

func (x *index) grow() {
	old := x.slots
	x.slots = make([]slot, 2*len(old))
	mask := uint32(len(x.slots) - 1)
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		i := s.hash & mask
		for x.slots[i].number != 0 {
			i = (i + 1) & mask
		}
		x.slots[i] = s
	}
}
