package goal_test

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/health/goal"
)

const many = 100_000

func BenchmarkAssess(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	goals := make([]goal.Goal, many)
	for i := range goals {
		goals[i] = goal.Goal{ID: strconv.Itoa(i % 5), Account: success.AccountID(strconv.Itoa(i / 5)), Start: ago(200), Due: ago(random.IntN(200) - 50)}
		if random.IntN(2) > 0 {
			goals[i].Outcome, goals[i].On = goal.Met, ago(random.IntN(100))
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		r, err := goal.Assess(goals, asOf)
		if err != nil || r.Total.All.Total() != many {
			b.Fatal(r.Total, err)
		}
	}
}

func BenchmarkTimeToValue(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	waits := make([]goal.Wait, many)
	for i := range waits {
		waits[i] = goal.Wait{Account: success.AccountID(strconv.Itoa(i)), Start: ago(100 + random.IntN(300))}
		if random.IntN(3) > 0 {
			waits[i].Reached = waits[i].Start.AddDays(random.IntN(100))
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		s, err := goal.TimeToValue(waits, "go-live", asOf)
		if err != nil || !s.Median.Defined() {
			b.Fatal(s, err)
		}
	}
}
