package tier

import (
	"bytes"
	"encoding/json"
)

// MarshalJSON returns one key for each tier, in order of tiers, and the accounts:
//
//	{"<tier>": {"accounts": 2, "arr": "500000", "hours_needed": "32", "hours_available": "32"},
//	 "assignments": [{"account": "A", "tier": "<tier>", "wanted": "<tier>", "reason": "as wanted"}]}
//
// Hours are those of the accounts that have the tier; hours_available is null
// without a limit.
func (p *Plan) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for _, l := range p.Loads() {
		if err := member(&b, l.Tier, l); err != nil {
			return nil, err
		}
		b.WriteByte(',')
	}
	if err := member(&b, reserved, p.Assignments()); err != nil {
		return nil, err
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func member(b *bytes.Buffer, name string, value any) error {
	key, err := json.Marshal(name)
	if err != nil {
		return err
	}
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	b.Write(key)
	b.WriteByte(':')
	b.Write(body)
	return nil
}

// MarshalJSON returns the accounts, revenue and hours, as [Plan.MarshalJSON]
// shows them.
func (l Load) MarshalJSON() ([]byte, error) {
	var available *string
	if l.Limited {
		text := l.Available.String()
		available = &text
	}
	return json.Marshal(struct {
		Accounts  int     `json:"accounts"`
		ARR       string  `json:"arr"`
		Needed    string  `json:"hours_needed"`
		Available *string `json:"hours_available"`
	}{l.Accounts, l.ARR.String(), l.Needed.String(), available})
}
