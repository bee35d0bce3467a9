package health_test

import (
	"math/big"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success/health"
	"pgregory.net/rapid"
)

// The oracle is the definition in fractions, one measure after the other. It
// shares no code with the package.

func rat(d decimal.Decimal) *big.Rat { r, _ := new(big.Rat).SetString(d.String()); return r }

func num(n int64) *big.Rat { return big.NewRat(n, 1) }

func plus(a, b *big.Rat) *big.Rat  { return new(big.Rat).Add(a, b) }
func minus(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }
func times(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }
func per(a, b *big.Rat) *big.Rat   { return new(big.Rat).Quo(a, b) }

func clamp(x *big.Rat, low, high int64) *big.Rat {
	if x.Cmp(num(low)) < 0 {
		return num(low)
	}
	if x.Cmp(num(high)) > 0 {
		return num(high)
	}
	return x
}

// sixPlaces rounds half to even to six places.
func sixPlaces(x *big.Rat) *big.Rat {
	x = times(x, num(1e6))
	whole := new(big.Int).Div(x.Num(), x.Denom())
	rest := minus(x, new(big.Rat).SetInt(whole))
	if c := rest.Cmp(big.NewRat(1, 2)); c > 0 || c == 0 && whole.Bit(0) == 1 {
		whole.Add(whole, big.NewInt(1))
	}
	return new(big.Rat).SetFrac(whole, big.NewInt(1e6))
}

// known is a measure of an account to the oracle.
type known struct {
	group    int
	weight   *big.Rat
	points   *big.Rat // nil when there is none
	filled   *big.Rat // by the policy
	applies  bool
	required bool
}

func oraclePoints(d *health.Definition, m *health.Measure, in *health.Input) *big.Rat {
	c := &m.Curve
	v := rat(in.Value)
	rising := (m.Direction == health.HigherIsBetter) == (d.Scale == health.Health)
	onScale := func(good *big.Rat) *big.Rat {
		if d.Scale == health.Risk {
			return minus(num(100), good)
		}
		return good
	}
	switch c.Kind {
	case health.PiecewiseLinear:
		return oracleLine(c.Knots, v)
	case health.Steps:
		points := rat(c.Knots[0].Points)
		for _, k := range c.Knots {
			if rat(k.At).Cmp(v) <= 0 {
				points = rat(k.Points)
			}
		}
		return points
	case health.RatioToTarget:
		target := rat(in.Target)
		if target.Sign() == 0 {
			target = rat(c.Target)
		}
		switch {
		case target.Sign() == 0:
			return nil
		case m.Direction == health.HigherIsBetter:
			return onScale(clamp(times(num(100), per(v, target)), 0, 100))
		case v.Cmp(target) <= 0:
			return onScale(num(100))
		}
		return onScale(times(num(100), per(target, v)))
	case health.LinearDecay:
		return onScale(clamp(times(num(100), minus(num(1), per(clamp(v, 0, 1<<60), rat(c.Span)))), 0, 100))
	case health.HalfLife:
		return onScale(oracleHalving(per(clamp(v, 0, 1<<60), rat(c.HalfLife))))
	}
	if len(in.History) < max(1, c.MinHistory) {
		return nil
	}
	n := num(int64(len(in.History)))
	if c.Kind == health.OwnGrowth {
		sum := num(0)
		for _, h := range in.History {
			sum = plus(sum, rat(h))
		}
		if sum.Sign() <= 0 {
			return nil
		}
		return oracleLine(c.Knots, minus(per(v, per(sum, n)), num(1)))
	}
	rank := num(0)
	for _, h := range in.History {
		switch rat(h).Cmp(v) {
		case -1:
			rank = plus(rank, num(1))
		case 0:
			rank = plus(rank, big.NewRat(1, 2))
		}
	}
	share := times(num(100), per(rank, n))
	if !rising {
		share = minus(num(100), share)
	}
	return share
}

func oracleLine(knots []health.Knot, v *big.Rat) *big.Rat {
	if v.Cmp(rat(knots[0].At)) <= 0 {
		return rat(knots[0].Points)
	}
	for i := 1; i < len(knots); i++ {
		if v.Cmp(rat(knots[i].At)) <= 0 {
			x0, x1, y0, y1 := rat(knots[i-1].At), rat(knots[i].At), rat(knots[i-1].Points), rat(knots[i].Points)
			return plus(y0, times(minus(y1, y0), per(minus(v, x0), minus(x1, x0))))
		}
	}
	return rat(knots[len(knots)-1].Points)
}

