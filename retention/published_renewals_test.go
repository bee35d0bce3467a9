package retention_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// TestR12: 120,000 for 2022-06-01 to 2023-05-31, the last day included in the
// source.
func TestR12(t *testing.T) { // R12
	b := bookOf(t, deal{"acme", "2022-06-01", "2023-06-01", "120000", 12})
	for _, p := range (success.Period{From: day("2022-05-01"), To: day("2023-08-01")}).Months() {
		m := between(t, b, p).Monthly(2)
		want := retention.Amounts{}
		switch month := p.From.String()[:7]; {
		case month == "2022-06":
			want.New, want.Closing = dec("10000"), dec("10000")
		case month == "2023-06":
			want.Opening, want.Churn = dec("10000"), dec("10000")
		case month > "2022-06" && month < "2023-06":
			want.Opening, want.Closing = dec("10000"), dec("10000")
		}
		same(t, p.String(), want, m)
	}
}

// TestR13: the contract of R12, renewed from 2023-06-01 at 240,000 or at 60,000.
func TestR13(t *testing.T) { // R13
	june := success.Month(2023, time.June)
	for _, tt := range []struct{ price, expansion, contraction, reason string }{
		{"240000", "10000", "0", "120000"},
		{"60000", "0", "5000", "-60000"},
	} {
		b := bookOf(t, deal{"acme", "2022-06-01", "2023-06-01", "120000", 12}, deal{"acme", "2023-06-01", "2024-06-01", tt.price, 12})
		m := between(t, b, june).Monthly(2)
		same(t, "June", retention.Amounts{Opening: dec("10000"), Expansion: dec(tt.expansion), Contraction: dec(tt.contraction), Closing: m.Closing}, m)
		lines, err := b.Lines(june)
		must(t, lines, err)
		want := retention.Reasons{Price: retention.Cause{Renewal: dec(tt.reason)}}
		same(t, "reasons", want, lines[0].Reasons)
	}
}

// TestR14: 24 a year from June to September and 24 a year from July to October,
// one account.
func TestR14(t *testing.T) { // R14
	b := bookOf(t, deal{"acme", "2024-06-01", "2024-09-01", "24", 12}, deal{"acme", "2024-07-01", "2024-10-01", "24", 12})
	for month, want := range map[time.Month]string{time.May: "0", time.June: "2", time.July: "4", time.August: "4", time.September: "2", time.October: "0"} {
		s, err := b.On(success.Month(2024, month).To.AddDays(-1))
		eq(t, month.String(), must(t, s, err).MRR(6), want)
	}
}

// TestR16: of $4M due in 50 contracts 45 renew, some of them for 300,000 less;
// 500,000 are lost.
func TestR16(t *testing.T) { // R16
	var deals []deal
	for i := range 50 {
		account := fmt.Sprint("account ", i)
		price := "77777.777777" // 45 of them
		if i >= 45 {
			price = "100000" // 5 that leave
		}
		if i == 0 {
			price = "77777.777812" // so that all are 4,000,000
		}
		deals = append(deals, deal{account, "2023-07-01", "2024-07-01", price, 12})
		switch {
		case i < 30: // ten thousand less
			deals = append(deals, deal{account, "2024-07-01", "", dec(price).Sub(dec("10000")).String(), 12})
		case i < 45:
			deals = append(deals, deal{account, "2024-07-01", "", price, 12})
		}
	}
	r, err := bookOf(t, deals...).Renewals(success.Year(2024))
	must(t, r, err)
	if r.Due != 50 || r.OnTime != 45 || r.Lapsed != 5 {
		t.Errorf("due %d, on time %d, lapsed %d", r.Due, r.OnTime, r.Lapsed)
	}
	eq(t, "base", r.Base, "4000000")
	reads(t, "logo", r.Logo(), "0.9")
	reads(t, "gross", r.Gross(), "0.8")
	reads(t, "net", r.Net(), "0.8")
}

// TestR17: two contracts of 100 end on 31 January and 28 February. The linked
// successor of the first starts in February, that of the second on time.
func TestR17(t *testing.T) { // R17
	january, february := success.Month(2023, time.January), success.Month(2023, time.February)
	both := success.Period{From: january.From, To: february.To}
	contracts := contractsOf([]deal{
		{"acme", "2022-01-31", "2023-01-31", "100", 12}, {"globex", "2022-02-28", "2023-02-28", "100", 12},
		{"acme", "2023-02-10", "2024-02-10", "100", 12}, {"globex", "2023-02-28", "2024-02-28", "100", 12},
	})
	contracts[2].Renews, contracts[3].Renews = contracts[0].ID, contracts[1].ID
	for grace, want := range map[int][3]string{0: {"0", "2", "1"}, 9: {"0", "2", "1"}, 10: {"1", "1", "1"}, 30: {"1", "1", "1"}} {
		b, err := retention.NewBook(contracts, retention.Options{Grace: grace})
		must(t, b, err)
		for i, p := range []success.Period{january, february, both} {
			r, err := b.Renewals(p)
			must(t, r, err)
			what := fmt.Sprintf("grace %d, %s", grace, p)
			reads(t, what+" logo", r.Logo(), want[i])
			reads(t, what+" gross", r.Gross(), want[i])
			reads(t, what+" net", r.Net(), want[i])
		}
	}
}

