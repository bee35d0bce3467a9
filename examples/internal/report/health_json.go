package report

import (
	"bytes"
	"encoding/json"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/health/alert"
	"metrics.internal/success/health/support"
	"metrics.internal/success/health/survey"
	"metrics.internal/success/health/tier"
)

// The JSON of the section. Revenue is null without contracts.
type (
	healthJSON struct {
		Bands    *bandsJSON   `json:"bands,omitempty"`
		Accounts []scoreJSON  `json:"accounts,omitzero"`
		NPS      *npsJSON     `json:"nps,omitempty"`
		CSAT     *csatJSON    `json:"csat,omitempty"`
		Support  *supportJSON `json:"support,omitempty"`
		Tiers    *tier.Plan   `json:"tiers,omitempty"`
		Alerts   []alertJSON  `json:"alerts,omitzero"`
	}
	bandJSON struct {
		Accounts int              `json:"accounts"`
		ARR      *decimal.Decimal `json:"arr"`
	}
	scoreJSON struct {
		Account   success.AccountID `json:"account"`
		Score     health.Score      `json:"score"`
		Lower     health.Score      `json:"lower"`
		Upper     health.Score      `json:"upper"`
		Coverage  health.Coverage   `json:"coverage"`
		Band      string            `json:"band"`
		TopReason *string           `json:"top_reason"`
	}
	alertJSON struct {
		alert.Alert
		AtStake *decimal.Decimal `json:"at_stake"` // of the alert; null without contracts
	}
	npsJSON struct {
		N int64 `json:"n"`
		success.Estimate
	}
	csatJSON struct {
		Method survey.Method `json:"method"`
		Scale  int           `json:"scale"`
		N      int64         `json:"n"`
		success.Estimate
		ResponseRate success.Ratio `json:"response_rate"`
	}
	supportJSON struct {
		FirstResponse responseJSON   `json:"first_response"`
		Resolution    resolutionJSON `json:"resolution"`
		OneTouch      touchesJSON    `json:"one_touch"`
		ReactiveShare success.Ratio  `json:"reactive_share"`
	}
	responseJSON struct {
		Median     success.Figure `json:"median"`
		P90        success.Figure `json:"p90"`
		Unanswered int            `json:"unanswered"`
	}
	resolutionJSON struct {
		Median success.Figure `json:"median"`
		P90    success.Figure `json:"p90"`
		Open   int            `json:"open"`
	}
	touchesJSON struct {
		support.Touches
		Share success.Ratio `json:"share"`
	}
)

// bandsJSON are bands, from the worst to Unknown.
type bandsJSON struct{ of *Health }

// MarshalJSON returns an object with a key for each band.
func (b *bandsJSON) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, e := range b.of.Exposures {
		band := bandJSON{e.Accounts, b.of.revenue(e.Revenue)}
		name, err := json.Marshal(e.Band)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(band)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.Write(name)
		out.WriteByte(':')
		out.Write(value)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// MarshalJSON returns the section as [healthJSON].
func (h *Health) MarshalJSON() ([]byte, error) {
	var j healthJSON
	if h.card != nil {
		j.Bands = &bandsJSON{h}
		j.Accounts = []scoreJSON{}
		j.Alerts = []alertJSON{}
		for _, a := range h.alerts.Open() {
			j.Alerts = append(j.Alerts, alertJSON{a, h.revenue(a.AtStake)})
		}
		for _, a := range h.scores {
			j.Accounts = append(j.Accounts, scoreOf(a))
		}
	}
	if h.nps != nil {
		j.NPS = &npsJSON{h.nps.Answers, h.nps.Estimate}
	}
	if c := h.csat; c != nil {
		j.CSAT = &csatJSON{c.Method, c.Scale, c.N, c.Estimate, c.ResponseRate}
	}
	if h.support != nil {
		j.Support = h.support.json()
	}
	if h.Tiers != nil {
		j.Tiers = h.Tiers.Plan
	}
	return json.Marshal(j)
}

// revenue returns an amount, nil when there are no contracts that it could be of.
func (h *Health) revenue(d decimal.Decimal) *decimal.Decimal {
	if !h.Paid {
		return nil
	}
	return &d
}

func scoreOf(a scored) scoreJSON {
	j := scoreJSON{a.Account, a.Effective, a.Lower, a.Upper, a.Coverage, a.Band, nil}
	if reasons := a.Reasons(); len(reasons) > 0 {
		j.TopReason = &reasons[0].Name
	}
	return j
}

func (f *supportFigures) json() *supportJSON {
	response, resolution := f.times.FirstResponse, f.times.Resolution
	return &supportJSON{
		responseJSON{response.Median, response.P90, response.Open},
		resolutionJSON{resolution.Median, resolution.P90, resolution.Open},
		touchesJSON{f.tally.Touches, f.tally.Touches.OneTouch()},
		f.reactive(),
	}
}
