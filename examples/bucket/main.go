// Bucket answers: where does our revenue end up if nothing changes, and what is
// half a point of churn worth?
//
// Revenue is a leaky bucket: however fast it is filled, it rises until it leaks as
// much as comes in.
package main

import (
	"fmt"
	"log"

	"github.com/shopspring/decimal"
	"metrics.internal/success/retention"
)

func main() {
	for _, churn := range []string{"0.03", "0.025"} {
		path, err := retention.Project(retention.Projection{
			Start: decimal.NewFromInt(100_000), // a month
			New:   decimal.NewFromInt(5_000),   // won every month
			Churn: decimal.RequireFromString(churn),
		}, 24)
		if err != nil {
			log.Fatal(err)
		}
		ceiling, _ := path.Ceiling.Value(0)
		fmt.Println("at a monthly churn of", churn, "after a year", path.Values[12].Round(0),
			"after two", path.Values[24].Round(0), "in the end", ceiling)
	}
}
