package retention

import (
	"encoding/binary"
	"hash/maphash"
	"math/bits"
)

// distinct numbers strings: equal ones get one number, different ones different
// numbers from 0 on. first holds the first position of each number.
//
// The strings are dealt by hash into parts that fit the processor's cache, then
// numbered part by part. Strings are the same only if all their bytes are. Which
// number a string gets depends on the seed of the hash, which differs from run
// to run; nothing that leaves the package depends on it.
func distinct[S ~string](strings []S) (number, first []int32) {
	number = make([]int32, len(strings))
	var table []int32 // of a card of each number met in the part, plus one
	for _, part := range deal(strings) {
		size := 1 << bits.Len(uint(2*len(part)))
		if size > len(table) {
			table = make([]int32, size)
		}
		slots := table[:size]
		clear(slots)
		for k := range part {
			c := &part[k]
			for i := int(c.hash) & (size - 1); ; i = (i + 1) & (size - 1) {
				if slots[i] == 0 {
					slots[i] = int32(k) + 1
					number[c.position] = int32(len(first))
					first = append(first, c.position)
					break
				}
				f := &part[slots[i]-1]
				if f.key == c.key && (c.short() || strings[f.position] == strings[c.position]) {
					number[c.position] = number[f.position]
					break
				}
			}
		}
	}
	return number, first
}

// A card is a string that was dealt.
type card struct {
	key      [2]uint64 // all of a short string, or the length and hash of a long one
	hash     uint32    // what dealing left of the hash
	position int32
}

// shortest is the length from which on strings do not fit the key of a card. The
// last byte of a key that they do fit is their length.
const shortest = 16

func (c *card) short() bool { return c.key[1]>>56 < shortest }

func cardOf(s string, hash uint64, position int32) card {
	c := card{hash: uint32(hash), position: position}
	if len(s) < shortest {
		var b [shortest]byte
		copy(b[:], s)
		b[shortest-1] = byte(len(s))
		c.key = [2]uint64{binary.LittleEndian.Uint64(b[:8]), binary.LittleEndian.Uint64(b[8:])}
	} else {
		c.key = [2]uint64{hash, shortest<<56 | uint64(uint32(len(s)))}
	}
	return c
}

// perPart is how many strings a part holds on average.
const perPart = 4096

// deal deals strings into parts by the high bits of their hashes, each part in
// order of position.
func deal[S ~string](strings []S) [][]card {
	seed := maphash.MakeSeed()
	shift := 64 - bits.Len(uint(len(strings)/perPart))
	hashes := make([]uint64, len(strings))
	ends := make([]int32, 1<<(64-shift)+1)
	for i, s := range strings {
		hashes[i] = maphash.String(seed, string(s))
		ends[hashes[i]>>shift+1]++
	}
	for k := range len(ends) - 1 {
		ends[k+1] += ends[k]
	}
	cards := make([]card, len(strings))
	parts := make([][]card, len(ends)-1)
	for k := range parts {
		parts[k] = cards[ends[k]:ends[k+1]]
	}
	for i, h := range hashes {
		k := h >> shift
		cards[ends[k]] = cardOf(string(strings[i]), h, int32(i))
		ends[k]++
	}
	return parts
}
