package attribution_test

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// shards divides records so that accounts that one record has to do with are in
// one shard.
func shards(t *rapid.T, r attribution.Records) [3]attribution.Records {
	group := map[success.AccountID]success.AccountID{"A": "A", "B": "B", "C": "C"}
	link := func(a, b success.AccountID) {
		from, to := group[a], group[b]
		for account, g := range group {
			if g == from {
				group[account] = to
			}
		}
	}
	leads, deals := map[attribution.LeadID]attribution.Lead{}, map[attribution.DealID]attribution.Deal{}
	interactions := map[success.InteractionID]success.Interaction{}
	for _, i := range r.Interactions {
		interactions[i.ID] = i
	}
	for _, l := range r.Leads {
		if leads[l.ID] = l; l.Interaction != "" {
			link(l.Account, interactions[l.Interaction].Account)
		}
	}
	for _, d := range r.Deals {
		if deals[d.ID] = d; d.Lead != "" {
			link(d.Account, leads[d.Lead].Account)
		}
	}
	place := map[success.AccountID]int{}
	for _, account := range []success.AccountID{"A", "B", "C"} {
		place[account] = rapid.IntRange(0, 2).Draw(t, "shard")
	}
	var all [3]attribution.Records
	of := func(account success.AccountID) *attribution.Records { return &all[place[group[account]]] }
	for _, i := range r.Interactions {
		of(i.Account).Interactions = append(of(i.Account).Interactions, i)
	}
	for _, l := range r.Leads {
		of(l.Account).Leads = append(of(l.Account).Leads, l)
	}
	for _, d := range r.Deals {
		of(d.Account).Deals = append(of(d.Account).Deals, d)
	}
	for _, a := range r.Adjustments {
		account := deals[a.Deal].Account
		of(account).Adjustments = append(of(account).Adjustments, a)
	}
	for _, x := range r.Touches {
		of(x.Account).Touches = append(of(x.Account).Touches, x)
	}
	return all
}

