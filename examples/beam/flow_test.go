package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/retention"
)

func TestMain(m *testing.M) {
	flag.Parse()
	beam.Init()
	os.Exit(m.Run())
}

// engine returns what the pipeline answers.
func engine(t *testing.T, from input, q Question) (r Result) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "result.json")
	p, s := beam.NewPipelineWithRoot()
	flow(s, from, q, out)
	if err := beamx.Run(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// alone returns what one process answers, from one book of everything.
func alone(t *testing.T, contracts []success.Contract, sales []Sale, q Question) Result {
	t.Helper()
	r, err := direct(contracts, sales, q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func everything(t *testing.T, c Company) ([]success.Contract, []Sale) {
	t.Helper()
	contracts, sales, err := generated{c, 1}.load()
	if err != nil {
		t.Fatal(err)
	}
	return contracts, sales
}

// shuffled holds the same records in another order, in shards that are sources of
// their own.
func shuffled(contracts []success.Contract, sales []Sale, seed uint64, shards int) held {
	r := rand.New(rand.NewPCG(seed, 0))
	h := held{shards: shards}
	for _, i := range r.Perm(len(contracts)) {
		h.contracts = append(h.contracts, contracts[i])
	}
	for _, i := range r.Perm(len(sales)) {
		h.sales = append(h.sales, sales[i])
	}
	return h
}

func question(buckets int) Question {
	return Question{Period: success.Year(2025), Buckets: buckets}
}

// TestShards holds the pipeline to one book of everything, digit for digit, from
// any number of shards, in any order and with any number of buckets.
func TestShards(t *testing.T) {
	contracts, sales := everything(t, Company{600, 11})
	want := alone(t, contracts, sales, question(1))
	if y := want.Year; y.Opening.IsZero() || y.Churn.IsZero() || y.Reactivation.IsZero() || y.Expansion.IsZero() || want.Renewals.Due == 0 {
		t.Fatalf("this company shows too little: %+v", y)
	}
	if len(want.Months) != 12 || len(want.Survival) < 10 || len(want.Sources.Rows) != 8 || want.Sources.Total.Money[0].Reversed.IsZero() {
		t.Fatalf("this company shows too little: %+v", want)
	}
	for i, shards := range []int{1, 3, 64} {
		t.Run(fmt.Sprintf("shards=%d", shards), func(t *testing.T) {
			same(t, engine(t, shuffled(contracts, sales, uint64(i), shards), question(1+10*i)), want)
		})
		t.Run(fmt.Sprintf("generated/shards=%d", shards), func(t *testing.T) {
			same(t, engine(t, generated{Company{600, 11}, shards}, question(7)), want)
		})
	}
}

// TestSpread makes sure that TestShards is about accounts in several shards.
func TestSpread(t *testing.T) {
	contracts, _ := everything(t, Company{600, 11})
	shards := map[success.AccountID]map[int]bool{}
	for i, c := range contracts {
		if shards[c.Account] == nil {
			shards[c.Account] = map[int]bool{}
		}
		shards[c.Account][i%3] = true
	}
	spread := 0
	for _, s := range shards {
		if len(s) > 1 {
			spread++
		}
	}
	if spread < 100 {
		t.Errorf("only %d of %d accounts are spread over three shards", spread, len(shards))
	}
}

// TestMergersAndRates has accounts of different buckets that become one, and
// contracts and deals in two currencies.
func TestMergersAndRates(t *testing.T) {
	q := question(5)
	contracts, sales := everything(t, Company{150, 5})
	for i := range contracts {
		if i%4 == 0 {
			contracts[i].Currency = "USD"
		}
	}
	for i, s := range sales {
		if i%3 == 0 && s.Deal != nil {
			s.Deal.Currency = "USD"
		}
	}
	q.Currency = "EUR"
	q.Rates = []retention.Rate{
		{Currency: "USD", Date: success.MustDate("2023-01-01"), Rate: decimal.RequireFromString("0.912345")},
		{Currency: "USD", Date: success.MustDate("2025-06-15"), Rate: decimal.RequireFromString("0.876543")},
	}
	q.Mergers = []retention.Merger{
		{From: "A0000001", To: "A0000002", On: success.MustDate("2025-03-01")},
		{From: "A0000002", To: "A0000003", On: success.MustDate("2025-08-01")},
		{From: "A0000010", To: "A0000011", On: success.MustDate("2024-08-01")},
	}
	if err := q.check(); err != nil {
		t.Fatal(err)
	}
	apart := Question{Period: q.Period, Buckets: q.Buckets}.parts("A0000001", "A0000002", "A0000003")
	if apart < 2 || q.parts("A0000001", "A0000002", "A0000003") != 1 {
		t.Fatalf("%d buckets without mergers", apart)
	}
	want := alone(t, contracts, sales, q)
	if want.Year.FX.IsZero() {
		t.Fatal("no effect of rates to see")
	}
	same(t, engine(t, shuffled(contracts, sales, 1, 3), q), want)
}

// parts returns how many buckets accounts are in.
func (q Question) parts(accounts ...success.AccountID) int {
	b, seen := q.buckets(), map[int]bool{}
	for _, a := range accounts {
		seen[b.of(a)] = true
	}
	return len(seen)
}

// TestEmpty has nothing at all, which makes a result with undefined ratios.
func TestEmpty(t *testing.T) {
	got := engine(t, held{shards: 1}, question(3))
	if _, ok := got.NRR.Float64(); ok || got.Faults.Count != 0 || len(got.Survival) != 0 || len(got.Sources.Rows) != 0 {
		t.Errorf("%+v", got)
	}
}

// TestFaults spreads records that nothing can be made of, and wants to see each
// of them with its ID and account, as one process finds them, and no figures.
func TestFaults(t *testing.T) {
	contracts, sales := everything(t, Company{100, 5})
	contracts = append(contracts,
		success.Contract{ID: "X1", Account: "A0000001", Start: success.MustDate("2025-02-01"), End: success.MustDate("2025-01-01"), Term: success.Months(1), Currency: "EUR"},
		success.Contract{ID: "X2", Account: "A0000002", Start: success.MustDate("2025-02-01"), Currency: "EUR"},
		success.Contract{ID: "X3", Account: "A0000003", Start: success.MustDate("2025-02-01"), Term: success.Months(1), Currency: "EUR", Renews: "nobody"},
		success.Contract{Start: success.MustDate("2025-02-01"), Term: success.Months(1), Currency: "EUR"},
	)
	for i := range 12 { // the same ID in twelve accounts, of which some share a bucket
		twin := contracts[0]
		twin.Account = success.AccountID(fmt.Sprintf("T%d", i))
		contracts = append(contracts, twin)
	}
	at := success.MustDate("2025-02-01").Time(time.UTC)
	sales = append(sales,
		Sale{Lead: &attribution.Lead{ID: "Y1", Account: "A0000001", Source: attribution.Service, Interaction: "nothing", At: at}},
		Sale{Deal: &attribution.Deal{ID: "Y2", Account: "A0000002", Lead: "nobody", Opened: at, Currency: "EUR"}},
		Sale{Adjustment: &attribution.Adjustment{ID: "Y3", Deal: "nothing", At: at}},
		Sale{Deal: &attribution.Deal{ID: "D0000001", Account: "B", Opened: at, Currency: "EUR"}},
	)
	want := alone(t, contracts, sales, question(1))
	got := engine(t, shuffled(contracts, sales, 3, 3), question(7))
	same(t, got, want)
	if got.Year.Period != (success.Period{}) || got.Faults.Count < 20 {
		t.Errorf("%+v", got)
	}
	for _, f := range []Fault{
		{Record: "contract", ID: "X1", Account: "A0000001", Field: "End"},
		{Record: "contract", ID: "X2", Account: "A0000002", Field: "Term"},
		{Record: "contract", ID: "X3", Account: "A0000003", Field: "Renews"},
		{Record: "contract", ID: "C00000000", Account: "T7", Field: "ID"},
		{Record: "lead", ID: "Y1", Account: "A0000001", Field: "Interaction"},
		{Record: "deal", ID: "Y2", Account: "A0000002", Field: "Lead"},
		{Record: "adjustment", ID: "Y3", Field: "Deal"},
		{Record: "deal", ID: "D0000001", Field: "ID"},
	} {
		if !names(got.Faults, f) {
			t.Errorf("%+v is not among\n%v", f, got.Faults)
		}
	}
}

func names(faults Faults, want Fault) bool {
	for _, f := range faults.First {
		if f.Record == want.Record && f.ID == want.ID && f.Field == want.Field && (want.Account == "" || f.Account == want.Account) && f.Problem != "" {
			return true
		}
	}
	return false
}
