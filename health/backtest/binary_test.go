package backtest_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/health/backtest"
	"metrics.internal/success/internal/refusal"
	"metrics.internal/success/internal/wire/wiretest"
)

// rankingSize is the documented size of a ranking of accounts with so many scores.
func rankingSize(scores, accounts int) int { return 8 + 12*scores + accounts/128 }

// sent returns what comes of a ranking that is sent.
func sent(t rapid.TB, r backtest.Ranking) backtest.Ranking {
	t.Helper()
	return *wiretest.Read[backtest.Ranking](t, wiretest.Written(t, &r, rankingSize(r.Accounts(), r.Accounts())))
}

// TestRankingSent: a ranking comes back from its bytes and gives the same results,
// and shards merge to the same whether they were sent or not. The bytes are those
// of the accounts, in whatever order they were merged.
func TestRankingSent(t *testing.T) { rapid.Check(t, checkSent) }

func checkSent(t *rapid.T) {
	c := drawColumns(t, "")
	at := rapid.IntRange(0, len(c.scores)).Draw(t, "at")
	whole := c.rank(t)
	first, second := rank(t, c.scores[:at], c.left[:at], c.scale), rank(t, c.scores[at:], c.left[at:], c.scale)
	merged, err := sent(t, second).Merge(sent(t, first))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []backtest.Ranking{sent(t, whole), merged} {
		if area(t, r) != area(t, whole) || r.KS() != whole.KS() || r.Accounts() != whole.Accounts() || r.Left() != whole.Left() {
			t.Fatalf("%v, sent %v", whole, r)
		}
		same(t, "calibration", r.Calibrate().Steps, whole.Calibrate().Steps)
		for _, cut := range []float64{-0.25, 0, 0.25, math.Inf(1)} {
			if r.Confusion(cut) != whole.Confusion(cut) {
				t.Fatalf("at %v: %v, sent %v", cut, whole.Confusion(cut), r.Confusion(cut))
			}
		}
		if x, y := wiretest.Written(t, &r, 1000), wiretest.Written(t, &whole, 1000); !slices.Equal(x, y) {
			t.Fatalf("%x, whole %x", x, y)
		}
	}
}

func wiredRanking(t testing.TB) backtest.Ranking {
	scores, left := []float64{80, 50, 50, 0.1, -2}, []bool{false, true, false, true, false}
	for range 200 {
		scores, left = append(scores, 100), append(left, false)
	}
	return rank(t, scores, left, health.Risk)
}

// TestRankingForm: the form does not change unnoticed.
func TestRankingForm(t *testing.T) {
	r := wiredRanking(t)
	wiretest.Golden(t, wiretest.Written(t, &r, rankingSize(5, 205)), `0601 01 05
		c0b201 00 c801
		c0a801 00 01
		c09201 01 01
		bff2e6cc99b3e6cc9a01 01 00
		c001 00 01`)
	none := rank(t, nil, nil, health.Risk)
	wiretest.Golden(t, wiretest.Written(t, &none, 8), "0601 00 00")
}

func TestRankingGarbled(t *testing.T) {
	r := wiredRanking(t)
	wiretest.Garbled[backtest.Ranking](t, wiretest.Written(t, &r, 100))
	wiretest.Garbled[backtest.Ranking](t, wiretest.Written(t, new(backtest.Ranking), 100))
}

// score is a score as it is sent.
func score(x float64) string {
	return string(binary.AppendUvarint(nil, bits.ReverseBytes64(math.Float64bits(x))))
}

// TestRankingMemory: lengths are not believed, and the shortest scores there are
// take no more than they should.
func TestRankingMemory(t *testing.T) {
	r := wiredRanking(t)
	good := wiretest.Written(t, &r, 100)
	claim := binary.AppendUvarint([]byte{6, 1, 0}, math.MaxUint32)
	if wiretest.Law[backtest.Ranking](t, good, append(claim, make([]byte, 3000)...)) {
		t.Error("scores are read from nothing")
	}
	var short []string // scores of two bytes or one
	for x := range uint64(1 << 14) {
		if f := math.Float64frombits(bits.ReverseBytes64(x)); f > 0 && !math.IsInf(f, 0) && !math.IsNaN(f) {
			short = append(short, score(f)+"\x00\x01")
		}
	}
	slices.SortFunc(short, func(a, b string) int {
		x, _ := binary.Uvarint([]byte(a))
		y, _ := binary.Uvarint([]byte(b))
		return int(int64(bits.ReverseBytes64(x)>>1) - int64(bits.ReverseBytes64(y)>>1))
	})
	data := binary.AppendUvarint([]byte{6, 1, 0}, uint64(len(short)))
	for _, s := range short {
		data = append(data, s...)
	}
	if len(short) < 8000 || !wiretest.Law[backtest.Ranking](t, good, data) {
		t.Errorf("%d short scores are refused", len(short))
	}
}

// TestRankingSize: the documented size, of a million accounts.
func TestRankingSize(t *testing.T) {
	scores, left := million()
	for i := range scores {
		scores[i] = math.Floor(scores[i] * 101)
	}
	r := rank(t, scores, left, health.Health)
	if data := wiretest.Written(t, &r, rankingSize(101, 1_000_000)); len(data) > 750 {
		t.Errorf("%d bytes", len(data))
	}
	for x := range 8192 {
		r := rank(t, []float64{float64(-x)}, []bool{true}, health.Health)
		wiretest.Written(t, &r, 10)
	}
}

