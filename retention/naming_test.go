package retention_test

import (
	"errors"
	"slices"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// indexes returns the positions of the faults of a call that is refused.
func indexes(t *testing.T, contracts []success.Contract, o retention.Options) []int {
	t.Helper()
	b, err := retention.NewBook(contracts, o)
	var faults *success.Errors
	if b != nil || !errors.As(err, &faults) {
		t.Fatalf("book %v, error %v", b, err)
	}
	var all []int
	for _, f := range faults.Faults {
		all = append(all, f.Index)
	}
	return all
}

// TestBelowZeroNamesACredit: the fault stands at the first credit in the input
// that is active on the first bad day, 2024-03-01, whatever comes before it.
func TestBelowZeroNamesACredit(t *testing.T) {
	for _, order := range [][]int{{0, 1, 2, 3, 4, 5}, {5, 4, 3, 2, 1, 0}, {3, 2, 5, 0, 4, 1}} {
		all := []success.Contract{
			priced("over", "a", "", "2024-01-01", "2024-03-01", "-10"),  // ends on the day
			priced("later", "a", "", "2024-03-02", "", "-500"),          // starts a day after
			priced("pays", "a", "", "2024-01-01", "", "100"),            // no credit
			priced("from", "a", "", "2024-03-01", "2024-03-02", "-60"),  // that day only
			priced("since", "a", "", "2024-02-01", "2024-03-02", "-50"), // to that day
			priced("other", "b", "", "2024-03-01", "", "100"),           // another account
		}
		var contracts []success.Contract
		for _, i := range order {
			contracts = append(contracts, all[i])
		}
		want := min(slices.Index(order, 3), slices.Index(order, 4))
		if got := indexes(t, contracts, retention.Options{}); !slices.Equal(got, []int{want}) {
			t.Errorf("order %v: faults at %v, not at %d", order, got, want)
		}
	}
}

// TestBelowZeroOfMerged: a merged account is checked as one from the day of the
// merger on, and apart before it.
func TestBelowZeroOfMerged(t *testing.T) {
	contracts := []success.Contract{
		priced("1", "a", "", "2024-01-01", "", "100"),
		priced("2", "b", "", "2024-03-01", "2024-09-01", "-60"),
		priced("3", "b", "", "2024-01-01", "2024-04-01", "70"),
	}
	merged := func(on string) retention.Options {
		return retention.Options{Mergers: []retention.Merger{{From: "a", To: "b", On: day(on)}}}
	}
	if got := indexes(t, contracts, merged("2024-04-02")); !slices.Equal(got, []int{1}) {
		t.Errorf("faults at %v", got)
	}
	b, err := retention.NewBook(contracts, merged("2024-04-01")) // on the day that only the credit is left
	must(t, b, err)
	year, err := b.Between(success.Year(2024))
	must(t, year, err)
	if !year.New.IsZero() && !year.New.Equal(dec("100")) {
		t.Error(year.Amounts)
	}
}

// TestCyclesNameTheFirst: each cycle is one fault, at its first contract, and
// contracts that only lead into it are none.
func TestCyclesNameTheFirst(t *testing.T) {
	link := func(renews, credits string) []success.Contract {
		var contracts []success.Contract
		for i := range renews {
			price := "100"
			if credits[i] != '.' {
				price = "-1"
			}
			c := priced(string(rune('a'+i)), "acme", "", "2024-01-01", "", price)
			if renews[i] != '.' {
				c.Renews = success.ContractID(renews[i : i+1])
			}
			if credits[i] != '.' {
				c.Credits = success.ContractID(credits[i : i+1])
			}
			contracts = append(contracts, c)
		}
		return contracts
	}
	for _, c := range []struct {
		name, renews, credits string
		want                  []int
	}{
		{"three", ".cdb", "....", []int{1}},
		{"two and two", "badc", "....", []int{0, 2}},
		{"into one", "bcb", "...", []int{1}},
		{"credits", "...", ".cb", []int{1}},
		{"both kinds", ".c..", "..b.", []int{2}},
		{"a credit that renews", "..b.", ".c..", []int{1}},
	} {
		if got := indexes(t, link(c.renews, c.credits), retention.Options{}); !slices.Equal(got, c.want) {
			t.Errorf("%s: faults at %v, not at %v", c.name, got, c.want)
		}
	}
}

// TestFollowOnFaults: what is refused for itself causes no further fault.
func TestFollowOnFaults(t *testing.T) {
	contracts := []success.Contract{
		priced("1", "a", "", "2024-01-01", "", "100"),
		priced("2", "a", "", "2024-01-01", "", "-50"),
		priced("3", "b", "", "2024-02-01", "", "70"),
		priced("4", "b", "", "2024-03-01", "", "70"),
	}
	contracts[0].Term = success.Term{}
	contracts[2].End = day("2024-02-01")
	contracts[3].Renews = "3"
	if got := indexes(t, contracts, retention.Options{}); !slices.Equal(got, []int{0, 2}) {
		t.Errorf("faults at %v", got)
	}
}

// TestManyCurrencies: as many as there are numbers for are taken, one more is
// named.
func TestManyCurrencies(t *testing.T) {
	const most = 1<<16 - 1
	contracts := make([]success.Contract, most+1)
	rates := make([]retention.Rate, most+1)
	for i := range contracts {
		currency := "X" + string(rune('A'+i%26)) + string(rune('A'+i/26%26)) + string(rune('A'+i/676%26)) + string(rune('A'+i/17576))
		contracts[i] = priced(currency, "a", "", "2024-01-01", "", "1")
		contracts[i].Currency = currency
		rates[i] = retention.Rate{Currency: currency, Date: day("2024-01-01"), Rate: dec("2")}
	}
	o := retention.Options{Currency: "EUR", Rates: rates}
	b, err := retention.NewBook(contracts[:most], o)
	must(t, b, err)
	if on, err := b.On(day("2024-06-01")); err != nil || !on.ARR.Equal(dec("131070")) {
		t.Error(on, err)
	}
	if got := indexes(t, contracts, o); !slices.Equal(got, []int{most}) {
		t.Errorf("faults at %v", got)
	}
}

// TestAllFaultsOfAContract: one that is refused for its term is looked at for its
// currency, account and links as well.
func TestAllFaultsOfAContract(t *testing.T) {
	contracts := []success.Contract{
		priced("1", "a", "", "2024-01-01", "", "100"),
		priced("2", "x", "", "2024-01-01", "", "100"),
		priced("3", "a", "", "2024-01-01", "", "100"),
	}
	contracts[0].Currency, contracts[1].Currency = "EUR", "XXQ"
	contracts[1].Term, contracts[1].Renews = success.Months(0), "9"
	contracts[2].Quantity = -1
	_, err := retention.NewBook(contracts, retention.Options{Currency: "EUR", Accounts: []success.Account{{ID: "a"}}})
	var faults *success.Errors
	if !errors.As(err, &faults) {
		t.Fatal(err)
	}
	var got []string
	for _, f := range faults.Faults {
		got = append(got, f.Field)
	}
	slices.Sort(got)
	if want := []string{"Account", "Currency", "Currency", "Quantity", "Renews", "Term"}; !slices.Equal(got, want) {
		t.Errorf("faults of %v, not %v", got, want)
	}
}

// TestMergerCyclesNameTheFirst: each cycle of mergers is one fault, at its first
// merger.
func TestMergerCyclesNameTheFirst(t *testing.T) {
	merge := func(from, to string) retention.Merger {
		return retention.Merger{From: success.AccountID(from), To: success.AccountID(to), On: day("2024-01-01")}
	}
	for _, order := range [][]int{{0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {2, 4, 0, 3, 1}, {1, 2, 0, 4, 3}} {
		all := []retention.Merger{merge("a", "b"), merge("b", "c"), merge("c", "a"), merge("x", "y"), merge("p", "a")}
		var mergers []retention.Merger
		want := len(order)
		for i, k := range order {
			if mergers = append(mergers, all[k]); k < 3 {
				want = min(want, i)
			}
		}
		if got := indexes(t, nil, retention.Options{Mergers: mergers}); !slices.Equal(got, []int{want}) {
			t.Errorf("order %v: faults at %v, not at %d", order, got, want)
		}
	}
}
