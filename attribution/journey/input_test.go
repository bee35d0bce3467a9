package journey_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution/journey"
	"metrics.internal/success/internal/refusal"
)

var fault = refusal.Of

const most = 1 << 53 // of steps

func money(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func TestBadPaths(t *testing.T) {
	a := []string{"a"}
	for name, c := range map[string]struct {
		path  journey.Path
		fault refusal.Fault
	}{
		"won below 0":           {journey.Path{Keys: a, Won: -1}, fault("Won", success.ErrNegative)},
		"lost below 0":          {journey.Path{Keys: a, Lost: -1}, fault("Lost", success.ErrNegative)},
		"no keys, lost < 0":     {journey.Path{Lost: math.MinInt64}, fault("Lost", success.ErrNegative)},
		"revenue below 0":       {journey.Path{Keys: a, Won: 1, Revenue: money("-0.01")}, fault("Revenue", success.ErrNegative)},
		"far below 0":           {journey.Path{Keys: a, Won: 1, Revenue: money("-1e400")}, fault("Revenue", success.ErrNegative)},
		"revenue of no win":     {journey.Path{Keys: a, Lost: 1, Revenue: money("0.01")}, fault("Revenue", success.ErrRange)},
		"revenue of nobody":     {journey.Path{Keys: a, Revenue: money("0.01")}, fault("Revenue", success.ErrRange)},
		"too much":              {journey.Path{Keys: a, Won: 1, Revenue: money("9000000000000")}, fault("Revenue", success.ErrRange)},
		"no end of zeros":       {journey.Path{Keys: a, Won: 1, Revenue: money("1e400")}, fault("Revenue", success.ErrRange)},
		"no end of an exponent": {journey.Path{Keys: a, Won: 1, Revenue: decimal.New(1, math.MaxInt32)}, fault("Revenue", success.ErrRange)},
		"too many won":          {journey.Path{Keys: a, Won: most/2 + 1}, fault("", success.ErrRange)},
		"too many lost":         {journey.Path{Keys: a, Lost: most/2 + 1}, fault("", success.ErrRange)},
		"too many of both":      {journey.Path{Keys: a, Won: most / 4, Lost: most/4 + 1}, fault("", success.ErrRange)},
		"no keys, too many":     {journey.Path{Won: most + 1}, fault("", success.ErrRange)},
		"more than 64 bits":     {journey.Path{Keys: []string{"a", "b", "c"}, Won: 1 << 62}, fault("", success.ErrRange)},
		"as many as there are":  {journey.Path{Keys: a, Won: math.MaxInt64, Lost: math.MaxInt64}, fault("", success.ErrRange)},
	} {
		b, err := journey.New([]journey.Path{c.path})
		if b != nil {
			t.Errorf("%s: a book", name)
		}
		refusal.Check(t, name, err, c.fault)
	}
}

func TestAllFaultsAtOnce(t *testing.T) {
	_, err := journey.New([]journey.Path{
		{Keys: []string{"a"}, Won: -1, Lost: -2, Revenue: money("-3")},
		{Keys: []string{"a"}, Won: 1},
		{Lost: -4},
		{Won: most + 1},
	})
	refusal.Check(t, "all", err, fault("Won", success.ErrNegative), fault("Lost", success.ErrNegative), fault("Revenue", success.ErrNegative), fault("Lost", success.ErrNegative), fault("", success.ErrRange))
	for _, line := range []string{"path[0].Won: -1 is negative", "path[0].Lost: -2 is", "path[0].Revenue: -3 is", "path[2].Lost: -4 is", "paths: have more than 2^53 steps"} {
		if !strings.Contains(fmt.Sprint(err), line) {
			t.Errorf("%v does not say %q", err, line)
		}
	}
}

func TestLargest(t *testing.T) {
	for name, p := range map[string]journey.Path{
		"won":     {Keys: []string{"a"}, Won: most / 2, Revenue: money("8999999999999.999999")},
		"lost":    {Keys: []string{"a", "b", "c"}, Won: 1, Lost: most/4 - 1},
		"no keys": {Won: most},
	} {
		b, err := journey.New([]journey.Path{p})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if u := b.Untouched(); b.Won()+u.Won != p.Won || b.Lost()+u.Lost != p.Lost || !b.Revenue().Add(u.Revenue).Equal(p.Revenue) {
			t.Errorf("%s: %+v", name, b)
		}
	}
}

// TestLargestTogether is the bound over several paths: half of the steps, a quarter
// and a quarter, and one more.
func TestLargestTogether(t *testing.T) {
	all := []journey.Path{{Keys: []string{"a"}, Won: most / 4, Lost: most / 8}, {Keys: []string{"b"}, Won: most / 8}}
	if b := book(t, all); b.Won() != most*3/8 || b.Lost() != most/8 {
		t.Error(b.Won(), b.Lost())
	}
	for i := range all {
		more := slices.Clone(all)
		more[i].Won++
		_, err := journey.New(more)
		refusal.Check(t, fmt.Sprint("one more at ", i), err, fault("", success.ErrRange))
	}
}

// TestNobody is that a path which nobody took has no say.
func TestNobody(t *testing.T) {
	b := book(t, append(paths(t, "a 1"), journey.Path{Keys: []string{"a", "b"}}))
	if keys := b.Keys(); len(keys) != 1 || keys[0] != "a" {
		t.Error(keys)
	}
	near(t, "effects", effects(markov(t, b, 1)), []float64{1}, 0)
}

// TestRounding is half to even at the door, to a millionth.
func TestRounding(t *testing.T) {
	for given, want := range map[string]string{"0.0000005": "0", "0.0000015": "0.000002", "1.23456749": "1.234567", "1e-400": "0"} {
		b := book(t, []journey.Path{{Keys: []string{"a"}, Won: 1, Revenue: money(given)}})
		if got := b.Revenue().String(); got != want {
			t.Errorf("%s: %s, want %s", given, got, want)
		}
	}
}

func TestNothingWon(t *testing.T) {
	for name, given := range map[string][]journey.Path{
		"no paths":        nil,
		"only lost":       {{Keys: []string{"a"}, Lost: 3}},
		"nobody":          {{Keys: []string{"a"}}},
		"won without key": {{Keys: []string{"a"}, Lost: 3}, {Won: 5}},
	} {
		b := book(t, given)
		for model, credit := range models() {
			c, err := credit(b)
			if c != nil {
				t.Errorf("%s, %s: %v", name, model, c)
			}
			refusal.Check(t, name+", "+model, err, fault("Won", success.ErrMissing))
		}
	}
	if r := book(t, nil).Rate(); r.Defined() {
		t.Error(r)
	}
}

func TestBadOrder(t *testing.T) {
	b := book(t, paths(t, "a 1"))
	for _, order := range []int{-1, 0, 4, math.MaxInt} {
		_, err := b.Markov(order)
		refusal.Check(t, fmt.Sprint(order), err, fault("", success.ErrRange))
		if !strings.Contains(err.Error(), fmt.Sprintf("order: %d is not", order)) {
			t.Error(err)
		}
	}
}

// alphabet are n keys, each of which won alone.
func alphabet(n int) (all []journey.Path) {
	for i := range n {
		all = append(all, journey.Path{Keys: []string{fmt.Sprintf("key %04d", i)}, Won: 1})
	}
	return all
}

func TestTooManyKeys(t *testing.T) {
	if _, err := journey.NewUpTo(alphabet(3), 3); err != nil {
		t.Error(err)
	}
	_, err := journey.NewUpTo(alphabet(4), 3)
	refusal.Check(t, "4 keys", err, fault("Keys", success.ErrRange))
	if !strings.Contains(err.Error(), "paths.Keys: 4 is more than 3") {
		t.Error(err)
	}
}

func TestTooManyForRates(t *testing.T) {
	c, err := book(t, alphabet(journey.MaxPlayers)).RateShapley()
	if err != nil || len(c.Parts) != 20 {
		t.Error(c, err)
	}
	_, err = book(t, alphabet(journey.MaxPlayers+1)).RateShapley()
	refusal.Check(t, "21 keys", err, fault("Keys", success.ErrRange))
	if !strings.Contains(err.Error(), "Keys: 21 is more than the 20") {
		t.Error(err)
	}
}

// TestCancelled is one win among so many losses that the values, ±½, add up to
// less than their last digits hold.
func TestCancelled(t *testing.T) {
	all := paths(t, "a 1", "a>b 0 1")
	all[1].Lost = 3e15
	_, err := book(t, all).RateShapley()
	refusal.Check(t, "cancelled", err, fault("Won", success.ErrRange))
	all[1].Lost = 1 << 20
	c, err := book(t, all).RateShapley()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "credit", []float64{c.Parts[0].Won + c.Parts[1].Won}, []float64{1}, 1e-9)
}

