package tier

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

// A Policy says who gets what. Its hours, and those of its teams, are about one
// period of the caller's choice, such as a quarter.
type Policy struct {
	Note  string `json:"note,omitempty"`  // for people to read: where the numbers come from
	Tiers []Tier `json:"tiers"`           // the most personal first; the last has no Team and takes all
	Locks Locks  `json:"locks,omitzero"`  // what keeps an account where it is
	Dwell int    `json:"dwell,omitempty"` // days an account must head for another tier before it wants it
}

// A Tier is a way of looking after accounts.
type Tier struct {
	Name    string          `json:"name"`              // unique; "assignments" is reserved
	Format  success.Format  `json:"format"`            // one-to-one, one-to-many or self-service, in this order from tier to tier
	Hours   decimal.Decimal `json:"hours"`             // for an ordinary account in the period, fewer from tier to tier; at most four decimals
	Cadence int             `json:"cadence,omitempty"` // days from touch to touch; 0 for none planned
	Entry   Entry           `json:"entry,omitzero"`    // what qualifies for it; the last tier needs nothing
	Team    *Team           `json:"team,omitempty"`    // who serves it; nil for no limit
}

// An Entry says what qualifies an account for a tier. Any one rule is enough; a
// zero field is no rule.
type Entry struct {
	Up         decimal.Decimal    `json:"up,omitzero"`         // annual revenue from which an account qualifies
	Down       decimal.Decimal    `json:"down,omitzero"`       // annual revenue down to which it keeps the tier; 0 means Up
	Complexity int                `json:"complexity,omitzero"` // from which Account.Complexity qualifies
	Strategic  bool               `json:"strategic,omitzero"`  // whether Account.Strategic qualifies
	Contract   bool               `json:"contract,omitzero"`   // whether Account.NamedCSM qualifies
	Also       func(Account) bool `json:"-"`                   // any other rule, called once for each account; more revenue must not fail it
}

// Locks say what keeps an account, and its family, in a tier whether there is
// room or not. An account that names a tier itself ([Account.Manual]) is always
// locked. The zero value locks no other.
type Locks struct {
	Strategic bool `json:"strategic,omitzero"` // a strategic account has the tier it wants
	Contract  bool `json:"contract,omitzero"`  // an account with a right to a named CSM has the tier it wants
	AtRisk    bool `json:"at_risk,omitzero"`   // an account at risk stays
	Renewal   int  `json:"renewal,omitzero"`   // an account stays for as many days before its renewal; 0 for no such lock
	Handover  int  `json:"handover,omitzero"`  // an account stays for as many days after its owner changed; 0 for no such lock
}

// Parse reads a policy from JSON, such as
//
//	{"note": "example",
//	 "dwell": 60,
//	 "locks": {"strategic": true, "renewal": 90},
//	 "tiers": [
//	   {"name": "high touch", "format": "one-to-one", "hours": 16, "cadence": 14,
//	    "entry": {"up": "50000", "down": "40000", "strategic": true},
//	    "team": {"people": 2, "hours": 520, "utilisation": 0.75, "admin": 0.15}},
//	   {"name": "tech touch", "format": "self-service", "hours": 0}]}
//
// It reports keys that it does not know and anything after the policy, and what
// [Policy.Validate] does.
func Parse(data []byte) (Policy, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var p Policy
	if err := d.Decode(&p); err != nil {
		return Policy{}, fmt.Errorf("tier: policy: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Policy{}, errors.New("tier: policy: there is more after it")
	}
	if err := p.Validate(); err != nil {
		return Policy{}, err
	}
	return p, nil
}

// Validate reports, as [success.Errors]:
//
//   - no tiers, and a name or format that is missing ([success.ErrMissing]),
//   - a name that occurs twice or is reserved ([success.ErrDuplicate]),
//   - formats, hours or Up that are not in order from tier to tier, and Down
//     above Up ([success.ErrOrder]),
//   - negative numbers ([success.ErrNegative]),
//   - utilisation outside (0, 1], admin outside [0, 1), a last tier with a Team,
//     and numbers too large or too fine ([success.ErrRange]).
func (p Policy) Validate() error {
	var faults success.Errors
	rulesOf(p, &faults)
	return faults.Err()
}
