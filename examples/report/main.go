// Report prints the customer-success report of a company: how much of its
// recurring revenue stays, grows, shrinks and leaves, and why; how long customers
// stay; how well they are, what they say, how they are served, and who gets which
// touch; what leads brought in, and who gets the credit.
//
//	go run ./examples/report                                  # a sample company
//	go run ./examples/report -dir DIR -from 2024-01-01 -to 2025-01-01
//	go run ./examples/report -dir DIR -json
//
// The health of customers is scored by scorecard.json of the folder, or by an
// example whose numbers are no recommendation, as of the as-of day; what measures
// it may name says the documentation of examples/internal/scoring. In the same way
// tiers.json is the policy of touch tiers. Alerts are of thresholds that
// examples/internal/report states, of a first run, with bands compared with those of
// three months before.
//
// It reads a folder of CSV files, calls the library and prints; no metric is
// computed in it. Standard output carries the report alone. The exit status is 0
// for a report, 1 for a folder that was refused and 2 for wrong usage.
package main

import (
	"os"

	"metrics.internal/success/examples/internal/report"
)

func main() { os.Exit(report.Run(os.Args[1:], os.Stdout, os.Stderr)) }
