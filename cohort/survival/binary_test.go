package survival_test

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/cohort/survival"
	"metrics.internal/success/internal/refusal"
	"metrics.internal/success/internal/wire/wiretest"
)

func counted(t rapid.TB, all []survival.Span) *survival.Counts {
	t.Helper()
	c, err := survival.CountsOf(all)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// countsSize is the documented size of counts of n accounts up to a day.
func countsSize(day int, n int64) int { return 14 + 4*(day+1) + int(3*n/128) }

// sent returns what comes of counts that are sent.
func sent(t rapid.TB, c *survival.Counts) *survival.Counts {
	t.Helper()
	return wiretest.Read[survival.Counts](t, wiretest.Written(t, c, countsSize(400, c.Accounts())))
}

// sameCounts fails unless two counts give the same results.
func sameCounts(t *rapid.T, a, b *survival.Counts, o survival.Options) {
	t.Helper()
	x, err1 := a.Curve(o)
	y, err2 := b.Curve(o)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	if !slices.Equal(x.Steps(), y.Steps()) || x.Last() != y.Last() || x.Median() != y.Median() {
		t.Fatalf("%+v, %+v", x.Steps(), y.Steps())
	}
	if a.Accounts() != b.Accounts() || a.Left() != b.Left() {
		t.Fatalf("%d of %d left, %d of %d", a.Left(), a.Accounts(), b.Left(), b.Accounts())
	}
	for n := range int64(4) {
		d1, ok1 := survival.FirstAtRisk(n, a)
		d2, ok2 := survival.FirstAtRisk(n, b)
		if d1 != d2 || ok1 != ok2 {
			t.Fatalf("%d at risk on day %d, %v; %d, %v", n, d1, ok1, d2, ok2)
		}
	}
}

// Counts come back from their bytes: they give the same results, and go on to be
// added to and merged like those that were not sent. The bytes are the same for
// the same accounts, in whatever order they came.
func TestCountsSent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawSpans(t, "account", rapid.Bool().Draw(t, "late entry"))
		at := rapid.IntRange(0, len(all)).Draw(t, "at")
		o := drawOptions(t)
		whole, first, second := counted(t, all), counted(t, all[:at]), counted(t, all[at:])
		sameCounts(t, whole, sent(t, whole), o)
		merged := sent(t, second)
		merged.Merge(sent(t, first))
		sameCounts(t, whole, merged, o)
		if x, y := wiretest.Written(t, whole, 1<<20), wiretest.Written(t, merged, 1<<20); !slices.Equal(x, y) {
			t.Fatalf("%x, in shards %x", x, y)
		}
		added := sent(t, first)
		for _, s := range all[at:] {
			if err := added.Add(s); err != nil {
				t.Fatal(err)
			}
		}
		sameCounts(t, whole, added, o)
	})
}

// wired are counts with all there may be: late entries and weights.
func wired(t testing.TB) *survival.Counts {
	return counted(t, []survival.Span{
		{Days: 2, Left: true}, {Days: 2, Left: true, Weight: 300}, {Days: 5, Left: true, Entered: 3},
		{Days: 5, Entered: 1, Weight: 2}, {Days: 0},
	})
}

// TestCountsForm: the form does not change unnoticed.
func TestCountsForm(t *testing.T) {
	for _, c := range []struct {
		counts *survival.Counts
		want   string
	}{
		{wired(t), "0401" + "06" + "0100 0000 00ad02 0000 0000 0201" + "04 00020001" + "03 0000ab02"},
		{counted(t, customers()[:2]), "0401" + "0e" + "0000 0000 0000 0000 0000 0000 0000 0000 0000 0001 0000 0000 0000 0001" + "00 00"},
		{new(survival.Counts), "0401 00 00 00"},
	} {
		wiretest.Golden(t, wiretest.Written(t, c.counts, 100), c.want)
	}
	none, err := survival.CountsOfColumns(survival.Columns{})
	if err != nil {
		t.Fatal(err)
	}
	wiretest.Golden(t, wiretest.Written(t, none, 5), "0401 00 00 00")
}

func TestCountsGarbled(t *testing.T) {
	wiretest.Garbled[survival.Counts](t, wiretest.Written(t, wired(t), 40))
	wiretest.Garbled[survival.Counts](t, wiretest.Written(t, new(survival.Counts), 5))
}

