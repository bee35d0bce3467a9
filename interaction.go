package success

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"metrics.internal/success/internal/fault"
)

// An InteractionID identifies an interaction.
type InteractionID string

// An Initiative says who started the thread that an interaction belongs to.
type Initiative uint8

// Who started it. The zero value is unknown.
const (
	InitiativeUnknown Initiative = iota
	Reactive                     // the customer did
	Proactive                    // we did
)

// A Format says how many customers an interaction serves at once.
type Format uint8

// How many it serves. The zero value is unknown.
const (
	FormatUnknown Format = iota
	OneToOne             // a person for a customer
	OneToMany            // a person for many: webinars, office hours
	SelfService          // no person: documentation, recorded material
)

// An Interaction is one exchange between the company and an account: a ticket,
// a call, a review, a webinar.
type Interaction struct {
	ID           InteractionID `json:"id"`                      // unique within one call
	Account      AccountID     `json:"account"`                 // with whom
	At           time.Time     `json:"at"`                      // when it began
	Kind         string        `json:"kind,omitempty"`          // "support", "review", …; the caller's own words
	Initiative   Initiative    `json:"initiative,omitempty"`    // who started the thread
	Format       Format        `json:"format,omitempty"`        // for one or for many
	Channel      string        `json:"channel,omitempty"`       // "email", "phone", …
	Agent        string        `json:"agent,omitempty"`         // who served
	Contact      string        `json:"contact,omitempty"`       // who was served
	Effort       time.Duration `json:"effort,omitempty"`        // working time spent on it
	FirstReplyAt time.Time     `json:"first_reply_at,omitzero"` // first answer of a person; zero when there was none
	SolvedAt     time.Time     `json:"solved_at,omitzero"`      // zero while open
	Replies      int           `json:"replies,omitempty"`       // answers given
	Reopens      int           `json:"reopens,omitempty"`       // times it was opened again after being solved
}

// Validate reports, as [Errors], a missing ID, Account or At ([ErrMissing]), a
// first reply or solution before At ([ErrOrder]), a negative Effort, Replies or
// Reopens ([ErrNegative]) and an Initiative or Format that is none of the
// constants ([ErrUnknown]).
func (i Interaction) Validate() error {
	var faults Errors
	i.Check(-1, &faults)
	return faults.Err()
}

// Check adds what [Interaction.Validate] reports to faults, for the interaction
// at a position of a slice.
func (i *Interaction) Check(index int, faults *Errors) {
	add := func(field, value string, err error) {
		faults.Add(&InputError{"interaction", index, field, value, err})
	}
	if i.ID == "" {
		add("ID", "", ErrMissing)
	}
	if i.Account == "" {
		add("Account", "", ErrMissing)
	}
	if i.At.IsZero() {
		add("At", "", ErrMissing)
	} else {
		after := func(field string, t time.Time) {
			if !t.IsZero() && t.Before(i.At) {
				add(field, t.Format(time.RFC3339), fault.New(ErrOrder, "is before At %s", i.At.Format(time.RFC3339)))
			}
		}
		after("FirstReplyAt", i.FirstReplyAt)
		after("SolvedAt", i.SolvedAt)
	}
	if i.Initiative > Proactive {
		add("Initiative", strconv.Itoa(int(i.Initiative)), ErrUnknown)
	}
	if i.Format > SelfService {
		add("Format", strconv.Itoa(int(i.Format)), ErrUnknown)
	}
	if i.Effort < 0 {
		add("Effort", i.Effort.String(), ErrNegative)
	}
	if i.Replies < 0 {
		add("Replies", strconv.Itoa(i.Replies), ErrNegative)
	}
	if i.Reopens < 0 {
		add("Reopens", strconv.Itoa(i.Reopens), ErrNegative)
	}
}

// The words of the enumerations are functions, not variables, so that nothing
// can change them.
func initiatives() []string { return []string{"", "reactive", "proactive"} }

func formats() []string { return []string{"", "one-to-one", "one-to-many", "self-service"} }

// String returns "reactive" or "proactive", and nothing for unknown.
func (i Initiative) String() string { return word(initiatives(), int(i)) }

// MarshalText returns what String returns; a value that is none of the
// constants is an error.
func (i Initiative) MarshalText() ([]byte, error) { return marshalWord(initiatives(), int(i)) }

// UnmarshalText reads what MarshalText writes.
func (i *Initiative) UnmarshalText(text []byte) error {
	n, err := unmarshalWord(initiatives(), text)
	if err == nil {
		*i = Initiative(n)
	}
	return err
}

// String returns "one-to-one", "one-to-many" or "self-service", and nothing for
// unknown.
func (f Format) String() string { return word(formats(), int(f)) }

// MarshalText returns what String returns; a value that is none of the
// constants is an error.
func (f Format) MarshalText() ([]byte, error) { return marshalWord(formats(), int(f)) }

// UnmarshalText reads what MarshalText writes.
func (f *Format) UnmarshalText(text []byte) error {
	n, err := unmarshalWord(formats(), text)
	if err == nil {
		*f = Format(n)
	}
	return err
}

func word(words []string, i int) string {
	if i < len(words) {
		return words[i]
	}
	return "unknown " + strconv.Itoa(i)
}

func marshalWord(words []string, i int) ([]byte, error) {
	if i < len(words) {
		return []byte(words[i]), nil
	}
	return nil, fmt.Errorf("success: %d %w", i, ErrUnknown)
}

func unmarshalWord(words []string, text []byte) (int, error) {
	if i := slices.Index(words, string(text)); i >= 0 {
		return i, nil
	}
	return 0, fmt.Errorf("success: %s %w", shorten(string(text)), ErrUnknown)
}