// TestRankingRefused: bytes of rankings that cannot be.
func TestRankingRefused(t *testing.T) {
	many := string(binary.AppendUvarint(nil, math.MaxUint32))
	more := string(binary.AppendUvarint(nil, math.MaxUint32+1))
	for _, c := range []struct {
		name, body string
		faults     []refusal.Fault
	}{
		{"nobody", "\x00\x00", nil},
		{"nobody at risk", "\x01\x00", []refusal.Fault{fault("Scale", success.ErrRange)}},
		{"a third scale", "\x02\x01" + score(1) + "\x01\x00", []refusal.Fault{fault("Scale", success.ErrRange)}},
		{"one", "\x01\x01" + score(1) + "\x01\x00", nil},
		{"one of nobody", "\x01\x01" + score(1) + "\x00\x00", []refusal.Fault{fault("Score", success.ErrMissing)}},
		{"cut off after a score", "\x00\x02" + score(1) + "\x01\x00" + score(2), []refusal.Fault{fault("Left", success.ErrMissing)}},
		{"cut off in a score", "\x00\x02" + score(1) + "\x01\x00\x80", []refusal.Fault{fault("Score", success.ErrMissing)}},
		{"more scores", "\x00\x03" + score(2) + "\x01\x00", []refusal.Fault{fault("Scores", success.ErrMissing)}},
		{"from worst to best", "\x00\x02" + score(1) + "\x01\x00" + score(2) + "\x01\x00", nil},
		{"from best to worst", "\x00\x02" + score(2) + "\x01\x00" + score(1) + "\x01\x00", []refusal.Fault{fault("Score", success.ErrOrder)}},
		{"the same twice", "\x00\x02" + score(2) + "\x01\x00" + score(2) + "\x01\x00", []refusal.Fault{fault("Score", success.ErrOrder)}},
		{"from most to least risk", "\x01\x02" + score(2) + "\x01\x00" + score(1) + "\x01\x00", nil},
		{"from least to most risk", "\x01\x02" + score(1) + "\x01\x00" + score(2) + "\x01\x00", []refusal.Fault{fault("Score", success.ErrOrder)}},
		{"the same risk twice", "\x01\x02" + score(2) + "\x01\x00" + score(2) + "\x01\x00", []refusal.Fault{fault("Score", success.ErrOrder)}},
		{"NaN", "\x00\x01" + score(math.NaN()) + "\x01\x00", []refusal.Fault{fault("Score", success.ErrRange)}},
		{"−∞", "\x00\x01" + score(math.Inf(-1)) + "\x01\x00", []refusal.Fault{fault("Score", success.ErrRange)}},
		{"−0", "\x00\x01" + score(math.Copysign(0, -1)) + "\x01\x00", []refusal.Fault{fault("Score", success.ErrRange)}},
		{"as many as can be", "\x00\x01" + score(1) + many + "\x00", nil},
		{"one more", "\x00\x01" + score(1) + many + "\x01", []refusal.Fault{fault("Accounts", success.ErrRange)}},
		{"one more left", "\x00\x01" + score(1) + more + "\x00", []refusal.Fault{fault("Left", success.ErrRange)}},
		{"one more stayed", "\x00\x01" + score(1) + "\x00" + more, []refusal.Fault{fault("Stayed", success.ErrRange)}},
	} {
		var r backtest.Ranking
		err := r.UnmarshalBinary([]byte("\x06\x01" + c.body))
		if len(c.faults) == 0 {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		refusal.Check(t, c.name, err, c.faults...)
		if fmt.Sprint(r) != fmt.Sprint(backtest.Ranking{}) {
			t.Errorf("%s: %v", c.name, r)
		}
	}
}

// TestRankingUnsent: more accounts than there are numbers for pairs are not sent.
func TestRankingUnsent(t *testing.T) {
	r := rank(t, []float64{1, 2}, []bool{true, false}, health.Health)
	for range 30 {
		var err error
		if r, err = r.Merge(sent(t, r)); err != nil {
			t.Fatal(err)
		}
	}
	r, err := r.Merge(r) // 2³²
	if err != nil {
		t.Fatal(err)
	}
	b, err := r.AppendBinary([]byte("before"))
	refusal.Check(t, "2³²", err, fault("Accounts", success.ErrRange))
	if string(b) != "before" {
		t.Errorf("%q", b)
	}
}

// TestRankingFaults: what is said of bytes that are refused.
func TestRankingFaults(t *testing.T) {
	for body, want := range map[string]string{
		"\x00\x02" + score(2) + "\x01\x00" + score(2) + "\x01\x00": "data[10].Score: 2 does not follow 2",
		"\x00\x01" + score(2) + "\x00\x00":                         "data[7].Score: 2 is the score of nobody",
		"\x01\x00":                                                 "data[4].Scale: risk is the scale of nobody",
	} {
		if err := new(backtest.Ranking).UnmarshalBinary([]byte("\x06\x01" + body)); err == nil || err.Error() != want {
			t.Errorf("%x: %v, want %s", body, err, want)
		}
	}
}

func FuzzUnmarshalRanking(f *testing.F) {
	r := wiredRanking(f)
	good, err := r.MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	wiretest.Fuzz[backtest.Ranking](f, good, []byte{6, 1, 0, 0}, []byte("\x06\x01\x00\x02"+score(1)+"\x01\x00"+score(2)+"\x01\x00"))
}

func BenchmarkRankingBinary(b *testing.B) {
	scores, left := million()
	r := rank(b, scores[:10_000], left[:10_000], health.Health)
	b.ReportAllocs()
	var data []byte
	for b.Loop() {
		data, _ = r.AppendBinary(data[:0])
		if err := r.UnmarshalBinary(data); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(data)), "bytes")
}