// oracleHalving is 100 × 0.5^x by the series of the exponential, with 200 bits.
func oracleHalving(x *big.Rat) *big.Rat {
	if x.Cmp(num(60)) > 0 {
		return num(0)
	}
	f := func() *big.Float { return new(big.Float).SetPrec(300) }
	ln2 := f()
	for k := 1; k < 260; k++ {
		ln2.Add(ln2, f().Quo(f().SetMantExp(big.NewFloat(1), -k), f().SetInt64(int64(k))))
	}
	whole := new(big.Int).Div(x.Num(), x.Denom())
	y := f().Mul(ln2, f().SetRat(minus(x, new(big.Rat).SetInt(whole))))
	sum, term := f().SetInt64(1), f().SetInt64(1)
	for k := int64(1); k < 60; k++ {
		term.Mul(term, y)
		term.Quo(term, f().SetInt64(-k))
		sum.Add(sum, term)
	}
	sum.Mul(sum, f().SetInt64(100))
	r, _ := sum.SetMantExp(sum, -int(whole.Int64())).Rat(nil)
	return r
}

func oracleKnown(d *health.Definition, inputs []health.Input) (all []known) {
	i := 0
	for g := range d.Groups {
		for n := range d.Groups[g].Measures {
			m, in := &d.Groups[g].Measures[n], &inputs[i]
			i++
			k := known{group: g, weight: rat(m.Weight), applies: true, required: m.Missing == health.Required}
			age := today.Sub(in.On)
			switch {
			case in.State == health.NotApplicable || in.State == health.NotYetDue:
				k.applies = false
			case in.State != health.Present && in.State != health.Stale:
			case m.DropAfter > 0 && age > m.DropAfter:
			default:
				if p := oraclePoints(d, m, in); p != nil {
					k.points = sixPlaces(p)
				}
			}
			switch {
			case m.Missing == health.Neutral:
				k.filled = num(50)
			case m.Missing == health.Worst && d.Scale == health.Health:
				k.filled = num(0)
			case m.Missing == health.Worst:
				k.filled = num(100)
			}
			all = append(all, k)
		}
	}
	return all
}

// with gives points to what is missing: those of the policy when fill is nil.
func with(all []known, fill *big.Rat) (points []*big.Rat) {
	for _, k := range all {
		p := k.points
		if k.applies && p == nil {
			if p = fill; fill == nil {
				p = k.filled
			}
		}
		if !k.applies {
			p = nil
		}
		points = append(points, p)
	}
	return points
}

// oracleCombine returns nil when there is nothing to make a score of.
func oracleCombine(d *health.Definition, all []known, points []*big.Rat) *big.Rat {
	switch d.Combine {
	case health.FlatMean:
		return oracleFlat(d, all, points)
	case health.WorstOf:
		return oracleOutermost(d, all, points, d.Scale == health.Risk)
	case health.BestOf:
		return oracleOutermost(d, all, points, d.Scale == health.Health)
	case health.AnyPoor:
		worst := oracleOutermost(d, all, points, d.Scale == health.Risk)
		if worst != nil && (oracleBand(d, worst) == "Red" && d.Scale == health.Health || oracleBand(d, worst) == "Green" && d.Scale == health.Risk) {
			return worst
		}
	case health.CappedPoints, health.Deductions:
		return oracleSum(d, all, points)
	}
	sum, weight := num(0), num(0)
	for g := range d.Groups {
		s, w := num(0), num(0)
		for i, k := range all {
			if k.group == g && points[i] != nil {
				s, w = plus(s, times(k.weight, points[i])), plus(w, k.weight)
			}
		}
		if w.Sign() > 0 {
			sum = plus(sum, times(rat(d.Groups[g].Weight), per(s, w)))
			weight = plus(weight, rat(d.Groups[g].Weight))
		}
	}
	if weight.Sign() == 0 {
		return nil
	}
	return per(sum, weight)
}

