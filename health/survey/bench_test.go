package survey_test

import (
	"testing"

	"metrics.internal/success/health/survey"
)

func BenchmarkNPSOf(b *testing.B) {
	answers := make([]float64, 1_000_000)
	for i := range answers {
		answers[i] = float64(i * 7 % 11)
	}
	b.ReportAllocs()
	for b.Loop() {
		if n := nps(b, answers...); n.Answers() != 1_000_000 {
			b.Fatal(n)
		}
	}
}

func BenchmarkSatisfaction(b *testing.B) {
	a := counts(b, 10, 20, 30, 40, 50)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := a.Satisfaction(survey.TopTwoBox, 0); err != nil {
			b.Fatal(err)
		}
	}
}
