package goal

import (
	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/internal/word"
)

// An Outcome is what was reported of a goal.
type Outcome uint8

// The outcomes. The zero value is that nothing was reported.
const (
	Unreported Outcome = iota
	Met                // reached in full
	PartlyMet          // reached in part, and no more will come
	NotMet             // given up, or found not to be reached
	Dropped            // cancelled by agreement
)

func outcomes() []string { return []string{"unreported", "met", "partly met", "not met", "dropped"} }

// String returns the outcome in words.
func (o Outcome) String() string { return word.Of(outcomes(), uint8(o)) }

// MarshalText returns what [Outcome.String] returns; a value that is none of the
// constants is an error.
func (o Outcome) MarshalText() ([]byte, error) { return word.Marshal(outcomes(), uint8(o)) }

// UnmarshalText reads what [Outcome.MarshalText] writes.
func (o *Outcome) UnmarshalText(text []byte) error {
	return word.Read(outcomes(), text, o)
}

// A Goal is something that a customer and the vendor agreed to reach by a day.
type Goal struct {
	ID      string            `json:"id"`             // unique within the account
	Account success.AccountID `json:"account"`        // whose goal it is
	Start   success.Date      `json:"start,omitzero"` // from when it can be worked on, such as go-live; none until that day is known
	Due     success.Date      `json:"due,omitzero"`   // last day in time; none only while Start is none
	Outcome Outcome           `json:"outcome"`        // what was reported
	On      success.Date      `json:"on,omitzero"`    // the day of the outcome; none when unreported
}

// check adds the faults of g, for the goal at a position of a slice.
func (g *Goal) check(index int, asOf success.Date, faults *success.Errors) {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "goal", Index: index, Field: field, Value: value, Err: err})
	}
	if g.ID == "" {
		add("ID", "", success.ErrMissing)
	}
	if g.Account == "" {
		add("Account", "", success.ErrMissing)
	}
	switch {
	case g.Due.IsZero() && !g.Start.IsZero():
		add("Due", "", success.ErrMissing)
	case !g.Due.IsZero() && g.Due.Before(g.Start):
		add("Due", g.Due.String(), fault.New(success.ErrOrder, "is before Start %s", g.Start))
	}
	if g.Outcome > Dropped {
		add("Outcome", g.Outcome.String(), success.ErrUnknown)
		return
	}
	if kind := g.checkDay(asOf); kind != nil {
		value := ""
		if !g.On.IsZero() {
			value = g.On.String()
		}
		add("On", value, kind)
	}
}

// checkDay returns what is wrong with the day of an outcome, nil when nothing is.
func (g *Goal) checkDay(asOf success.Date) error {
	switch {
	case g.Outcome == Unreported && !g.On.IsZero():
		return fault.New(success.ErrOrder, "is the day of an outcome that is unreported")
	case g.Outcome == Unreported:
		return nil
	case g.On.IsZero():
		return success.ErrMissing
	case g.reached():
		return check.Day(g.On, g.Start, "Start", asOf)
	}
	return check.Day(g.On, success.Date{}, "", asOf)
}

func (g *Goal) reached() bool { return g.Outcome == Met || g.Outcome == PartlyMet }
