package health

import "slices"

// A shape is a checked [Curve] on a scale, in millionths.
type shape struct {
	kind        CurveKind
	rising      bool // points rise with the value
	worst, best int64
	at, points  []int64 // knots
	size        int64   // target, half-life or span
	least       int     // readings of history
}

// A reading is an input in millionths.
type reading struct {
	value   int64
	target  int64
	history []int64
}

// read returns the points of an input; ok is false when there is too little to
// tell.
func (s *shape) read(r *reading) (points int64, ok bool) {
	switch s.kind {
	case PiecewiseLinear:
		return s.linear(r.value), true
	case Steps:
		return s.points[max(0, s.below(r.value)-1)], true
	case RatioToTarget:
		return s.ratio(r)
	case OwnGrowth:
		return s.growth(r)
	case OwnPercentile:
		return s.percentile(r)
	case HalfLife:
		p := decayed(uint64(max(0, r.value)), uint64(s.size))
		if s.best == 0 {
			p = highest - p
		}
		return p, true
	default: // LinearDecay
		age := min(max(0, r.value), s.size)
		return between(s.best, s.worst, uint64(age), uint64(s.size)), true
	}
}

// below returns how many knots lie at or below v.
func (s *shape) below(v int64) int {
	i := 0
	for _, at := range s.at {
		if at <= v {
			i++
		}
	}
	return i
}

func (s *shape) linear(v int64) int64 {
	i := s.below(v)
	if i == 0 || i == len(s.at) {
		return s.points[max(0, i-1)]
	}
	return between(s.points[i-1], s.points[i], uint64(v)-uint64(s.at[i-1]), uint64(s.at[i])-uint64(s.at[i-1]))
}

func (s *shape) ratio(r *reading) (points int64, ok bool) {
	target := r.target
	if target == 0 {
		target = s.size
	}
	if target == 0 {
		return 0, false
	}
	num, den := r.value, target
	if s.rising != (s.best == highest) { // lower is better
		num, den = den, num
		if den <= num {
			return s.best, true
		}
	}
	return between(s.worst, s.best, uint64(min(max(0, num), den)), uint64(den)), true
}

// growth is linear in value × n / sum of history, which is the growth plus 1.
func (s *shape) growth(r *reading) (points int64, ok bool) {
	sum, ok := s.sum(r.history)
	if !ok {
		return 0, false
	}
	grown := product(uint64(max(0, r.value)), uint64(len(r.history))).times(one)
	i := 0
	for i < len(s.at) && !grown.less(sum.times(uint64(s.at[i]+one))) {
		i++
	}
	if i == 0 || i == len(s.at) {
		return s.points[max(0, i-1)], true
	}
	from := sum.times(uint64(s.at[i-1] + one))
	return betweenWide(s.points[i-1], s.points[i], grown.sub(from), sum.times(uint64(s.at[i]-s.at[i-1]))), true
}

// sum adds up a history; ok is false when it is too short or not above 0, so
// that there is nothing to grow from.
func (s *shape) sum(history []int64) (sum wide, ok bool) {
	if len(history) < s.least {
		return wide{}, false
	}
	var up, down wide
	for _, v := range history {
		up = up.add(wide{0, uint64(max(0, v))})
		down = down.add(wide{0, uint64(max(0, -v))})
	}
	return up.sub(down), down.less(up)
}

func (s *shape) percentile(r *reading) (points int64, ok bool) {
	if len(r.history) < s.least {
		return 0, false
	}
	twice := 0
	for _, v := range r.history {
		if v < r.value {
			twice += 2
		} else if v == r.value {
			twice++
		}
	}
	low, high := int64(0), int64(highest)
	if !s.rising {
		low, high = high, low
	}
	return between(low, high, uint64(twice), uint64(2*len(r.history))), true
}

// between returns from + (to − from) × num / den, rounded half to even, for num
// from 0 to den.
func between(from, to int64, num, den uint64) int64 {
	if den < 1<<36 {
		return over(uint64(from)*(den-num)+uint64(to)*num, den)
	}
	return product(uint64(from), den-num).add(product(uint64(to), num)).over(wide{0, den})
}

// betweenWide is between for large fractions.
func betweenWide(from, to int64, num, den wide) int64 {
	return den.sub(num).times(uint64(from)).add(num.times(uint64(to))).over(den)
}

// monotone reports whether points do not turn against the direction.
func (s *shape) monotone() bool {
	if s.rising {
		return slices.IsSorted(s.points)
	}
	return slices.IsSortedFunc(s.points, func(a, b int64) int { return int(b - a) })
}
