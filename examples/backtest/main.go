// Backtest answers: does red really leave? It tests a health score, and the
// measures it is made of, against who left.
//
//	go run ./examples/backtest                       # a made-up sample
//	go run ./examples/backtest -csv FILE -score COLUMN -left COLUMN [-higher risk]
//		[-account COLUMN] [-band COLUMN -order Red,Yellow,Green] [-revenue COLUMN]
//		[-measures "logins,tickets:risk"]
//	go run ./examples/backtest -dir DIR -asof 2024-07-01 -until 2025-01-01 -outcome left
//
// A CSV file has one row for each account, scored before it was known who left.
// Names of columns are compared without regard to case and to the number of blanks;
// an empty score or measure is missing. Without -band, accounts are put into thirds
// by score.
//
// From a data folder, every account that pays on -asof is scored by scorecard.json
// (beside this file) on what was known at the close of that day:
//
//   - tickets: how many threads it started in the 90 days up to it
//   - csat: the mean answer in the 180 days up to it, on a scale of 1 to 5
//   - usage: that of the 90 days up to it, over that of the 90 days before those
//
// and tested against who left until the close of -until, or whose recurring revenue
// was lower on it (-outcome fell). The numbers in scorecard.json are an example, not
// a recommendation.
package main

import (
	_ "embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/health/backtest"
)

//go:embed sample.csv
var sample string

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// options are what the flags say.
type options struct {
	csv     source
	company question
	json    bool
}

// A test is records to run, and what to say of where they come from.
type test struct {
	title   string
	notes   []string
	records []backtest.Record
	options backtest.Options
}

// run is the command, and returns its exit status: 0 for an answer, 1 for data that
// was refused and 2 for wrong usage.
func run(args []string, stdout, stderr io.Writer) int {
	o, flags := newOptions(stderr)
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	}
	if err := o.check(flags); err != nil {
		fmt.Fprintln(stderr, "backtest:", err)
		return 2
	}
	if err := o.show(stdout); err != nil {
		fmt.Fprintln(stderr, "backtest:", err)
		return 1
	}
	return 0
}

func newOptions(stderr io.Writer) (*options, *flag.FlagSet) {
	o := new(options)
	flags := flag.NewFlagSet("backtest", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.csv.file, "csv", "", "read the accounts from this `file` (default: a made-up sample)")
	flags.StringVar(&o.csv.score, "score", "", "`column` of the score")
	flags.TextVar(&o.csv.scale, "higher", health.Health, "what a higher score means: `health` or risk")
	flags.StringVar(&o.csv.left, "left", "", "`column` that says who left: 1, yes or true, and 0, no or false")
	flags.StringVar(&o.csv.account, "account", "", "`column` of the account's name (default: the line)")
	flags.StringVar(&o.csv.band, "band", "", "`column` of the band (default: thirds by score)")
	flags.StringVar(&o.csv.order, "order", "", "`bands` from the worst to the best, with commas")
	flags.StringVar(&o.csv.revenue, "revenue", "", "`column` of the account's revenue (default: none)")
	flags.StringVar(&o.csv.measures, "measures", "", "`columns` to test each, with commas; name:risk where higher is worse")
	flags.StringVar(&o.company.dir, "dir", "", "read the CSV files of this data `folder`")
	flags.StringVar(&o.company.currency, "currency", "", "of a data folder, report in this `currency` (default: the only one there is)")
	flags.TextVar(&o.company.asOf, "asof", success.Date{}, "`day` on which the score was frozen")
	flags.TextVar(&o.company.until, "until", success.Date{}, "last `day` of the outcome")
	flags.StringVar(&o.company.outcome, "outcome", left, "what to test against: `left` or fell")
	flags.BoolVar(&o.json, "json", false, "print the report as JSON")
	return o, flags
}

// forFolder are the flags that speak of a data folder; the others, but -json, speak
// of a CSV file.
func forFolder() map[string]bool {
	return map[string]bool{"dir": true, "currency": true, "asof": true, "until": true, "outcome": true}
}

// check finds what is wrong with the use of flags.
func (o *options) check(flags *flag.FlagSet) error {
	if flags.NArg() > 0 {
		return fmt.Errorf("%s is not a flag; use -csv for a file and -dir for a folder", flags.Arg(0))
	}
	var folder, file string // the last flag of each kind
	flags.Visit(func(f *flag.Flag) {
		switch {
		case forFolder()[f.Name]:
			folder = f.Name
		case f.Name != "json":
			file = f.Name
		}
	})
	switch {
	case folder != "" && file != "":
		return fmt.Errorf("-%s is for a folder and -%s for a CSV file: one of them, please", folder, file)
	case folder != "":
		return o.company.check()
	case file != "":
		return o.csv.check()
	}
	o.csv = source{
		score: "score", left: "left", account: "account", band: "band", order: "Red,Yellow,Green",
		revenue: "revenue", measures: "logins,tickets:risk,mails opened",
	}
	return nil
}

func (o *options) show(stdout io.Writer) error {
	t, err := o.test()
	if err != nil {
		return err
	}
	report, err := backtest.Run(t.records, t.options)
	if err != nil {
		return fmt.Errorf("%w\n(record[0] is the first account)", err)
	}
	if o.json {
		encoder := json.NewEncoder(stdout)
		encoder.SetIndent("", "  ")
		return encoder.Encode(report)
	}
	return page{t, report}.print(stdout)
}

func (o *options) test() (test, error) {
	if o.company.dir != "" {
		return o.company.test(os.DirFS(o.company.dir))
	}
	if o.csv.file == "" {
		return o.csv.test("A made-up sample", sample)
	}
	text, err := os.ReadFile(o.csv.file)
	if err != nil {
		return test{}, err
	}
	return o.csv.test(o.csv.file, string(text))
}
