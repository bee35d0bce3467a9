package report

import (
	"fmt"
	"math"
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/health/support"
)

// write prints the section for people.
func (h *Health) write(p *page, currency string) {
	if h.card != nil {
		h.writeBands(p, currency)
		h.writeScores(p)
	}
	if h.nps != nil || h.csat != nil {
		h.writeVoice(p)
	}
	if h.support != nil {
		h.support.write(p)
	}
	if h.Tiers != nil {
		h.Tiers.write(p, h.name)
	}
	if h.card != nil {
		h.writeAlerts(p)
	}
}

func (h *Health) writeBands(p *page, currency string) {
	title := "Health of customers by band"
	if currency != "" && h.Paid {
		title += " (" + currency + ")"
	}
	p.heading(title)
	if h.Example {
		p.line("  Scored by example numbers, no recommendation: put your own in scorecard.json.")
	}
	total := decimal.Decimal{}
	for _, e := range h.Exposures {
		total = total.Add(e.Revenue)
	}
	g := newGrid("", "accounts", "of them", "revenue", "of it")
	for _, e := range h.Exposures {
		cells := []string{e.Band, strconv.Itoa(e.Accounts), Percent(success.RatioOf(e.Accounts, len(h.scores))), "", ""}
		if h.Paid {
			cells[3], cells[4] = Amount(e.Revenue, 0), Percent(success.Ratio{Num: e.Revenue, Den: total})
		}
		g.add(cells...)
	}
	g.write(p)
}

// maxScores is how many of the worst scores are shown.
const maxScores = 10

func (h *Health) writeScores(p *page) {
	if len(h.scores) == 0 {
		return
	}
	shown := h.scores[:min(len(h.scores), maxScores)]
	var amounts []decimal.Decimal
	for _, a := range shown {
		amounts = append(amounts, a.revenue)
	}
	scale := scaleFor(amounts...)
	p.heading(scale.in(fmt.Sprintf("The lowest %d of %s, and where a score may lie once all is known", len(shown), Plural(len(h.scores), "score"))))
	if h.card.Scale() == health.Risk {
		p.line("  Scores of risk: the highest come first.")
	}
	g := newGrid("", "revenue", "score", "range", "known", "band", "pulled down by")
	g.left[5], g.left[6] = true, true
	for _, a := range shown {
		revenue, code := "", ""
		if h.Paid {
			revenue = scale.amount(a.revenue)
		}
		if a.Band == h.bands()[0] {
			code = red
		}
		g.addStyled(code, h.name(a.Account), revenue, tenth(a.Effective), tenth(a.Lower)+" to "+tenth(a.Upper), a.Coverage.String(), a.Band, reason(a.Explanation))
	}
	g.write(p)
}

func tenth(s health.Score) string {
	v, ok := s.Round(1)
	if !ok {
		return "n/a"
	}
	return v.StringFixed(1)
}

// reason names what pulls a score most from the best there is.
func reason(e health.Explanation) string {
	reasons := e.Reasons()
	if len(reasons) == 0 {
		return ""
	}
	return fmt.Sprintf("%s (%s)", reasons[0].Name, reasons[0].Pull.Decimal().StringFixed(1))
}

func (h *Health) writeVoice(p *page) {
	p.heading("What customers say")
	g := newGrid("", "score", "95 % interval", "answers", "")
	g.left[4] = true
	if n := h.nps; n != nil {
		g.add("Would recommend (NPS)", hundred(n.Estimate.Value), hundred(n.Estimate.Lower)+" to "+hundred(n.Estimate.Upper), strconv.FormatInt(n.Answers, 10), "from −100 to 100")
	}
	if c := h.csat; c != nil {
		remark := fmt.Sprintf("%d or %d of %d", c.Scale-1, c.Scale, c.Scale)
		if c.ResponseRate.Defined() {
			remark += "; " + Percent(c.ResponseRate) + " of solved tickets"
		}
		g.add("Satisfied (CSAT)", Share(c.Estimate.Value), Interval(c.Estimate.Lower, c.Estimate.Upper), strconv.FormatInt(c.N, 10), remark)
	}
	g.write(p)
}

// hundred returns a score from −1 to 1 as it is often shown.
func hundred(f success.Figure) string {
	v, ok := f.Float64()
	if !ok {
		return "n/a"
	}
	return minus(fmt.Sprintf("%.1f", 100*v))
}

func (f *supportFigures) write(p *page) {
	p.heading("How customers are served, in calendar time")
	g := newGrid("", "half within", "90 % within", "not yet")
	line := func(name string, d support.Distribution) {
		g.add(name, clock(d.Median), clock(d.P90), strconv.Itoa(d.Open))
	}
	line("First response", f.times.FirstResponse)
	line("Resolution", f.times.Resolution)
	g.write(p)
	t := f.tally
	touch := ""
	if r := t.Touches.OneTouch(); r.Defined() {
		touch = Percent(r) + " solved by one reply"
	}
	p.line("  " + p.joined([]string{Plural(t.Tickets-t.Apart, "ticket"), touch, Percent(f.reactive()) + " of contacts begun by the customer"}))
	if n := t.RepliedAfterSolved; n > 0 {
		p.line(fmt.Sprintf("  %s a first reply after the solution.", Plural(n, "ticket")+[]string{" have", " has"}[place(n == 1)]))
	}
}

// clock returns minutes as people say them.
func clock(f success.Figure) string {
	v, ok := f.Float64()
	if !ok {
		return "n/a"
	}
	minutes := int(math.Round(v))
	switch {
	case minutes < 60:
		return Plural(minutes, "minute")
	case minutes < 48*60:
		return fmt.Sprintf("%d h %02d min", minutes/60, minutes%60)
	}
	return fmt.Sprintf("%.1f days", v/(24*60))
}

// maxAlerts is how many alerts are shown.
const maxAlerts = 10

func (h *Health) writeAlerts(p *page) {
	open := h.alerts.Open()
	if len(open) == 0 {
		p.heading("No alerts")
		return
	}
	shown := open[:min(len(open), maxAlerts)]
	title := Plural(len(open), "alert")
	if len(shown) < len(open) {
		title = fmt.Sprintf("The first %d of %s", len(shown), title)
	}
	if h.Paid {
		title += ", " + Amount(h.alerts.AtStake(), 0) + " at stake"
	}
	p.heading(title)
	g := newGrid("", "", "", "")
	g.rows, g.codes = nil, nil
	g.left[1], g.left[2], g.left[3] = true, true, true
	for _, a := range shown {
		g.add(h.name(a.Account), a.Severity.String(), a.Kind.String(), a.Evidence)
	}
	g.write(p)
}
