package backtest_test

import (
	"math"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/health/backtest"
)

// BenchmarkAUC ranks accounts and takes the area with its interval. The time for
// ten times as many shows n log n.
func BenchmarkAUC(b *testing.B) {
	scores, left := million()
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r, err := backtest.Rank(scores[:n], left[:n], health.Health)
				if err != nil {
					b.Fatal(err)
				}
				if a, err := r.AUC(0); err != nil || !a.Lower.Defined() {
					b.Fatal(a, err)
				}
			}
		})
	}
}

// BenchmarkCalibrate pools a million scores, all of them different.
func BenchmarkCalibrate(b *testing.B) {
	scores, left := million()
	r := rank(b, scores, left, health.Health)
	b.ReportAllocs()
	for b.Loop() {
		if c := r.Calibrate(); !c.Defined() {
			b.Fatal("no steps")
		}
	}
}

// BenchmarkRun is all that a back-test says of 100,000 accounts in three bands with
// a measure.
func BenchmarkRun(b *testing.B) {
	scores, left := million()
	records := make([]backtest.Record, 100_000)
	for i := range records {
		records[i] = backtest.Record{
			Account: success.AccountID(strconv.Itoa(i)), Score: success.FigureOf(scores[i]), Event: left[i],
			Band: bands[int(scores[i]*3)], Revenue: decimal.New(int64(i), -2),
			Measures: []success.Figure{success.FigureOf(math.Floor(scores[i] * 20))},
		}
	}
	options := backtest.Options{Bands: bands, Measures: []backtest.Measure{{Name: "logins"}}}
	b.ReportAllocs()
	for b.Loop() {
		if r, err := backtest.Run(records, options); err != nil || r.Accounts != len(records) {
			b.Fatal(err)
		}
	}
}
