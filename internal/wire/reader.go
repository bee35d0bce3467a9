package wire

import (
	"encoding/binary"
	"math"
	"math/bits"
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// A Reader takes a value from bytes. After the first fault everything it reads
// is zero; [Reader.Done] tells what it was.
type Reader struct {
	rest  []byte
	size  int
	fault *success.InputError
}

// NewReader returns a reader of a value of a kind.
func NewReader(data []byte, kind Kind) *Reader {
	r := &Reader{rest: data, size: len(data)}
	if at, found := r.size, r.byte(""); r.fault == nil && Kind(found) != kind {
		r.fail(at, "", Kind(found).String(), fault.New(success.ErrUnknown, "is not %s", kind))
	}
	if at, found := len(r.rest), r.byte(""); r.fault == nil && found != version {
		r.fail(at, "", strconv.Itoa(int(found)), fault.New(success.ErrUnknown, "is an unknown version of %s", kind))
	}
	return r
}

// Done reports what is wrong with the bytes, or with what was read from them as a
// whole: check, which adds such faults, is called when there is nothing else.
func (r *Reader) Done(check func(*success.Errors)) error {
	if r.fault == nil && len(r.rest) > 0 {
		r.fail(len(r.rest), "", "", fault.New(success.ErrRange, "is after the end"))
	}
	var faults success.Errors
	if r.fault != nil {
		faults.Add(r.fault)
	} else {
		check(&faults)
	}
	return faults.Err()
}

// fail notes the first fault, where so many bytes were left.
func (r *Reader) fail(left int, field, value string, err error) {
	if r.fault == nil {
		r.fault = &success.InputError{Record: "data", Index: r.size - left, Field: field, Value: value, Err: err}
		r.rest = nil
	}
}

// Refuse notes that what was read last is not what a [Writer] writes.
func (r *Reader) Refuse(field, value string, err error) { r.fail(len(r.rest), field, value, err) }

func cutOff() error { return fault.New(success.ErrMissing, "is cut off") }

func (r *Reader) byte(field string) byte {
	b := r.bytes(field, 1)
	if b == nil {
		return 0
	}
	return b[0]
}

// bytes returns the next n bytes, which stay those of the data, or nil.
func (r *Reader) bytes(field string, n int) []byte {
	if n > len(r.rest) {
		r.fail(0, field, "", cutOff())
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *Reader) uvarint(field string) uint64 {
	n, size := binary.Uvarint(r.rest)
	switch {
	case size == 0:
		r.fail(0, field, "", cutOff())
	case size < 0:
		r.fail(len(r.rest), field, "", fault.New(success.ErrRange, "is a number of more than 64 bits"))
	case size > 1 && r.rest[size-1] == 0:
		r.fail(len(r.rest), field, "", fault.New(success.ErrRange, "is a number that is longer than it needs to be"))
	default:
		r.rest = r.rest[size:]
		return n
	}
	return 0
}

// Count reads a number from 0 to most.
func (r *Reader) Count(field string, most int64) int64 {
	left := len(r.rest)
	n := r.uvarint(field)
	if n > uint64(most) {
		r.fail(left, field, strconv.FormatUint(n, 10), fault.New(success.ErrRange, "is more than %d", most))
		return 0
	}
	return int64(n)
}

// Int reads a count.
func (r *Reader) Int(field string, n *int) { *n = int(r.Count(field, min(MaxCount, math.MaxInt))) }

// Int64 reads a count.
func (r *Reader) Int64(field string, n *int64) { *n = r.Count(field, MaxCount) }

// Len reads how many elements come next. There are most of them at most, and
// each takes so many bytes or more, so that there is data for all.
func (r *Reader) Len(field string, most, each int) int {
	left := len(r.rest)
	n := r.Count(field, int64(most))
	if n > int64(len(r.rest)/each) {
		r.fail(left, field, strconv.FormatInt(n, 10), fault.New(success.ErrMissing, "elements are more than the data holds"))
		return 0
	}
	return int(n)
}

// Decimal reads an amount, as a number of millionths.
func (r *Reader) Decimal(field string, d *decimal.Decimal) {
	left := len(r.rest)
	*d = decimal.New(0, -places)
	head := r.byte(field)
	if head == 0 {
		return
	}
	digits := r.bytes(field, int(r.byte(field)))
	if r.fault != nil {
		return
	}
	n, ok := amount(int(head-1)/2, digits)
	if !ok {
		r.fail(left, field, "", fault.New(success.ErrRange, "is not an amount in its shortest form"))
		return
	}
	*d = n
	if head%2 == 0 {
		*d = n.Neg()
	}
}

// Date reads a day or none.
func (r *Reader) Date(field string, d *success.Date) {
	last := success.FromOrdinal(1).AddDays(math.MaxInt32)
	*d = success.FromOrdinal(int(r.Count(field, int64(last.Ordinal()))))
}

// Period reads two dates.
func (r *Reader) Period(field string, p *success.Period) {
	r.Date(field+".From", &p.From)
	r.Date(field+".To", &p.To)
}

// Text reads a text.
func (r *Reader) Text(field string, s *string) {
	*s = string(r.bytes(field, r.Len(field, math.MaxInt, 1)))
}

// Room reads so many zeros.
func (r *Reader) Room(field string, n int) {
	left := len(r.rest)
	for i, b := range r.bytes(field, n) {
		if b != 0 {
			r.fail(left-i, field, strconv.Itoa(int(b)), fault.New(success.ErrRange, "is where nothing should be"))
			return
		}
	}
}

// Flag reads a byte that is 0 or 1.
func (r *Reader) Flag(field string, set *bool) {
	left := len(r.rest)
	bit := r.byte(field)
	if bit > 1 {
		r.fail(left, field, strconv.Itoa(int(bit)), fault.New(success.ErrRange, "is neither 0 nor 1"))
	}
	*set = bit == 1
}

// Float reads a finite number other than −0.
func (r *Reader) Float(field string) float64 {
	left := len(r.rest)
	x := math.Float64frombits(bits.ReverseBytes64(r.uvarint(field)))
	if math.IsNaN(x) || math.IsInf(x, 0) || x == 0 && math.Signbit(x) {
		r.fail(left, field, "", fault.New(success.ErrRange, "is not a finite number, or is −0"))
		return 0
	}
	return x
}
