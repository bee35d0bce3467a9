package retention_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// priced is a contract of an account and product that pays an amount a year.
func priced(id, account, product, from, to, price string) success.Contract {
	c := success.Contract{
		ID: success.ContractID(id), Account: success.AccountID(account), Product: product,
		Start: day(from), Price: dec(price), Term: success.Months(12),
	}
	if to != "" {
		c.End = day(to)
	}
	return c
}

func period(from, to string) success.Period { return success.Period{From: day(from), To: day(to)} }

// rowOf returns the row of a value in a cut of a new book.
func rowOf(t *testing.T, contracts []success.Contract, o retention.Options, p success.Period, key retention.Key, value string) retention.Row {
	t.Helper()
	b, err := retention.NewBook(contracts, o)
	cut, fault := must(t, b, err).Cut(p, key)
	for _, row := range must(t, cut, fault).Rows {
		if row.Value == value {
			return row
		}
	}
	t.Fatalf("no row %s", value)
	return retention.Row{}
}

// creditedProducts are Desk and Vault of one account; a credit takes all of Desk
// from the first day to June and again in September.
func creditedProducts() []success.Contract {
	return []success.Contract{
		priced("d", "acme", "Desk", "2024-01-01", "", "100"),
		priced("v", "acme", "Vault", "2024-01-01", "", "70"),
		priced("c1", "acme", "Desk", "2024-01-01", "2024-06-01", "-100"),
		priced("c2", "acme", "Desk", "2024-09-01", "2024-10-01", "-100"),
	}
}

// TestCutHistoryWithCredits: the history of a product is its own, and what
// credits take away was not paid.
func TestCutHistoryWithCredits(t *testing.T) {
	for _, c := range []struct {
		from, to  string
		movements string // new, reactivation, churn
		fromFree  int
	}{
		{"2024-05-01", "2024-06-01", "0 0 0", 0},
		{"2024-05-01", "2024-06-02", "100 0 0", 1},
		{"2024-06-01", "2024-07-01", "100 0 0", 1},
		{"2024-08-31", "2024-09-02", "0 0 100", 0},
		{"2024-09-02", "2024-10-02", "0 100 0", 0},
		{"2024-10-01", "2024-10-02", "0 100 0", 0},
	} {
		m := rowOf(t, creditedProducts(), retention.Options{}, period(c.from, c.to), retention.ByProduct(), "Desk").Movement
		got := m.New.String() + " " + m.Reactivation.String() + " " + m.Churn.String()
		if got != c.movements || m.Accounts.FromFree != c.fromFree {
			t.Errorf("%s to %s: %s from free %d, not %s from free %d", c.from, c.to, got, m.Accounts.FromFree, c.movements, c.fromFree)
		}
	}
}

// TestCutHistoryByCurrency: a currency that credits empty was not paid in, though
// the other was.
func TestCutHistoryByCurrency(t *testing.T) {
	contracts := creditedProducts()
	for i, currency := range []string{"USD", "EUR", "USD", "USD"} {
		contracts[i].Currency = currency
	}
	o := retention.Options{Currency: "EUR", Rates: []retention.Rate{{Currency: "USD", Date: day("2020-01-01"), Rate: dec("0.5")}}}
	m := rowOf(t, contracts, o, period("2024-06-01", "2024-07-01"), retention.ByCurrency(), "USD").Movement
	if !m.New.Equal(dec("50")) || m.Accounts.FromFree != 1 {
		t.Errorf("%+v", m)
	}
	m = rowOf(t, contracts, o, period("2024-10-01", "2024-11-01"), retention.ByCurrency(), "USD").Movement
	if !m.Reactivation.Equal(dec("50")) {
		t.Errorf("%+v", m)
	}
	m = rowOf(t, contracts, o, period("2024-10-01", "2024-11-01"), retention.ByCurrency(), "EUR").Movement
	if !m.Opening.Equal(dec("70")) || m.Accounts.Flat != 1 {
		t.Errorf("%+v", m)
	}
}

