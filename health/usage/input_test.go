package usage_test

import (
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/health/usage"
	"metrics.internal/success/internal/refusal"
)

var fault = refusal.Of

func TestBadCadences(t *testing.T) {
	good, asOf := on(0, 1), start.AddDays(1)
	for name, c := range map[string]struct {
		days   []success.Date
		ideal  int
		asOf   success.Date
		faults []refusal.Fault
	}{
		"no ideal":       {good, 0, asOf, []refusal.Fault{fault("Ideal", success.ErrMissing)}},
		"negative ideal": {good, -1, asOf, []refusal.Fault{fault("Ideal", success.ErrNegative)}},
		"endless ideal":  {good, usage.MaxIdeal + 1, asOf, []refusal.Fault{fault("Ideal", success.ErrRange)}},
		"no day":         {good, 7, success.Date{}, []refusal.Fault{fault("AsOf", success.ErrMissing)}},
		"no active day":  {[]success.Date{{}, asOf}, 7, asOf, []refusal.Fault{fault("", success.ErrMissing)}},
		"later":          {on(0, 2, 1), 7, asOf, []refusal.Fault{fault("", success.ErrOrder)}},
		"everything": {append(on(2), success.Date{}), -7, asOf, []refusal.Fault{
			fault("", success.ErrOrder), fault("", success.ErrMissing), fault("Ideal", success.ErrNegative),
		}},
	} {
		got, err := usage.CadenceOf(c.days, c.ideal, c.asOf)
		refusal.Check(t, name, err, c.faults...)
		if !sameCadence(got, usage.Cadence{}) {
			t.Errorf("%s: %+v is computed nevertheless", name, got)
		}
	}
}

func TestBadActivities(t *testing.T) {
	good := usage.Activity{Days: 30, ActiveDays: 20, ActiveUsers: 8, Uses: 200, FeaturesUsed: 6, FeaturesAvailable: 24, SeatsUsed: 9, SeatsBought: 10}
	for field, spoil := range map[string]func(*usage.Activity){
		"Days":              func(a *usage.Activity) { a.Days = -1 },
		"ActiveDays":        func(a *usage.Activity) { a.ActiveDays = -1 },
		"ActiveUsers":       func(a *usage.Activity) { a.ActiveUsers = -1 },
		"Uses":              func(a *usage.Activity) { a.Uses = -1 },
		"FeaturesUsed":      func(a *usage.Activity) { a.FeaturesUsed = -1 },
		"FeaturesAvailable": func(a *usage.Activity) { a.FeaturesAvailable = -1 },
		"SeatsUsed":         func(a *usage.Activity) { a.SeatsUsed = -1 },
		"SeatsBought":       func(a *usage.Activity) { a.SeatsBought = -1 },
	} {
		bad := good
		spoil(&bad)
		_, err := usage.ProfileOf(bad)
		refusal.Check(t, field, err, fault(field, success.ErrNegative))
	}
	for name, c := range map[string]struct {
		field string
		spoil func(*usage.Activity)
	}{
		"more features than there are": {"FeaturesUsed", func(a *usage.Activity) { a.FeaturesUsed = 25 }},
		"more days than there are":     {"ActiveDays", func(a *usage.Activity) { a.ActiveDays = 31 }},
		"features where none are":      {"FeaturesUsed", func(a *usage.Activity) { a.FeaturesAvailable = 0 }},
		"active on no days":            {"ActiveDays", func(a *usage.Activity) { a.Days = 0 }},
		"idle active days":             {"Uses", func(a *usage.Activity) { a.Uses = 19 }},
		"idle active users":            {"Uses", func(a *usage.Activity) { a.ActiveUsers = 201 }},
	} {
		bad := good
		c.spoil(&bad)
		_, err := usage.ProfileOf(bad)
		refusal.Check(t, name, err, fault(c.field, success.ErrRange))
	}
	_, err := usage.ProfileOf(usage.Activity{Days: 1, ActiveDays: 2, Uses: 1, FeaturesUsed: 1, SeatsBought: -5})
	refusal.Check(t, "everything", err, fault("SeatsBought", success.ErrNegative), fault("FeaturesUsed", success.ErrRange), fault("ActiveDays", success.ErrRange), fault("Uses", success.ErrRange))
}

func TestBadHistories(t *testing.T) {
	for name, c := range map[string]struct {
		history usage.History
		faults  []refusal.Fault
	}{
		"negative present": {usage.History{Present: -1}, []refusal.Fault{fault("Present", success.ErrNegative)}},
		"negative base":    {usage.History{MinBase: -1}, []refusal.Fault{fault("MinBase", success.ErrNegative)}},
		"huge":             {usage.History{Present: usage.MaxUses + 1}, []refusal.Fault{fault("Present", success.ErrRange)}},
		"everything": {usage.History{Earlier: []int64{5, -1, usage.MaxUses + 1}, Present: -2, MinBase: usage.MaxUses + 1}, []refusal.Fault{
			fault("Present", success.ErrNegative), fault("MinBase", success.ErrRange), fault("Earlier", success.ErrNegative), fault("Earlier", success.ErrRange),
		}},
	} {
		_, err := usage.FallOf(c.history)
		refusal.Check(t, name, err, c.faults...)
	}
	if _, err := usage.FallOf(usage.History{Present: -1}); err == nil || err.Error() != "history.Present: -1 is negative" {
		t.Errorf("a negative present: %v", err)
	}
	if _, err := usage.FallOf(usage.History{MinBase: -1}); err == nil || err.Error() != "history.MinBase: -1 is negative" {
		t.Errorf("a negative base: %v", err)
	}
}
