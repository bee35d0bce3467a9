package retention

import (
	"encoding/binary"
	"hash/maphash"
	"math/bits"
)

// distinct numbers strings: equal ones get one number, different ones different
// numbers from 0 on. first holds the first position of each number. Of strings
// that are expected to repeat, those of a part are read in one go and compared by
// what was read, so that the processor waits for many at once.
//
// The strings are dealt by hash into parts that fit the processor's cache, then
// numbered part by part. Strings are the same only if all their bytes are. Which
// number a string gets depends on the seed of the hash, which differs from run
// to run; nothing that leaves the package depends on it.
func distinct(strings texts, repeat bool) (number, first []int32) {
	d := deal(strings)
	number = d.number
	if !repeat {
		first = make([]int32, 0, strings.len())
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
		if repeat {
			d.read(from, to)
		}
		for k := from; k < to; k++ {
			position := d.cards[k].position
			i := int(d.cards[k].hash) & (size - 1)
			for slots[i] != 0 && !d.same(slots[i]-1, k) {
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
type dealt struct {
	strings texts
	number  []int32 // by position; the hashes at first, to save memory
	cards   []card
	ends    []int32     // of parts
	keys    [][2]uint64 // of the cards of the part that was read; empty when none was
	first   int32       // card of them
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
func deal(strings texts) dealt {
	seed := maphash.MakeSeed()
	n := strings.len()
	shift := 32 - bits.Len(uint(n/perPart))
	d := dealt{
		strings: strings,
		number:  make([]int32, n),
		cards:   make([]card, n),
		ends:    make([]int32, 1<<(32-shift)),
	}
	for i := range n {
		hash := uint32(maphash.String(seed, strings.at(int32(i))))
		d.number[i] = int32(hash)
		d.ends[hash>>shift]++
	}
	sum := int32(0)
	for p, n := range d.ends {
		d.ends[p] = sum // its beginning, until its cards are dealt
		sum += n
	}
	for i, n := range d.number {
		hash := uint32(n)
		k := d.ends[hash>>shift]
		d.ends[hash>>shift]++
		d.cards[k] = card{hash, int32(i)}
	}
	return d
}

// part returns the cards of a part.
func (d *dealt) part(p int) (from, to int32) {
	if p > 0 {
		from = d.ends[p-1]
	}
	return from, d.ends[p]
}

// read keeps the keys of the cards from one up to another.
func (d *dealt) read(from, to int32) {
	d.keys, d.first = d.keys[:0], from
	for _, c := range d.cards[from:to] {
		d.keys = append(d.keys, keyOf(d.strings.at(c.position)))
	}
}

// same reports whether two cards are of the same string.
func (d *dealt) same(j, k int32) bool {
	if d.cards[j].hash != d.cards[k].hash {
		return false
	}
	if len(d.keys) > 0 {
		key := d.keys[k-d.first]
		if d.keys[j-d.first] != key {
			return false
		}
		if key[1]>>56 < short {
			return true
		}
	}
	return d.strings.at(d.cards[j].position) == d.strings.at(d.cards[k].position)
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
