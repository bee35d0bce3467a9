package lifetime_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/cohort/lifetime"
	"metrics.internal/success/internal/golden"
)

func near(t *testing.T, what string, got success.Figure, want, tolerance float64) {
	t.Helper()
	v, ok := got.Float64()
	if !ok || !golden.Near(v, want, tolerance) {
		t.Errorf("%s: got %.17g %v, want %.17g", what, v, ok, want)
	}
}

func TestGoldenModels(t *testing.T) {
	data, err := os.ReadFile("../testdata/sbg.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Fixed []struct {
			Alpha, Beta  float64
			S, Retention []float64
			Lifetime     float64   `json:"del_d10"`
			Residual     []float64 `json:"derl_d10_n0_1_5_20"`
		} `json:"sbg_fixed"`
	}
	if err := json.Unmarshal(data, &file); err != nil || len(file.Fixed) == 0 {
		t.Fatal(err)
	}
	for _, c := range file.Fixed {
		m := lifetime.Model{Alpha: c.Alpha, Beta: c.Beta}
		for i, periods := range []int{1, 2, 3, 5, 10, 50, 100} {
			near(t, "S", m.Survival(periods), c.S[i], 1e-9)
			near(t, "retention", m.Retention(periods), c.Retention[i], 1e-9)
		}
		near(t, "lifetime", m.Lifetime(0.1), c.Lifetime, 1e-9)
		for i, n := range []int{0, 1, 5, 20} {
			near(t, "residual", m.ResidualLifetime(n, 0.1), c.Residual[i], 1e-9)
		}
	}
}

// fit fails the test when cohorts have no best fit.
func fit(t *testing.T, cohorts ...lifetime.Cohort) *lifetime.Projection {
	t.Helper()
	p, err := lifetime.Fit(cohorts, lifetime.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// printed compares a figure with one printed to so many decimal places.
func printed(t *testing.T, what string, got, want float64, places int) {
	t.Helper()
	if math.Abs(got-want) > 0.51*math.Pow10(-places) {
		t.Errorf("%s: got %.*f, want %.*f", what, places+2, got, places, want)
	}
}

// Fader and Hardie (2007), the high-end customers.
func TestL1(t *testing.T) { // L1
	p := fit(t, lifetime.Cohort{1000, 869, 743, 653, 593, 551, 517, 491})
	printed(t, "α", p.Model.Alpha, 0.668088, 6)
	printed(t, "β", p.Model.Beta, 3.806095, 6)
	printed(t, "log-likelihood", p.LogLikelihood, -1611.158147, 6)
	for i, want := range []float64{0.4604, 0.4358, 0.4142, 0.3951, 0.3780} {
		v, _ := p.Survival(8 + i).Value.Float64()
		printed(t, "S", v, want, 4)
	}
	v, _ := p.ResidualLifetime(7, 0.1).Value.Float64()
	printed(t, "residual lifetime", v, 7.529628, 6)
}

// Fader and Hardie (2007), the regular customers.
func TestL2(t *testing.T) { // L2
	p := fit(t, lifetime.Cohort{1000, 631, 468, 382, 326, 289, 262, 241})
	printed(t, "α", p.Model.Alpha, 0.704077, 6)
	printed(t, "β", p.Model.Beta, 1.182043, 6)
	printed(t, "log-likelihood", p.LogLikelihood, -1680.265188, 6)
	observed := []float64{223, 207, 194, 183, 173}
	for i, want := range []float64{0.2201, 0.2044, 0.1912, 0.1799, 0.1700} {
		v, _ := p.Survival(8 + i).Value.Float64()
		printed(t, "S", v, want, 4)
		if math.Abs(1000*v-observed[i]) > 4 {
			t.Errorf("S(%d) = %v is far from the %v observed later", 8+i, v, observed[i])
		}
	}
}

// Fader and Hardie (2010), four cohorts of one base.
func TestL3(t *testing.T) { // L3
	p := fit(t,
		lifetime.Cohort{10000, 8000, 6480, 5307, 4391},
		lifetime.Cohort{10000, 8000, 6480, 5307},
		lifetime.Cohort{10000, 8000, 6480},
		lifetime.Cohort{10000, 8000})
	printed(t, "α", p.Model.Alpha, 3.798126, 6)
	printed(t, "β", p.Model.Beta, 15.191908, 6)
	printed(t, "log-likelihood", p.LogLikelihood, -40255.837, 3)
}

func TestL4(t *testing.T) { // L4
	m := lifetime.Model{Alpha: 1, Beta: 1}
	for i, den := range []float64{2, 6, 12, 20, 30, 42} {
		near(t, "leaving", m.Leaving(i+1), 1/den, 1e-12)
	}
}
