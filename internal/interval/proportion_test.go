package interval

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// A pair is two shares of accounts and a critical value.
type pair struct{ x1, n1, x2, n2, z float64 }

func drawShare(t *rapid.T, name string) (x, n float64) {
	total := rapid.OneOf(rapid.IntRange(1, 30), rapid.IntRange(1, 100_000)).Draw(t, "n "+name)
	count := rapid.OneOf(rapid.SampledFrom([]int{0, total, 1, total - 1}), rapid.IntRange(0, total)).Draw(t, "x "+name)
	return float64(max(0, count)), float64(total)
}

func drawPair(t *rapid.T) (p pair) {
	p.x1, p.n1 = drawShare(t, "1")
	p.x2, p.n2 = drawShare(t, "2")
	p.z = rapid.SampledFrom([]float64{1.959963984540054, 1.2815515655446, 2.5758293035489}).Draw(t, "z")
	return p
}

// The Wilson limits are where the score test is just significant.
func TestWilsonSolvesItsEquation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, n := drawShare(t, "")
		z := rapid.Float64Range(0.1, 5).Draw(t, "z")
		lower, upper := Wilson(x, n, z)
		if !(0 <= lower && lower <= x/n && x/n <= upper && upper <= 1) {
			t.Fatalf("%v/%v: (%v, %v)", x, n, lower, upper)
		}
		for _, at := range []float64{lower, upper} {
			if gap := (x/n - at) * (x/n - at); at > 0 && at < 1 && !near(gap, z*z*at*(1-at)/n, 1e-9) {
				t.Fatalf("%v/%v: at %v the square of the gap is %v", x, n, at, gap)
			}
		}
		other, top := Wilson(n-x, n, z)
		if !near(other, 1-upper, 1e-12) || !near(top, 1-lower, 1e-12) {
			t.Fatalf("%v/%v: (%v, %v) is no mirror of (%v, %v)", x, n, other, top, lower, upper)
		}
		if x == 0 && lower != 0 || x == n && upper != 1 {
			t.Fatalf("%v/%v: (%v, %v) leaves out the end", x, n, lower, upper)
		}
		if wide, wider := Wilson(x, n, z+0.1); wide > lower || wider < upper {
			t.Fatalf("%v/%v: the wider level has the shorter interval", x, n)
		}
	})
}

// Differences change sign when the sides are swapped, and when kept is swapped
// for lost.
func TestDifferencesMirror(t *testing.T) {
	for name, f := range map[string]func(x1, n1, x2, n2, z float64) (float64, float64){"Newcombe": Newcombe, "Miettinen–Nurminen": MiettinenNurminen} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				p := drawPair(t)
				lower, upper := f(p.x1, p.n1, p.x2, p.n2, p.z)
				d := p.x1/p.n1 - p.x2/p.n2
				if !(-1 <= lower && lower <= d && d <= upper && upper <= 1) {
					t.Fatalf("%v in (%v, %v)", d, lower, upper)
				}
				low, high := f(p.x2, p.n2, p.x1, p.n1, p.z)
				if !near(low, -upper, 1e-14) || !near(high, -lower, 1e-14) {
					t.Fatalf("(%v, %v), swapped (%v, %v)", lower, upper, low, high)
				}
				low, high = f(p.n1-p.x1, p.n1, p.n2-p.x2, p.n2, p.z)
				if !near(low, -upper, 1e-14) || !near(high, -lower, 1e-14) {
					t.Fatalf("(%v, %v), lost (%v, %v)", lower, upper, low, high)
				}
			})
		})
	}
}

// closedForm returns the second probability of constrained as the root of the
// likelihood equation by Viète's formula (Miettinen and Nurminen 1985, appendix).
func closedForm(x1, n1, x2, n2, d float64) float64 {
	n := n1 + n2
	l2 := (n1+2*n2)*d - n - x1 - x2
	l1 := (n2*d-n-2*x2)*d + x1 + x2
	l0 := x2 * d * (1 - d)
	q := math.Pow(l2/(3*n), 3) - l1*l2/(6*n*n) + l0/(2*n)
	p := math.Copysign(math.Sqrt(math.Max(0, l2*l2/(9*n*n)-l1/(3*n))), q)
	ratio := 0.0
	if p != 0 {
		ratio = math.Max(-1, math.Min(1, q/(p*p*p)))
	}
	return 2*p*math.Cos((math.Pi+math.Acos(ratio))/3) - l2/(3*n)
}

