package split_test

import (
	"testing"

	"metrics.internal/success/attribution/split"
)

// Splitting in whole units allocates nothing.
func TestAllocations(t *testing.T) {
	parts, weights := make([]int64, 0, 16), make([]int64, 0, 16)
	for what, by := range map[string][]int64{
		"ten":     {3, 1, 4, 1, 5, 9, 2, 6, 5, 3},
		"even":    {1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
		"sixteen": {1 << 58, 1, 1 << 58, 1, 1, 1 << 58, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1 << 62},
	} {
		if n := testing.AllocsPerRun(100, func() { parts, _ = split.Append(parts[:0], -1_000_003, by) }); n != 0 {
			t.Errorf("%s: %v allocations", what, n)
		}
	}
	from := []float64{0.5, 0.25, 1, 0.125, 0.1, 0, 0.9, 0.3, 0.2, 0.6}
	if n := testing.AllocsPerRun(100, func() { weights, _ = split.AppendWeights(weights[:0], from) }); n != 0 {
		t.Errorf("weights: %v allocations", n)
	}
}

func BenchmarkAppend(b *testing.B) {
	for name, weights := range map[string][]int64{
		"5even":   {1, 1, 1, 1, 1},
		"5":       {40, 5, 10, 5, 40},
		"10":      {3, 1, 4, 1, 5, 9, 2, 6, 5, 3},
		"40":      append(make([]int64, 30), 3, 1, 4, 1, 5, 9, 2, 6, 5, 3),
		"10wider": {1 << 62, 1 << 62, 1 << 62, 1, 1, 1, 1, 1, 1, 1},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var parts []int64
			for i := range b.N {
				parts, _ = split.Append(parts[:0], int64(i), weights)
			}
		})
	}
}

func BenchmarkAppendWeights(b *testing.B) {
	b.ReportAllocs()
	from := []float64{0.5, 0.25, 1, 0.125, 0.1}
	var weights []int64
	for range b.N {
		weights, _ = split.AppendWeights(weights[:0], from)
	}
}

func BenchmarkSplit(b *testing.B) {
	b.ReportAllocs()
	amount, weights := number("12345.67"), []int64{40, 5, 10, 5, 40}
	for range b.N {
		if _, err := split.Split(amount, weights, 2); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAdjust(b *testing.B) {
	b.ReportAllocs()
	adjustments := []split.Adjustment{refund("a", 1, 3_333), refund("b", 2, 3_333), refund("c", 3, 3_333), refund("d", 4, 1)}
	for range b.N {
		if _, err := split.Adjust(number("10000"), []int64{1, 1, 1}, 2, adjustments); err != nil {
			b.Fatal(err)
		}
	}
}
