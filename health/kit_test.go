package health_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

var today = success.MustDate("2025-06-30")

// asIs is the curve that takes a value for its points.
func asIs() health.Curve {
	return health.Curve{Kind: health.PiecewiseLinear, Knots: []health.Knot{{At: dec("0"), Points: dec("0")}, {At: dec("100"), Points: dec("100")}}}
}

// bands are Red, Yellow and Green, the cuts belonging to the band above.
func bands(yellow, green string) []health.Band {
	return []health.Band{
		{Name: "Red", From: dec("0"), To: dec(yellow), Cut: health.BandAbove},
		{Name: "Yellow", From: dec(yellow), To: dec(green), Cut: health.BandAbove},
		{Name: "Green", From: dec(green), To: dec("100")},
	}
}

// plain is one group of measures a, b, c, … that take values for points.
func plain(weights ...string) health.Definition {
	return health.Definition{Version: "1", Groups: []health.Group{{Name: "all", Weight: dec("1"), Measures: measures("a", weights...)}}, Bands: bands("50", "75")}
}

// measures are named by letters, from first on.
func measures(first string, weights ...string) (ms []health.Measure) {
	for i, w := range weights {
		ms = append(ms, health.Measure{Name: string(rune(first[0]) + rune(i)), Weight: dec(w), Curve: asIs()})
	}
	return ms
}

func build(t testing.TB, d health.Definition) *health.Scorecard {
	t.Helper()
	card, err := health.New(d)
	if err != nil {
		t.Fatal(err)
	}
	return card
}

// given are inputs of the measures a, b, c, …; an empty value is missing.
func given(values ...string) (inputs []health.Input) {
	for i, v := range values {
		name := string(rune('a' + i))
		if v != "" {
			inputs = append(inputs, health.Value(name, dec(v), today))
		}
	}
	return inputs
}

func score(t testing.TB, card *health.Scorecard, inputs ...health.Input) health.Result {
	t.Helper()
	r, err := card.Score(health.Record{Account: "A", Inputs: inputs}, today)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func explain(t testing.TB, card *health.Scorecard, inputs ...health.Input) health.Explanation {
	t.Helper()
	e, err := card.Explain(health.Record{Account: "A", Inputs: inputs}, today)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// at is a score of points.
func at(points string) health.Score {
	s, _ := health.ScoreOf(health.Points(dec(points).Shift(6).IntPart()))
	return s
}
