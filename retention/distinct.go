package retention

import (
	"encoding/binary"
	"hash/maphash"
	"math/bits"
)

// distinct numbers strings: equal ones get one number, different ones different
// numbers from 0 on. first holds the first position of each number. Strings that
// are expected to repeat are compared by what their cards hold of them, so that
// the strings themselves are read only once, in order.
//
// The strings are dealt by hash into parts that fit the processor's cache, then
// numbered part by part. Strings are the same only if all their bytes are. Which
// number a string gets depends on the seed of the hash, which differs from run
// to run; nothing that leaves the package depends on it.
func distinct[S ~string](strings []S, repeat bool) (number, first []int32) {
	d := deal(strings, repeat)
	number = d.number
	if !repeat {
		first = make([]int32, 0, len(strings))
	}
	var table []int32 // of a card of each number met in the part, plus one
	for p := range len(d.ends) {
		from, to := d.part(p)
		size := 1 << bits.Len(uint(2*(to-from)))
		if size > len(table) {
			table = make([]int32, size)
		}
		slots := table[:size]
		clear(slots)
		for k := from; k < to; k++ {
			position := d.cards[k].position
			i := int(d.cards[k].hash) & (size - 1)
			for slots[i] != 0 && !d.same(strings, slots[i]-1, k) {
				i = (i + 1) & (size - 1)
			}
			if slots[i] != 0 {
				number[position] = number[d.cards[slots[i]-1].position]
				continue
			}
			slots[i] = k + 1
			number[position] = int32(len(first))
			first = append(first, position)
		}
	}
	return number, first
}

// A dealt holds strings dealt into parts.
type dealt[S ~string] struct {
	number []int32 // by position; the hashes at first, to save memory
	cards  []card
	keys   [][2]uint64 // of cards; nil when strings hardly repeat
	ends   []int32     // of parts
}

// A card is a string that was dealt.
type card struct {
	hash     uint32
	position int32
}

// perPart is how many strings a part holds on average.
const perPart = 4096

// deal deals strings into parts by the high bits of their hashes, each part in
// order of position.
func deal[S ~string](strings []S, keys bool) dealt[S] {
	seed := maphash.MakeSeed()
	shift := 32 - bits.Len(uint(len(strings)/perPart))
	d := dealt[S]{
		number: make([]int32, len(strings)),
		cards:  make([]card, len(strings)),
		ends:   make([]int32, 1<<(32-shift)),
	}
	for i, s := range strings {
		hash := uint32(maphash.String(seed, string(s)))
		d.number[i] = int32(hash)
		d.ends[hash>>shift]++
	}
	sum := int32(0)
	for p, n := range d.ends {
		d.ends[p] = sum // its beginning, until its cards are dealt
		sum += n
	}
	if keys {
		d.keys = make([][2]uint64, len(strings))
	}
	for i, n := range d.number {
		hash := uint32(n)
		k := d.ends[hash>>shift]
		d.ends[hash>>shift]++
		d.cards[k] = card{hash, int32(i)}
		if keys {
			d.keys[k] = keyOf(string(strings[i]))
		}
	}
	return d
}

// part returns the cards of a part.
func (d *dealt[S]) part(p int) (from, to int32) {
	if p > 0 {
		from = d.ends[p-1]
	}
	return from, d.ends[p]
}

// same reports whether two cards are of the same string.
func (d *dealt[S]) same(strings []S, j, k int32) bool {
	if d.cards[j].hash != d.cards[k].hash {
		return false
	}
	if d.keys != nil {
		if d.keys[j] != d.keys[k] {
			return false
		}
		if d.keys[k][1]>>56 < short {
			return true
		}
	}
	return strings[d.cards[j].position] == strings[d.cards[k].position]
}

// short is the length from which on strings do not fit a key.
const short = 16

// keyOf returns all bytes of a short string and, in the last byte, its length;
// of a longer one it returns the first and the last bytes.
func keyOf(s string) [2]uint64 {
	var b [short]byte
	if copy(b[:], s); len(s) < short {
		b[short-1] = byte(len(s))
	} else {
		copy(b[8:], s[len(s)-7:])
		b[short-1] = short
	}
	return [2]uint64{binary.LittleEndian.Uint64(b[:8]), binary.LittleEndian.Uint64(b[8:])}
}
