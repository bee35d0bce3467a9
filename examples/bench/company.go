package main

import (
	"cmp"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

// Shapes of a company.
const (
	random = "random" // in no order, 12-byte identifiers
	sorted = "sorted" // by account
	long   = "long"   // 36-byte identifiers
	skewed = "skewed" // half of the contracts belong to ten accounts

	other = "other" // no contracts, but accounts and deals, for everything else
)

func shapes() []string { return []string{random, sorted, long, skewed, other} }

func parseShapes(text string) ([]string, error) {
	names := strings.Split(text, ",")
	for _, name := range names {
		if !slices.Contains(shapes(), name) {
			return nil, fmt.Errorf("%q is none of the shapes %s", name, strings.Join(shapes(), ","))
		}
	}
	return names, nil
}

// idSize is how many bytes an identifier has.
func idSize(shape string) int {
	if shape == long {
		return 36
	}
	return 12
}

// contract returns the contract at a position of a company of n, always the same:
// of one of n/3 accounts, begun on some day of three years, two of three with an
// end, paid by the month, quarter or year.
func contract(i, n int, shape string) success.Contract {
	var draw rand.PCG
	draw.Seed(uint64(n), uint64(i))
	below := func(n int) int { return int(draw.Uint64() % uint64(n)) }
	account := below(max(1, n/3))
	if shape == skewed && i%2 == 0 {
		account %= 10
	}
	c := success.Contract{
		ID:      success.ContractID(identifier('c', i, idSize(shape))),
		Account: success.AccountID(identifier('a', account, idSize(shape))),
		Start:   opening().AddDays(below(3 * 365)),
		Price:   decimal.New(int64(1000+below(100_000)), -2),
		Term:    success.Months([]int{1, 3, 12}[below(3)]),
	}
	if below(3) > 0 {
		c.End = c.Start.AddDays(30 + below(700))
	}
	return c
}

func opening() success.Date { return success.MustDate("2021-01-01") }

func identifier(prefix byte, i, size int) string {
	buffer := [36]byte{prefix}
	var digits [20]byte
	number := strconv.AppendInt(digits[:0], int64(i), 10)
	for j := 1; j < size; j++ {
		buffer[j] = '0'
	}
	copy(buffer[size-len(number):size], number)
	return string(buffer[:size])
}

// company returns all contracts.
func company(n int, shape string) []success.Contract {
	all := make([]success.Contract, n)
	for i := range all {
		all[i] = contract(i, n, shape)
	}
	if shape == sorted {
		slices.SortStableFunc(all, func(a, b success.Contract) int { return cmp.Compare(a.Account, b.Account) })
	}
	return all
}

// stream yields contracts that are held.
func stream(all []success.Contract) iter.Seq2[success.Contract, error] {
	return func(yield func(success.Contract, error) bool) {
		for _, c := range all {
			if !yield(c, nil) {
				return
			}
		}
	}
}

// flow yields contracts that are made on the way.
func flow(n int, shape string) iter.Seq2[success.Contract, error] {
	return func(yield func(success.Contract, error) bool) {
		for i := range n {
			if !yield(contract(i, n, shape), nil) {
				return
			}
		}
	}
}

// year and months are what everybody is asked about.
func year() success.Period { return success.Year(2023) }

func months() []success.Period {
	return success.Period{From: opening(), To: opening().AddMonths(36)}.Months()
}
