package retention_test

import (
	"errors"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// TestCustomersOnTheDay: the state at the close of a day knows who came, came
// back and left on that day.
func TestCustomersOnTheDay(t *testing.T) {
	b, err := retention.NewBook([]success.Contract{
		priced("1", "acme", "Desk", "2024-01-01", "2024-03-01", "100"),
		priced("2", "acme", "Desk", "2024-05-01", "", "100"),
		priced("3", "birch", "Desk", "2024-01-01", "", "100"),
	}, retention.Options{})
	for on, want := range map[string]int{
		"2023-12-31": 0, "2024-01-01": 2, "2024-02-29": 2, "2024-03-01": 1, "2024-04-30": 1, "2024-05-01": 2,
	} {
		s, err := must(t, b, err).On(day(on))
		if err != nil || s.Customers != want {
			t.Errorf("%s: %d customers, want %d, %v", on, s.Customers, want, err)
		}
	}
}

// TestMergeAddsCounts: counts of two shards add up, each of them.
func TestMergeAddsCounts(t *testing.T) {
	shard := func(account string) retention.Movement {
		b, err := retention.NewBook([]success.Contract{
			priced(account+"1", account, "Desk", "2024-01-01", "2024-03-01", "0"),
			priced(account+"2", account, "Desk", "2024-03-01", "", "100"),
			priced(account+"3", account+"-free", "Desk", "2024-01-01", "", "0"),
		}, retention.Options{})
		m, err := must(t, b, err).Between(period("2024-02-01", "2024-04-01"))
		return must(t, m, err)
	}
	m, err := shard("acme").Merge(shard("birch"))
	want := retention.Counts{New: 2, Closing: 2, Free: 2, FromFree: 2}
	if err != nil || m.Accounts != want {
		t.Errorf("%+v, %v, want %+v", m.Accounts, err, want)
	}
}

// TestCutFromFree: in a row of a cut, as in the whole, an account came from a
// free contract when one was active on the day before it first paid.
func TestCutFromFree(t *testing.T) {
	for trialEnd, want := range map[string]int{"2024-02-29": 0, "2024-03-01": 1, "2024-03-02": 1} {
		contracts := []success.Contract{
			priced("1", "acme", "Desk", "2024-01-01", trialEnd, "0"),
			priced("2", "acme", "Desk", "2024-03-01", "", "100"),
		}
		m := rowOf(t, contracts, retention.Options{}, period("2024-02-01", "2024-04-01"), retention.ByProduct(), "Desk").Movement
		if m.Accounts.FromFree != want {
			t.Errorf("trial to %s: %d from free, want %d", trialEnd, m.Accounts.FromFree, want)
		}
	}
	contracts := []success.Contract{priced("2", "acme", "Desk", "2024-03-01", "", "100")}
	m := rowOf(t, contracts, retention.Options{}, period("2024-02-01", "2024-04-01"), retention.ByProduct(), "Desk").Movement
	if m.Accounts.FromFree != 0 || m.Accounts.New != 1 {
		t.Errorf("%+v", m.Accounts)
	}
}

// TestFreeContractIsNoCredit: the fault of an account below zero stands at its
// first credit, not at a free contract before it.
func TestFreeContractIsNoCredit(t *testing.T) {
	_, err := retention.NewBook([]success.Contract{
		priced("1", "acme", "Desk", "2024-01-01", "", "0"),
		priced("2", "acme", "Desk", "2024-01-01", "", "10"),
		priced("3", "acme", "Desk", "2024-01-01", "", "-20"),
	}, retention.Options{})
	if fault := onlyFault(t, err); fault.Record != "contract" || fault.Index != 2 {
		t.Errorf("%v", fault)
	}
}

// TestFaultsOfOneValue: what is no record of a slice has no position.
func TestFaultsOfOneValue(t *testing.T) {
	book, err := retention.NewBook(creditedProducts(), retention.Options{})
	must(t, book, err)
	_, noDay := book.On(success.Date{})
	_, noKey := book.Cut(period("2024-01-01", "2024-02-01"), retention.Key{})

	moved := creditedProducts() // the credit is of Vault, which is below zero by itself
	moved[2].Product = "Vault"
	below, err := retention.NewBook(moved, retention.Options{})
	_, under := must(t, below, err).Cut(period("2024-01-01", "2024-03-01"), retention.ByProduct())

	var huge []success.Contract
	for _, id := range []string{"1", "2"} {
		huge = append(huge, priced(id, "acme", "Desk", "2024-01-01", "", "8999999999999"))
	}
	large, err := retention.NewBook(huge, retention.Options{})
	var beyond error
	for _, err := range must(t, large, err).Histories(period("2024-01-01", "2024-03-01")) {
		beyond = errors.Join(beyond, err)
	}
	for _, c := range []struct {
		record string
		err    error
	}{{"day", noDay}, {"key", noKey}, {"account acme", under}, {"account acme", beyond}} {
		if fault := onlyFault(t, c.err); fault.Index != -1 || fault.Record != c.record {
			t.Errorf("%s: %+v", c.record, fault)
		}
	}
}

// onlyFault returns the fault of an error that holds just one.
func onlyFault(t *testing.T, err error) *success.InputError {
	t.Helper()
	var all *success.Errors
	if !errors.As(err, &all) || all.Count != 1 {
		t.Fatalf("%v, want one fault", err)
	}
	return all.Faults[0]
}
