package retention_test

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// kindNames are the kinds of fault by name.
func kindNames() map[string]error {
	return map[string]error{
		"missing": success.ErrMissing, "order": success.ErrOrder, "negative": success.ErrNegative, "duplicate": success.ErrDuplicate,
		"unknown": success.ErrUnknown, "currency": success.ErrCurrency, "range": success.ErrRange,
	}
}

// faultsOf lists the faults of an error like "contract[1].End order".
func faultsOf(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var all *success.Errors
	if !errors.As(err, &all) || all == nil {
		t.Fatalf("%v (%T) is no *success.Errors", err, err)
	}
	if all.Count < len(all.Faults) || len(all.Faults) != min(all.Count, 1000) {
		t.Fatalf("%d faults counted, %d kept", all.Count, len(all.Faults))
	}
	var list []string
	for _, f := range all.Faults {
		text := f.Record
		if f.Index >= 0 {
			text += "[" + strconv.Itoa(f.Index) + "]"
		}
		text += "." + f.Field
		for name, kind := range kindNames() {
			if errors.Is(f, kind) {
				text += " " + name
			}
		}
		list = append(list, text)
	}
	return list
}

// given is what NewBook is given.
type given struct {
	contracts []success.Contract
	options   retention.Options
}

// goodInput is three contracts: a yearly one of acme, its renewal, a credit of
// it, one of globex; nothing is wrong with them.
func goodInput() given {
	contracts := contractsOf([]deal{
		{"acme", "2023-01-01", "2024-01-01", "1200", 12},
		{"acme", "2024-01-01", "2025-01-01", "1500", 12},
		{"acme", "2023-03-01", "2023-05-01", "-100", 12},
		{"globex", "2023-02-01", "", "50", 1},
	})
	contracts[1].Renews = contracts[0].ID
	contracts[2].Credits = contracts[0].ID
	return given{contracts, retention.Options{}}
}

// in gives every contract a currency.
func (g *given) in(currencies ...string) {
	for i := range g.contracts {
		g.contracts[i].Currency = currencies[i%len(currencies)]
	}
}

// A refusal is an input with something wrong in it and the faults to be named.
type refusal struct {
	name   string
	change func(g *given)
	want   []string
}

func refusals() []refusal {
	return slices.Concat(contractRefusals(), linkRefusals(), optionRefusals(), currencyRefusals(), creditRefusals(), absurdPrices())
}

func contractRefusals() []refusal {
	return []refusal{
		{"no ID", func(g *given) { g.contracts[3].ID = "" }, []string{"contract[3].ID missing"}},
		{"no account", func(g *given) { g.contracts[3].Account = "" }, []string{"contract[3].Account missing"}},
		{"no start", func(g *given) { g.contracts[3].Start = success.Date{} }, []string{"contract[3].Start missing"}},
		{"end is start", func(g *given) { g.contracts[3].End = g.contracts[3].Start }, []string{"contract[3].End order"}},
		{"end before start", func(g *given) { g.contracts[3].End = day("2022-01-01") }, []string{"contract[3].End order"}},
		{"same ID twice", func(g *given) { g.contracts[3].ID = "C-002" }, []string{"contract[3].ID duplicate"}},
		{"same ID three times", func(g *given) { g.contracts[3].ID = "C-000"; g.contracts[2].ID = "C-000"; g.contracts[2].Credits = "" },
			[]string{"contract[2].ID duplicate", "contract[3].ID duplicate"}},
		{"no term", func(g *given) { g.contracts[3].Term = success.Term{} }, []string{"contract[3].Term missing"}},
		{"term 0", func(g *given) { g.contracts[3].Term = success.Months(0) }, []string{"contract[3].Term range"}},
		{"term -1", func(g *given) { g.contracts[3].Term = success.Weeks(-1) }, []string{"contract[3].Term negative"}},
		{"unknown unit", func(g *given) { g.contracts[3].Term = success.Term{Count: 1, Unit: 9} }, []string{"contract[3].Term unknown"}},
		{"quantity -1", func(g *given) { g.contracts[3].Quantity = -1 }, []string{"contract[3].Quantity negative"}},
		{"too many", func(g *given) { g.contracts[3].Quantity = math.MaxInt64 }, []string{"contract[3].Quantity range"}},
		{"several at once", func(g *given) {
			g.contracts[3] = success.Contract{ID: "C-000", Quantity: -1}
			g.contracts[0].End = g.contracts[0].Start
		}, []string{
			"contract[0].End order", "contract[3].Account missing", "contract[3].ID duplicate", "contract[3].Quantity negative",
			"contract[3].Start missing", "contract[3].Term missing",
		}},
	}
}

