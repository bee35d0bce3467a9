// Scorecard answers: how well are our accounts, how sure are we, and what is the
// first thing to talk about with each?
//
// An empty field is not known, which is not 0: the score is of what is known, and
// the range is where it may lie once the rest is.
package main

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"log"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health"
)

//go:embed scorecard.json
var definition []byte

//go:embed portfolio.csv
var portfolio string

func main() {
	if err := run(os.Stdout, definition, portfolio, success.MustDate("2025-06-30")); err != nil {
		log.Fatal(err)
	}
}

// run scores a portfolio and prints a line for each account.
func run(w io.Writer, definition []byte, portfolio string, asOf success.Date) error {
	d, err := health.ParseDefinition(definition)
	if err != nil {
		return err
	}
	card, err := health.New(d)
	if err != nil {
		return err
	}
	records, err := read(portfolio)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "account\tscore\trange\tknown\tband\ttop reason")
	for _, r := range records {
		e, err := card.Explain(r, asOf)
		if err != nil {
			return fmt.Errorf("%s: %w", r.Account, err)
		}
		fmt.Fprintf(table, "%s\t%s\t%s to %s\t%s\t%s\t%s\n",
			e.Account, tenth(e.Computed), tenth(e.Lower), tenth(e.Upper), e.Coverage, band(e), reason(e))
	}
	return table.Flush()
}

// read turns rows into records; the columns are named by their measures.
func read(portfolio string) ([]health.Record, error) {
	rows, err := csv.NewReader(strings.NewReader(portfolio)).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	var records []health.Record
	for _, row := range rows[1:] {
		r := health.Record{Account: success.AccountID(row[0])}
		for i, field := range row[1:] {
			if field == "" {
				continue
			}
			v, err := decimal.NewFromString(field)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", r.Account, rows[0][i+1], err)
			}
			r.Inputs = append(r.Inputs, health.Value(rows[0][i+1], v, success.Date{}))
		}
		records = append(records, r)
	}
	return records, nil
}

func tenth(s health.Score) string {
	if v, ok := s.Round(1); ok {
		return v.StringFixed(1)
	}
	return s.String()
}

// band marks a band that no missing points can change, and one that the score
// alone would not be in.
func band(e health.Explanation) string {
	switch {
	case e.Ruled != e.Computed:
		return e.Band + " by exception"
	case e.Certain:
		return e.Band + " for sure"
	}
	return e.Band
}

func reason(e health.Explanation) string {
	if reasons := e.Reasons(); len(reasons) > 0 {
		return fmt.Sprintf("%s (−%s)", reasons[0].Name, reasons[0].Pull.Decimal().StringFixed(1))
	}
	return "none"
}
