package journey_test

import (
	"math"
	"math/big"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/attribution/journey"
)

// drawPaths draws a few paths over a few keys, of which one at least is won, some
// with words that an implementation might keep for itself.
func drawPaths(t *rapid.T, most int) []journey.Path {
	key := rapid.SampledFrom([]string{"a", "b", "c", "(start)", "(conversion)", "(null)"})
	count := rapid.Int64Range(0, 5)
	paths := []journey.Path{{Keys: rapid.SliceOfN(key, 1, most).Draw(t, "won keys"), Won: 1}}
	for range rapid.IntRange(0, most-1).Draw(t, "paths") {
		p := journey.Path{Keys: rapid.SliceOfN(key, 0, most).Draw(t, "keys"), Won: count.Draw(t, "won"), Lost: count.Draw(t, "lost")}
		if p.Won > 0 {
			p.Revenue = decimal.New(rapid.Int64Range(0, 1e9).Draw(t, "revenue"), -6)
		}
		paths = append(paths, p)
	}
	return paths
}

func bookOf(t *rapid.T, paths []journey.Path) *journey.Book {
	b, err := journey.New(paths)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func close(got, want, tolerance float64) bool { return math.Abs(got-want) <= tolerance }

func rat(r success.Ratio) *big.Rat {
	if !r.Defined() {
		return nil
	}
	return new(big.Rat).Quo(r.Num.Rat(), r.Den.Rat())
}
