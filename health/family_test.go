package health_test

import (
	"encoding/json"
	"math/big"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health"
	"pgregory.net/rapid"
)

func jsonOf(v any) ([]byte, error) { return json.Marshal(v) }

func TestRollUp(t *testing.T) {
	card := build(t, plain("1"))
	children := []health.Child{
		{Account: "A", Score: at("90"), Revenue: dec("1000")}, {Account: "B", Score: at("30"), Revenue: dec("3000")}, {Account: "C", Revenue: dec("1000")},
	}
	for _, tt := range []struct {
		by                            health.Weighting
		score, lower, upper, coverage string
		band                          string
	}{
		{health.ByCount, "60", "40", "73.333333", "66.6667%", "Yellow"},
		{health.ByRevenue, "45", "36", "56", "80%", "Red"},
	} {
		f, err := card.RollUp(children, tt.by)
		if err != nil || f.Score.String() != tt.score || f.Lower.String() != tt.lower || f.Upper.String() != tt.upper || f.Coverage.String() != tt.coverage ||
			f.Band != tt.band || f.Children != 3 || f.UnknownScore != 1 {
			t.Errorf("%s: %+v, %v", tt.by, f, err)
		}
	}
}

// TestRollUpUnknown: coverage on either side of what is asked for, and no weight.
func TestRollUpUnknown(t *testing.T) {
	d := plain("1")
	d.MinCoverage = dec("0.8")
	card := build(t, d)
	for revenue, want := range map[string]string{"80": "Green", "79.9": health.Unknown, "0": health.Unknown} {
		f, err := card.RollUp([]health.Child{{Account: "A", Score: at("90"), Revenue: dec(revenue)}, {Account: "B", Revenue: dec("20")}}, health.ByRevenue)
		if err != nil || f.Band != want || f.Score.Defined() != (revenue != "0") {
			t.Errorf("%s: %+v, %v", revenue, f, err)
		}
	}
	f, err := card.RollUp([]health.Child{{Account: "A", Score: at("90")}}, health.ByRevenue)
	if err != nil || f.Score.Defined() || f.Coverage.Defined() || f.Lower.Defined() || f.Band != health.Unknown {
		t.Errorf("without revenue: %+v, %v", f, err)
	}
	if f, err := card.RollUp(nil, health.ByCount); err != nil || f.Score.Defined() || f.Band != health.Unknown || f.Children != 0 {
		t.Errorf("without children: %+v, %v", f, err)
	}
}

func TestRollUpAgainstFractions(t *testing.T) {
	card := build(t, plain("1"))
	rapid.Check(t, func(t *rapid.T) {
		var children []health.Child
		sum, known, all := num(0), num(0), num(0)
		for i := range rapid.IntRange(1, 6).Draw(t, "children") {
			c := health.Child{Account: success.AccountID(strconv.Itoa(i)), Revenue: dec(rapid.SampledFrom([]string{"0", "1", "8999999999999.999999", "0.000001", "1234.5"}).Draw(t, "revenue"))}
			all = plus(all, rat(c.Revenue))
			if p := rapid.Int64Range(-1, 100e6).Draw(t, "points"); p >= 0 {
				c.Score, _ = health.ScoreOf(health.Points(p))
				known, sum = plus(known, rat(c.Revenue)), plus(sum, times(rat(c.Revenue), big.NewRat(p, 1e6)))
			}
			children = append(children, c)
		}
		f, err := card.RollUp(rapid.Permutation(children).Draw(t, "order"), health.ByRevenue)
		if err != nil || f.Score.Defined() != (known.Sign() > 0) || f.Lower.Defined() != (all.Sign() > 0) {
			t.Fatalf("%+v, %v", f, err)
		}
		if known.Sign() > 0 && rat(mustPoints(f.Score)).Cmp(sixPlaces(per(sum, known))) != 0 {
			t.Fatalf("score %s", f.Score)
		}
		if all.Sign() > 0 {
			open := times(num(100), minus(all, known))
			if rat(mustPoints(f.Lower)).Cmp(sixPlaces(per(sum, all))) != 0 || rat(mustPoints(f.Upper)).Cmp(sixPlaces(per(plus(sum, open), all))) != 0 {
				t.Fatalf("[%s, %s]", f.Lower, f.Upper)
			}
		}
	})
}

func TestChildOfResult(t *testing.T) {
	d := plain("1", "1")
	d.MinCoverage = dec("0.6")
	card := build(t, d)
	known := score(t, card, given("80", "90")...)
	if c := known.Child(dec("5")); c.Account != "A" || c.Score != at("85") || !c.Revenue.Equal(dec("5")) {
		t.Errorf("%+v", c)
	}
	if c := score(t, card, given("80")...).Child(dec("5")); c.Score.Defined() {
		t.Errorf("an unknown child has a score: %+v", c)
	}
}

func TestRevenueAtRisk(t *testing.T) {
	stakes := []health.Stake{
		{"A", "Red", dec("1000.10")}, {"B", "Green", dec("0.000001")}, {"C", health.Unknown, dec("7")}, {"D", "Red", dec("-0.2")}, {"E", "", dec("3")},
	}
	want := map[string]string{"Red": "2 999.9", "Yellow": "0 0", "Green": "1 0.000001", health.Unknown: "2 10"}
	for scale, order := range map[health.Scale][]string{health.Health: {"Red", "Yellow", "Green", health.Unknown}, health.Risk: {"Green", "Yellow", "Red", health.Unknown}} {
		d := plain("1")
		d.Scale, d.Groups[0].Measures[0].Scale, d.Groups[0].Measures[0].Direction = scale, scale, health.Direction(scale)
		got, err := build(t, d).RevenueAtRisk(stakes)
		if err != nil || len(got) != 4 {
			t.Fatalf("%v, %v", got, err)
		}
		for i, e := range got {
			if e.Band != order[i] || strconv.Itoa(e.Accounts)+" "+e.Revenue.String() != want[e.Band] {
				t.Errorf("%s, place %d: %+v, want %s %s", scale, i, e, order[i], want[order[i]])
			}
		}
	}
}

// TestRevenueAddsUp sums amounts whose total does not fit 64 bits, in shards.
func TestRevenueAddsUp(t *testing.T) {
	card := build(t, plain("1"))
	rapid.Check(t, func(t *rapid.T) {
		var all []health.Stake
		want := decimal.Decimal{}
		for i := range rapid.IntRange(0, 8).Draw(t, "stakes") {
			s := health.Stake{
				Account: success.AccountID(strconv.Itoa(i)), Band: rapid.SampledFrom([]string{"Red", "Yellow", "Green", ""}).Draw(t, "band"),
				Revenue: dec(rapid.SampledFrom([]string{"0.1", "-3", "8999999999999.999999", "-8999999999999.999999"}).Draw(t, "revenue")),
			}
			all, want = append(all, s), want.Add(s.Revenue)
		}
		total := func(stakes []health.Stake) (sum decimal.Decimal, accounts int) {
			got, err := card.RevenueAtRisk(stakes)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range got {
				sum, accounts = sum.Add(e.Revenue), accounts+e.Accounts
			}
			return sum, accounts
		}
		cut := rapid.IntRange(0, len(all)).Draw(t, "cut")
		a, n := total(all[:cut])
		b, m := total(all[cut:])
		sum, accounts := total(all)
		if !sum.Equal(want) || !a.Add(b).Equal(want) || accounts != len(all) || n+m != len(all) {
			t.Fatalf("%s + %s and %s, want %s", a, b, sum, want)
		}
	})
}
