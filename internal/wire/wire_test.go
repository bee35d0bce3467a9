package wire_test

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/refusal"
	"metrics.internal/success/internal/wire"
	"pgregory.net/rapid"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func nothing(*success.Errors) {}

// written returns the bytes of a field, after the head.
func written(t *testing.T, write func(*wire.Writer)) string {
	t.Helper()
	w := wire.NewWriter([]byte("before"), wire.NPS)
	write(w)
	b, err := w.Done(nothing)
	if err != nil {
		t.Fatal(err)
	}
	body, ok := strings.CutPrefix(hex.EncodeToString(b), hex.EncodeToString([]byte("before"))+"0501")
	if !ok {
		t.Fatalf("%x", b)
	}
	return body
}

// reading returns a reader of bytes after the head of an NPS.
func reading(t testing.TB, body string) *wire.Reader {
	t.Helper()
	b, err := hex.DecodeString("0501" + body)
	if err != nil {
		t.Fatal(err)
	}
	return wire.NewReader(b, wire.NPS)
}

// TestDecimals: each amount has one form, whatever its exponent, and comes back
// from it.
func TestDecimals(t *testing.T) {
	limit := decimal.NewFromBigInt(new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 127), big.NewInt(1)), -6)
	for _, c := range []struct {
		d    decimal.Decimal
		want string
	}{
		{decimal.Decimal{}, "00"},
		{dec("0.000"), "00"},
		{decimal.New(0, math.MaxInt32), "00"},
		{decimal.New(0, math.MinInt32), "00"},
		{dec("0.000001"), "010101"},
		{dec("-0.000001"), "020101"},
		{dec("0.00001"), "030101"},
		{dec("1"), "0d0101"},
		{dec("1.000000000"), "0d0101"},
		{decimal.New(1, 0), "0d0101"},
		{decimal.NewFromBigInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(300), nil), -300), "0d0101"},
		{dec("-300"), "120103"},
		{dec("96000"), "130160"},
		{dec("12.34"), "09" + "02" + "04d2"},
		{decimal.New(1, 32), "4d0101"},
		{decimal.New(math.MaxInt64, -6), "01" + "08" + "7fffffffffffffff"},
		{decimal.New(math.MinInt64, -6), "02" + "08" + "8000000000000000"},
		{decimal.NewFromBigInt(new(big.Int).SetUint64(1<<63+1), -6), "01" + "08" + "8000000000000001"},
		{decimal.New(9, 12), "25" + "01" + "09"},
		{decimal.New(1, 13), "27" + "01" + "01"},
		{decimal.New(2, 13), "27" + "01" + "02"},
		{decimal.New(257, 29), "47" + "02" + "0101"},
		{limit.Sub(dec("0.000007")), "03" + "10" + "0ccccccccccccccccccccccccccccccc"},
		{limit, "01" + "10" + "7f" + strings.Repeat("ff", 15)},
		{limit.Neg(), "02" + "10" + "7f" + strings.Repeat("ff", 15)},
	} {
		got := written(t, func(w *wire.Writer) { w.Decimal("x", &c.d) })
		if got != c.want {
			t.Errorf("%v is %s, want %s", c.d.Coefficient(), got, c.want)
		}
		r := reading(t, got)
		var back decimal.Decimal
		r.Decimal("x", &back)
		if err := r.Done(nothing); err != nil || back.Exponent() != -6 || back.Sign() != c.d.Sign() || back.Sign() != 0 && !back.Equal(c.d) {
			t.Errorf("%s is read as %v, %v", got, back, err)
		}
	}
}

