// Sqls answers: who of us who serve customers brought in what this quarter, does
// it beat the other sources, and do we reach the target?
//
//	go run ./examples/sqls                                        # a sample company
//	go run ./examples/sqls -dir DIR -currency EUR -from 2025-10-01 -to 2026-01-01 -target 150000
//
// SQL is a service-qualified lead. It reads leads, deals, adjustments and touches
// of a folder of CSV files, and shows a league table of agents, all sources side
// by side, the target, and every lead and deal that is not counted, with why.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/examples/internal/sample"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// options are what the flags say.
type options struct {
	dir, currency string
	from, to      success.Date
	target        decimal.Decimal
}

// run is the command, and returns its exit status: 0 for a table, 1 for a folder
// that was refused and 2 for wrong usage.
func run(args []string, stdout, stderr io.Writer) int {
	var o options
	flags := flag.NewFlagSet("sqls", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.dir, "dir", "", "read the CSV files of this `folder` (default: a sample company)")
	flags.TextVar(&o.from, "from", success.Date{}, "first `day` (default: three months before -to)")
	flags.TextVar(&o.to, "to", success.Date{}, "first `day` after, from which on nothing is known (default: that of the quarter after the newest record)")
	flags.StringVar(&o.currency, "currency", "", "report in this `currency` (default: the only one there is)")
	flags.TextVar(&o.target, "target", decimal.Decimal{}, "net `revenue` that service leads are to bring in (default: none)")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case flags.NArg() > 0:
		fmt.Fprintf(stderr, "sqls: %s is not a flag; use -dir for the folder\n", flags.Arg(0))
		return 2
	case !o.from.IsZero() && !o.to.IsZero() && !o.from.Before(o.to):
		fmt.Fprintf(stderr, "sqls: -to %s is not after -from %s\n", o.to, o.from)
		return 2
	}
	if err := o.show(stdout); err != nil {
		fmt.Fprintln(stderr, "sqls:", err)
		return 1
	}
	return 0
}

func (o *options) show(stdout io.Writer) error {
	var fsys fs.FS = sample.Files()
	if o.dir != "" {
		fsys = os.DirFS(o.dir)
	} else {
		o.fill()
	}
	f, err := folder.Read(fsys, nil)
	if err != nil {
		return err
	}
	if err := f.Check(f.Options(o.currency, 0)); err != nil {
		return err
	}
	period, asOf := o.span(f.Newest())
	records, options := f.Sales(o.currency)
	options.AsOf = asOf
	pipeline, err := attribution.NewPipeline(records, options)
	if err != nil {
		return f.Mapped(err)
	}
	if n := len(pipeline.Currencies()); n > 1 {
		return fmt.Errorf("deals are in %d currencies; name the one to report in with -currency", n)
	}
	return show(stdout, pipeline, period, o.target)
}

// fill says what is not said of the sample company.
func (o *options) fill() {
	if o.currency == "" {
		o.currency = sample.Currency
	}
	if o.target.IsZero() {
		o.target = decimal.NewFromInt(15_000)
	}
}

// span returns the quarter and the day from which on nothing is known. The
// quarter is the one of the newest record, unless flags say otherwise.
func (o *options) span(newest success.Date) (period success.Period, asOf success.Date) {
	period = success.Period{From: o.from, To: o.to}
	if period.To.IsZero() {
		year, month, _ := newest.Civil()
		asOf = newest.AddDays(1)
		period.To = success.Quarter(year, (int(month)+2)/3).To
	} else {
		asOf = period.To
	}
	if period.From.IsZero() {
		period.From = period.To.AddMonths(-3)
	}
	return period, asOf
}
