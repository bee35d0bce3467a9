package commission

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"metrics.internal/success/attribution"
)

var errMerge = errors.New("commission: only statements of the same day and different deals merge")

// Merge returns the statement of the deals of both: that of a ledger of all of
// them, digit for digit. It is an error if statements differ in day or have a deal
// in common.
func (s *Statement) Merge(other *Statement) (*Statement, error) {
	if s.Day != other.Day {
		return nil, fmt.Errorf("%w: %v and %v", errMerge, s.Day, other.Day)
	}
	own := make(map[attribution.DealID]bool, len(s.Lines))
	for i := range s.Lines {
		own[s.Lines[i].Deal] = true
	}
	for i := range other.Lines {
		if deal := other.Lines[i].Deal; own[deal] {
			return nil, fmt.Errorf("%w: %s is in both", errMerge, deal)
		}
	}
	merged := &Statement{Day: s.Day, Lines: append(append([]Line{}, s.Lines...), other.Lines...), Next: sooner(s.Next, other.Next)}
	slices.SortFunc(merged.Lines, func(a, b Line) int {
		return cmp.Or(strings.Compare(string(a.Deal), string(b.Deal)), strings.Compare(a.Person, b.Person))
	})
	return merged, nil
}
