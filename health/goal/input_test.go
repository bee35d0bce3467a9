package goal_test

import (
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/health/goal"
	"metrics.internal/success/internal/refusal"
)

var fault = refusal.Of

func TestBadGoals(t *testing.T) {
	good := goal.Goal{ID: "g", Account: "a", Start: ago(100), Due: ago(10), Outcome: goal.Met, On: ago(50)}
	for name, c := range map[string]struct {
		spoil func(*goal.Goal)
		fault refusal.Fault
	}{
		"no ID":                      {func(g *goal.Goal) { g.ID = "" }, fault("ID", success.ErrMissing)},
		"no account":                 {func(g *goal.Goal) { g.Account = "" }, fault("Account", success.ErrMissing)},
		"no day due":                 {func(g *goal.Goal) { g.Due = success.Date{} }, fault("Due", success.ErrMissing)},
		"due before it starts":       {func(g *goal.Goal) { g.Due = ago(101) }, fault("Due", success.ErrOrder)},
		"unknown outcome":            {func(g *goal.Goal) { g.Outcome = goal.Dropped + 1 }, fault("Outcome", success.ErrUnknown)},
		"no day":                     {func(g *goal.Goal) { g.On = success.Date{} }, fault("On", success.ErrMissing)},
		"a day of nothing":           {func(g *goal.Goal) { g.Outcome = goal.Unreported }, fault("On", success.ErrOrder)},
		"tomorrow":                   {func(g *goal.Goal) { g.On = ago(-1) }, fault("On", success.ErrOrder)},
		"met before it starts":       {func(g *goal.Goal) { g.On = ago(101) }, fault("On", success.ErrOrder)},
		"partly met before it began": {func(g *goal.Goal) { g.Outcome, g.On = goal.PartlyMet, ago(101) }, fault("On", success.ErrOrder)},
	} {
		bad := good
		c.spoil(&bad)
		r, err := goal.Assess([]goal.Goal{bad}, asOf)
		refusal.Check(t, name, err, c.fault)
		if r.Accounts != nil {
			t.Errorf("%s: %+v is computed nevertheless", name, r)
		}
	}
	other := good
	other.Account = "b"
	if _, err := goal.Assess([]goal.Goal{good, other}, asOf); err != nil {
		t.Errorf("two accounts with goals of the same ID: %v", err)
	}
	_, err := goal.Assess([]goal.Goal{good, good, {}, {}, good}, success.Date{})
	refusal.Check(t, "everything", err,
		fault("ID", success.ErrDuplicate), fault("ID", success.ErrMissing), fault("Account", success.ErrMissing),
		fault("ID", success.ErrMissing), fault("Account", success.ErrMissing), fault("ID", success.ErrDuplicate), fault("AsOf", success.ErrMissing))
}

func TestBadWaits(t *testing.T) {
	good := goal.Wait{Account: "a", Start: ago(100), Reached: ago(10)}
	for name, c := range map[string]struct {
		spoil  func(*goal.Wait)
		faults []refusal.Fault
	}{
		"no account":                {func(w *goal.Wait) { w.Account = "" }, []refusal.Fault{fault("Account", success.ErrMissing)}},
		"no start":                  {func(w *goal.Wait) { w.Start = success.Date{} }, []refusal.Fault{fault("Start", success.ErrMissing)}},
		"starts tomorrow":           {func(w *goal.Wait) { w.Start, w.Reached = ago(-1), success.Date{} }, []refusal.Fault{fault("Start", success.ErrOrder)}},
		"there before it starts":    {func(w *goal.Wait) { w.Reached = ago(101) }, []refusal.Fault{fault("Reached", success.ErrOrder)}},
		"there tomorrow":            {func(w *goal.Wait) { w.Reached = ago(-1) }, []refusal.Fault{fault("Reached", success.ErrOrder)}},
		"left before it starts":     {func(w *goal.Wait) { w.Reached, w.Left = success.Date{}, ago(101) }, []refusal.Fault{fault("Left", success.ErrOrder)}},
		"left tomorrow":             {func(w *goal.Wait) { w.Reached, w.Left = success.Date{}, ago(-1) }, []refusal.Fault{fault("Left", success.ErrOrder)}},
		"there after it left":       {func(w *goal.Wait) { w.Left = ago(11) }, []refusal.Fault{fault("Reached", success.ErrOrder)}},
		"everything in wrong order": {func(w *goal.Wait) { w.Start, w.Left = ago(9), ago(11) }, []refusal.Fault{fault("Reached", success.ErrOrder), fault("Left", success.ErrOrder), fault("Reached", success.ErrOrder)}},
	} {
		bad := good
		c.spoil(&bad)
		s, err := goal.TimeToValue([]goal.Wait{bad}, "go-live", asOf)
		refusal.Check(t, name, err, c.faults...)
		if s.Reached+s.Waiting+s.Left != 0 {
			t.Errorf("%s: %+v is computed nevertheless", name, s)
		}
	}
	_, err := goal.TimeToValue([]goal.Wait{good, good, good, {Start: ago(1)}, {Start: ago(1)}}, "", success.Date{})
	refusal.Check(t, "everything", err, fault("From", success.ErrMissing), fault("AsOf", success.ErrMissing),
		fault("Account", success.ErrDuplicate), fault("Account", success.ErrDuplicate), fault("Account", success.ErrMissing), fault("Account", success.ErrMissing))
}

func TestQuantilesOutsideAreUndefined(t *testing.T) {
	s, err := goal.TimeToValue([]goal.Wait{{Account: "a", Start: ago(9), Reached: ago(2)}}, "go-live", asOf)
	for _, p := range []float64{-1, 0, 1, 2} {
		if err != nil || s.Quantile(p).Defined() {
			t.Errorf("quantile %v is %v, %v", p, s.Quantile(p), err)
		}
	}
	if (goal.Speed{}).Quantile(0.5).Defined() {
		t.Error("nobody has a median")
	}
}