// TestDecimalsRefused: what is no amount is refused at once.
func TestDecimalsRefused(t *testing.T) {
	limit := decimal.NewFromBigInt(new(big.Int).Lsh(big.NewInt(1), 127), -6)
	for name, d := range map[string]decimal.Decimal{
		"finer than a millionth": dec("0.0000001"), "fine at the end": dec("1.0000001"), "in between": dec("0.0000015"),
		"large": limit, "negative": limit.Neg(), "a power": decimal.New(1, 33), "a large exponent": decimal.New(1, 400),
		"the largest": decimal.New(1, 2_000_000_000), "the smallest": decimal.New(1, -2_000_000_000), "-∞": decimal.New(-7, math.MinInt32),
	} {
		w := wire.NewWriter([]byte("before"), wire.NPS)
		w.Decimal("Amount", &d)
		b, err := w.Done(nothing)
		refusal.Check(t, name, err, refusal.Of("Amount", success.ErrRange))
		if string(b) != "before" {
			t.Errorf("%s: %q", name, b)
		}
	}
	for _, body := range []string{
		"0100", "010100", "010a", "01010a", "0102" + "0001", "03" + "11" + strings.Repeat("01", 17), "4f0101", "ff0101", // 10³⁹, 10¹²⁷
		"03" + "10" + "0ccccccccccccccccccccccccccccccd", // × 10 is 2¹²⁷ + 2
		"01" + "10" + "80" + strings.Repeat("00", 14) + "01", "4d" + "01" + "02",
	} {
		r := reading(t, body)
		var d decimal.Decimal
		r.Decimal("Amount", &d)
		kind := success.ErrRange
		if body == "010a" {
			kind = success.ErrMissing
		}
		refusal.Check(t, body, r.Done(nothing), refusal.Of("Amount", kind))
		if !d.IsZero() {
			t.Errorf("%s leaves %v", body, d)
		}
	}
}

// TestNumbers: counts and numbers have one form too.
func TestNumbers(t *testing.T) {
	for n, want := range map[int64]string{0: "00", 127: "7f", 128: "8001", 300: "ac02", wire.MaxCount: "8080808080808002"} {
		if got := written(t, func(w *wire.Writer) { w.Int64("n", &n) }); got != want {
			t.Errorf("%d is %s", n, got)
		}
		r := reading(t, want)
		var back int
		r.Int("n", &back)
		if err := r.Done(nothing); err != nil || back != int(n) {
			t.Errorf("%s is read as %d, %v", want, back, err)
		}
	}
	for x, want := range map[float64]string{0: "00", 1: "bfe003", 2: "40", 50: "c09201", 0.5: "bfc003", -1: "bfe103", math.MaxFloat64: "ffdeffffffffffffff01"} {
		if got := written(t, func(w *wire.Writer) { w.Float(x) }); got != want {
			t.Errorf("%v is %s", x, got)
		}
		r := reading(t, want)
		if back := r.Float("x"); r.Done(nothing) != nil || back != x {
			t.Errorf("%s is read as %v", want, back)
		}
	}
	three, back := 3, int64(0)
	if got := written(t, func(w *wire.Writer) { w.Int("n", &three) }); got != "03" {
		t.Errorf("3 is %s", got)
	}
	if reading(t, "03").Int64("n", &back); back != 3 {
		t.Errorf("3 is read as %d", back)
	}
	for name, n := range map[string]struct {
		n    int64
		kind error
	}{"negative": {-1, success.ErrNegative}, "large": {wire.MaxCount + 1, success.ErrRange}} {
		w := wire.NewWriter(nil, wire.NPS)
		w.Int64("n", &n.n)
		_, err := w.Done(nothing)
		refusal.Check(t, name, err, refusal.Of("n", n.kind))
	}
}