// TestR18: the ceilings of leaky buckets.
func TestR18(t *testing.T) { // R18
	for _, tt := range []struct{ won, churn, ceiling string }{
		{"5000", "0.05", "100000"}, {"10000", "0.05", "200000"}, {"10000", "0.025", "400000"},
	} {
		path, err := retention.Project(retention.Projection{New: dec(tt.won), Churn: dec(tt.churn)}, 600)
		must(t, path, err)
		reads(t, "ceiling", path.Ceiling, tt.ceiling)
		if gap := dec(tt.ceiling).Sub(path.Values[600]); gap.IsNegative() || gap.GreaterThan(dec("0.2")) {
			t.Errorf("after 600 steps %s are missing of %s", gap, tt.ceiling)
		}
	}
}

// TestR19: CAC 250, monthly ARPA 99, margin 70 %.
func TestR19(t *testing.T) { // R19
	months := retention.CACPayback(dec("250"), success.Ratio{Num: dec("99"), Den: dec("1")}, dec("0.7"))
	reads(t, "payback", months, "3.6075")
	v, _ := months.Value(1)
	eq(t, "payback", v, "3.6")
}

// TestR20: new 40, reactivation 25, expansion 60, contraction 20, churn 80 and
// closing 245 make an opening of 220.
func TestR20(t *testing.T) { // R20
	m := between(t, bookOf(t,
		deal{"new", "2024-02-01", "", "40", 12},
		deal{"returns", "2022-01-01", "2023-01-01", "10", 12}, deal{"returns", "2024-03-01", "", "25", 12},
		deal{"grows", "2023-01-01", "2024-06-01", "70", 12}, deal{"grows", "2024-06-01", "", "130", 12},
		deal{"shrinks", "2023-01-01", "2024-06-01", "70", 12}, deal{"shrinks", "2024-06-01", "", "50", 12},
		deal{"leaves", "2023-01-01", "2024-06-01", "80", 12},
	), success.Year(2024))
	same(t, "movement", retention.Amounts{
		Opening: dec("220"), New: dec("40"), Reactivation: dec("25"), Expansion: dec("60"), Contraction: dec("20"), Churn: dec("80"), Closing: dec("245"),
	}, m.Amounts)
}

// TestR21: 100 USD, then 110 USD from mid-year, at rates of 1, 2 and 3.
func TestR21(t *testing.T) { // R21
	contracts := contractsOf([]deal{{"acme", "2023-01-01", "2024-07-01", "100", 12}, {"acme", "2024-07-01", "", "110", 12}})
	for i := range contracts {
		contracts[i].Currency = "USD"
	}
	b, err := retention.NewBook(contracts, retention.Options{Currency: "EUR", Rates: []retention.Rate{
		{Currency: "USD", Date: day("2024-01-01"), Rate: dec("1")},
		{Currency: "USD", Date: day("2024-07-01"), Rate: dec("2")},
		{Currency: "USD", Date: day("2025-01-01"), Rate: dec("3")},
	}})
	must(t, b, err)
	same(t, "year", retention.Amounts{Opening: dec("100"), Expansion: dec("10"), FX: dec("220"), Closing: dec("330")}, between(t, b, success.Year(2024)).Amounts)
	first := success.Period{From: day("2024-01-01"), To: day("2024-07-01")}
	second := success.Period{From: day("2024-07-01"), To: day("2025-01-01")}
	same(t, "first half", retention.Amounts{Opening: dec("100"), FX: dec("100"), Closing: dec("200")}, between(t, b, first).Amounts)
	same(t, "second half", retention.Amounts{Opening: dec("200"), Expansion: dec("20"), FX: dec("110"), Closing: dec("330")}, between(t, b, second).Amounts)
}

// TestR22: a base of 10,000,000 at 90 %, five years, a quota of 800,000.
func TestR22(t *testing.T) { // R22
	p, err := retention.PointOfRetention(dec("10000000"), dec("0.9"), 5, dec("800000"))
	must(t, p, err)
	eq(t, "first year", p.FirstYear, "100000")
	eq(t, "five years", p.Total.Round(2), "1158627.55")
	eq(t, "break-even base", p.BreakEvenBase, "80000000")

	sum, better, worse := decimal.Zero, dec("1"), dec("1")
	for range 5 {
		better, worse = better.Mul(dec("0.91")), worse.Mul(dec("0.9"))
		sum = sum.Add(better.Sub(worse))
	}
	eq(t, "five years, by the definition", p.Total, sum.Mul(dec("10000000")).Round(6).String())
}
