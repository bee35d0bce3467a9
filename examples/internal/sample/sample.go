// Package sample holds the data folder of a company that does not exist, so that
// the programs beside it have something to show: three years, 2023 to 2025, of a
// maker of shared inboxes that reports in euros, with 70 customers and 14 who
// might become some.
//
// Everything in it is invented. It has trials that turn paid, pilots, renewals
// that come early, on time, late and not at all, seats added and given back,
// credits, customers who come back, one who is absorbed by another, and two
// currencies.
package sample

import (
	"embed"
	"io/fs"
)

//go:embed *.csv targets.json
var files embed.FS

// Currency is the one that the company reports in.
const Currency = "EUR"

// Files returns the data folder.
func Files() fs.FS { return files }
