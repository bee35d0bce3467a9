package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/credit"
	"metrics.internal/success/retention"
)

const (
	week   = 7 * 24 * time.Hour
	window = 90 * 24 * time.Hour // before its close, in which touches of a deal count
)

// creditBook has the deals of the year with the touches before them.
func creditBook() *credit.Book {
	return must(credit.NewBook(credit.Records{Deals: deals(), Touches: touches()}, credit.Options{Window: window}))
}

// won are the deals that are shared, each with its path.
func won(_ *retention.Book) section {
	s := section{title: "Deals won in 2025", heads: []string{"account", "euros", "lead", "path"}}
	source := map[attribution.LeadID]string{}
	for _, l := range leads() {
		source[l.ID] = l.Source.String()
	}
	split := must(creditBook().Split(credit.Linear()))[0]
	for _, d := range deals() {
		if shared, ok := split.Deal(d.ID); ok {
			s.add(string(d.ID), string(d.ID), "", string(d.Account), grouped(d.Amount.String()), source[d.Lead], path(shared))
		}
	}
	return s
}

func path(d credit.DealSplit) string {
	var keys []string
	for _, part := range d.Parts {
		keys = append(keys, part.Key)
	}
	return strings.Join(keys, ", ")
}

// credits shares the deals among the touches before them, model by model.
func credits(_ *retention.Book) section {
	s := section{title: "Credit by model, euros"}
	rows := []struct {
		id, name, call string
		model          credit.Model
	}{
		{"first", "First touch", "credit.First()", credit.First()},
		{"last", "Last touch", "credit.Last()", credit.Last()},
		{"linear", "Linear", "credit.Linear()", credit.Linear()},
		{"u", "U (40/20/40)", "credit.U()", credit.U()},
		{"decay", "Time decay, 7 days", "credit.TimeDecay(week)", credit.TimeDecay(week)},
	}
	var models []credit.Model
	for _, r := range rows {
		models = append(models, r.model)
	}
	splits := must(creditBook().Split(models...))
	for _, k := range splits[0].Totals[0].Keys {
		s.heads = append(s.heads, k.Key)
	}
	for i, r := range rows {
		s.add(r.id, r.name, r.call, amounts(splits[i].Totals[0].Keys)...)
	}
	return s
}

func amounts(keys []credit.Share) []string {
	var all []string
	for _, k := range keys {
		all = append(all, grouped(k.Revenue.Net.StringFixed(2)))
	}
	return all
}

func pipeline() *attribution.Pipeline {
	return must(attribution.NewPipeline(attribution.Records{
		Leads: leads(), Deals: deals(), Interactions: interactions(), Touches: touches(),
	}, attribution.Options{}))
}

// origins is what service brought in, and what it had a hand in.
func origins(_ *retention.Book) section {
	s := section{title: "Sourced and influenced"}
	p := pipeline()
	q := attribution.Query{Period: success.Year(2025), By: attribution.BySource}
	sourced := must(p.Sourced(q))
	influenced := must(p.Influenced(success.Year(2025), window))
	s.money("won", "Won in 2025", "sourced.Total[0].Net", sourced.Total[0].Net)
	s.money("sourced", "Sourced by service", "p.Sourced(q)", sourcedBy(sourced, "service"))
	s.money("influenced", "Influenced by service", "p.Influenced(success.Year(2025), window)", influencedBy(influenced, "service"))
	s.times("overlap", "All influenced, to won", `influenced.Overlap("EUR")`, influenced.Overlap("EUR"))
	return s
}

func sourcedBy(s attribution.Sourced, key string) decimal.Decimal {
	i := slices.IndexFunc(s.Rows, func(r attribution.SourcedRow) bool { return r.Key == key })
	return s.Rows[i].Net
}

func influencedBy(s attribution.Influenced, key string) decimal.Decimal {
	i := slices.IndexFunc(s.Rows, func(r attribution.InfluencedRow) bool { return r.Key == key })
	return s.Rows[i].Net
}

// serviceLeads are how the leads of a source fared.
func serviceLeads(source attribution.Source) attribution.Row {
	return must(pipeline().Table(attribution.Query{Period: success.Year(2025), Source: source})).Total
}

// wonOf is the shortest way to say how few the leads are.
func wonOf(r attribution.Row) string { return fmt.Sprintf("%d of %d", r.WonLeads, r.Accepted) }