// must returns what has no error.
func must[T any](t *rapid.T) func(T, error) T {
	return func(value T, err error) T {
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// TestMerge holds that the parts of any division that keeps accounts whole merge
// into the whole, in whatever order.
func TestMerge(t *testing.T) { rapid.Check(t, checkMerge) }

func checkMerge(t *rapid.T) {
	r, o, whole := draw(t)
	if o.AsOf = whole.AsOf(); o.AsOf.IsZero() {
		return // of no records there is no day to know them by
	}
	q := drawQuery(t)
	window := time.Duration(rapid.IntRange(0, 100).Draw(t, "days")) * 24 * time.Hour
	var table attribution.Table
	var sourced attribution.Sourced
	var influenced attribution.Influenced
	parts := shards(t, r)
	for i, at := range rapid.Permutation([]int{0, 1, 2}).Draw(t, "order") {
		p := must[*attribution.Pipeline](t)(attribution.NewPipeline(parts[at], o))
		a, b, c := must[attribution.Table](t)(p.Table(q)), must[attribution.Sourced](t)(p.Sourced(q)), must[attribution.Influenced](t)(p.Influenced(q.Period, window))
		if i == 0 {
			table, sourced, influenced = a, b, c
			continue
		}
		table, sourced, influenced = must[attribution.Table](t)(table.Merge(a)), must[attribution.Sourced](t)(sourced.Merge(b)), must[attribution.Influenced](t)(influenced.Merge(c))
	}
	want := must[attribution.Table](t)(whole.Table(q))
	equal(t, "table", table, want)
	equal(t, "sourced", sourced, must[attribution.Sourced](t)(whole.Sourced(q)))
	equal(t, "influenced", influenced, must[attribution.Influenced](t)(whole.Influenced(q.Period, window)))
	equalStatistics(t, table.Total, want.Total)
	for i := range want.Rows {
		equalStatistics(t, table.Rows[i], want.Rows[i])
	}
}

func equal(t *rapid.T, what string, got, want any) {
	a, failed := json.Marshal(got)
	b, err := json.Marshal(want)
	if err != nil || failed != nil || string(a) != string(b) {
		t.Fatalf("%s\n%s, not\n%s, %v, %v", what, a, b, failed, err)
	}
}

func equalStatistics(t *rapid.T, got, want attribution.Row) {
	if got.Conversion() != want.Conversion() || got.WinRate() != want.WinRate() {
		t.Fatalf("conversion %v, not %v; %v of deals, not %v", got.Conversion(), want.Conversion(), got.WinRate(), want.WinRate())
	}
	for _, share := range []float64{0.25, 0.5, 0.9} {
		if got.DaysToWin(share) != want.DaysToWin(share) {
			t.Fatalf("%v days to win, not %v", got.DaysToWin(share), want.DaysToWin(share))
		}
	}
	near := func(a, b success.Figure) bool {
		x, ok := a.Float64()
		y, known := b.Float64()
		return ok == known && math.Abs(x-y) <= 1e-9*max(1, math.Abs(y))
	}
	if e, f := got.Expected(), want.Expected(); !near(e.Value, f.Value) || !near(e.Lower, f.Lower) || !near(e.Upper, f.Upper) {
		t.Fatalf("%v expected, not %v", e, f)
	}
}

// TestMergeByHand: rows of one part alone and of both, in two currencies, the
// sources in their order, and deals that spread as all of them do.
func TestMergeByHand(t *testing.T) {
	o := attribution.Options{AsOf: success.MustDate("2024-06-01")}
	q := attribution.Query{Period: success.Year(2024), By: attribution.BySource}
	usd, eur := "USD", "EUR"
	part := func(r attribution.Records) attribution.Table { return ask(t, build(t, r, o), q) }
	a := part(attribution.Records{
		Leads: []attribution.Lead{lead("L1", "A", "Ann", "2024-01-01")},
		Deals: []attribution.Deal{inCurrency(won("D1", "A", "L1", "2024-01-02", "2024-02-01", "10"), usd), inCurrency(won("D2", "Z", "", "2024-01-02", "2024-02-01", "5"), usd)},
	})
	b := part(attribution.Records{
		Interactions: []success.Interaction{{ID: "I", Account: "B", At: at("2024-01-01")}},
		Leads:        []attribution.Lead{service("L2", "B", "I", "2024-01-01"), lead("L3", "C", "", "2024-01-01")},
		Deals:        []attribution.Deal{inCurrency(won("D3", "C", "L3", "2024-01-02", "2024-02-01", "7"), eur)},
	})
	none := part(attribution.Records{})
	for _, tables := range [][]attribution.Table{{a, b, none}, {none, b, a}, {b, none, a}} {
		merged, err := tables[0].Merge(tables[1])
		if err != nil {
			t.Fatal(err)
		}
		if merged, err = merged.Merge(tables[2]); err != nil {
			t.Fatal(err)
		}
		same(t, "rows", merged.Rows, "service 1=1+0+0 0/0/1 |EUR 0/0/0 0-0=0 0 |USD 0/0/0 0-0=0 0",
			"marketing 2=2+0+0 2/0/0 |EUR 1/0/0 7-0=7 0 |USD 1/0/0 10-0=10 0", "unattributed 0=0+0+0 0/0/0 |EUR 0/0/0 0-0=0 0 |USD 1/0/0 5-0=5 0")
		same(t, "total", []attribution.Row{merged.Total}, " 3=3+0+0 2/0/1 |EUR 1/0/0 7-0=7 0 |USD 2/0/0 15-0=15 0")
	}
	same(t, "the parts are as they were", []attribution.Row{a.Total, none.Total}, " 1=1+0+0 1/0/0 |USD 2/0/0 15-0=15 0", " 0=0+0+0 0/0/0 | 0/0/0 0-0=0 0")
	if merged, err := none.Merge(none); err != nil || merged.Rows != nil || len(merged.Total.Money) != 1 {
		t.Errorf("of nothing %+v, %v", merged, err)
	}
}

// TestMergedSpread: what may be expected has the limits of all deals, of parts with
// other averages and other numbers of them, and of one without any.
func TestMergedSpread(t *testing.T) {
	amounts := []string{"10", "30", "50", "1000", "7000"}
	part := func(from, to int) attribution.Records {
		var r attribution.Records
		for i := from; i < to; i++ {
			id := fmt.Sprint(i)
			r.Leads = append(r.Leads, lead(attribution.LeadID(id), success.AccountID(id), "", "2024-01-01"))
			if i < len(amounts) {
				r.Deals = append(r.Deals, won(attribution.DealID(id), success.AccountID(id), attribution.LeadID(id), "2024-01-02", "2024-02-01", amounts[i]))
			}
		}
		return r
	}
	o, q := attribution.Options{AsOf: success.MustDate("2024-06-01")}, attribution.Query{Period: success.Year(2024)}
	total := func(from, to int) attribution.Table { return ask(t, build(t, part(from, to), o), q) }
	want := total(0, 8).Total.Expected().String()
	for _, c := range [][]int{{0, 3, 8, 8}, {0, 2, 4, 8}, {0, 1, 5, 8}, {0, 0, 4, 8}} {
		merged, err := total(c[0], c[1]).Merge(total(c[1], c[2]))
		if err != nil {
			t.Fatal(err)
		}
		if merged, err = merged.Merge(total(c[2], c[3])); err != nil || merged.Total.Expected().String() != want {
			t.Errorf("%v: %v, not %s, %v", c, merged.Total.Expected(), want, err)
		}
	}
	if want != "3033.75 (0, 8285.23)" {
		t.Error(want)
	}
}

// TestOnlyTheSameMerges: answers to other questions do not merge.
func TestOnlyTheSameMerges(t *testing.T) {
	day := success.MustDate("2024-06-01")
	r := attribution.Records{Deals: []attribution.Deal{won("D", "A", "", "2024-01-02", "2024-02-01", "5")}}
	in := func(currency string) attribution.Records {
		return attribution.Records{Deals: []attribution.Deal{inCurrency(r.Deals[0], currency)}}
	}
	q := attribution.Query{Period: success.Year(2024), By: attribution.BySource}
	for what, c := range map[string]struct {
		records attribution.Records
		options attribution.Options
		query   attribution.Query
		window  time.Duration
		table   bool // whether tables merge, and the others
		sourced bool
		influ   bool
	}{
		"the same":         {r, attribution.Options{AsOf: day}, q, 0, true, true, true},
		"a default level":  {r, attribution.Options{AsOf: day, Level: 0.95}, q, 0, true, true, true},
		"another level":    {r, attribution.Options{AsOf: day, Level: 0.9}, q, 0, false, true, true},
		"another day":      {r, attribution.Options{AsOf: day.AddDays(1)}, q, 0, false, false, false},
		"another period":   {r, attribution.Options{AsOf: day}, attribution.Query{Period: success.Year(2023), By: attribution.BySource}, 0, false, false, false},
		"another cut":      {r, attribution.Options{AsOf: day}, attribution.Query{Period: success.Year(2024)}, 0, false, false, true},
		"another source":   {r, attribution.Options{AsOf: day}, attribution.Query{Period: success.Year(2024), By: attribution.BySource, Source: attribution.Service}, 0, false, false, true},
		"another window":   {r, attribution.Options{AsOf: day}, q, 1, true, true, false},
		"a named currency": {in("EUR"), attribution.Options{AsOf: day}, q, 0, false, false, false},
	} {
		of := func(r attribution.Records, o attribution.Options, q attribution.Query, window time.Duration) (attribution.Table, attribution.Sourced, attribution.Influenced) {
			p := build(t, r, o)
			s, err := p.Sourced(q)
			if err != nil {
				t.Fatal(err)
			}
			i, err := p.Influenced(q.Period, window)
			if err != nil {
				t.Fatal(err)
			}
			return ask(t, p, q), s, i
		}
		table, sourced, influenced := of(r, attribution.Options{AsOf: day}, q, 0)
		otherTable, otherSourced, otherInfluenced := of(c.records, c.options, c.query, c.window)
		_, err1 := table.Merge(otherTable)
		_, err2 := sourced.Merge(otherSourced)
		_, err3 := influenced.Merge(otherInfluenced)
		if (err1 == nil) != c.table || (err2 == nil) != c.sourced || (err3 == nil) != c.influ {
			t.Errorf("%s: %v; %v; %v", what, err1, err2, err3)
		}
	}
}

// regions are the pipelines of two regions.
func regions() (north, south *attribution.Pipeline) {
	o := attribution.Options{AsOf: success.MustDate("2025-07-01")}
	north, _ = attribution.NewPipeline(attribution.Records{
		Leads:   []attribution.Lead{lead("L1", "Ash", "Ann", "2025-01-10")},
		Deals:   []attribution.Deal{won("D1", "Ash", "L1", "2025-01-11", "2025-03-01", "900")},
		Touches: []attribution.Touch{{Account: "Ash", Key: "call", At: at("2025-02-01")}},
	}, o)
	south, _ = attribution.NewPipeline(attribution.Records{
		Leads:   []attribution.Lead{lead("L2", "Birch", "Bob", "2025-01-10"), lead("L3", "Cedar", "Ann", "2025-01-10")},
		Deals:   []attribution.Deal{won("D2", "Birch", "L2", "2025-01-11", "2025-03-01", "100")},
		Touches: []attribution.Touch{{Account: "Birch", Key: "call", At: at("2025-02-01")}},
	}, o)
	return north, south
}

func ExampleTable_Merge() {
	north, south := regions()
	q := attribution.Query{Period: success.Year(2025), By: attribution.ByAgent}
	a, _ := north.Table(q)
	b, _ := south.Table(q)
	table, err := a.Merge(b)
	for _, row := range table.Rows {
		fmt.Println(row.Key, row.Accepted, row.WonLeads, row.Money[0].Net)
	}
	fmt.Println(table.Total.Money[0].Net, err)
	// Output:
	// Ann 2 1 900
	// Bob 1 1 100
	// 1000 <nil>
}

func ExampleSourced_Merge() {
	north, south := regions()
	q := attribution.Query{Period: success.Year(2025), By: attribution.ByAgent}
	a, _ := north.Sourced(q)
	b, _ := south.Sourced(q)
	s, err := a.Merge(b)
	fmt.Println(s.Rows, s.Total, err)
	// Output: [{Ann  1 900} {Bob  1 100}] [{  2 1000}] <nil>
}

func ExampleInfluenced_Merge() {
	north, south := regions()
	a, _ := north.Influenced(success.Year(2025), 0)
	b, _ := south.Influenced(success.Year(2025), 0)
	i, err := a.Merge(b)
	fmt.Println(i.Rows, i.Total, err)
	// Output: [{call  2 1000}] [{  2 1000}] <nil>
}