func TestConstrained(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPair(t)
		d := rapid.Float64Range(-0.99, 0.99).Draw(t, "d")
		p1, p2 := constrained(p.x1, p.n1, p.x2, p.n2, d)
		if want := closedForm(p.x1, p.n1, p.x2, p.n2, d); math.Abs(p2-want) > 2e-5 || !near(p1, p2+d, 1e-12) {
			t.Fatalf("%v and %v, closed form %v", p1, p2, want)
		}
	})
}

// Ratios turn over when the sides are swapped.
func TestRatiosMirror(t *testing.T) {
	for name, f := range map[string]func(x1, n1, x2, n2, z float64) (float64, float64){"Koopman": Koopman, "MOVER": MOVER} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				p := drawPair(t)
				lower, upper := f(p.x1, p.n1, p.x2, p.n2, p.z)
				low, high := f(p.x2, p.n2, p.x1, p.n1, p.z)
				if lower < 0 || upper < lower || math.IsNaN(lower+upper) {
					t.Fatalf("(%v, %v)", lower, upper)
				}
				if p.x2 > 0 {
					if r := p.x1 / p.n1 / (p.x2 / p.n2); r < lower-1e-12*lower || r > upper+1e-12*upper {
						t.Fatalf("%v in (%v, %v)", r, lower, upper)
					}
				}
				if (p.x2 == 0) != math.IsInf(upper, 1) || p.x1 == 0 && lower != 0 {
					t.Fatalf("(%v, %v) of %v and %v", lower, upper, p.x1, p.x2)
				}
				if lower > 0 && !near(high*lower, 1, 1e-11) || upper < 1e300 && upper > 0 && low > 0 && !near(low*upper, 1, 1e-11) {
					t.Fatalf("(%v, %v), swapped (%v, %v)", lower, upper, low, high)
				}
			})
		})
	}
}

// koopmanStatistic is the statistic of a ratio by the formula of its source, and
// the first probability at which it is reached, with 400 bits: with fewer the
// formula loses its digits.
func koopmanStatistic(p pair, ratio float64) (statistic, first float64) {
	is := func(x float64) *big.Float { return new(big.Float).SetPrec(400).SetFloat64(x) }
	add := func(x, y *big.Float) *big.Float { return is(0).Add(x, y) }
	sub := func(x, y *big.Float) *big.Float { return is(0).Sub(x, y) }
	mul := func(x, y *big.Float) *big.Float { return is(0).Mul(x, y) }
	quo := func(x, y *big.Float) *big.Float { return is(0).Quo(x, y) }
	phi, n1, n2, x1, x2 := is(ratio), is(p.n1), is(p.n2), is(p.x1), is(p.x2)
	b := add(mul(phi, add(n1, x2)), add(x1, n2))
	root := is(0).Sqrt(sub(mul(b, b), mul(mul(is(4), phi), mul(add(n1, n2), add(x1, x2)))))
	p1 := quo(sub(b, root), mul(is(2), add(n1, n2)))
	first, _ = p1.Float64()
	gap, rest := sub(x1, mul(n1, p1)), sub(is(1), p1)
	if first == 0 || rest.Sign() == 0 {
		return 0, first
	}
	u := quo(mul(gap, gap), mul(mul(n1, p1), rest))
	statistic, _ = mul(u, add(is(1), quo(mul(n1, sub(phi, p1)), mul(n2, rest)))).Float64()
	return statistic, first
}

// At its limits the Koopman score of the ratio is z, by the formula of its
// source.
func TestKoopmanSolvesItsEquation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPair(t)
		lower, upper := Koopman(p.x1, p.n1, p.x2, p.n2, p.z)
		for _, phi := range []float64{lower, upper} {
			if phi == 0 || math.IsInf(phi, 1) {
				continue
			}
			u, p1 := koopmanStatistic(p, phi)
			if p1 < 1e-2 || p1 > 1-1e-2 {
				continue // the last digit of the limit decides too much
			}
			if !near(u/(p.z*p.z), 1, 1e-6) {
				t.Fatalf("at %v the statistic is %v, want %v", phi, u, p.z*p.z)
			}
		}
	})
}
