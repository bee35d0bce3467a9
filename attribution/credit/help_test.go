package credit_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/credit"
)

// fatal is what tests and properties have in common.
type fatal interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// at is a moment of a day like 2020-03-07, or of a time.
func at(s string) time.Time {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	panic("not a time: " + s)
}

// second is a moment of so many seconds since 1970.
func second(s int64) time.Time { return time.Unix(s, 0).UTC() }

func won(id string, account success.AccountID, closed time.Time, amount string) attribution.Deal {
	return attribution.Deal{ID: attribution.DealID(id), Account: account, Opened: closed.Add(-time.Hour), Closed: closed, Status: attribution.Won, Amount: dec(amount), Currency: "USD"}
}

// touches are those of an account, one a second up to a close.
func touches(account success.AccountID, closed time.Time, keys ...string) []attribution.Touch {
	all := make([]attribution.Touch, len(keys))
	for i, key := range keys {
		all[i] = attribution.Touch{Account: account, At: closed.Add(time.Duration(i-len(keys)) * time.Second), Key: key}
	}
	return all
}

func book(t fatal, r credit.Records, o credit.Options) *credit.Book {
	t.Helper()
	b, err := credit.NewBook(r, o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func split(t fatal, b *credit.Book, m credit.Model) *credit.Split {
	t.Helper()
	all, err := b.Split(m)
	if err != nil || len(all) != 1 {
		t.Fatalf("%s: %d splits, %v", m, len(all), err)
	}
	return all[0]
}

// parts are the net parts of a deal as text, in the order of its touches.
func parts(t fatal, s *credit.Split, id attribution.DealID) string {
	t.Helper()
	d, ok := s.Deal(id)
	if !ok {
		t.Fatalf("deal %s is not split", id)
	}
	text := ""
	for i, p := range d.Parts {
		if i > 0 {
			text += " "
		}
		text += p.Revenue.Net.String()
	}
	return text
}

// byKey are the net amounts of the keys of the only currency as text.
func byKey(t fatal, s *credit.Split) string {
	t.Helper()
	if len(s.Totals) != 1 {
		t.Fatalf("%d currencies", len(s.Totals))
	}
	text := ""
	for _, k := range s.Totals[0].Keys {
		text += fmt.Sprintf("%s %s ", k.Key, k.Revenue.Net)
	}
	return text + fmt.Sprintf("of %s, %s to nobody", s.Totals[0].Revenue.Net, s.Totals[0].Unattributed.Net)
}

// expect compares the parts of the only deal under a model.
func expect(t *testing.T, r credit.Records, o credit.Options, m credit.Model, want string) {
	t.Helper()
	if got := parts(t, split(t, book(t, r, o), m), r.Deals[0].ID); got != want {
		t.Errorf("%s: %s, want %s", m, got, want)
	}
}
