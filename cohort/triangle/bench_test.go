package triangle_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/cohort/triangle"
	"metrics.internal/success/retention"
)

// contracts returns n contracts over n/3 accounts in three years, in random
// order.
func contracts(n int) []success.Contract {
	random := rand.New(rand.NewPCG(1, 1))
	start := success.MustDate("2022-01-01")
	all := make([]success.Contract, n)
	for i := range all {
		from := start.AddDays(random.IntN(3 * 365))
		all[i] = success.Contract{
			ID:      success.ContractID(fmt.Sprintf("c%011d", i)),
			Account: success.AccountID(fmt.Sprintf("a%011d", random.IntN(n/3))),
			Start:   from,
			End:     from.AddMonths([]int{1, 6, 12, 24}[random.IntN(4)]),
			Term:    success.Months(1),
			Price:   decimal.New(int64(1000+random.IntN(100_000)), -2),
		}
	}
	return all
}

// naive is the triangle as it is usually written: a map of revenue by account
// for the close of every month, and what each paid at the close of its first.
func naive(all []success.Contract, from success.Date, months int) (customers [][]int, net, gross [][]decimal.Decimal) {
	monthOf := func(d success.Date) int {
		y, m, _ := d.Civil()
		y0, m0, _ := from.Civil()
		return 12*(y-y0) + int(m) - int(m0)
	}
	began := map[success.AccountID]int{}
	for i := range all {
		m := monthOf(all[i].Start)
		if first, ok := began[all[i].Account]; !ok || m < first {
			began[all[i].Account] = m
		}
	}
	customers, net, gross = make([][]int, months), make([][]decimal.Decimal, months), make([][]decimal.Decimal, months)
	for row := range months {
		customers[row], net[row], gross[row] = make([]int, months-row), make([]decimal.Decimal, months-row), make([]decimal.Decimal, months-row)
	}
	base := map[success.AccountID]decimal.Decimal{}
	for m := range months {
		close := from.AddMonths(m + 1).AddDays(-1)
		revenue := map[success.AccountID]decimal.Decimal{}
		for i := range all {
			c := &all[i]
			if !c.Start.After(close) && c.End.After(close) {
				revenue[c.Account] = revenue[c.Account].Add(c.Price.Mul(decimal.NewFromInt(12)))
			}
		}
		for account, r := range revenue {
			row := began[account]
			if m == row {
				base[account] = r
			}
			customers[row][m-row]++
			net[row][m-row] = net[row][m-row].Add(r)
			gross[row][m-row] = gross[row][m-row].Add(decimal.Min(r, base[account]))
		}
	}
	return customers, net, gross
}

// BenchmarkTriangle makes the 36 × 36 triangle of a million contracts; the naive
// way has neither intervals nor checks.
func BenchmarkTriangle(b *testing.B) {
	const n = 1_000_000
	all := contracts(n)
	book, err := retention.NewBook(all, retention.Options{})
	if err != nil {
		b.Fatal(err)
	}
	from := success.MustDate("2022-01-01")
	options := triangle.Options{AsOf: success.MustDate("2024-12-31")}
	b.Run("book", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := triangle.FromBook(book, options); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("histories", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, err := range book.Histories(success.Period{From: success.FromOrdinal(1), To: options.AsOf.AddDays(1)}) {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("naive", func(b *testing.B) {
		tr, err := triangle.FromBook(book, options)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			customers, net, gross := naive(all, from, 36)
			for i, r := range tr.Rows {
				for k, c := range r.Cells {
					if c.Retained != customers[i][k] || !c.Net.Num.Equal(net[i][k]) || !c.Gross.Num.Equal(gross[i][k]) {
						b.Fatalf("row %d column %d: %+v, naive %d, %v, %v", i, k, c, customers[i][k], net[i][k], gross[i][k])
					}
				}
			}
		}
	})
}