func linkRefusals() []refusal {
	return []refusal{
		{"renews itself", func(g *given) { g.contracts[3].Renews = "C-003" }, []string{"contract[3].Renews order"}},
		{"renews nobody", func(g *given) { g.contracts[1].Renews = "C-999" }, []string{"contract[1].Renews unknown"}},
		{"renews another account", func(g *given) { g.contracts[3].Renews = "C-000" }, []string{"contract[3].Renews unknown"}},
		{"renews another account, merged a day late", func(g *given) {
			g.contracts[3].Renews = "C-000"
			g.options.Mergers = []retention.Merger{{From: "globex", To: "acme", On: day("2023-02-02")}}
		}, []string{"contract[3].Renews unknown"}},
		{"renews another account, merged by then", func(g *given) {
			g.contracts[3].Renews = "C-000"
			g.options.Mergers = []retention.Merger{{From: "globex", To: "acme", On: day("2023-02-01")}}
		}, nil},
		{"starts before what it renews", func(g *given) { g.contracts[0].Renews = "C-001"; g.contracts[1].Renews = "" }, []string{"contract[0].Renews order"}},
		{"starts with what it renews", func(g *given) { g.contracts[1].Start = g.contracts[0].Start }, nil},
		{"credits itself", func(g *given) { g.contracts[2].Credits = "C-002" }, []string{"contract[2].Credits order"}},
		{"credits nobody", func(g *given) { g.contracts[2].Credits = "C-999" }, []string{"contract[2].Credits unknown"}},
		{"credits another account", func(g *given) { g.contracts[2].Credits = "C-003" }, []string{"contract[2].Credits unknown"}},
	}
}

func optionRefusals() []refusal {
	known := []success.Account{{ID: "acme"}, {ID: "globex"}}
	merge := func(mergers ...retention.Merger) func(g *given) {
		return func(g *given) { g.options.Mergers = mergers }
	}
	on := day("2023-06-01")
	return []refusal{
		{"accounts are known", func(g *given) { g.options.Accounts = known }, nil},
		{"an account is not", func(g *given) { g.options.Accounts = known[:1] }, []string{"contract[3].Account unknown"}},
		{"an account twice", func(g *given) { g.options.Accounts = append(slices.Clone(known), known[0]) }, []string{"account[2].ID duplicate"}},
		{"an account without ID", func(g *given) { g.options.Accounts = append(slices.Clone(known), success.Account{}) }, []string{"account[2].ID missing"}},
		{"merger without accounts", merge(retention.Merger{On: on}), []string{"merger[0].From missing", "merger[0].To missing"}},
		{"merger without a day", merge(retention.Merger{From: "globex", To: "acme"}), []string{"merger[0].On missing"}},
		{"merger into itself", merge(retention.Merger{From: "acme", To: "acme", On: on}), []string{"merger[0].To order"}},
		{"merged twice", merge(retention.Merger{From: "globex", To: "acme", On: on}, retention.Merger{From: "globex", To: "other", On: on.AddDays(9)}),
			[]string{"merger[1].From duplicate"}},
		{"unknown accounts merge", func(g *given) {
			g.options.Accounts = known
			g.options.Mergers = []retention.Merger{{From: "x", To: "y", On: on}}
		}, []string{"merger[0].From unknown", "merger[0].To unknown"}},
		{"Early of -1", func(g *given) { g.options.Early = -1 }, []string{"options.Early negative"}},
		{"Grace of -1", func(g *given) { g.options.Grace = math.MinInt }, []string{"options.Grace negative"}},
		{"-1 workers", func(g *given) { g.options.Workers = -1 }, []string{"options.Workers negative"}},
		{"1024 workers", func(g *given) { g.options.Workers = 1024 }, nil},
		{"1025 workers", func(g *given) { g.options.Workers = 1025 }, []string{"options.Workers range"}},
		{"endless Grace and Early", func(g *given) { g.options.Grace, g.options.Early = math.MaxInt, math.MaxInt }, nil},
		{"unknown grain", func(g *given) { g.options.Grain = 7 }, []string{"options.Grain unknown"}},
	}
}

