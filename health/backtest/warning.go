package backtest

import (
	"errors"
	"fmt"

	"metrics.internal/success"
	"metrics.internal/success/health"
)

// The warnings of a back-test, to be told apart with [errors.Is]. A warning says
// why a figure that could be computed may not mean what it seems to.
var (
	ErrNoEvents  = errors.New("nobody left: whatever needs an event is undefined")
	ErrFewEvents = errors.New("fewer than 10 events")
	ErrOverlap   = errors.New("the outcome overlaps the scoring window: inputs are newer than the score")
	ErrTooGood   = errors.New("too good to be true, does it know the outcome? information value above 0.5")
	ErrUnscored  = errors.New("accounts without a score are in no figure of the score")
	ErrBackwards = errors.New("better scores leave more often: is the scale the wrong way round?")
)

// A Warning is one of the warnings about something.
type Warning struct {
	Kind    error  // one of the Err variables
	Subject string // "band Red", "measure logins"; empty when it is about all
	Detail  string // figures
}

// Error returns a line like
//
//	band Red: fewer than 10 events: 3
func (w Warning) Error() string {
	text := w.Kind.Error()
	if w.Subject != "" {
		text = w.Subject + ": " + text
	}
	if w.Detail != "" {
		text += ": " + w.Detail
	}
	return text
}

// Unwrap returns w.Kind.
func (w Warning) Unwrap() error { return w.Kind }

// MarshalText returns what [Warning.Error] returns.
func (w Warning) MarshalText() ([]byte, error) { return []byte(w.Error()), nil }

const (
	fewEvents = 10  // below which a rate is not worth much
	tooGood   = 0.5 // information value
)

func (r *Report) warn(records []Record) (all []Warning) {
	add := func(kind error, subject, detail string) { all = append(all, Warning{kind, subject, detail}) }
	if r.Left == 0 {
		add(ErrNoEvents, "", "")
	} else {
		r.warnFew(add)
	}
	if n := overlaps(records); n > 0 {
		add(ErrOverlap, "", fmt.Sprintf("%d accounts", n))
	}
	if r.Unscored > 0 {
		add(ErrUnscored, "", fmt.Sprint(r.Unscored))
	}
	if r.Finding == Backwards {
		add(ErrBackwards, "", "")
	}
	for _, m := range r.Measures {
		subject := "measure " + m.Measure
		if iv, _ := m.IV.Float64(); iv > tooGood {
			add(ErrTooGood, subject, fmt.Sprintf("%s, of which %s by chance", short(m.IV), short(m.Chance)))
		}
		if m.Finding == Backwards {
			add(ErrBackwards, subject, "")
		}
	}
	return all
}

// warnFew warns of each band with few events, or of few in all without bands.
func (r *Report) warnFew(add func(kind error, subject, detail string)) {
	if len(r.Bands) == 0 && r.Left < fewEvents {
		add(ErrFewEvents, "", fmt.Sprint(r.Left))
	}
	for _, b := range r.Bands {
		if b.Accounts > 0 && b.Left < fewEvents && b.Name != health.Unknown {
			add(ErrFewEvents, "band "+b.Name, fmt.Sprint(b.Left))
		}
	}
}

// overlaps returns how many accounts were scored on inputs newer than the score.
func overlaps(records []Record) (n int) {
	for i := range records {
		if r := &records[i]; !r.ScoredAt.IsZero() && r.Newest.After(r.ScoredAt) {
			n++
		}
	}
	return n
}

func short(f success.Figure) string {
	x, _ := f.Float64()
	return fmt.Sprintf("%.3g", x)
}
