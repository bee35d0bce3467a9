package tier_test

import (
	"strings"
	"testing"

	"metrics.internal/success/health/tier"
)

// TestFaultTexts: faults of what there is once have no position, and amounts
// and hours are told as they were given.
func TestFaultTexts(t *testing.T) {
	_, nobody := tier.Divide([]tier.Work{{Account: "a", Hours: whole(1)}}, nil, tier.Options{})
	_, much := tier.Divide([]tier.Work{{Account: "a", Hours: whole(5e12)}, {Account: "b", Hours: whole(4e12)}}, []string{"Ann"}, tier.Options{})
	p := open()
	p.Tiers[1].Hours = dec("3.5")
	order := p.Validate()
	for want, err := range map[string]error{
		"person: is missing": nobody,
		"work.Hours: 9000000000000 in sum is not below 9000000000000": much,
		"tier[1].Hours: 3.5 is not below the 3 of the tier before":    order,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %s", err, want)
		}
	}
}
