package alert_test

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/health/alert"
)

// BenchmarkNext is a run over 20,000 accounts, of which about a third have
// something open.
func BenchmarkNext(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	bands := []string{"red", "yellow", "green", "green", "green", "green", "green", "green"}
	readings := make([]alert.Reading, 20_000)
	for i := range readings {
		readings[i] = alert.Reading{
			Account: success.AccountID(strconv.Itoa(i)), Revenue: number("1200"),
			BandBefore: "green", Band: bands[random.IntN(len(bands))],
			Overdue: success.RatioOf(random.IntN(15), 7), Seats: success.RatioOf(random.IntN(100), 100),
			Contacts: success.RatioOf(2, 1), Usage: success.RatioOf(400, 500), Renewal: ago(-random.IntN(365)),
		}
	}
	state, err := alert.Next(alert.State{}, readings, ago(1), alert.Policy{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		after, err := alert.Next(state, readings, today, alert.Policy{})
		if err != nil || len(after.Open()) < len(readings)/8 {
			b.Fatal(err)
		}
	}
}
