package support

import "metrics.internal/success"

// A Mix counts threads by who started them.
type Mix struct {
	Reactive  int `json:"reactive"`  // the customer did
	Proactive int `json:"proactive"` // we did
	Unknown   int `json:"unknown"`   // it is not recorded
	Automated int `json:"automated"` // nobody did: mail without an author
}

func (m *Mix) count(t *Ticket) {
	switch {
	case t.Automated:
		m.Automated++
	case t.Initiative == success.Reactive:
		m.Reactive++
	case t.Initiative == success.Proactive:
		m.Proactive++
	default:
		m.Unknown++
	}
}

// Add returns the mix of both.
func (m Mix) Add(n Mix) Mix {
	return Mix{m.Reactive + n.Reactive, m.Proactive + n.Proactive, m.Unknown + n.Unknown, m.Automated + n.Automated}
}

// Ratio returns how many proactive threads there are to one reactive thread:
// Proactive / Reactive. It may exceed 1, and is undefined without reactive
// threads.
func (m Mix) Ratio() success.Ratio { return success.RatioOf(m.Proactive, m.Reactive) }

// Share returns the share of proactive threads: Proactive / (Proactive +
// Reactive). It is undefined when there are neither. Automated mail and threads
// that nobody is known to have started are in neither part.
func (m Mix) Share() success.Ratio { return success.RatioOf(m.Proactive, m.Proactive+m.Reactive) }