// TestCountsMemory: lengths are not believed, and days without accounts are no way
// to much memory.
func TestCountsMemory(t *testing.T) {
	good := wiretest.Written(t, wired(t), 40)
	for _, n := range []uint64{1 << 16, survival.MaxDays + 1} {
		short := binary.AppendUvarint([]byte{4, 1}, n)
		if wiretest.Law[survival.Counts](t, good, append(short, make([]byte, 1000)...)) {
			t.Errorf("%d days are read from 1000 bytes", n)
		}
	}
	const days = 1 << 16
	long := binary.AppendUvarint([]byte{4, 1}, days)
	long = append(long, make([]byte, 2*days-2)...)
	long = append(long, 2, 3)                 // 2 censored, 3 left on the last
	long = binary.AppendUvarint(long, days-1) // entered
	long = append(append(long, make([]byte, days-2)...), 1)
	long = binary.AppendUvarint(long, days) // weights
	long = append(append(long, make([]byte, days-1)...), 2)
	if !wiretest.Law[survival.Counts](t, good, long) {
		t.Error("a long stay is refused")
	}
}

// TestCountsSize: the documented size, of a million accounts over three years.
func TestCountsSize(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	columns := survival.Columns{Days: make([]int32, 1_000_000), Left: make([]bool, 1_000_000)}
	for i := range columns.Days {
		columns.Days[i], columns.Left[i] = random.Int32N(1_101), random.IntN(3) == 0
	}
	c, err := survival.CountsOfColumns(columns)
	if err != nil {
		t.Fatal(err)
	}
	data := wiretest.Written(t, c, 8+2*1_101+1_000_000/128)
	if len(data) > 4_410 {
		t.Errorf("%d bytes", len(data))
	}
	if back := sent(t, c); back.Accounts() != 1_000_000 || back.Left() != c.Left() {
		t.Errorf("%d of %d left", back.Left(), back.Accounts())
	}
}