// oracleFlatWeight is the weight in the group as a share of it × the group's.
func oracleFlatWeight(d *health.Definition, all []known, i int) *big.Rat {
	if d.Combine == health.CappedPoints || d.Combine == health.Deductions {
		return all[i].weight
	}
	in := num(0)
	for _, k := range all {
		if k.group == all[i].group {
			in = plus(in, k.weight)
		}
	}
	if in.Sign() == 0 {
		return in
	}
	return times(rat(d.Groups[all[i].group].Weight), per(all[i].weight, in))
}

func oracleFlat(d *health.Definition, all []known, points []*big.Rat) *big.Rat {
	sum, weight := num(0), num(0)
	for i := range all {
		if points[i] != nil {
			w := oracleFlatWeight(d, all, i)
			sum, weight = plus(sum, times(w, points[i])), plus(weight, w)
		}
	}
	if weight.Sign() == 0 {
		return nil
	}
	return per(sum, weight)
}

func oracleOutermost(d *health.Definition, all []known, points []*big.Rat, high bool) (best *big.Rat) {
	for i, p := range points {
		if p != nil && all[i].weight.Sign() > 0 && rat(d.Groups[all[i].group].Weight).Sign() > 0 &&
			(best == nil || high && p.Cmp(best) > 0 || !high && p.Cmp(best) < 0) {
			best = p
		}
	}
	return best
}

func oracleSum(d *health.Definition, all []known, points []*big.Rat) *big.Rat {
	total, weight := num(0), num(0)
	for g := range d.Groups {
		s := num(0)
		for i, k := range all {
			if k.group != g || points[i] == nil {
				continue
			}
			p := points[i]
			if d.Combine == health.Deductions {
				p = minus(num(100), p)
			}
			s = plus(s, per(times(k.weight, p), num(100)))
			weight = plus(weight, k.weight)
		}
		if limit := rat(d.Groups[g].Cap); limit.Sign() > 0 && s.Cmp(limit) > 0 {
			s = limit
		}
		total = plus(total, s)
	}
	if weight.Sign() == 0 {
		return nil
	}
	if total = clamp(total, 0, 100); d.Combine == health.Deductions {
		total = minus(num(100), total)
	}
	return total
}

// oracleCoverage is the mean of 100 for what is known and 0 for what is not.
func oracleCoverage(d *health.Definition, all []known) *big.Rat {
	var marks []*big.Rat
	for _, k := range all {
		switch {
		case !k.applies:
			marks = append(marks, nil)
		case k.points != nil:
			marks = append(marks, num(1))
		default:
			marks = append(marks, num(0))
		}
	}
	switch d.Combine {
	case health.FlatMean, health.CappedPoints, health.Deductions:
		return oracleFlat(d, all, marks)
	}
	nested := *d
	nested.Combine = health.NestedMean
	return oracleCombine(&nested, all, marks)
}

func oracleBand(d *health.Definition, score *big.Rat) string {
	for _, b := range d.Bands[:len(d.Bands)-1] {
		if c := score.Cmp(rat(b.To)); c < 0 || c == 0 && b.Cut == health.BandBelow {
			return b.Name
		}
	}
	return d.Bands[len(d.Bands)-1].Name
}

// oracleRuled is the score after the exceptions.
func oracleRuled(d *health.Definition, all []known, score *big.Rat) (ruled *big.Rat, severe bool) {
	rank := map[string]int{"Red": 0, "Yellow": 1, "Green": 2}
	for _, e := range d.Exceptions {
		i := int(e.Measure[1] - '0')
		if !all[i].applies || all[i].points == nil {
			continue
		}
		band, when := rank[oracleBand(d, all[i].points)], rank[e.When]
		if d.Scale == health.Health && band > when || d.Scale == health.Risk && band < when {
			continue
		}
		severe = severe || e.Severe
		// The best score of a band is a step of a millionth from the cut, or the cut.
		for _, step := range []int64{0, 1, -1} {
			b := d.Bands[rank[e.AtMost]]
			edge := rat(b.To)
			if d.Scale == health.Risk {
				edge = rat(b.From)
			}
			edge = plus(edge, big.NewRat(step, 1e6))
			if oracleBand(d, edge) != e.AtMost {
				continue
			}
			if d.Scale == health.Health && score.Cmp(edge) > 0 || d.Scale == health.Risk && score.Cmp(edge) < 0 {
				score = edge
			}
			break
		}
	}
	return score, severe
}

