package report

import (
	"errors"
	"fmt"

	"metrics.internal/success"
	"metrics.internal/success/examples/internal/touch"
	"metrics.internal/success/health/tier"
)

// A Tiers says who gets which touch at the close of the period.
type Tiers struct {
	Note string // of the policy
	Plan *tier.Plan

	before success.Date
}

// assignTiers puts the customers into tiers. Those at risk by their score stay
// where they are if the policy says so.
func (h *Health) assignTiers(s source) error {
	policy, err := touch.Policy(s.files)
	if err != nil || s.book == nil || !s.Has("accounts.csv") {
		return err
	}
	company, err := touch.New(s.book, s.Accounts, s.period.To)
	if err != nil {
		return s.Mapped(err)
	}
	plan, err := company.Assign(policy, h.atRisk())
	switch {
	case errors.Is(err, success.ErrRange): // more revenue than tiers can weigh is no fault of the folder
		h.notes = append(h.notes, "no tiers: "+err.Error())
		return nil
	case err != nil:
		return fmt.Errorf("no tiers: %w", err)
	}
	h.Tiers = &Tiers{policy.Note, plan, company.Before}
	return nil
}
