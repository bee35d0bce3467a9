package main

import (
	"fmt"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/cohort/proportion"
	"metrics.internal/success/health/survey"
	"metrics.internal/success/retention"
)

// uncertain is what so few accounts can say.
func uncertain(book *retention.Book) section {
	s := section{title: "How sure"}
	year := must(book.Between(success.Year(2025)))
	owners := must(book.Cut(success.Year(2025), retention.ByOwner())).Rows
	all, ines, pool := stayed(year), stayed(owners[0].Movement), stayed(owners[1].Movement)
	kept := must(proportion.Wilson(all, 0.95))
	options := proportion.Options{}
	compared := must(proportion.Compare(ines, pool, options))
	nps := must(survey.NPSOf(answers()))
	result := must(nps.Result(0.95))
	service := serviceLeads(attribution.Service)
	s.share("wilson", "Kept, "+of(all), "proportion.Wilson(all, 0.95)", kept)
	s.share("ines", "with Ines, "+of(ines), "compared.First", compared.First)
	s.share("pool", "in the pool, "+of(pool), "compared.Second", compared.Second)
	s.points("newcombe", "Difference, points", "proportion.Compare(ines, pool, options)", compared.Difference)
	s.points("nps", "NPS of "+fmt.Sprint(nps.Answers())+" answers", "nps.Result(0.95)", result.Estimate)
	s.share("conversion", "Service leads, "+wonOf(service), "service.Conversion()", service.Conversion())
	return s
}

// stayed is how many of the customers at the opening are so at the close.
func stayed(m retention.Movement) proportion.Share {
	return proportion.Share{Count: m.Accounts.Opening - m.Accounts.Churned, Total: m.Accounts.Opening}
}

func of(s proportion.Share) string { return fmt.Sprintf("%d of %d", s.Count, s.Total) }

// undefined is what nobody can know, and what the library therefore does not say.
func undefined(book *retention.Book) section {
	s := section{title: "Undefined"}
	before := must(book.Between(success.Year(2024)))
	first := must(book.Between(success.Quarter(2025, 1)))
	partner := serviceLeads(attribution.Partner)
	margin := decimal.RequireFromString("0.8")
	s.rate("nrr_2024", "NRR of 2024", "before.NRR()", before.NRR())
	s.times("quick_first", "Quick ratio, first quarter", "first.QuickRatio()", first.QuickRatio())
	s.rate("churn_first", "its logo churn", "first.LogoChurn()", first.LogoChurn())
	s.times("lifetime", "Lifetime value at that", "retention.LifetimeValue(first.ARPA(), margin, first.LogoChurn())",
		retention.LifetimeValue(first.ARPA(), margin, first.LogoChurn()))
	s.rate("nps_none", "NPS of nobody", "survey.NPS{}.Score()", survey.NPS{}.Score())
	s.share("partner", "Partner leads, "+wonOf(partner), "partner.Conversion()", partner.Conversion())
	return s
}
