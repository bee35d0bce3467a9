package health

import "math/big"

// vastMean is mean for weights with so many digits that sums over sections may
// not fit 128 bits.
func (c *Scorecard) vastMean(cells []cell) (t tally) {
	var scoring, points, known, sure, applying big.Rat
	for i := range c.sections {
		s := &c.sections[i]
		sh := s.share(cells)
		own, applied := sh.scoring, sh.applying
		if c.combiner == FlatMean {
			own, applied = s.sum(), s.sum()
		}
		s.plus(&scoring, sh.scoring, own)
		s.plus(&points, sh.points, own)
		s.plus(&known, sh.known, applied)
		s.plus(&sure, sh.sure, applied)
		s.plus(&applying, sh.applying, applied)
	}
	if scoring.Sign() > 0 {
		t.computed = scored(nearest(points.Quo(&points, &scoring)))
	}
	if applying.Sign() == 0 {
		return t
	}
	known.Quo(&known, &applying)
	sure.Quo(&sure, &applying)
	open := new(big.Rat).Sub(big.NewRat(1, 1), &known)
	t.lower = scored(nearest(&sure))
	t.upper = scored(nearest(sure.Add(&sure, open.Mul(open, big.NewRat(highest, 1)))))
	t.coverage = Coverage{int32(nearest(known.Mul(&known, big.NewRat(one, 1)))) + 1}
	return t
}

// plus adds the weight of s × part / size to a sum, nothing when size is 0.
func (s *section) plus(sum *big.Rat, part, size uint64) {
	if size == 0 {
		return
	}
	num := new(big.Int).Mul(new(big.Int).SetUint64(s.weight), new(big.Int).SetUint64(part))
	sum.Add(sum, new(big.Rat).SetFrac(num, new(big.Int).SetUint64(size)))
}
