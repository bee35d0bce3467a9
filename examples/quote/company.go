package main

import (
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/retention"
)

// accounts are those of the company. Ines looks after five of them; the pool,
// nobody in particular, after the rest.
func accounts() []success.Account {
	var all []success.Account
	for _, id := range []success.AccountID{"Alder", "Birch", "Cedar", "Elm", "Fir"} {
		all = append(all, success.Account{ID: id, Owner: "Ines"})
	}
	for _, id := range []success.AccountID{"Dogwood", "Gorse", "Hazel", "Iris", "Juniper"} {
		all = append(all, success.Account{ID: id, Owner: "pool"})
	}
	return all
}

// contracts are all there were in two years. Prices are for a year, in euros but
// for those of Elm, which pays in dollars. Without an end they go on.
func contracts() []success.Contract {
	return append(inEuros(), contract("E1", "Elm", "Desk", "2024-01-01", "", 15_000, "USD"))
}

func inEuros() []success.Contract {
	return []success.Contract{
		contract("A1", "Alder", "Desk", "2024-01-01", "2025-04-01", 24_000, "EUR"),
		contract("A2", "Alder", "Desk", "2025-04-01", "", 30_000, "EUR"), // more seats
		contract("B1", "Birch", "Desk", "2024-02-01", "2025-07-01", 18_000, "EUR"),
		contract("B2", "Birch", "Desk", "2025-07-01", "", 14_000, "EUR"), // 4,000 move
		contract("B3", "Birch", "Chat", "2025-07-01", "", 4_000, "EUR"),  // to another product
		contract("C1", "Cedar", "Desk", "2024-03-01", "2025-10-01", 12_000, "EUR"),
		contract("C2", "Cedar", "Desk", "2025-10-01", "", 9_000, "EUR"), // fewer seats
		contract("D1", "Dogwood", "Desk", "2024-04-01", "2025-06-01", 12_000, "EUR"),
		contract("F1", "Fir", "Desk", "2024-06-01", "", 9_000, "EUR"),
		contract("G1", "Gorse", "Desk", "2024-05-01", "", 6_000, "EUR"),
		contract("G2", "Gorse", "Desk", "2025-03-01", "2025-09-01", 6_000, "EUR"), // for the season
		contract("H1", "Hazel", "Desk", "2024-11-01", "", 7_000, "EUR"),
		contract("I1", "Iris", "Desk", "2024-01-01", "2024-09-01", 8_000, "EUR"),
		contract("I2", "Iris", "Desk", "2025-03-01", "", 8_000, "EUR"), // back again
		contract("J1", "Juniper", "Desk", "2025-02-01", "2025-08-01", 10_000, "EUR"),
		contract("J2", "Juniper", "Desk", "2025-08-01", "", 20_000, "EUR"),
	}
}

// convertedContracts are what an export in euros makes of them: the rate of the
// dollar looks like a price.
func convertedContracts() []success.Contract {
	return append(inEuros(),
		contract("E1", "Elm", "Desk", "2024-01-01", "2025-07-01", 12_000, "EUR"), // 15,000 × 0.80
		contract("E2", "Elm", "Desk", "2025-07-01", "", 13_500, "EUR"),           // 15,000 × 0.90
	)
}

func contract(id success.ContractID, account success.AccountID, product, start, end string, price int64, currency string) success.Contract {
	c := success.Contract{
		ID: id, Account: account, Product: product, Start: success.MustDate(start),
		Price: decimal.NewFromInt(price), Term: success.Months(12), Currency: currency,
	}
	if end != "" {
		c.End = success.MustDate(end)
	}
	return c
}

// rates are what a dollar is worth in euros.
func rates() []retention.Rate {
	return []retention.Rate{
		{Currency: "USD", Date: success.MustDate("2024-01-01"), Rate: decimal.RequireFromString("0.80")},
		{Currency: "USD", Date: success.MustDate("2025-07-01"), Rate: decimal.RequireFromString("0.90")},
	}
}

// deals are what sales closed in 2025: four won ones, which are the new, the
// returned and the added revenue of the year, and one that was lost.
func deals() []attribution.Deal {
	deal := func(id attribution.DealID, account success.AccountID, lead attribution.LeadID, opened, closed string, status attribution.Status, amount int64) attribution.Deal {
		return attribution.Deal{
			ID: id, Account: account, Lead: lead, Opened: at(opened), Closed: at(closed),
			Status: status, Amount: decimal.NewFromInt(amount), Currency: "EUR",
		}
	}
	return []attribution.Deal{
		deal("D1", "Juniper", "L1", "2025-01-20", "2025-02-01", attribution.Won, 10_000),
		deal("D2", "Iris", "L2", "2025-02-17", "2025-03-01", attribution.Won, 8_000),
		deal("D3", "Alder", "L3", "2025-03-14", "2025-04-01", attribution.Won, 6_000),
		deal("D4", "Juniper", "L4", "2025-07-14", "2025-08-01", attribution.Won, 10_000),
		deal("D5", "Cedar", "L5", "2025-09-08", "2025-09-29", attribution.Lost, 4_000),
	}
}

func leads() []attribution.Lead {
	return []attribution.Lead{
		{ID: "L1", Account: "Juniper", Source: attribution.Marketing, At: at("2025-01-18")},
		{ID: "L2", Account: "Iris", Source: attribution.Marketing, At: at("2025-02-07")},
		{ID: "L3", Account: "Alder", Source: attribution.Service, Agent: "Ines", Interaction: "S1", At: at("2025-03-11")},
		{ID: "L4", Account: "Juniper", Source: attribution.Service, Agent: "Noor", Interaction: "S2", At: at("2025-07-11")},
		{ID: "L5", Account: "Cedar", Source: attribution.Service, Agent: "Ines", Interaction: "S3", At: at("2025-09-05")},
	}
}

// interactions are those in which service noticed a need.
func interactions() []success.Interaction {
	return []success.Interaction{
		{ID: "S1", Account: "Alder", At: at("2025-03-11")},
		{ID: "S2", Account: "Juniper", At: at("2025-07-11")},
		{ID: "S3", Account: "Cedar", At: at("2025-09-05")},
	}
}

// touches are what came before the deals, a week apart.
func touches() []attribution.Touch {
	touch := func(account success.AccountID, key, day string) attribution.Touch {
		return attribution.Touch{Account: account, Key: key, At: at(day)}
	}
	return []attribution.Touch{
		touch("Juniper", "ad", "2025-01-11"), touch("Juniper", "webinar", "2025-01-18"), touch("Juniper", "sales", "2025-01-25"),
		touch("Iris", "webinar", "2025-02-07"), touch("Iris", "service", "2025-02-14"), touch("Iris", "sales", "2025-02-21"),
		touch("Alder", "service", "2025-03-11"), touch("Alder", "sales", "2025-03-18"),
		touch("Juniper", "webinar", "2025-07-04"), touch("Juniper", "service", "2025-07-11"),
		touch("Juniper", "service", "2025-07-18"), touch("Juniper", "sales", "2025-07-25"),
		touch("Cedar", "service", "2025-09-05"), touch("Cedar", "sales", "2025-09-12"),
	}
}

// answers are those to "would you recommend us?", one of each of eight accounts.
func answers() []float64 { return []float64{10, 9, 9, 10, 8, 7, 6, 3} }

func at(day string) time.Time { return success.MustDate(day).Time(time.UTC) }
