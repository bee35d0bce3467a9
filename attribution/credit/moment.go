package credit

import (
	"cmp"
	"time"
)

// A moment is a point in time, to the nanosecond, of any year: a duration
// between two of them would end at 292 years.
type moment struct {
	seconds int64 // since 1970
	nanos   int32
}

func momentOf(t time.Time) moment { return moment{t.Unix(), int32(t.Nanosecond())} }

func (m moment) compare(n moment) int {
	if m.seconds != n.seconds {
		return cmp.Compare(m.seconds, n.seconds)
	}
	return cmp.Compare(m.nanos, n.nanos)
}

// since returns how many seconds m is after n.
func (m moment) since(n moment) float64 {
	return float64(m.seconds) - float64(n.seconds) + float64(m.nanos-n.nanos)*1e-9
}

func (m moment) time() time.Time { return time.Unix(m.seconds, int64(m.nanos)).UTC() }
