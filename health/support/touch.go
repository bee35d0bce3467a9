package support

import "metrics.internal/success"

// Touches counts solved tickets by how many replies they took. Mail that was
// closed without a reply is not one-touch.
type Touches struct {
	None    int `json:"none"`    // solved without a reply
	One     int `json:"one"`     // with one
	Two     int `json:"two"`     // with two
	More    int `json:"more"`    // with three or more
	Unknown int `json:"unknown"` // solved and answered, with no number of replies; or it cannot be told whether they were solved
	Open    int `json:"open"`    // not solved
}

func (t *Touches) count(s *story) {
	switch {
	case s.lost:
		t.Unknown++
	case s.solved.IsZero():
		t.Open++
	case s.Replies == 0 && !s.reply.IsZero():
		t.Unknown++
	case s.Replies == 0:
		t.None++
	case s.Replies == 1:
		t.One++
	case s.Replies == 2:
		t.Two++
	default:
		t.More++
	}
}

// Add returns the touches of both.
func (t Touches) Add(u Touches) Touches {
	return Touches{t.None + u.None, t.One + u.One, t.Two + u.Two, t.More + u.More, t.Unknown + u.Unknown, t.Open + u.Open}
}

// OneTouch returns the share of the solved tickets that one reply solved: One /
// (None + One + Two + More). It is undefined without solved tickets whose
// replies are known.
func (t Touches) OneTouch() success.Ratio {
	return success.RatioOf(t.One, t.None+t.One+t.Two+t.More)
}