// TestCutHistoryOfEqualDays: contracts that replace each other within a day
// were never paid.
func TestCutHistoryOfEqualDays(t *testing.T) {
	contracts := []success.Contract{
		priced("1", "acme", "Desk", "2024-01-01", "", "100"),
		priced("2", "acme", "Vault", "2024-01-01", "2024-03-01", "90"),
		priced("3", "acme", "Desk", "2024-06-01", "", "80"),
	}
	contracts[1].Renews = "1" // on the day it starts
	m := rowOf(t, contracts, retention.Options{}, period("2024-05-01", "2024-07-01"), retention.ByProduct(), "Desk").Movement
	if !m.New.Equal(dec("80")) || !m.Reactivation.IsZero() {
		t.Errorf("%+v", m.Amounts)
	}
}

// TestCutBelowZeroAtEitherEnd: a credit without the product it reduces is seen on
// the days that the period looks at, and on no other.
func TestCutBelowZeroAtEitherEnd(t *testing.T) {
	contracts := []success.Contract{
		priced("d", "acme", "Desk", "2024-01-01", "", "100"),
		priced("c", "acme", "", "2024-03-10", "2024-03-20", "-30"),
	}
	b, err := retention.NewBook(contracts, retention.Options{})
	must(t, b, err)
	for _, c := range []struct{ from, to, on string }{
		{"2024-03-10", "2024-04-01", ""},
		{"2024-03-11", "2024-04-01", "2024-03-10"},
		{"2024-03-20", "2024-04-01", "2024-03-19"},
		{"2024-03-21", "2024-04-01", ""},
		{"2024-02-01", "2024-03-10", ""},
		{"2024-02-01", "2024-03-11", "2024-03-10"},
		{"2024-02-01", "2024-03-20", "2024-03-19"},
		{"2024-02-01", "2024-03-21", ""},
	} {
		_, err := b.Cut(period(c.from, c.to), retention.ByProduct())
		switch {
		case c.on == "" && err != nil:
			t.Errorf("%s to %s: %v", c.from, c.to, err)
		case c.on != "" && (err == nil || !strings.Contains(err.Error(), "below zero on "+c.on) || !strings.Contains(err.Error(), "acme")):
			t.Errorf("%s to %s: %v, want a fault on %s", c.from, c.to, err, c.on)
		}
	}
}

// TestCutBelowZeroOfMerged names the account that goes on.
func TestCutBelowZeroOfMerged(t *testing.T) {
	contracts := []success.Contract{
		priced("d", "acme", "Desk", "2024-01-01", "", "100"),
		priced("c", "acme", "", "2024-02-01", "", "-30"),
	}
	b, err := retention.NewBook(contracts, retention.Options{Mergers: []retention.Merger{{From: "acme", To: "zeta", On: day("2024-05-31")}}})
	must(t, b, err)
	for to, name := range map[string]string{"2024-05-31": "acme", "2024-06-01": "zeta"} {
		if _, err := b.Cut(period("2024-05-01", to), retention.ByProduct()); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("to %s: %v does not name %s", to, err, name)
		}
	}
}

// TestCutAbsorbed counts the customers of a product that mergers fold into one.
func TestCutAbsorbed(t *testing.T) {
	contracts := []success.Contract{
		priced("1", "a", "Desk", "2024-01-01", "", "10"),
		priced("2", "b", "Desk", "2024-01-01", "", "20"),
		priced("3", "c", "Desk", "2024-01-01", "2024-02-01", "30"), // gone by then
		priced("4", "a", "Vault", "2024-01-01", "", "40"),
		priced("5", "d", "Desk", "2024-01-01", "", "50"),
	}
	on := day("2024-06-01")
	o := retention.Options{Mergers: []retention.Merger{{From: "b", To: "a", On: on}, {From: "c", To: "a", On: on}}}
	for _, c := range []struct {
		from, to, product string
		opening, absorbed int
	}{
		{"2024-05-01", "2024-06-01", "Desk", 3, 0},
		{"2024-06-01", "2024-07-01", "Desk", 2, 1},
		{"2024-06-01", "2024-07-01", "Vault", 1, 0},
		{"2024-07-01", "2024-08-01", "Desk", 2, 0},
		{"2024-01-15", "2024-07-01", "Desk", 2, 2},
	} {
		n := rowOf(t, contracts, o, period(c.from, c.to), retention.ByProduct(), c.product).Movement.Accounts
		if n.Opening != c.opening || n.Absorbed != c.absorbed {
			t.Errorf("%s to %s, %s: opening %d absorbed %d, not %d and %d", c.from, c.to, c.product, n.Opening, n.Absorbed, c.opening, c.absorbed)
		}
	}
}

