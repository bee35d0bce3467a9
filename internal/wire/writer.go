package wire

import (
	"encoding/binary"
	"math"
	"math/bits"
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// A Writer appends a value to bytes. What a [Reader] would refuse is a fault.
type Writer struct {
	kind   Kind
	given  []byte
	b      []byte
	faults success.Errors
}

// NewWriter returns a writer that appends a value of a kind to b.
func NewWriter(b []byte, kind Kind) *Writer {
	return &Writer{kind: kind, given: b, b: append(b, byte(kind), version)}
}

// Done returns b with the value. check, which adds what is wrong with the value
// as a whole, is called when no field is at fault. With any fault b is as it was
// given.
func (w *Writer) Done(check func(*success.Errors)) ([]byte, error) {
	if w.faults.Count == 0 {
		check(&w.faults)
	}
	if err := w.faults.Err(); err != nil {
		return w.given, err
	}
	return w.b, nil
}

func (w *Writer) fault(field, value string, err error) { w.faults.Add(w.kind.Fault(field, value, err)) }

// Count appends a number from 0 to most.
func (w *Writer) Count(field string, n, most int64) {
	switch {
	case n < 0:
		w.fault(field, strconv.FormatInt(n, 10), success.ErrNegative)
	case n > most:
		w.fault(field, strconv.FormatInt(n, 10), fault.New(success.ErrRange, "is more than %d", most))
	default:
		w.b = binary.AppendUvarint(w.b, uint64(n))
	}
}

// Int appends a count.
func (w *Writer) Int(field string, n *int) { w.Count(field, int64(*n), MaxCount) }

// Int64 appends a count.
func (w *Writer) Int64(field string, n *int64) { w.Count(field, *n, MaxCount) }

// Len appends how many elements come next.
func (w *Writer) Len(n int) { w.b = binary.AppendUvarint(w.b, uint64(n)) }

// Decimal appends an amount of whole millionths: 0 as a byte 0; any other as a
// byte of 1 + sign + 2 × zeros, the length of its digits in bytes, and these, as
// a whole number from the highest byte to the lowest, without the zeros at its
// end. It takes 18 bytes at most.
func (w *Writer) Decimal(field string, d *decimal.Decimal) {
	if d.Exponent() >= -places {
		if micros, ok := exact.Rate(*d, 1, 1); ok {
			w.b = appendSmall(w.b, micros)
			return
		}
	}
	n, ok := millionths(*d)
	if !ok {
		w.fault(field, exact.Show(*d), fault.New(success.ErrRange, "is not a number of millionths of at most 127 bits"))
		return
	}
	w.b = appendAmount(w.b, n)
}

// Date appends the number of a day, 0 for none.
func (w *Writer) Date(_ string, d *success.Date) {
	w.b = binary.AppendUvarint(w.b, uint64(d.Ordinal()))
}

// Period appends both dates of a period.
func (w *Writer) Period(field string, p *success.Period) {
	w.Date(field, &p.From)
	w.Date(field, &p.To)
}

// Text appends the length of a text and its bytes.
func (w *Writer) Text(_ string, s *string) {
	w.Len(len(*s))
	w.b = append(w.b, *s...)
}

// Room appends so many zeros: what a reader takes more memory for than the fields
// say is paid for here.
func (w *Writer) Room(n int) { w.b = append(w.b, make([]byte, n)...) }

// Flag appends a byte, 0 or 1.
func (w *Writer) Flag(_ string, set *bool) {
	bit := byte(0)
	if *set {
		bit = 1
	}
	w.b = append(w.b, bit)
}

// Float appends a finite number other than −0. Its bits are turned round, so
// that numbers of few digits are short: 1 byte for 0, 2 for small whole numbers,
// 10 at most.
func (w *Writer) Float(x float64) {
	w.b = binary.AppendUvarint(w.b, bits.ReverseBytes64(math.Float64bits(x)))
}