func currencyRefusals() []refusal {
	rate := func(currency, date, value string) retention.Rate {
		r := retention.Rate{Currency: currency, Rate: dec(value)}
		if date != "" {
			r.Date = day(date)
		}
		return r
	}
	with := func(rates ...retention.Rate) func(g *given) {
		return func(g *given) {
			g.in("EUR", "EUR", "EUR", "USD")
			g.options.Currency, g.options.Rates = "EUR", rates
		}
	}
	return []refusal{
		{"one currency", func(g *given) { g.in("EUR") }, nil},
		{"one currency, no rate", func(g *given) { g.in("USD"); g.options.Currency = "EUR" }, []string{
			"contract[0].Currency currency", "contract[1].Currency currency", "contract[2].Currency currency", "contract[3].Currency currency",
		}},
		{"one contract has none", func(g *given) { g.in("EUR"); g.contracts[3].Currency = "" }, []string{"contract[3].Currency missing"}},
		{"none has one, but the report", func(g *given) { g.options.Currency = "EUR" }, nil},
		{"two, and none to report in", func(g *given) { g.in("EUR", "EUR", "EUR", "USD") }, []string{"options.Currency missing"}},
		{"two and a rate", with(rate("USD", "2024-01-01", "0.9")), nil},
		{"no rate", with(), []string{"contract[3].Currency currency"}},
		{"a rate of another", with(rate("GBP", "2024-01-01", "0.9")), []string{"contract[3].Currency currency"}},
		{"rate 0", with(rate("USD", "2024-01-01", "0"), rate("USD", "2020-01-01", "1")), []string{"rate[0].Rate range"}},
		{"rate below 0", with(rate("USD", "2024-01-01", "-1"), rate("USD", "2020-01-01", "1")), []string{"rate[0].Rate negative"}},
		{"same day twice", with(rate("USD", "2024-01-01", "1"), rate("USD", "2024-01-01", "1")), []string{"rate[1].Date duplicate"}},
		{"no currency", with(rate("USD", "2024-01-01", "1"), rate("", "2024-01-01", "1")), []string{"rate[1].Currency missing"}},
		{"no day", with(rate("USD", "", "1"), rate("USD", "2020-01-01", "1")), []string{"rate[0].Date missing"}},
		{"the reporting currency at 1", with(rate("USD", "2024-01-01", "1"), rate("EUR", "2024-01-01", "1.00")), nil},
		{"the reporting currency at 2", with(rate("USD", "2024-01-01", "1"), rate("EUR", "2024-01-01", "2")), []string{"rate[1].Rate range"}},
		{"amount too large at the highest rate", with(rate("USD", "2024-01-01", "1"), rate("USD", "2030-01-01", "15000000000")), []string{"contract[3].Price range"}},
		{"amount just fits", with(rate("USD", "2024-01-01", "14999999999.99")), nil},
		{"rate of 1e9999", with(rate("USD", "2024-01-01", "1e9999"), rate("USD", "2020-01-01", "1")), []string{"rate[0].Rate range"}},
		{"rate of 1e-9999", with(rate("USD", "2024-01-01", "1e-9999"), rate("USD", "2020-01-01", "1")), []string{"rate[0].Rate range"}},
	}
}

