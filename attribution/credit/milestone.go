package credit

// Stones are the shares of milestones, whole numbers from 0 to 100,000 in any
// proportion. A milestone with a share of 0 is none: its touch is among the
// others.
type Stones struct {
	First  int64 `json:"first"`  // FT, the first touch
	Lead   int64 `json:"lead"`   // LC, the last touch at or before the account's earliest lead
	Opened int64 `json:"opened"` // OC, the last touch at or before the deal was opened
	Won    int64 `json:"won"`    // CW, the last touch at or before the deal was closed
	Others int64 `json:"others"` // all touches on no milestone, equally
	Lose   bool  `json:"lose"`   // the share of a milestone that is missing is unattributed; otherwise the others of them get it
}

// Milestones gives by what happened on the way. A touch on several milestones
// gets the sum of their shares, and every touch on none the same part of Others.
//
// Without such touches the share of Others goes to the milestones there are, in
// proportion. So does that of a milestone that is missing, because the account
// has no lead or no touch is old enough; or it is unattributed, with Lose. Where
// no milestone is there, the touches get all of it equally, or with Lose the
// share of Others.
//
// The earliest lead of an account is that in the [Records], of whatever source.
// Paths have neither leads nor times, so that the model cannot be used on them.
// A share below 0 ([success.ErrNegative]) or above 100,000 ([success.ErrRange])
// and shares that are all 0 ([success.ErrMissing]) are errors.
func Milestones(s Stones) Model {
	return Model{name: nameOf("milestones", s.First, s.Lead, s.Opened, s.Won, s.Others), rule: milestones, stones: s}
}

// UMilestones is [Milestones] of 40 for the first touch, 40 for the lead and 20
// for others.
func UMilestones() Model { return stones("U milestones", Stones{First: 40, Lead: 40, Others: 20}) }

// W is [Milestones] of 30 for the first touch, 30 for the lead, 30 for the opening
// and 10 for others.
func W() Model { return stones("W", Stones{First: 30, Lead: 30, Opened: 30, Others: 10}) }

// FullPath is [Milestones] of 22.5 for the first touch, the lead, the opening and
// the close, and 10 for others.
func FullPath() Model {
	return stones("full path", Stones{First: 225, Lead: 225, Opened: 225, Won: 225, Others: 100})
}

func stones(name string, s Stones) Model {
	return Model{name: name, rule: milestones, stones: s}
}

func (s *Stones) check(add func(field, value string, err error)) {
	names := []string{"First", "Lead", "Opened", "Won", "Others"}
	checkShares("Milestones", names, []int64{s.First, s.Lead, s.Opened, s.Won, s.Others}, add)
}

// weigh sets the weights of at least one touch, given the positions of the
// milestones between, below 0 when they are missing. It returns the weight of
// what is unattributed.
func (s *Stones) weigh(w []int64, lead, opened int) (none int64) {
	clear(w)
	var present, missing int64
	set := func(at int, share int64) {
		if at < 0 {
			missing += share
			return
		}
		present += share
		w[at] += share
	}
	set(0, s.First)
	set(lead, s.Lead)
	set(opened, s.Opened)
	set(len(w)-1, s.Won)
	return s.share(w, present, missing)
}

// share gives what is not on a milestone to the touches, of which those on one
// have their shares, and returns what nobody gets.
func (s *Stones) share(w []int64, present, missing int64) (none int64) {
	others := int64(0)
	for _, x := range w {
		if x == 0 {
			others++
		}
	}
	spread, rest := missing, s.Others // to milestones, to others
	if s.Lose {
		spread, none = 0, missing
	}
	switch {
	case present == 0:
		spread, rest, present = 0, rest+spread, 1
	case others == 0:
		spread, rest, others = spread+rest, 0, 1
	}
	for i, x := range w {
		if x == 0 {
			w[i] = rest * present
		} else {
			w[i] = x * (present + spread) * others
		}
	}
	return none * present * others
}
