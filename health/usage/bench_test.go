package usage_test

import (
	"math/rand/v2"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/health/usage"
)

func BenchmarkCadenceOf(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	days := make([]success.Date, 200)
	for i := range days {
		days[i] = start.AddDays(random.IntN(365))
	}
	b.ReportAllocs()
	for b.Loop() {
		c, err := usage.CadenceOf(days, usage.Weekly, start.AddDays(365))
		if err != nil || !c.Adherence.Defined() {
			b.Fatal(c, err)
		}
	}
}

func BenchmarkFallOf(b *testing.B) {
	h := usage.History{Earlier: []int64{410, 395, 60, 420, 400, 380, 370, 390, 405, 399, 401, 77}, Present: 180}
	b.ReportAllocs()
	for b.Loop() {
		if f, err := usage.FallOf(h); err != nil || !f.Lost.Defined() {
			b.Fatal(f, err)
		}
	}
}
