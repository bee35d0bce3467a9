package journey_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"metrics.internal/success/attribution/journey"
)

// random are n paths of one to nine keys, five on average, each taken once and every
// fourth won.
func random(n, keys int) []journey.Path {
	r := rand.New(rand.NewPCG(1, 2))
	names := make([]string, keys)
	for i := range names {
		names[i] = fmt.Sprintf("channel-%04d", i)
	}
	paths := make([]journey.Path, n)
	for i := range paths {
		p := &paths[i]
		p.Keys = make([]string, 1+r.IntN(9))
		for j := range p.Keys {
			p.Keys[j] = names[r.IntN(keys)]
		}
		if i%4 == 0 {
			p.Won, p.Revenue = 1, decimal.New(int64(i), -2)
		} else {
			p.Lost = 1
		}
	}
	return paths
}

func BenchmarkNew(b *testing.B) {
	paths := random(1_000_000, 200)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := journey.New(paths); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLearn is everything: a million paths read, and a chain of 200 keys.
func BenchmarkLearn(b *testing.B) {
	paths := random(1_000_000, 200)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := book(b, paths).Markov(1); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMarkov(b *testing.B) {
	for _, c := range []struct{ order, paths, keys int }{{1, 1_000_000, 200}, {1, 10_000, 200}, {2, 10_000, 20}, {3, 10_000, 20}, {3, 1_000_000, 20}} {
		book := book(b, random(c.paths, c.keys))
		b.Run(fmt.Sprintf("order%d/paths%d/keys%d/states%d", c.order, c.paths, c.keys, journey.States(book, c.order)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := book.Markov(c.order); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkShapley(b *testing.B) {
	book := book(b, random(1_000_000, 200))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := book.Shapley(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRateShapley(b *testing.B) {
	book := book(b, random(1_000_000, 20))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := book.RateShapley(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkValues(b *testing.B) {
	worth := make([]float64, 1<<journey.MaxPlayers)
	r := rand.New(rand.NewPCG(3, 4))
	for s := range worth {
		worth[s] = r.Float64()
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := journey.Values(worth); err != nil {
			b.Fatal(err)
		}
	}
}
