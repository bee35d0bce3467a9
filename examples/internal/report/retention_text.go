package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// headline returns the section in one line.
func (s *Retention) headline() []string {
	m := s.Movement
	return []string{
		"NRR " + Percent(m.NRR()),
		"GRR " + Percent(m.GRR()),
		fmt.Sprintf("%d of %s lost", m.Accounts.Churned, Plural(m.Accounts.Opening, "customer")),
		"ARR " + Amount(m.Opening, 0) + " → " + Amount(m.Closing, 0),
	}
}

// write prints the section for people.
func (s *Retention) write(p *page, currency string) {
	s.writeBridge(p, currency)
	s.writeRates(p)
	s.writeMonths(p)
	for _, cut := range s.Cuts {
		writeCut(p, cut)
	}
	s.writeRenewals(p)
	s.writeLines(p)
}

func (s *Retention) writeBridge(p *page, currency string) {
	title := "Recurring revenue"
	if currency != "" {
		title += " (" + currency + ")"
	}
	p.heading(title)
	year, mrr, n := s.Movement.Amounts, s.Movement.Monthly(places), s.Movement.Accounts
	free := ""
	if n.Free > 0 {
		free = fmt.Sprintf("and %d free", n.Free)
	}
	g := newGrid("", "a year", "a month", "customers", "")
	g.left[4] = true
	row := func(name string, year, month decimal.Decimal, count, remark string) {
		g.add(name, Amount(year, 2), Amount(month, 2), count, remark)
	}
	row("  Opening", year.Opening, mrr.Opening, strconv.Itoa(n.Opening), absorbed(n))
	row("+ New", year.New, mrr.New, strconv.Itoa(n.New), fromFree(n))
	row("+ Reactivation", year.Reactivation, mrr.Reactivation, strconv.Itoa(n.Reactivated), "")
	row("+ Expansion", year.Expansion, mrr.Expansion, "("+strconv.Itoa(n.Upgraded)+")", "")
	row("− Contraction", year.Contraction, mrr.Contraction, "("+strconv.Itoa(n.Downgraded)+")", "")
	row("− Churn", year.Churn, mrr.Churn, strconv.Itoa(n.Churned), "")
	row("+ Exchange rates", year.FX, mrr.FX, "", "")
	row("= Closing", year.Closing, mrr.Closing, strconv.Itoa(n.Closing), free)
	g.write(p)
}

func absorbed(n retention.Counts) string {
	if n.Absorbed == 0 {
		return ""
	}
	return fmt.Sprintf("after mergers, %d fewer", n.Absorbed)
}

func fromFree(n retention.Counts) string {
	if n.FromFree == 0 {
		return ""
	}
	return fmt.Sprintf("%d of them from free", n.FromFree)
}

func (s *Retention) writeRates(p *page) {
	p.heading("Rates")
	m := s.Movement
	g := newGrid()
	g.left[2], g.left[4] = true, true
	g.add("Net revenue retention", Percent(m.NRR()), "Customers kept", Percent(m.LogoRetention()), "Quick ratio", Times(m.QuickRatio(), 2))
	g.add("Gross revenue retention", Percent(m.GRR()), "Customers lost", Percent(m.LogoChurn()), "Monthly ARPA", Times(m.MonthlyARPA(), 2))
	g.add("Gross revenue churn", Percent(m.GrossRevenueChurn()), "Upgraded, of the kept", Percent(m.UpgradeRate()), "Expansion", Percent(m.ExpansionRate()))
	g.add("Net revenue churn", Percent(m.NetRevenueChurn()), "Downgraded, of the kept", Percent(m.DowngradeRate()), "Contraction", Percent(m.ContractionRate()))
	g.add("", "", "Unchanged, of the kept", Percent(m.FlatRate()), "", "")
	g.write(p)
}

// maxMonths is how many of the last months are shown.
const maxMonths = 24

func (s *Retention) writeMonths(p *page) {
	shown := s.Months[max(0, len(s.Months)-maxMonths):]
	title := "Months"
	if len(shown) < len(s.Months) {
		title = fmt.Sprintf("The last %d of %d months", len(shown), len(s.Months))
	}
	scale := scaleOf(shown)
	p.heading(scale.in(title))
	p.line("  Closing revenue  " + strip(shown, scale))
	g := newGrid("", "new", "back", "more", "less", "lost", "fx", "closing", "customers", "NRR", "GRR")
	for _, m := range shown {
		a := m.Movement.Amounts
		g.add(MonthName(m.Movement.Period),
			scale.amount(a.New), scale.amount(a.Reactivation), scale.amount(a.Expansion),
			scale.amount(a.Contraction), scale.amount(a.Churn), scale.amount(a.FX), scale.amount(a.Closing),
			strconv.Itoa(m.Movement.Accounts.Closing), Percent(m.Movement.NRR()), Percent(m.Movement.GRR()))
	}
	g.write(p)
}

func scaleOf(months []Month) scale {
	var amounts []decimal.Decimal
	for _, m := range months {
		amounts = append(amounts, m.Movement.Opening, m.Movement.Closing, m.Movement.New)
	}
	return scaleFor(amounts...)
}

