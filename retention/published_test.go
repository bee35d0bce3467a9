package retention_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// A deal is a contract in short: from, to (none when empty), price, months.
type deal struct {
	account, from, to, price string
	months                   int
}

// contract is the deal as a contract; its place gives it an ID.
func (d deal) contract(i int) success.Contract {
	c := success.Contract{
		ID: success.ContractID(fmt.Sprintf("C-%03d", i)), Account: success.AccountID(d.account),
		Start: day(d.from), Price: dec(d.price), Term: success.Months(d.months),
	}
	if d.to != "" {
		c.End = day(d.to)
	}
	return c
}

func contractsOf(deals []deal) []success.Contract {
	var all []success.Contract
	for i, d := range deals {
		all = append(all, d.contract(i))
	}
	return all
}

func bookOf(t *testing.T, deals ...deal) *retention.Book {
	t.Helper()
	b, err := retention.NewBook(contractsOf(deals), retention.Options{})
	return must(t, b, err)
}

func between(t *testing.T, b *retention.Book, p success.Period) retention.Movement {
	t.Helper()
	m, err := b.Between(p)
	return must(t, m, err)
}

// eq fails unless an amount is the one wanted.
func eq(t *testing.T, what string, got decimal.Decimal, want string) {
	t.Helper()
	if !got.Equal(dec(want)) {
		t.Errorf("%s is %s, want %s", what, got, want)
	}
}

// reads fails unless a ratio has the value wanted, to four places.
func reads(t *testing.T, what string, got success.Ratio, want string) {
	t.Helper()
	v, ok := got.Value(4)
	if want == "n/a" {
		if ok {
			t.Errorf("%s is %s, want it undefined", what, v)
		}
		return
	}
	if !ok || !v.Equal(dec(want)) {
		t.Errorf("%s is %s (%v), want %s", what, v, ok, want)
	}
}

// TestR1: start 100, churn 10, contraction 10, expansion 10.
func TestR1(t *testing.T) { // R1
	m := between(t, bookOf(t,
		deal{"leaves", "2023-01-01", "2024-06-01", "10", 12},
		deal{"shrinks", "2023-01-01", "2024-06-01", "30", 12}, deal{"shrinks", "2024-06-01", "", "20", 12},
		deal{"grows", "2023-01-01", "2024-06-01", "60", 12}, deal{"grows", "2024-06-01", "", "70", 12},
	), success.Year(2024))
	eq(t, "opening", m.Opening, "100")
	reads(t, "gross churn", m.GrossRevenueChurn(), "0.2")
	reads(t, "net churn", m.NetRevenueChurn(), "0.1")
	reads(t, "contraction rate", m.ContractionRate(), "0.1")
}

// TestR2: four seats a year at 500; two monthly at 30 come and go; the yearly
// ends; three monthly at 50 come.
func TestR2(t *testing.T) { // R2
	seats := func(d deal, n int64, i int) success.Contract {
		c := d.contract(i)
		c.Quantity = n
		return c
	}
	b, err := retention.NewBook([]success.Contract{
		seats(deal{"acme", "2020-01-15", "2021-01-15", "500", 12}, 4, 0),
		seats(deal{"acme", "2020-03-10", "2020-06-10", "30", 1}, 2, 1),
		seats(deal{"acme", "2021-04-20", "", "50", 1}, 3, 2),
	}, retention.Options{})
	must(t, b, err)
	months, err := b.Series(success.Period{From: day("2020-01-01"), To: day("2021-05-01")}.Months())
	must(t, months, err)
	want := map[string]retention.Amounts{
		"2020-01": {New: dec("166.67"), Closing: dec("166.67")},
		"2020-03": {Opening: dec("166.67"), Expansion: dec("60"), Closing: dec("226.67")},
		"2020-06": {Opening: dec("226.67"), Contraction: dec("60"), Closing: dec("166.67")},
		"2021-01": {Opening: dec("166.67"), Churn: dec("166.67")},
		"2021-04": {Reactivation: dec("150"), Closing: dec("150")},
	}
	for _, m := range months {
		month := m.Period.From.String()[:7]
		got := m.Monthly(2)
		w, moves := want[month]
		if !moves {
			w = retention.Amounts{Opening: got.Opening, Closing: got.Opening}
		}
		same(t, month, w, got)
	}
}

// TestR3: 100 subscriptions at 100 a month and 50 at 600 a year.
func TestR3(t *testing.T) { // R3
	var deals []deal
	for i := range 150 {
		d := deal{fmt.Sprint("account ", i), "2024-01-01", "", "100", 1}
		if i >= 100 {
			d.price, d.months = "600", 12
		}
		deals = append(deals, d)
	}
	s, err := bookOf(t, deals...).On(day("2024-01-01"))
	eq(t, "MRR", must(t, s, err).MRR(2), "12500")
}

// mrr is the monthly revenue of one contract.
func mrr(t *testing.T, price string, term success.Term, places int32) decimal.Decimal {
	t.Helper()
	b, err := retention.NewBook([]success.Contract{{ID: "C-1", Account: "acme", Start: day("2024-01-01"), Price: dec(price), Term: term}}, retention.Options{})
	must(t, b, err)
	s, err := b.On(day("2024-06-30"))
	return must(t, s, err).MRR(places)
}

