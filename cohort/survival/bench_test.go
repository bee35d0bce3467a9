package survival_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"metrics.internal/success/cohort/survival"
)

const million = 1_000_000

// accounts returns a million accounts over five years, a third of them censored.
func accounts() (columns survival.Columns, records []survival.Span) {
	random := rand.New(rand.NewPCG(1, 2))
	columns = survival.Columns{Days: make([]int32, million), Left: make([]bool, million)}
	records = make([]survival.Span, million)
	for i := range records {
		columns.Days[i] = int32(random.IntN(1825))
		columns.Left[i] = random.IntN(3) > 0
		records[i] = survival.Span{Days: int(columns.Days[i]), Left: columns.Left[i]}
	}
	return columns, records
}

// sorted is the Kaplan–Meier curve as it is usually written: sort, then walk.
func sorted(all []survival.Span) (curve []float64) {
	order := slices.Clone(all)
	slices.SortFunc(order, func(a, b survival.Span) int { return cmp.Compare(a.Days, b.Days) })
	s, risk := 1.0, len(order)
	for i := 0; i < len(order); {
		left, gone := 0, 0
		for day := order[i].Days; i < len(order) && order[i].Days == day; i++ {
			gone++
			if order[i].Left {
				left++
			}
		}
		s *= 1 - float64(left)/float64(risk)
		risk -= gone
		curve = append(curve, s)
	}
	return curve
}

func BenchmarkKaplanMeier(b *testing.B) {
	columns, records := accounts()
	want := sorted(records)
	check := func(b *testing.B, curve *survival.Curve, err error) {
		if err != nil {
			b.Fatal(err)
		}
		if p, ok := curve.At(1000); !ok || !near(p.Survival, want[1000]) {
			b.Fatalf("%+v, want %v", p, want[1000])
		}
	}
	b.Run("sort", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			sorted(records)
		}
	})
	b.Run("onePass", func(b *testing.B) { // nothing but reading the columns
		b.ReportAllocs()
		for b.Loop() {
			sum := int64(0)
			for i, d := range columns.Days {
				left := int64(0)
				if columns.Left[i] {
					left = 1
				}
				sum += int64(d) * left
			}
			if sum == 0 {
				b.Fatal(sum)
			}
		}
	})
	b.Run("records", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			curve, err := survival.Fit(records, survival.Options{})
			check(b, curve, err)
		}
	})
	b.Run("columns", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			curve, err := survival.FitColumns(columns, survival.Options{})
			check(b, curve, err)
		}
	})
}

func BenchmarkLogRank(b *testing.B) {
	columns, _ := accounts()
	half := million / 2
	b.ReportAllocs()
	for b.Loop() {
		var table survival.Table
		for i, group := range []string{"a", "b"} {
			part := survival.Columns{Days: columns.Days[i*half : (i+1)*half], Left: columns.Left[i*half : (i+1)*half]}
			counts, err := survival.CountsOfColumns(part)
			if err != nil {
				b.Fatal(err)
			}
			table.AddCounts(group, "", counts)
		}
		if _, err := table.LogRank(survival.Weighting{}); err != nil {
			b.Fatal(err)
		}
	}
}