// MonthName is 2025-01 for a whole month, and 2025-01 15-31 for a part of one.
func MonthName(p success.Period) string {
	year, m, first := p.From.Civil()
	name := p.From.String()[:len("2025-01")]
	if p == success.Month(year, m) {
		return name
	}
	_, _, last := p.To.AddDays(-1).Civil()
	return fmt.Sprintf("%s %02d-%02d", name, first, last)
}

// strip draws the closing revenue of months between the lowest and the highest.
func strip(months []Month, scale scale) string {
	bars := []rune("▁▂▃▄▅▆▇█")
	low, high := months[0].Movement.Closing, months[0].Movement.Closing
	for _, m := range months {
		low, high = decimal.Min(low, m.Movement.Closing), decimal.Max(high, m.Movement.Closing)
	}
	var b strings.Builder
	for _, m := range months {
		height := success.Ratio{Num: m.Movement.Closing.Sub(low).Mul(decimal.NewFromInt(int64(len(bars) - 1))), Den: high.Sub(low)}
		v, _ := height.Value(0)
		b.WriteRune(bars[v.IntPart()])
	}
	return b.String() + "  " + scale.amount(low) + " to " + scale.amount(high)
}

// maxRows is how many rows of a cut are shown.
const maxRows = 12

func writeCut(p *page, cut retention.Cut) {
	rows := LargestFirst(cut.Rows)
	scale := scale{}
	if len(rows) > 0 {
		scale = scaleFor(rows[0].Movement.Closing, rows[0].Movement.Opening)
	}
	p.heading(scale.in("By " + cut.Name))
	g := newGrid("", "opening", "closing", "customers", "lost", "NRR", "GRR", "kept", "renewed")
	for _, row := range rows[:min(len(rows), maxRows)] {
		m := row.Movement
		g.add(OrNone(row.Value), scale.amount(m.Opening), scale.amount(m.Closing),
			strconv.Itoa(m.Accounts.Closing), strconv.Itoa(m.Accounts.Churned),
			Percent(m.NRR()), Percent(m.GRR()), Percent(m.LogoRetention()), Percent(row.Renewals.Logo()))
	}
	g.write(p)
	if more := len(rows) - maxRows; more > 0 {
		p.line(fmt.Sprintf("  and %d more, with less revenue at the close", more))
	}
	if !cut.Additive {
		p.line("  An account that goes from one to another is lost here and won there: losses do not add up.")
	}
}

// OrNone returns the value of a row of a cut, (none) when it has none.
func OrNone(value string) string {
	if value == "" {
		return "(none)"
	}
	return value
}

func (s *Retention) writeRenewals(p *page) {
	r := s.Renewals
	p.heading("Renewals")
	p.line(fmt.Sprintf("  %s due; %d renewed early, %d on time, %d late, %d overdue; %d lapsed",
		Plural(r.Due, "contract"), r.Early, r.OnTime, r.Late, r.Overdue, r.Lapsed))
	p.line("  " + p.joined([]string{
		"renewed " + Percent(r.Logo()) + " of contracts",
		Percent(r.Gross()) + " of revenue gross",
		Percent(r.Net()) + " net",
	}))
}

// maxLines is how many lines explain the change.
const maxLines = 10

func (s *Retention) writeLines(p *page) {
	if len(s.lines) == 0 {
		return
	}
	shown := s.lines[:min(len(s.lines), maxLines)]
	var amounts []decimal.Decimal
	for _, l := range shown {
		amounts = append(amounts, l.Opening, l.Closing, l.Amount)
	}
	scale := scaleFor(amounts...)
	p.heading(scale.in(fmt.Sprintf("What explains the change: the largest %d of %s", len(shown), Plural(len(s.lines), "account"))))
	g := newGrid("", "opening", "closing", "", "change", "seats", "price", "product", "at renewal", "fx")
	g.left[3] = true
	for _, l := range shown {
		r := l.Reasons
		g.addStyled(colourOf(r.Total()), s.name(l.Account), scale.amount(l.Opening), scale.amount(l.Closing), word(l.Movement),
			scale.signed(r.Total()), orBlank(scale, r.Seats.Total()), orBlank(scale, r.Price.Total()), orBlank(scale, r.Product.Total()),
			orBlank(scale, r.Renewal()), orBlank(scale, l.FX))
	}
	g.write(p)
}

func colourOf(change decimal.Decimal) string {
	if change.IsNegative() {
		return red
	}
	return green
}

// word is short for a movement.
func word(k retention.Kind) string {
	return map[retention.Kind]string{
		retention.None:         "fx",
		retention.New:          "new",
		retention.Reactivation: "back",
		retention.Expansion:    "more",
		retention.Contraction:  "less",
		retention.Churn:        "lost",
	}[k]
}

func orBlank(s scale, d decimal.Decimal) string {
	if d.IsZero() {
		return ""
	}
	return s.signed(d)
}

// name returns what people call an account.
func (s *Retention) name(id success.AccountID) string {
	if name := s.names[id]; name != "" {
		return name
	}
	return string(id)
}