// TestRead: what no writer writes is refused where it stands.
func TestRead(t *testing.T) {
	float := func(x uint64) string {
		return hex.EncodeToString(binary.AppendUvarint(nil, reversed(x)))
	}
	for _, c := range []struct {
		name, body string
		read       func(*wire.Reader)
		at         int
		kind       error
	}{
		{"no number", "", func(r *wire.Reader) { r.Count("x", 9) }, 2, success.ErrMissing},
		{"half a number", "80", func(r *wire.Reader) { r.Count("x", 9) }, 3, success.ErrMissing},
		{"a long zero", "8000", func(r *wire.Reader) { r.Count("x", 9) }, 2, success.ErrRange},
		{"65 bits", "ffffffffffffffffff02", func(r *wire.Reader) { r.Count("x", 9) }, 2, success.ErrRange},
		{"64 bits", "ffffffffffffffffff01", func(r *wire.Reader) { r.Count("x", math.MaxInt64) }, 2, success.ErrRange},
		{"too many", "0a", func(r *wire.Reader) { r.Count("x", 9) }, 2, success.ErrRange},
		{"after the first", "010a", func(r *wire.Reader) { r.Count("", 9); r.Count("x", 9) }, 3, success.ErrRange},
		{"too long", "04000000", func(r *wire.Reader) { r.Len("x", 9, 1) }, 2, success.ErrMissing},
		{"too wide", "02000000", func(r *wire.Reader) { r.Len("x", 9, 2) }, 2, success.ErrMissing},
		{"too many elements", "0a", func(r *wire.Reader) { r.Len("x", 9, 1) }, 2, success.ErrRange},
		{"a huge text", "ffffffff07", func(r *wire.Reader) { var s string; r.Text("x", &s) }, 2, success.ErrMissing},
		{"half a text", "0261", func(r *wire.Reader) { var s string; r.Text("x", &s) }, 2, success.ErrMissing},
		{"no room", "0000", func(r *wire.Reader) { r.Room("x", 3) }, 4, success.ErrMissing},
		{"taken room", "000001", func(r *wire.Reader) { r.Room("x", 3) }, 4, success.ErrRange},
		{"room taken at once", "010000", func(r *wire.Reader) { r.Room("x", 3) }, 2, success.ErrRange},
		{"no flag", "", func(r *wire.Reader) { var f bool; r.Flag("x", &f) }, 2, success.ErrMissing},
		{"a flag of 2", "02", func(r *wire.Reader) { var f bool; r.Flag("x", &f) }, 2, success.ErrRange},
		{"a day too many", "dcf3de01", func(r *wire.Reader) { var d success.Date; r.Date("x", &d) }, 2, success.ErrRange},
		{"no amount", "", func(r *wire.Reader) { var d decimal.Decimal; r.Decimal("x", &d) }, 2, success.ErrMissing},
		{"no digits", "01", func(r *wire.Reader) { var d decimal.Decimal; r.Decimal("x", &d) }, 3, success.ErrMissing},
		{"NaN", float(0x7ff8000000000001), func(r *wire.Reader) { r.Float("x") }, 2, success.ErrRange},
		{"∞", float(0x7ff0000000000000), func(r *wire.Reader) { r.Float("x") }, 2, success.ErrRange},
		{"−0", float(0x8000000000000000), func(r *wire.Reader) { r.Float("x") }, 2, success.ErrRange},
		{"the caller's", "07", func(r *wire.Reader) { r.Count("", 9); r.Refuse("x", "7", success.ErrOrder) }, 3, success.ErrOrder},
	} {
		r := reading(t, c.body)
		c.read(r)
		left := r.Count("later", 9) // not a second fault
		err := r.Done(func(*success.Errors) { t.Errorf("%s: checked", c.name) })
		refusal.Check(t, c.name, err, refusal.Of("x", c.kind))
		if all, ok := err.(*success.Errors); ok && (all.Faults[0].Index != c.at || all.Faults[0].Record != "data") || left != 0 {
			t.Errorf("%s: %v, want it at %d", c.name, err, c.at)
		}
	}
}

func reversed(x uint64) (y uint64) {
	for range 8 {
		x, y = x>>8, y<<8|x&0xff
	}
	return y
}

// TestEnds: the largest of what there is comes back.
func TestEnds(t *testing.T) {
	p := success.Period{From: success.MustDate("0001-01-01"), To: success.MustDate("9999-12-31")}
	text, yes, no := "Zürich\x00\xff", true, false
	body := written(t, func(w *wire.Writer) {
		w.Period("p", &p)
		w.Date("d", &success.Date{})
		w.Text("s", &text)
		w.Flag("f", &yes)
		w.Flag("f", &no)
		w.Room(2)
		w.Len(2)
	})
	if want := "01" + "dbf3de01" + "00" + "09" + hex.EncodeToString([]byte(text)) + "01" + "00" + "0000" + "02"; body != want {
		t.Errorf("%s, want %s", body, want)
	}
	r := reading(t, body+"ffff")
	var q success.Period
	var s string
	none, f, g := p.From, false, true
	r.Period("p", &q)
	r.Date("d", &none)
	r.Text("s", &s)
	r.Flag("f", &f)
	r.Flag("f", &g)
	r.Room("r", 2)
	n := r.Len("n", 9, 1)
	if q != p || !none.IsZero() || s != text || !f || g || n != 2 {
		t.Errorf("%v, %v, %q, %v, %v, %d", q, none, s, f, g, n)
	}
	refusal.Check(t, "rest", r.Done(nothing), refusal.Of("", success.ErrRange))
}

