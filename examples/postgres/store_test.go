package main

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/examples/internal/sample"
	"metrics.internal/success/examples/postgres/server"
	"metrics.internal/success/health/support"
	"metrics.internal/success/retention"
)

// onEach runs a test on both databases with the sample company in them.
func onEach(t *testing.T, test func(t *testing.T, s *store)) {
	for name, open := range map[string]func(context.Context) (*store, error){"postgres": start, "sqlite": embedded} {
		t.Run(name, func(t *testing.T) {
			s, err := open(t.Context())
			if errors.Is(err, server.ErrNone) {
				t.Skip(err)
			}
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := s.close(); err != nil {
					t.Error(err)
				}
			})
			if err := s.seed(t.Context(), sample.Files()); err != nil {
				t.Fatal(err)
			}
			test(t, s)
		})
	}
}

func readFolder(t *testing.T) *folder.Folder {
	f, err := folder.Read(sample.Files(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func text(t *testing.T, v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestRecords: what goes in comes out, digit for digit.
func TestRecords(t *testing.T) {
	f := readFolder(t)
	slices.SortFunc(f.Contracts, func(a, b success.Contract) int { return strings.Compare(string(a.ID), string(b.ID)) })
	slices.SortFunc(f.Interactions, func(a, b success.Interaction) int { return strings.Compare(string(a.ID), string(b.ID)) })
	onEach(t, func(t *testing.T, s *store) {
		contracts, err := collect("contract", s.contracts(t.Context()))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := text(t, contracts), text(t, f.Contracts); got != want {
			t.Errorf("contracts\n%s\nof\n%s", got, want)
		}
		interactions, err := collect("interaction", s.interactions(t.Context()))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := text(t, interactions), text(t, f.Interactions); got != want {
			t.Errorf("interactions\n%s\nof\n%s", got, want)
		}
	})
}

// TestSameAsFiles: the table has the figures of the report on the CSV files.
func TestSameAsFiles(t *testing.T) {
	period := success.Period{From: success.MustDate("2023-03-10"), To: success.MustDate("2026-01-01")}
	f := readFolder(t)
	book, err := retention.NewBook(f.Contracts, f.Options(sample.Currency, 0))
	if err != nil {
		t.Fatal(err)
	}
	months, err := book.Series(period.Months())
	if err != nil {
		t.Fatal(err)
	}
	year, err := book.Between(period)
	if err != nil {
		t.Fatal(err)
	}
	onEach(t, func(t *testing.T, s *store) {
		got, err := measure(t.Context(), s, period, sample.Currency)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := text(t, got.months), text(t, months); got != want {
			t.Errorf("months\n%s\nof the files\n%s", got, want)
		}
		if got, want := text(t, got.year), text(t, year); got != want {
			t.Errorf("%s, of the files %s", got, want)
		}
		for i, p := range period.Months() {
			want := tallyOf(t, f.Interactions, p, period.To)
			if text(t, &got.served[i]) != text(t, want) || text(t, times(t, &got.served[i])) != text(t, times(t, want)) {
				t.Errorf("%v: served %+v, of the files %+v", p, got.served[i], want)
			}
		}
	})
}

// tallyOf counts the tickets of a month, all of which are held.
func tallyOf(t *testing.T, interactions []success.Interaction, p success.Period, asOf success.Date) *support.Tally {
	var tickets []support.Ticket
	for _, i := range interactions {
		if p.Contains(success.DateOf(i.At)) && i.Initiative != success.Proactive && i.Format != success.SelfService {
			tickets = append(tickets, support.Ticket{Interaction: i})
		}
	}
	tally, err := support.TallyOf(tickets, support.Options{AsOf: asOf.Time(time.UTC)})
	if err != nil || len(tickets) == 0 {
		t.Fatalf("%v: %d tickets, %v", p, len(tickets), err)
	}
	return tally
}

func times(t *testing.T, tally *support.Tally) support.Times {
	times, err := tally.Times(support.KaplanMeier)
	if err != nil {
		t.Fatal(err)
	}
	return times
}

// TestLongAmounts: more digits than a float64 has survive, and so do zeros.
func TestLongAmounts(t *testing.T) {
	onEach(t, func(t *testing.T, s *store) {
		for _, price := range []string{"1234567890123.123456", "0.000000000000000000000001", "-0.10", "100000000000000000000000000000"} {
			if err := s.exec(t.Context(), "UPDATE contracts SET price = $1 WHERE id = 'C1001'", price); err != nil {
				t.Fatal(err)
			}
			contracts, err := collect("contract", s.contracts(t.Context()))
			if err != nil {
				t.Fatal(err)
			}
			want := success.Contract{}
			if (*amount)(&want.Price).Scan(price) != nil || !contracts[0].Price.Equal(want.Price) {
				t.Errorf("%s is read as %s", price, contracts[0].Price)
			}
		}
	})
}

// TestUnreadable: a row that cannot be read ends the stream, which says where.
func TestUnreadable(t *testing.T) {
	faults := map[string][]string{
		"postgres": {"price = 'NaN'", "price = 'Infinity'", "starts = '-infinity'", "starts = '0044-03-15 BC'", "ends = 'infinity'", "term = 'P1Y'"},
		"sqlite":   {"price = 'a lot'", "price = x'31'", "starts = '2024-02-30'", "ends = 20240101", "term = 'P1Y'"},
	}
	onEach(t, func(t *testing.T, s *store) {
		for _, fault := range faults[strings.TrimPrefix(t.Name(), "TestUnreadable/")] {
			if err := s.exec(t.Context(), "BEGIN"); err != nil {
				t.Fatal(err)
			}
			if err := s.exec(t.Context(), "UPDATE contracts SET "+fault+" WHERE id = 'C1004'"); err != nil {
				t.Fatal(err)
			}
			book, err := retention.StreamBook(s.contracts(t.Context()), retention.Options{})
			var input *success.InputError
			if book != nil || !errors.As(err, &input) || input.Index != 3 {
				t.Errorf("%s: %v", fault, err)
			}
			if err := s.exec(t.Context(), "ROLLBACK"); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.exec(t.Context(), "UPDATE interactions SET initiative = 'hostile' WHERE id = 'I10003'"); err != nil {
			t.Fatal(err)
		}
		_, err := measure(t.Context(), s, success.Year(2025), sample.Currency)
		if err == nil || !strings.HasPrefix(err.Error(), "interaction[2]: ") {
			t.Errorf("%v", err)
		}
	})
}

// TestCancelled: a context that is done ends a stream between two rows, and there is
// no book.
func TestCancelled(t *testing.T) {
	onEach(t, func(t *testing.T, s *store) {
		ctx, cancel := context.WithCancel(t.Context())
		rows := 0
		book, err := retention.StreamBook(func(yield func(success.Contract, error) bool) {
			for c, err := range s.contracts(ctx) {
				if rows++; rows == 10 {
					cancel()
				}
				if !yield(c, err) {
					return
				}
			}
		}, retention.Options{})
		if book != nil || !errors.Is(err, context.Canceled) || rows != 11 {
			t.Errorf("%v after %d rows", err, rows)
		}
	})
}

// TestSeedIsWhole: a seed that fails leaves no table, and the second of two fails.
func TestSeedIsWhole(t *testing.T) {
	onEach(t, func(t *testing.T, s *store) {
		if s.seed(t.Context(), sample.Files()) == nil {
			t.Error("seeded twice")
		}
		contracts, err := collect("contract", s.contracts(t.Context()))
		if want := len(readFolder(t).Contracts); err != nil || len(contracts) != want {
			t.Errorf("%d contracts, %v, want %d", len(contracts), err, want)
		}
	})
}
