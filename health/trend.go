package health

import (
	"math/big"
	"slices"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// A Trend is where a score is going.
type Trend struct {
	Readings int            // of the newest version, with a score
	Dropped  int            // of other versions, or without a score
	Move     Move           // of Change
	Change   Points         // last score − first score; 0 with fewer than two
	Slope    success.Figure // points a day by least squares; undefined with fewer than three
}

// NewTrend returns the trend of readings, in any order. Readings of another
// version than the newest one are dropped, and those without a score. A change of
// at most the dead zone, in points, either way is [Flat]; with fewer than two
// readings nothing is known.
//
//	slope = (n Σxy − Σx Σy) / (n Σx² − (Σx)²), with x in days and y in points
//
// A dead zone outside 0 to 100 or with more than six decimals, readings without
// a day ([success.ErrMissing]) and two of one day ([success.ErrDuplicate]) are
// errors.
func NewTrend(readings []Reading, deadZone decimal.Decimal) (Trend, error) {
	zone, sorted, err := checkTrend(readings, deadZone)
	if err != nil || len(sorted) == 0 {
		return Trend{}, err
	}
	newest := sorted[len(sorted)-1].Version
	kept := slices.DeleteFunc(sorted, func(r Reading) bool { return r.Version != newest || !r.Score.Defined() })
	t := Trend{Readings: len(kept), Dropped: len(readings) - len(kept)}
	if len(kept) < 2 {
		return t, nil
	}
	change := kept[len(kept)-1].Score.or0() - kept[0].Score.or0()
	t.Change = Points(change)
	switch {
	case change > zone:
		t.Move = Rising
	case change < -zone:
		t.Move = Falling
	default:
		t.Move = Flat
	}
	if len(kept) >= 3 {
		t.Slope = slope(kept)
	}
	return t, nil
}

func checkTrend(readings []Reading, deadZone decimal.Decimal) (zone int64, sorted []Reading, err error) {
	var faults success.Errors
	zone, bad := within(deadZone, 0, highest)
	if bad != nil {
		faults.Add(&success.InputError{Record: "deadZone", Index: -1, Value: exact.Show(deadZone), Err: bad})
	}
	seen := map[success.Date]bool{}
	for i, r := range readings {
		if r.On.IsZero() {
			faults.Add(&success.InputError{Record: "reading", Index: i, Field: "On", Err: success.ErrMissing})
		} else if seen[r.On] {
			faults.Add(&success.InputError{Record: "reading", Index: i, Field: "On", Value: r.On.String(), Err: success.ErrDuplicate})
		}
		seen[r.On] = true
	}
	sorted = slices.SortedFunc(slices.Values(readings), func(a, b Reading) int { return a.On.Compare(b.On) })
	return zone, sorted, faults.Err()
}

func slope(readings []Reading) success.Figure {
	x, y, xx, xy := new(big.Int), new(big.Int), new(big.Int), new(big.Int)
	plus := func(sum *big.Int, a, b int64) { sum.Add(sum, new(big.Int).Mul(big.NewInt(a), big.NewInt(b))) }
	for _, r := range readings {
		day, points := int64(r.On.Sub(readings[0].On)), r.Score.or0()
		plus(x, day, 1)
		plus(y, points, 1)
		plus(xx, day, day)
		plus(xy, day, points)
	}
	n := big.NewInt(int64(len(readings)))
	num := new(big.Int).Sub(xy.Mul(xy, n), new(big.Int).Mul(x, y))
	den := new(big.Int).Sub(xx.Mul(xx, n), new(big.Int).Mul(x, x))
	f, _ := new(big.Rat).SetFrac(num, den.Mul(den, big.NewInt(one))).Float64()
	return success.FigureOf(f)
}