// TestHeads: the first two bytes are the kind and the version.
func TestHeads(t *testing.T) {
	for _, c := range []struct {
		data []byte
		want string
	}{
		{nil, "data[0]: is cut off"},
		{[]byte{5}, "data[1]: is cut off"},
		{[]byte{1, 1}, "data[0]: movement is not nps"},
		{[]byte{0, 1}, "data[0]: unknown 0 is not nps"},
		{[]byte{10}, "data[0]: unknown 10 is not nps"},
		{[]byte{5, 0}, "data[1]: 0 is an unknown version of nps"},
		{[]byte{5, 2}, "data[1]: 2 is an unknown version of nps"},
		{[]byte{5, 1, 0}, "data[2]: is after the end"},
	} {
		if err := wire.NewReader(c.data, wire.NPS).Done(nothing); err == nil || err.Error() != c.want {
			t.Errorf("%x: %v, want %s", c.data, err, c.want)
		}
	}
	names := []string{"unknown 0", "movement", "snapshot", "renewals", "counts", "nps", "ranking", "tally", "table", "cut", "unknown 10"}
	for k, want := range names {
		if got := wire.Kind(k).String(); got != want {
			t.Errorf("kind %d is %s, want %s", k, got, want)
		}
	}
}

// TestChecked: a value that is wrong as a whole is neither written nor read; one
// with a field at fault is not looked at as a whole.
func TestChecked(t *testing.T) {
	wrong := func(f *success.Errors) { f.Add(wire.NPS.Fault("Sum", "3", success.ErrRange)) }
	b, err := wire.NewWriter([]byte{9}, wire.NPS).Done(wrong)
	refusal.Check(t, "written", err, refusal.Of("Sum", success.ErrRange))
	if !slices.Equal(b, []byte{9}) {
		t.Errorf("%x", b)
	}
	refusal.Check(t, "read", reading(t, "").Done(wrong), refusal.Of("Sum", success.ErrRange))
	w := wire.NewWriter(nil, wire.NPS)
	w.Count("n", -1, 9)
	w.Count("m", 10, 9)
	_, err = w.Done(wrong)
	refusal.Check(t, "fields", err, refusal.Of("n", success.ErrNegative), refusal.Of("m", success.ErrRange))
}

// TestDecimalLaw: an amount of millionths comes back, and is the same bytes
// whatever zeros it was written with.
func TestDecimalLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := new(big.Int).SetBytes(rapid.SliceOfN(rapid.Byte(), 0, 15).Draw(t, "digits"))
		n.Mul(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(rapid.Int64Range(0, 2).Draw(t, "tens")), nil))
		if rapid.Bool().Draw(t, "negative") {
			n.Neg(n)
		}
		d := decimal.NewFromBigInt(n, -6)
		more := rapid.Int64Range(0, 40).Draw(t, "zeros")
		same := decimal.NewFromBigInt(new(big.Int).Mul(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(more), nil)), int32(-6-more))
		var forms []string
		for _, d := range []decimal.Decimal{d, same} {
			w := wire.NewWriter(nil, wire.NPS)
			w.Decimal("d", &d)
			b, err := w.Done(nothing)
			if err != nil || len(b) > 20 {
				t.Fatal(b, err)
			}
			forms = append(forms, string(b))
		}
		r := wire.NewReader([]byte(forms[0]), wire.NPS)
		var back decimal.Decimal
		r.Decimal("d", &back)
		if err := r.Done(nothing); err != nil || !back.Equal(d) || forms[0] != forms[1] {
			t.Fatalf("%v is %x and read as %v, with zeros %x: %v", d, forms[0], back, forms[1], err)
		}
	})
}
