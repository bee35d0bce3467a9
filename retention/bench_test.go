package retention_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// A shape is how the accounts of a generated company are spread, and how long
// its identifiers are.
type shape struct {
	name   string
	idSize int
	skewed bool // half of the contracts belong to ten accounts
}

func shapes() []shape {
	return []shape{{"even", 12, false}, {"long-ids", 36, false}, {"skewed", 12, true}}
}

// generated returns n contracts of n/3 accounts over three years, always the
// same, in random order.
func generated(n int, s shape) []success.Contract {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	first := day("2021-01-01")
	contracts := make([]success.Contract, n)
	for i := range contracts {
		account := r.IntN(max(1, n/3))
		if s.skewed && i%2 == 0 {
			account %= 10
		}
		c := &contracts[i]
		c.ID = success.ContractID(identifier("c", i, s.idSize))
		c.Account = success.AccountID(identifier("a", account, s.idSize))
		c.Start = first.AddDays(r.IntN(1096))
		if r.IntN(3) > 0 {
			c.End = c.Start.AddDays(30 + r.IntN(700))
		}
		c.Price = decimal.New(int64(1000+r.IntN(100_000)), -2)
		c.Term = success.Months([]int{1, 3, 12}[r.IntN(3)])
	}
	r.Shuffle(n, func(i, j int) { contracts[i], contracts[j] = contracts[j], contracts[i] })
	return contracts
}

func identifier(prefix string, i, size int) string {
	digits := fmt.Sprint(i)
	return prefix + strings.Repeat("0", size-1-len(digits)) + digits
}

// naiveYear is one year the obvious way: a decimal for each account in a map.
func naiveYear(contracts []success.Contract, p success.Period) (opening, closing decimal.Decimal) {
	open, end := map[success.AccountID]decimal.Decimal{}, map[success.AccountID]decimal.Decimal{}
	twelve := decimal.NewFromInt(12)
	active := func(c *success.Contract, d success.Date) bool {
		return c.Start.Before(d) && (c.End.IsZero() || !c.End.Before(d))
	}
	for i := range contracts {
		c := &contracts[i]
		rate := c.Price.Mul(twelve).DivRound(decimal.NewFromInt(int64(c.Term.Count)), 6)
		if active(c, p.From) {
			open[c.Account] = open[c.Account].Add(rate)
		}
		if active(c, p.To) {
			end[c.Account] = end[c.Account].Add(rate)
		}
	}
	for account, o := range open {
		opening = opening.Add(o)
		if c := end[account]; c.LessThan(o) {
			closing = closing.Add(c) // kept, as GRR has it
		} else {
			closing = closing.Add(o)
		}
	}
	return opening, closing
}

func sizes() []int { return []int{10_000, 100_000, 1_000_000} }

// BenchmarkYear answers one year from an unsorted slice or a stream, checks and
// all, and from a book, alone or with two workers, beside the naive way.
func BenchmarkYear(b *testing.B) {
	p := success.Year(2023)
	for _, n := range sizes() {
		for _, s := range shapes() {
			contracts := generated(n, s)
			name := fmt.Sprintf("n=%d/%s/", n, s.name)
			b.Run(name+"naive", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					naiveYear(contracts, p)
				}
			})
			b.Run(name+"slice", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					book, err := retention.NewBook(contracts, retention.Options{})
					if err != nil {
						b.Fatal(err)
					}
					if _, err := book.Between(p); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(name+"stream", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					book, err := retention.StreamBook(stream(contracts, nil), retention.Options{})
					if err != nil {
						b.Fatal(err)
					}
					if _, err := book.Between(p); err != nil {
						b.Fatal(err)
					}
				}
			})
			book, err := retention.NewBook(contracts, retention.Options{Workers: 2})
			if err != nil {
				b.Fatal(err)
			}
			b.Run(name+"two", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := book.Between(p); err != nil {
						b.Fatal(err)
					}
				}
			})
			book, err = retention.NewBook(contracts, retention.Options{})
			if err != nil {
				b.Fatal(err)
			}
			b.Run(name+"book", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := book.Between(p); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkMonths answers 36 months in one sweep, and with 36 naive snapshots.
func BenchmarkMonths(b *testing.B) {
	months := success.Period{From: day("2021-01-01"), To: day("2024-01-01")}.Months()
	for _, n := range sizes() {
		contracts := generated(n, shapes()[0])
		book, err := retention.NewBook(contracts, retention.Options{})
		if err != nil {
			b.Fatal(err)
		}
		name := fmt.Sprintf("n=%d/", n)
		b.Run(name+"naive", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, p := range months {
					naiveYear(contracts, p)
				}
			}
		})
		b.Run(name+"sweep", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := book.Series(months); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkBook asks a book everything else.
func BenchmarkBook(b *testing.B) {
	book, err := retention.NewBook(generated(100_000, shapes()[0]), retention.Options{})
	if err != nil {
		b.Fatal(err)
	}
	p := success.Year(2023)
	for name, ask := range map[string]func() error{
		"lines":    func() error { _, err := book.Lines(p); return err },
		"events":   func() error { _, err := book.Events(p); return err },
		"renewals": func() error { _, err := book.Renewals(p); return err },
		"product":  func() error { _, err := book.Cut(p, retention.ByProduct()); return err },
		"segment":  func() error { _, err := book.Cut(p, retention.BySegment()); return err },
		"histories": func() error {
			for _, err := range book.Histories(p) {
				if err != nil {
					return err
				}
			}
			return nil
		},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := ask(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestBytesPerContract holds the memory of a book to 64 bytes a contract, with
// every column in use.
func TestBytesPerContract(t *testing.T) {
	const n = 200_000
	contracts := generated(n, shapes()[0])
	for i := range contracts {
		contracts[i].Currency = []string{"EUR", "USD"}[i%2]
		contracts[i].Product = []string{"Desk", "Vault"}[i%2]
		contracts[i].Quantity = int64(1 + i%7)
	}
	options := retention.Options{Currency: "EUR", Grace: 7, Early: 30, Rates: []retention.Rate{
		{Currency: "USD", Date: day("2021-01-01"), Rate: dec("0.9")},
	}}
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	book, err := retention.NewBook(contracts, options)
	if err != nil {
		t.Fatal(err)
	}
	held := float64(heap()-before) / n
	runtime.KeepAlive(book)
	runtime.KeepAlive(contracts)
	t.Logf("%.1f bytes a contract", held)
	if held > 64 {
		t.Errorf("%.1f bytes a contract, more than 64", held)
	}
}

// TestAllocations: what asking a book allocates does not grow with it.
func TestAllocations(t *testing.T) {
	p, months := success.Year(2023), success.Year(2023).Months()
	count := func(n int) (between, series float64) {
		book, err := retention.NewBook(generated(n, shapes()[0]), retention.Options{})
		if err != nil {
			t.Fatal(err)
		}
		between = testing.AllocsPerRun(5, func() { book.Between(p) })
		series = testing.AllocsPerRun(5, func() { book.Series(months) })
		return between, series
	}
	small, smallSeries := count(1000)
	large, largeSeries := count(100_000)
	if large > small+2 || largeSeries > smallSeries+24 {
		t.Errorf("%v and %v allocations for 1,000 contracts, %v and %v for 100,000", small, smallSeries, large, largeSeries)
	}
}