// TestR4: yearly prices by the month, to four places.
func TestR4(t *testing.T) { // R4
	for price, want := range map[string]string{"18.29": "1.5242", "29.95": "2.4958", "549.95": "45.8292", "999": "83.25", "5499": "458.25"} {
		eq(t, price+" a year", mrr(t, price, success.Months(12), 4), want)
	}
}

// TestR5: 10.00 per two years, day and week.
func TestR5(t *testing.T) { // R5
	eq(t, "per two years", mrr(t, "10", success.Months(24), 6), "0.416667")
	eq(t, "per day", mrr(t, "10", success.Days(1), 2), "304.17")
	eq(t, "per week", mrr(t, "10", success.Weeks(1), 2), "43.33")
}

// TestR6: 2,000 becomes 3,000.
func TestR6(t *testing.T) { // R6
	m := between(t, bookOf(t, deal{"acme", "2023-01-01", "2024-03-01", "2000", 12}, deal{"acme", "2024-03-01", "", "3000", 12}), success.Year(2024))
	reads(t, "expansion rate", m.ExpansionRate(), "0.5")
}

// TestR7: the only account is upgraded from 500 to 1,379, then lost. Lost is what
// it paid at the opening, not what it paid last.
func TestR7(t *testing.T) { // R7
	m := between(t, bookOf(t, deal{"acme", "2023-01-01", "2024-03-01", "500", 12}, deal{"acme", "2024-03-01", "2024-09-01", "1379", 12}), success.Year(2024))
	eq(t, "churn", m.Churn, "500")
	eq(t, "expansion", m.Expansion, "0")
	reads(t, "revenue churn", m.GrossRevenueChurn(), "1")
	reads(t, "logo churn", m.LogoChurn(), "1")
}

// TestR8: quick ratios, each from a book with those movements.
func TestR8(t *testing.T) { // R8
	tests := []struct{ won, expanded, contracted, churned, want string }{
		{"24000", "0", "0", "4000", "6"},
		{"30", "0", "0", "10", "3"},
		{"40", "0", "0", "20", "2"},
		{"20", "8", "3", "5", "3.5"},
		{"40", "5", "8", "32", "1.125"},
	}
	for _, tt := range tests {
		sum := func(a, b string) string { return dec(a).Add(dec(b)).String() }
		m := between(t, bookOf(t,
			deal{"new", "2024-02-01", "", tt.won, 12},
			deal{"grows", "2023-01-01", "2024-06-01", "100", 12}, deal{"grows", "2024-06-01", "", sum("100", tt.expanded), 12},
			deal{"shrinks", "2023-01-01", "2024-06-01", sum("100", tt.contracted), 12}, deal{"shrinks", "2024-06-01", "", "100", 12},
			deal{"leaves", "2023-01-01", "2024-06-01", tt.churned, 12},
		), success.Year(2024))
		reads(t, "quick ratio", m.QuickRatio(), tt.want)
	}
}

// TestR9: of 27,000, accounts of 5,000 leave unchanged and the others grow by
// 8,000.
func TestR9(t *testing.T) { // R9
	m := between(t, bookOf(t,
		deal{"leaves", "2023-01-01", "2024-06-01", "5000", 12},
		deal{"grows", "2023-01-01", "2024-06-01", "22000", 12}, deal{"grows", "2024-06-01", "", "30000", 12},
	), success.Year(2024))
	reads(t, "NRR", m.NRR(), "1.1111")
	if got := m.NRR().String(); got != "111.1%" {
		t.Errorf("NRR reads %s", got)
	}
}

// TestR10: 10.0 M, contraction 0.6, churn 0.9, expansion 1.8.
func TestR10(t *testing.T) { // R10
	m := between(t, bookOf(t,
		deal{"leaves", "2023-01-01", "2024-06-01", "900000", 12},
		deal{"shrinks", "2023-01-01", "2024-06-01", "2600000", 12}, deal{"shrinks", "2024-06-01", "", "2000000", 12},
		deal{"grows", "2023-01-01", "2024-06-01", "6500000", 12}, deal{"grows", "2024-06-01", "", "8300000", 12},
	), success.Year(2024))
	eq(t, "opening", m.Opening, "10000000")
	reads(t, "GRR", m.GRR(), "0.85")
	reads(t, "NRR", m.NRR(), "1.03")
}

// TestR11: 4,900 a year all 2016, nothing until August 2017, then 650 a month;
// for each month of 2017 the twelve months that end with it.
func TestR11(t *testing.T) { // R11
	b := bookOf(t, deal{"acme", "2016-01-01", "2017-01-01", "4900", 12}, deal{"acme", "2017-08-01", "2018-01-01", "650", 1})
	for month := time.January; month <= time.December; month++ {
		to := success.Month(2017, month).To
		m := between(t, b, success.Period{From: to.AddMonths(-12), To: to})
		eq(t, "opening", m.Monthly(6).Opening, "408.333333")
		net, gross := "0", "0"
		if month >= time.August {
			net, gross = "650", "408.333333"
		}
		eq(t, month.String()+" net", m.NRR().Num.DivRound(decimal.NewFromInt(12), 6), net)
		eq(t, month.String()+" gross", m.GRR().Num.DivRound(decimal.NewFromInt(12), 6), gross)
	}
}
