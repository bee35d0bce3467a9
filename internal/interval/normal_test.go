package interval

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func near(got, want, tolerance float64) bool {
	return got == want || math.Abs(got-want) <= tolerance*math.Max(1, math.Abs(want))
}

// The critical values are those of published tables, to 15 digits.
func TestCritical(t *testing.T) {
	for level, want := range map[float64]float64{
		0.5: 0.674489750196081743, 0.8: 1.281551565544600467, 0.9: 1.644853626951472715,
		0.95: 1.959963984540054236, 0.99: 2.575829303548900761, 0.999: 3.290526731491894727,
	} {
		z, ok := Critical(level)
		if !ok || math.Abs(z-want) > 4e-15*want/(1-level) {
			t.Errorf("Critical(%v) = %.17g, %v, want %.17g", level, z, ok, want)
		}
	}
	for _, level := range []float64{0, 1, -0.1, 1.1, math.NaN(), math.Inf(1)} {
		if z, ok := Critical(level); ok {
			t.Errorf("Critical(%v) = %v", level, z)
		}
	}
}

func TestQuantile(t *testing.T) {
	for p, want := range map[float64]float64{
		0: math.Inf(-1), 0.5: 0, 1: math.Inf(1),
		1e-10: -6.361340902404056, 1e-13: -7.348796102800593, 1e-20: -9.262340089798408,
	} {
		if got := Quantile(p); !near(got, want, 1e-13) {
			t.Errorf("Quantile(%v) = %.17g, want %.17g", p, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.OneOf(rapid.Float64Range(1e-6, 0.5), rapid.Float64Range(1e-300, 1e-10)).Draw(t, "p")
		z := Quantile(p)
		if got := Below(z); math.Abs(got-p) > 1e-11*p {
			t.Fatalf("Below(%v) = %v, want %v", z, got, p)
		}
		if p > 1e-6 && !near(Quantile(1-p), -z, 1e-9) {
			t.Fatalf("Quantile(1 − %v) = %v, want %v", p, Quantile(1-p), -z)
		}
		if got := TwoSided(z); !near(got/(2*p), 1, 1e-11) {
			t.Fatalf("TwoSided(%v) = %v, want %v", z, got, 2*p)
		}
	})
}

// The 5 % and 0.1 % points are those of published tables.
func TestChiSquareTail(t *testing.T) {
	for _, c := range []struct {
		x    float64
		df   int
		want float64
	}{
		{3.841458820694124, 1, 0.05}, {5.991464547107979, 2, 0.05}, {7.814727903251179, 3, 0.05},
		{9.487729036781154, 4, 0.05}, {18.307038053275146, 10, 0.05}, {31.41043284423092, 20, 0.05}, {37.65248413348277, 25, 0.05},
		{10.827566170662733, 1, 0.001}, {16.26623619623813, 3, 0.001}, {0, 3, 1}, {-1, 2, 1},
	} {
		if got := ChiSquareTail(c.x, c.df); !near(got/c.want, 1, 1e-12) {
			t.Errorf("ChiSquareTail(%v, %d) = %.17g, want %v", c.x, c.df, got, c.want)
		}
	}
}

// Two more degrees of freedom add the density's next term: the recursion of the
// incomplete gamma function.
func TestChiSquareTailRecursion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(1e-3, 300).Draw(t, "x")
		df := rapid.IntRange(1, 60).Draw(t, "df")
		gamma, _ := math.Lgamma(float64(df)/2 + 1)
		term := math.Exp(float64(df)/2*math.Log(x/2) - x/2 - gamma)
		got := ChiSquareTail(x, df+2)
		if want := ChiSquareTail(x, df) + term; !near(got/want, 1, 1e-10) {
			t.Fatalf("ChiSquareTail(%v, %d) = %v, want %v", x, df+2, got, want)
		}
		if got < ChiSquareTail(x, df)-1e-15 || got > 1 || got < ChiSquareTail(x+1, df+2)-1e-15 {
			t.Fatalf("ChiSquareTail(%v, %d) = %v is out of order", x, df+2, got)
		}
	})
}
