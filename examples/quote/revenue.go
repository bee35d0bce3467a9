package main

import (
	"slices"
	"strings"

	"metrics.internal/success"
	"metrics.internal/success/cohort/triangle"
	"metrics.internal/success/retention"
)

// companyBook has the contracts of the company, account by account.
func companyBook() (*retention.Book, error) {
	return retention.NewBook(contracts(), retention.Options{Currency: "EUR", Rates: rates(), Accounts: accounts()})
}

// bridge is what the year was made of.
func bridge(book *retention.Book) section {
	s := section{title: "Revenue of 2025"}
	year := must(book.Between(success.Year(2025)))
	s.money("opening", "Opening", "year.Opening", year.Opening)
	s.money("new", "+ New", "year.New", year.New)
	s.money("reactivation", "+ Reactivation", "year.Reactivation", year.Reactivation)
	s.money("expansion", "+ Expansion", "year.Expansion", year.Expansion)
	s.money("contraction", "− Contraction", "year.Contraction", year.Contraction)
	s.money("lost", "− Churn", "year.Churn", year.Churn)
	s.money("fx", "+ Exchange rates", "year.FX", year.FX)
	s.money("closing", "= Closing", "year.Closing", year.Closing)
	s.count("customers", "Customers at the opening", "year.Accounts.Opening", year.Accounts.Opening)
	s.count("left", "Customers lost", "year.Accounts.Churned", year.Accounts.Churned)
	s.count("closing_customers", "Customers at the close", "year.Accounts.Closing", year.Accounts.Closing)
	return s
}

// lines are what each account had to do with it.
func lines(book *retention.Book) section {
	s := section{title: "Account by account", heads: []string{"opening", "movement", "by", "rates", "closing"}}
	for _, l := range must(book.Lines(success.Year(2025))) {
		id := string(l.Account)
		s.add(id, id, "", grouped(l.Opening.String()), l.Movement.String(), grouped(l.Amount.String()),
			grouped(l.FX.String()), grouped(l.Closing.String()))
	}
	slices.SortFunc(s.figures, func(a, b figure) int { return strings.Compare(a.id, b.id) })
	return s
}

// net is what is called net revenue retention.
func net(book *retention.Book) section {
	s := section{title: "Net revenue retention"}
	year := must(book.Between(success.Year(2025)))
	months := must(book.Series(success.Year(2025).Months()))
	back := must(retention.NewBook(contracts(), retention.Options{Currency: "EUR", Rates: rates(), IncludeReactivation: true}))
	returned := must(back.Between(success.Year(2025)))
	converted := must(must(retention.NewBook(convertedContracts(), retention.Options{})).Between(success.Year(2025)))
	products := must(productBook().Between(success.Year(2025)))
	s.rate("nrr", "NRR of the year", "year.NRR()", year.NRR())
	s.rate("nrr_returned", "with reactivation", "returned.NRR()", returned.NRR())
	s.rate("nrr_converted", "with exchange rates", "converted.NRR()", converted.NRR())
	s.rate("nrr_products", "product by product", "products.NRR()", products.NRR())
	s.rate("nrr_compounded", "months compounded", "no call: compounded(months)", compounded(months))
	s.rate("nrr_average", "average of the months", "no call: average(months)", average(months))
	s.rate("grown", "closing by opening", "no call: grown(year)", grown(year))
	return s
}

// productBook takes what an account pays for a product for itself.
func productBook() *retention.Book {
	return must(retention.NewBook(contracts(), retention.Options{Currency: "EUR", Rates: rates(), Grain: retention.GrainProduct}))
}

func gross(book *retention.Book) section {
	s := section{title: "Gross revenue retention"}
	year := must(book.Between(success.Year(2025)))
	products := must(productBook().Between(success.Year(2025)))
	s.rate("grr", "GRR of the year", "year.GRR()", year.GRR())
	s.rate("grr_products", "product by product", "products.GRR()", products.GRR())
	return s
}

// churn is what was lost, as a share of what.
func churn(book *retention.Book) section {
	s := section{title: "Churn"}
	year := must(book.Between(success.Year(2025)))
	june := must(book.Between(success.Month(2025, 6)))
	half := must(book.Between(success.Period{From: success.MustDate("2025-01-01"), To: success.MustDate("2025-07-01")}))
	months := must(book.Series(success.Year(2025).Months()))
	s.rate("logo", "Logo churn of the year", "year.LogoChurn()", year.LogoChurn())
	s.rate("logo_average", "on average customers", "no call: onAverage(year)", onAverage(year))
	s.rate("gross_churn", "Gross revenue churn", "year.GrossRevenueChurn()", year.GrossRevenueChurn())
	s.rate("net_churn", "Net revenue churn", "year.NetRevenueChurn()", year.NetRevenueChurn())
	s.rate("june", "Logo churn of June", "june.LogoChurn()", june.LogoChurn())
	likeJune, known := retention.Annualize(june.LogoChurn(), 30)
	s.yearly("june_yearly", "annualised", "retention.Annualize(june.LogoChurn(), 30)", likeJune, known)
	s.rate("half", "Logo churn, half a year", "half.LogoChurn()", half.LogoChurn())
	likeHalf, known := retention.Annualize(half.LogoChurn(), 181)
	s.yearly("half_yearly", "annualised", "retention.Annualize(half.LogoChurn(), 181)", likeHalf, known)
	s.rate("monthly", "months pooled, a month", "no call: pooled(months)", pooled(months))
	return s
}

func growth(book *retention.Book) section {
	s := section{title: "Growth and size"}
	year := must(book.Between(success.Year(2025)))
	second := must(book.Between(success.Quarter(2025, 2)))
	s.times("quick", "Quick ratio of the year", "year.QuickRatio()", year.QuickRatio())
	s.times("quick_second", "of the second quarter", "second.QuickRatio()", second.QuickRatio())
	s.times("arpa", "ARPA", "year.ARPA()", year.ARPA())
	s.times("arpa_monthly", "ARPA a month", "year.MonthlyARPA()", year.MonthlyARPA())
	return s
}

// ages is retention by age, beside that of the year.
func ages(book *retention.Book) section {
	s := section{title: "Cohorts and periods"}
	year := must(book.Between(success.Year(2025)))
	t := must(triangle.FromBook(book, triangle.Options{AsOf: success.MustDate("2025-12-31")}))
	s.share("logo_12", "Kept, month 12", "t.Columns[12].Share", t.Columns[12].Share)
	s.rate("net_12", "Net revenue, month 12", "t.Columns[12].Net.Pooled", t.Columns[12].Net.Pooled)
	s.rate("gross_12", "Gross revenue, month 12", "t.Columns[12].Gross.Pooled", t.Columns[12].Gross.Pooled)
	s.rate("net_14", "Net revenue, month 14", "t.Columns[14].Net.Pooled", t.Columns[14].Net.Pooled)
	s.count("rows_14", "cohorts of this age", "t.Columns[14].Rows", t.Columns[14].Rows)
	s.rate("kept", "Kept in 2025", "year.LogoRetention()", year.LogoRetention())
	return s
}