func TestBadWorths(t *testing.T) {
	for name, c := range map[string]struct {
		worth  []float64
		faults []refusal.Fault
	}{
		"none":      {nil, []refusal.Fault{fault("", success.ErrRange)}},
		"no key":    {[]float64{0}, []refusal.Fault{fault("", success.ErrRange)}},
		"three":     {[]float64{0, 1, 2}, []refusal.Fault{fault("", success.ErrRange)}},
		"21 keys":   {make([]float64, 1<<21), []refusal.Fault{fault("", success.ErrRange)}},
		"NaN":       {[]float64{0, math.NaN()}, []refusal.Fault{fault("", success.ErrRange)}},
		"infinite":  {[]float64{math.Inf(1), math.Inf(-1)}, []refusal.Fault{fault("", success.ErrRange), fault("", success.ErrRange)}},
		"too large": {[]float64{0, 1.1e150}, []refusal.Fault{fault("", success.ErrRange)}},
		"both":      {[]float64{0, 1, math.NaN()}, []refusal.Fault{fault("", success.ErrRange), fault("", success.ErrRange)}},
	} {
		_, err := journey.Values(c.worth)
		refusal.Check(t, name, err, c.faults...)
		_, err = journey.Within(c.worth)
		refusal.Check(t, name, err, c.faults...)
	}
	_, err := journey.Values([]float64{0, 1, math.NaN(), 1})
	if got := fmt.Sprint(err); !strings.HasPrefix(got, "worth[2]: NaN is not between") {
		t.Error(got)
	}
	if v, err := journey.Values([]float64{-1e150, 1e150}); err != nil || v[0] != 2e150 {
		t.Error(v, err)
	}
}

func TestBadShares(t *testing.T) {
	for name, c := range map[string]struct {
		values []float64
		says   string
	}{
		"none":     {nil, "values: 0 is no sum above 0"},
		"nothing":  {[]float64{0, 0}, "values: 0 is no sum above 0"},
		"too low":  {[]float64{1, -2}, "values: -1 is no sum above 0"},
		"NaN":      {[]float64{1, math.NaN()}, "value[1]: NaN is not between"},
		"infinite": {[]float64{math.Inf(1)}, "value[0]: +Inf is not between"},
		"sum":      {[]float64{math.MaxFloat64, math.MaxFloat64}, "values: +Inf is no sum above 0"},
	} {
		shares, err := journey.Shares(c.values)
		refusal.Check(t, name, err, fault("", success.ErrRange))
		if shares != nil || !strings.HasPrefix(fmt.Sprint(err), c.says) {
			t.Errorf("%s: %v, %v", name, shares, err)
		}
	}
	got, err := journey.Shares([]float64{3, -1})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "shares", got, []float64{1.5, -.5}, 0)
	if got, err := journey.Shares([]float64{math.MaxFloat64}); err != nil || got[0] != 1 {
		t.Error(got, err)
	}
}