// TestSizeBands: a band owns its lower bound, and bounds may come in any order,
// and twice.
func TestSizeBands(t *testing.T) {
	contracts := []success.Contract{
		priced("1", "a", "", "2024-01-01", "", "99.999999"),
		priced("2", "b", "", "2024-01-01", "", "100"),
		priced("3", "c", "", "2024-01-01", "", "499.999999"),
		priced("4", "d", "", "2024-01-01", "", "500"),
		priced("5", "e", "", "2024-07-01", "", "500"),
	}
	b, err := retention.NewBook(contracts, retention.Options{})
	must(t, b, err)
	p := period("2024-01-02", "2025-01-01")
	for _, c := range []struct {
		bounds []decimal.Decimal
		want   string
	}{
		{nil, "none:500, any:1199.999998"},
		{[]decimal.Decimal{dec("100")}, "none:500, < 100:99.999999, >= 100:1099.999999"},
		{[]decimal.Decimal{dec("500"), dec("100"), dec("500")}, "none:500, < 100:99.999999, 100 to 500:599.999999, >= 500:500"},
		{[]decimal.Decimal{dec("1000"), dec("2000")}, "none:500, < 1000:1199.999998"},
	} {
		cut, err := b.Cut(p, retention.BySize(c.bounds...))
		must(t, cut, err)
		var all []string
		for _, row := range cut.Rows {
			all = append(all, row.Value+":"+row.Movement.Closing.String())
		}
		if got := strings.Join(all, ", "); got != c.want {
			t.Errorf("%v: %s, not %s", c.bounds, got, c.want)
		}
	}
}

// TestKeysRefused are the keys that say nothing.
func TestKeysRefused(t *testing.T) {
	b, err := retention.NewBook(creditedProducts(), retention.Options{})
	must(t, b, err)
	for name, key := range map[string]retention.Key{
		"zero":     {},
		"negative": retention.BySize(dec("-1")),
		"nothing":  retention.BySize(dec("5"), dec("0")),
		"tiny":     retention.BySize(dec("0.0000001")),
		"huge":     retention.BySize(decimal.New(1, 400)),
	} {
		if cut, err := b.Cut(success.Year(2024), key); err == nil || len(cut.Rows) > 0 {
			t.Errorf("%s: %v", name, cut.Rows)
		}
	}
	if _, err := b.Cut(success.Period{}, retention.ByProduct()); err == nil {
		t.Error("no period")
	}
}

// TestMergeRefused are the results that do not belong together.
func TestMergeRefused(t *testing.T) {
	in := func(currency string) *retention.Book {
		b, err := retention.NewBook(creditedProducts(), retention.Options{Currency: currency})
		return must(t, b, err)
	}
	euro, dollar := in("EUR"), in("USD")
	p, q := success.Year(2024), success.Year(2025)
	cut := func(b *retention.Book, p success.Period, k retention.Key) retention.Cut {
		c, err := b.Cut(p, k)
		return must(t, c, err)
	}
	a := cut(euro, p, retention.ByProduct())
	for name, other := range map[string]retention.Cut{
		"period":   cut(euro, q, retention.ByProduct()),
		"currency": cut(dollar, p, retention.ByProduct()),
		"key":      cut(euro, p, retention.BySegment()),
		"bands":    cut(euro, p, retention.BySize(dec("5"))),
	} {
		if merged, err := a.Merge(other); err == nil {
			t.Errorf("%s: %v", name, merged)
		}
	}
	if _, err := cut(euro, p, retention.BySize(dec("5"))).Merge(cut(euro, p, retention.BySize(dec("6")))); err == nil {
		t.Error("other bands merge")
	}
	broken := cut(euro, p, retention.ByProduct())
	broken.Rows[0].Renewals.Currency = "USD"
	if _, err := a.Merge(broken); err == nil {
		t.Error("renewals of another currency merge")
	}
	on := func(b *retention.Book, d string) retention.Snapshot {
		s, err := b.On(day(d))
		return must(t, s, err)
	}
	if _, err := on(euro, "2024-05-01").Merge(on(euro, "2024-05-02")); err == nil {
		t.Error("other days merge")
	}
	if _, err := on(euro, "2024-05-01").Merge(on(dollar, "2024-05-01")); err == nil {
		t.Error("other currencies merge")
	}
}
