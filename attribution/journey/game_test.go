package journey_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success/attribution/journey"
)

// TestA14 has F, O and L as bits 0, 1 and 2.
func TestA14(t *testing.T) { // A14
	own := []float64{0, .2, .1, .17, .17, .3, 0, .06}
	worth, err := journey.Within(own)
	if err != nil {
		t.Fatal(err)
	}
	values, err := journey.Values(worth)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "2ⁿ", values, []float64{.455, .205, .34}, 1e-15)
	var paths []journey.Path
	for set, revenue := range []string{"0", "0.2", "0.1", "0.17", "0.17", "0.3", "0", "0.06"} {
		p := journey.Path{Won: 1, Revenue: decimal.RequireFromString(revenue)}
		for i, key := range []string{"F", "O", "L"} {
			if set>>i&1 == 1 {
				p.Keys = append(p.Keys, key)
			}
		}
		paths = append(paths, p)
	}
	c, err := book(t, paths).Shapley()
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"F 0.455", "L 0.34", "O 0.205"} {
		if got := c.Parts[i].Key + " " + c.Parts[i].Revenue.String(); got != want {
			t.Errorf("sets: %s, want %s", got, want)
		}
	}
}