func creditRefusals() []refusal {
	price := func(i int, p string) func(g *given) { return func(g *given) { g.contracts[i].Price = dec(p) } }
	return []refusal{
		{"a credit of all", price(2, "-1200"), nil},
		{"a credit of more", price(2, "-1200.000001"), []string{"contract[2].Price negative"}},
		{"a credit too long", func(g *given) {
			g.contracts[2].Price, g.contracts[2].End = dec("-1300"), day("2024-02-01")
			g.contracts[2].Start = day("2023-12-31")
		}, []string{"contract[2].Price negative"}},
		{"a credit in another currency", func(g *given) {
			g.in("EUR", "EUR", "USD", "EUR")
			g.options.Currency, g.options.Rates = "EUR", []retention.Rate{{Currency: "USD", Date: day("2023-01-01"), Rate: dec("1")}}
		}, []string{"contract[2].Price negative"}},
		{"of another product, by account", func(g *given) { g.contracts[2].Product = "bi" }, nil},
		{"of another product, by product", func(g *given) { g.contracts[2].Product, g.options.Grain = "bi", retention.GrainProduct }, []string{"contract[2].Price negative"}},
		{"without a home, by account", func(g *given) { g.contracts[2].Credits = "" }, nil},
		{"without a home, by contract", func(g *given) { g.contracts[2].Credits, g.options.Grain = "", retention.GrainContract }, []string{"contract[2].Credits missing"}},
		{"of the tree, by contract", func(g *given) {
			g.contracts[2].Start, g.contracts[2].End = day("2024-03-01"), day("2024-05-01")
			g.options.Grain = retention.GrainContract
		}, nil},
		{"of a contract that is over, by contract", func(g *given) {
			g.contracts[2].Start, g.contracts[2].End = day("2025-01-01"), day("2025-05-01")
			g.options.Grain = retention.GrainContract
		}, []string{"contract[2].Price negative"}},
	}
}

// absurdPrices work or are refused, in bounded time.
func absurdPrices() []refusal {
	of := func(d decimal.Decimal) func(g *given) { return func(g *given) { g.contracts[3].Price = d } }
	tooLarge := []string{"contract[3].Price range"}
	return []refusal{
		{"1e400", of(dec("1e400")), tooLarge},
		{"1e999999999", of(decimal.New(1, 999999999)), tooLarge},
		{"1e-999999999", of(decimal.New(1, -999999999)), nil},
		{"0e999999999", of(decimal.New(0, 999999999)), nil},
		{"50 digits", of(dec(strings.Repeat("7", 50))), tooLarge},
		{"50 digits, 40 of them decimals", of(dec(strings.Repeat("7", 50)).Shift(-40)), nil},
		{"60 decimals", of(dec("0." + strings.Repeat("3", 60))), nil},
		{"what wraps 64 bits", of(dec("184467440737095516.17")), tooLarge},
		{"the largest", of(dec("749999999999.99999995")), nil},
		{"the limit", of(dec("750000000000")), tooLarge},
	}
}

// TestRefused holds that NewBook names everything that is wrong, and builds
// nothing then.
func TestRefused(t *testing.T) {
	for _, tt := range refusals() {
		t.Run(tt.name, func(t *testing.T) {
			g := goodInput()
			tt.change(&g)
			start := time.Now()
			book, err := retention.NewBook(g.contracts, g.options)
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("took %s", took)
			}
			got := faultsOf(t, err)
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Fatalf("faults %v, want %v: %v", got, tt.want, err)
			}
			if (book == nil) != (err != nil) {
				t.Fatalf("book %v beside error %v", book, err)
			}
		})
	}
}
