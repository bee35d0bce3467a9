package main

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/retention"
)

// The answers as JSON. Money and rates are strings, an undefined rate is null.
type (
	rates struct {
		Version       int               `json:"version"`
		Period        success.Period    `json:"period"`
		Currency      string            `json:"currency"`
		ARR           retention.Amounts `json:"arr"`
		NRR           success.Ratio     `json:"nrr"`
		GRR           success.Ratio     `json:"grr"`
		LogoRetention success.Ratio     `json:"logo_retention"`
	}
	lines struct {
		Version int            `json:"version"`
		Period  success.Period `json:"period"`
		Lines   []line         `json:"lines"` // the largest change first
		More    int            `json:"more"`  // that were left out
	}
	line struct {
		Account  success.AccountID `json:"account"`
		Opening  decimal.Decimal   `json:"opening"`
		Closing  decimal.Decimal   `json:"closing"`
		Movement retention.Kind    `json:"movement"`
		Amount   decimal.Decimal   `json:"amount"`
		FX       decimal.Decimal   `json:"fx"`
	}
	scores struct {
		Version  int          `json:"version"`
		AsOf     success.Date `json:"as_of"`
		Accounts []score      `json:"accounts"`
	}
	score struct {
		Account   success.AccountID `json:"account"`
		Score     health.Score      `json:"score"`
		Lower     health.Score      `json:"lower"` // where it may lie once all is known
		Upper     health.Score      `json:"upper"`
		Coverage  health.Coverage   `json:"coverage"`
		Band      string            `json:"band"`
		TopReason string            `json:"top_reason"`
	}
	alive struct {
		Status    string `json:"status"`
		Version   int    `json:"version"`
		Contracts int    `json:"contracts"`
	}
)

// maxLines is how many lines an answer has when nothing is asked for.
const maxLines = 100

// rates answers GET /nrr?from=…&to=….
func (c *company) rates(r *http.Request) (any, error) {
	p, err := c.period(r)
	if err != nil {
		return nil, err
	}
	m, err := c.book.Between(p)
	if err != nil {
		return nil, refused{err}
	}
	return rates{c.version, p, m.Currency, m.Amounts, m.NRR(), m.GRR(), m.LogoRetention()}, nil
}

// lines answers GET /lines?from=…&to=…&limit=….
func (c *company) lines(r *http.Request) (any, error) {
	p, err := c.period(r)
	if err != nil {
		return nil, err
	}
	limit := maxLines
	if text := r.FormValue("limit"); text != "" {
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 {
			return nil, refused{fmt.Errorf("limit: %.40q is not a number of 1 or more", text)}
		}
	}
	all, err := c.book.Lines(p)
	if err != nil {
		return nil, refused{err}
	}
	all = slices.DeleteFunc(all, func(l retention.Line) bool { return l.Movement == retention.None && l.FX.IsZero() })
	slices.SortStableFunc(all, func(a, b retention.Line) int {
		return cmp.Or(b.Amount.Abs().Cmp(a.Amount.Abs()), cmp.Compare(a.Account, b.Account))
	})
	answer := lines{c.version, p, []line{}, 0}
	for i, l := range all {
		if i == limit {
			answer.More = len(all) - limit
			break
		}
		answer.Lines = append(answer.Lines, line{l.Account, l.Opening, l.Closing, l.Movement, l.Amount, l.FX})
	}
	return answer, nil
}

// scores answers GET /health.
func (c *company) scores(*http.Request) (any, error) {
	answer := scores{c.version, c.asOf, []score{}}
	for _, e := range c.health {
		s := score{e.Account, e.Effective, e.Lower, e.Upper, e.Coverage, e.Band, ""}
		if reasons := e.Reasons(); len(reasons) > 0 {
			s.TopReason = reasons[0].Name
		}
		answer.Accounts = append(answer.Accounts, s)
	}
	return answer, nil
}

// alive answers GET /healthz.
func (c *company) alive(*http.Request) (any, error) {
	return alive{"ok", c.version, c.book.Len()}, nil
}

// period reads from and to, by default the last twelve whole months known.
func (c *company) period(r *http.Request) (success.Period, error) {
	_, month, _ := c.asOf.Civil()
	to := success.Month(c.asOf.Year(), month).From
	p := success.Period{From: to.AddMonths(-12), To: to}
	for name, d := range map[string]*success.Date{"from": &p.From, "to": &p.To} {
		if text := r.FormValue(name); text != "" {
			if err := d.UnmarshalText([]byte(text)); err != nil {
				return p, refused{fmt.Errorf("%s: %w", name, err)}
			}
		}
	}
	if err := p.Validate(); err != nil {
		return p, refused{err}
	}
	return p, nil
}
