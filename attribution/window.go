package attribution

import "time"

// InWindow reports whether a touch counts for a deal by its time: whether
//
//	closed − window ≤ at ≤ closed
//
// both ends included. A window of 0 is unlimited; below 0, nothing is in it.
func InWindow(at, closed time.Time, window time.Duration) bool {
	return !at.After(closed) && (window == 0 || !at.Before(closed.Add(-window)))
}
