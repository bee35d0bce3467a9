package check_test

import (
	"errors"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
)

func TestDay(t *testing.T) {
	day := success.MustDate
	first, asOf := day("2024-02-01"), day("2024-03-01")
	for _, c := range []struct {
		d, first, asOf success.Date
		want           string
	}{
		{success.Date{}, first, asOf, ""},
		{day("2024-01-31"), first, asOf, "is before Start 2024-02-01"},
		{first, first, asOf, ""},
		{asOf, first, asOf, ""},
		{day("2024-03-02"), first, asOf, "is after 2024-03-01"},
		{day("2024-03-02"), first, success.Date{}, ""},
		{day("2024-01-31"), success.Date{}, asOf, ""},
	} {
		err := check.Day(c.d, c.first, "Start", c.asOf)
		if err == nil && c.want == "" {
			continue
		}
		if err == nil || err.Error() != c.want || !errors.Is(err, success.ErrOrder) {
			t.Errorf("%v from %v to %v: %v, want %q", c.d, c.first, c.asOf, err, c.want)
		}
	}
}