// TestCountsRefused: bytes of counts that cannot be.
func TestCountsRefused(t *testing.T) {
	uvarint := func(n uint64) string { return string(binary.AppendUvarint(nil, n)) }
	const many = 1 << 62
	for _, c := range []struct {
		name, body string
		faults     []refusal.Fault
	}{
		{"nothing left and no columns", "\x00\x00\x00", nil},
		{"one left", "\x01\x00\x01\x00\x00", nil},
		{"an empty day", "\x01\x00\x00\x00\x00", []refusal.Fault{fault("Days", success.ErrRange)}},
		{"an empty last day", "\x02\x00\x01\x00\x00\x00\x00", []refusal.Fault{fault("Days", success.ErrRange)}},
		{"an endless stay", uvarint(survival.MaxDays+2) + "\x00\x01\x00\x00", []refusal.Fault{fault("Days", success.ErrRange)}},
		{"more days than data", "\x03\x00\x01\x00\x01\x00", []refusal.Fault{fault("Days", success.ErrMissing)}},
		{"entered between", "\x03\x00\x00\x00\x00\x00\x01\x02\x00\x01\x00", nil},
		{"entered on the last day", "\x03\x00\x00\x00\x00\x00\x01\x03\x00\x00\x01\x00", []refusal.Fault{fault("Entered", success.ErrRange)}},
		{"entered into nothing", "\x00\x01\x01\x00", []refusal.Fault{fault("Entered", success.ErrRange)}},
		{"nobody entered", "\x03\x00\x00\x00\x00\x00\x01\x02\x00\x00\x00", []refusal.Fault{fault("Entered", success.ErrRange)}},
		{"entered on day 0", "\x03\x00\x00\x00\x00\x00\x01\x01\x01\x00", []refusal.Fault{fault("Entered", success.ErrRange)}},
		{"left before they entered", "\x03\x00\x00\x00\x01\x01\x00\x02\x00\x02\x00", []refusal.Fault{fault("Left", success.ErrRange)}},
		{"left as they entered", "\x03\x00\x00\x00\x01\x00\x01\x02\x00\x01\x00", nil},
		{"left on the day of entry", "\x03\x00\x00\x00\x02\x00\x01\x02\x00\x02\x00", []refusal.Fault{fault("Left", success.ErrRange)}},
		{"more late than all", "\x03\x00\x00\x00\x00\x00\x01\x02\x00\x02\x00", []refusal.Fault{fault("Left", success.ErrRange)}},
		{"a weight of all", "\x01\x00\x03\x00\x01\x02", nil},
		{"more weight than left", "\x01\x00\x03\x00\x01\x03", []refusal.Fault{fault("Weight", success.ErrRange)}},
		{"a weight of nobody", "\x01\x01\x00\x00\x01\x01", []refusal.Fault{fault("Weight", success.ErrRange)}},
		{"no weight", "\x01\x00\x01\x00\x01\x00", []refusal.Fault{fault("Weight", success.ErrRange)}},
		{"more weights than days", "\x01\x00\x02\x00\x02\x00\x01", []refusal.Fault{fault("Weight", success.ErrRange)}},
		{"the largest weight", "\x01\x00" + uvarint(survival.MaxWeight) + "\x00\x01" + uvarint(survival.MaxWeight-1), nil},
		{"a larger weight", "\x01\x00" + uvarint(survival.MaxWeight+1) + "\x00\x01" + uvarint(survival.MaxWeight), []refusal.Fault{fault("Weight", success.ErrRange)}},
		{"the most accounts", "\x01" + uvarint(many) + "\x00\x00\x00", nil},
		{"more censored", "\x01" + uvarint(many+1) + "\x00\x00\x00", []refusal.Fault{fault("Censored", success.ErrRange)}},
		{"more left", "\x01\x00" + uvarint(many+1) + "\x00\x00", []refusal.Fault{fault("Left", success.ErrRange)}},
		{"more of both", "\x01\x01" + uvarint(many) + "\x00\x00", []refusal.Fault{fault("Accounts", success.ErrRange)}},
		{"the most in two days", "\x02\x01\x01" + uvarint(many-3) + "\x01\x00\x00", nil},
		{"more on the second day", "\x02\x01\x00" + uvarint(many) + "\x00\x00\x00", []refusal.Fault{fault("Accounts", success.ErrRange)}},
		{"more left on the second day", "\x02\x01\x00\x00" + uvarint(many) + "\x00\x00", []refusal.Fault{fault("Accounts", success.ErrRange)}},
		{"the most entered", "\x03\x00\x00\x00\x00\x00" + uvarint(many) + "\x02\x00" + uvarint(many) + "\x00", nil},
		{"more late", "\x04\x00\x00\x00\x00\x00\x00\x00\x01\x03\x00\x01" + uvarint(many) + "\x00", []refusal.Fault{fault("Accounts", success.ErrRange)}},
	} {
		var read survival.Counts
		err := read.UnmarshalBinary([]byte("\x04\x01" + c.body))
		if len(c.faults) == 0 {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		refusal.Check(t, c.name, err, c.faults...)
		if read.Accounts() != 0 || read.Left() != 0 {
			t.Errorf("%s: %+v", c.name, read)
		}
	}
}

// TestCountsUnsent: more accounts than a number holds are not sent.
func TestCountsUnsent(t *testing.T) {
	c := counted(t, []survival.Span{{Days: 1, Weight: survival.MaxWeight}, {Days: 2, Left: true, Weight: survival.MaxWeight}})
	for c.Accounts() <= 1<<61 {
		c.Merge(sent(t, c))
	}
	c.Merge(c)
	b, err := c.AppendBinary([]byte("before"))
	refusal.Check(t, "more than 2⁶²", err, fault("Accounts", success.ErrRange))
	if string(b) != "before" {
		t.Errorf("%q", b)
	}
}

// TestCountsFaults: what is said of bytes that are refused.
func TestCountsFaults(t *testing.T) {
	for body, want := range map[string]string{
		"\x03\x00\x00\x00\x02\x00\x01\x02\x00\x02\x00": "counts.Left: 2 or censored on day 1 are more than the 1 at risk",
		"\x01\x00\x03\x00\x01\x03":                     "counts.Weight: 3 who left on day 0 are not 0 records",
		"\x01\x00\x00\x00\x00":                         "data[5].Days: end with a day that has none",
	} {
		if err := new(survival.Counts).UnmarshalBinary([]byte("\x04\x01" + body)); err == nil || err.Error() != want {
			t.Errorf("%x: %v, want %s", body, err, want)
		}
	}
}

func FuzzUnmarshalCounts(f *testing.F) {
	good, err := wired(f).MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	wiretest.Fuzz[survival.Counts](f, good, []byte{4, 1, 0, 0, 0}, []byte("\x04\x01\x03\x00\x00\x00\x01\x00\x01\x02\x00\x01\x00"))
}

func BenchmarkCountsBinary(b *testing.B) {
	columns, _ := accounts()
	c, err := survival.CountsOfColumns(columns)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	var data []byte
	for b.Loop() {
		data, _ = c.AppendBinary(data[:0])
		if err := c.UnmarshalBinary(data); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(data)), "bytes")
}