func checkOracle(t *rapid.T) {
	d, card, inputs := drawn(t, everyCombiner()...)
	all := oracleKnown(&d, inputs)
	e, err := card.Explain(health.Record{Account: "A", Inputs: inputs}, today)
	if err != nil {
		t.Fatal(err)
	}
	if r := result(t, card, inputs); r != e.Result {
		t.Fatalf("explained %+v, scored %+v", e.Result, r)
	}
	same := func(what string, got health.Score, want *big.Rat) {
		if want == nil {
			if got.Defined() {
				t.Fatalf("%s %s, want none", what, got)
			}
			return
		}
		if p, ok := got.Points(); !ok || rat(p.Decimal()).Cmp(sixPlaces(want)) != 0 {
			t.Fatalf("%s %s, want %s", what, got, want.FloatString(12))
		}
	}
	computed, coverage := oracleCombine(&d, all, with(all, nil)), oracleCoverage(&d, all)
	same("score", e.Computed, computed)
	same("lower", e.Lower, oracleCombine(&d, all, with(all, num(0))))
	same("upper", e.Upper, oracleCombine(&d, all, with(all, num(100))))
	if share, ok := e.Coverage.Decimal(); ok != (coverage != nil) || ok && rat(share).Cmp(sixPlaces(coverage)) != 0 {
		t.Fatalf("coverage %s, want %v", e.Coverage, coverage)
	}
	enough := computed != nil && sixPlaces(coverage).Cmp(rat(d.MinCoverage)) >= 0
	for _, k := range all {
		enough = enough && !(k.required && k.applies && k.points == nil)
	}
	want := health.Unknown
	if computed != nil {
		ruled, severe := oracleRuled(&d, all, sixPlaces(computed))
		same("ruled", e.Ruled, ruled)
		if e.Severe != severe {
			t.Fatalf("severe is %v", e.Severe)
		}
		if enough {
			want = oracleBand(&d, ruled)
		}
	}
	if e.Band != want || e.Known != enough || e.Effective != e.Ruled {
		t.Fatalf("band %s, known %v, want %s, %v", e.Band, e.Known, want, enough)
	}
	if certain := enough && oracleBand(&d, rat(mustPoints(e.Lower))) == oracleBand(&d, rat(mustPoints(e.Upper))); e.Certain != certain {
		t.Fatalf("certain is %v", e.Certain)
	}
}

func mustPoints(s health.Score) decimal.Decimal { p, _ := s.Points(); return p.Decimal() }

func TestAgainstFractions(t *testing.T) { rapid.Check(t, checkOracle) }

// TestColumnsAgainstRecords scores the same accounts both ways.
func TestColumnsAgainstRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDefinition(t, everyCombiner()...)
		card, err := health.New(d)
		if err != nil {
			t.Fatal(err)
		}
		var rows [][]health.Input
		for range rapid.IntRange(1, 4).Draw(t, "rows") {
			rows = append(rows, drawInputs(t, &d))
		}
		columns := columnsOf(rows)
		slices.Reverse(columns)
		got, err := card.Columns(columns, today)
		if err != nil {
			t.Fatal(err)
		}
		names := append([]string{health.Unknown}, card.Bands()...)
		for i, inputs := range rows {
			r := result(t, card, inputs)
			if got.Computed[i] != r.Computed || got.Effective[i] != r.Effective || got.Lower[i] != r.Lower || got.Upper[i] != r.Upper || got.Coverage[i] != r.Coverage || names[got.Bands[i]] != r.Band {
				t.Fatalf("row %d: %v %v [%v, %v] %v %v, want %+v", i, got.Computed[i], got.Effective[i], got.Lower[i], got.Upper[i], got.Coverage[i], got.Bands[i], r)
			}
		}
	})
}

func columnsOf(rows [][]health.Input) []health.Column {
	columns := make([]health.Column, len(rows[0]))
	micros := func(d decimal.Decimal) int64 { return d.Shift(6).IntPart() }
	for _, inputs := range rows {
		for m, in := range inputs {
			c := &columns[m]
			c.Measure = in.Measure
			c.Values = append(c.Values, micros(in.Value))
			c.States = append(c.States, in.State)
			c.On = append(c.On, in.On)
			c.Targets = append(c.Targets, micros(in.Target))
			var history []int64
			for _, h := range in.History {
				history = append(history, micros(h))
			}
			c.History = append(c.History, history)
		}
	}
	return columns
}
