package health

// narrowMean is the nested mean when all sums fit 64 bits.
func (c *Scorecard) narrowMean(cells []cell) tally {
	var score, scoreWeight, sure, known, weight uint64
	scoreDen, den := uint64(1), uint64(1)
	for i := range c.sections {
		s := &c.sections[i]
		sh := s.share(cells)
		if sh.scoring > 0 {
			score = score*sh.scoring + scoreDen*s.weight*sh.points
			scoreDen *= sh.scoring
			scoreWeight += s.weight
		}
		if sh.applying > 0 {
			sure = sure*sh.applying + den*s.weight*sh.sure
			known = known*sh.applying + den*s.weight*sh.known
			den *= sh.applying
			weight += s.weight
		}
	}
	var t tally
	if scoreWeight > 0 {
		t.computed = scored(over(score, scoreDen*scoreWeight))
	}
	if den *= weight; den > 0 {
		t.coverage = Coverage{int32(over(known*one, den)) + 1}
		t.lower = scored(over(sure, den))
		t.upper = scored(over(sure+(den-known)*highest, den))
	}
	return t
}
