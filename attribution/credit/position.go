package credit

// Shares are those of the first touch, of all in the middle together, and of the
// last touch: whole numbers from 0 to 100,000 in any proportion, such as percent.
type Shares struct {
	First  int64 `json:"first"`
	Middle int64 `json:"middle"` // shared equally
	Last   int64 `json:"last"`
	Spill  bool  `json:"spill"` // with two touches, each gets half of the middle's share; otherwise the two keep their proportion
}

// Position gives by the place in the journey: of n touches
//
//	n = 1   all to the one
//	n = 2   First and Last, in their proportion; or, with Spill, First + Middle/2 and Last + Middle/2
//	n > 2   First, Middle/(n − 2) each, Last
//
// of First + Middle + Last. Two touches of shares that have nothing but a middle
// get half each. A share below 0 ([success.ErrNegative]) or above 100,000
// ([success.ErrRange]) and shares that are all 0 ([success.ErrMissing]) are
// errors.
func Position(s Shares) Model {
	return Model{name: nameOf("position", s.First, s.Middle, s.Last), rule: position, ends: s}
}

// U is [Position] of 40, 20 and 40.
func U() Model { return shape("U", 40, 20, 40) }

// J is [Position] of 20, 20 and 60.
func J() Model { return shape("J", 20, 20, 60) }

// InverseJ is [Position] of 60, 20 and 20.
func InverseJ() Model { return shape("inverse J", 60, 20, 20) }

func shape(name string, first, middle, last int64) Model {
	return Model{name: name, rule: position, ends: Shares{First: first, Middle: middle, Last: last}}
}

func (s *Shares) check(add func(field, value string, err error)) {
	checkShares("Position", []string{"First", "Middle", "Last"}, []int64{s.First, s.Middle, s.Last}, add)
}

// weigh sets the weights of at least one touch.
func (s *Shares) weigh(w []int64) {
	n := int64(len(w))
	switch {
	case n == 1:
		w[0] = 1
	case n == 2 && (s.Spill || s.First == 0 && s.Last == 0):
		w[0], w[1] = 2*s.First+s.Middle, 2*s.Last+s.Middle
	case n == 2:
		w[0], w[1] = s.First, s.Last
	default:
		for i := range w {
			w[i] = s.Middle
		}
		w[0], w[n-1] = s.First*(n-2), s.Last*(n-2)
	}
}
