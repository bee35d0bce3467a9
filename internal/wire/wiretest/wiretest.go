// Package wiretest tests in other packages what their decoders do with bytes of
// any kind.
package wiretest

import (
	"bytes"
	"encoding"
	"encoding/hex"
	"errors"
	"math"
	"runtime"
	"slices"
	"testing"

	"metrics.internal/success"
	"pgregory.net/rapid"
)

// slack is what a decoder may allocate beside eight times its input: errors,
// single values, and the rounding up of a few allocations.
const slack = 48 << 10

// Bounded decodes data and returns the error. It fails the test when that took
// more memory than eight times the data. Nothing else may allocate meanwhile.
func Bounded(t testing.TB, data []byte, decode func([]byte) error) error {
	t.Helper()
	given := slices.Clone(data)
	var err error
	used, most := uint64(math.MaxUint64), 8*uint64(len(data))+slack
	for try := 0; try < 3 && used > most; try++ { // again when the runtime may have allocated meanwhile
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err = decode(data)
		runtime.ReadMemStats(&after)
		used = after.TotalAlloc - before.TotalAlloc
	}
	if used > most {
		t.Errorf("%d bytes took %d bytes of memory: %.60x", len(data), used, data)
	}
	if !bytes.Equal(data, given) {
		t.Errorf("%.60x was changed to %.60x", given, data)
	}
	return err
}

// A Value is a pointer to a T that can be sent.
type Value[T any] interface {
	*T
	encoding.BinaryAppender
	encoding.BinaryMarshaler
	encoding.BinaryUnmarshaler
}

// Read returns the value that data holds.
func Read[T any, P Value[T]](t rapid.TB, data []byte) P {
	t.Helper()
	v := P(new(T))
	if err := v.UnmarshalBinary(data); err != nil {
		t.Fatalf("%x: %v", data, err)
	}
	return v
}

// Written returns the bytes of a value, and that it takes no more than most of
// them. They are the same after others.
func Written[T any, P Value[T]](t rapid.TB, v P, most int) []byte {
	t.Helper()
	data, err := v.MarshalBinary()
	if err != nil {
		t.Fatalf("%+v: %v", v, err)
	}
	if len(data) > most {
		t.Errorf("%d bytes, want %d at most: %+v", len(data), most, v)
	}
	after, err := v.AppendBinary([]byte("before"))
	if err != nil || string(after) != "before"+string(data) {
		t.Errorf("appended %x, %v, alone %x", after, err, data)
	}
	return data
}

// Law reads data over the value that good holds. What is accepted must be written
// as the same bytes; what is refused must leave the value as it was, and an error
// that says where.
func Law[T any, P Value[T]](t testing.TB, good, data []byte) (accepted bool) {
	t.Helper()
	v := Read[T, P](t, good)
	err := Bounded(t, data, v.UnmarshalBinary)
	back, failed := v.MarshalBinary()
	if failed != nil {
		t.Fatalf("%.60x: %v after %v", data, failed, err)
	}
	var all *success.Errors
	switch {
	case err == nil && !bytes.Equal(back, data):
		t.Errorf("%.60x is read as %.60x", data, back)
	case err != nil && !bytes.Equal(back, good):
		t.Errorf("%.60x is refused and leaves %.60x of %.60x", data, back, good)
	case err != nil && (!errors.As(err, &all) || all.Faults[0].Record == "data" && all.Faults[0].Index > len(data)):
		t.Errorf("%.60x: %v", data, err)
	}
	return err == nil
}

// Garbled holds [Law] of good cut off at every length, with a byte more, with every
// bit turned, of another kind and of another version.
func Garbled[T any, P Value[T]](t *testing.T, good []byte) {
	t.Helper()
	if !Law[T, P](t, good, good) {
		t.Errorf("%x is refused", good)
	}
	for n := range good {
		if Law[T, P](t, good, good[:n:n]) {
			t.Errorf("%x is taken as a whole", good[:n])
		}
	}
	for _, b := range []byte{0, 1, 0x80, 0xff} {
		if Law[T, P](t, good, append(slices.Clone(good), b)) {
			t.Errorf("%02x is taken after the end", b)
		}
	}
	for b := range 256 {
		for i := range 2 {
			head := slices.Clone(good)
			head[i] = byte(b)
			if Law[T, P](t, good, head) != (head[i] == good[i]) {
				t.Errorf("byte %d as %d", i, b)
			}
		}
	}
	for i := range good {
		for mask := 1; mask < 256; mask <<= 1 {
			turned := slices.Clone(good)
			turned[i] ^= byte(mask)
			Law[T, P](t, good, turned)
		}
		turned := slices.Clone(good)
		turned[i] ^= 0xff
		Law[T, P](t, good, turned)
	}
}

// Fuzz holds [Law] of any data.
func Fuzz[T any, P Value[T]](f *testing.F, good []byte, more ...[]byte) {
	f.Add(good)
	for _, data := range more {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) { Law[T, P](t, good, data) })
}

// Golden fails the test unless data is the given bytes, in hexadecimal with
// spaces anywhere.
func Golden(t *testing.T, data []byte, want string) {
	t.Helper()
	plain := bytes.ReplaceAll(bytes.ReplaceAll(bytes.ReplaceAll([]byte(want), []byte(" "), nil), []byte("\n"), nil), []byte("\t"), nil)
	if got := hex.EncodeToString(data); got != string(plain) {
		t.Errorf("encoded as\n%s\nnot\n%s", got, plain)
	}
}
