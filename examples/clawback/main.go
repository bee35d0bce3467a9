// Clawback answers: what of the commission on our deals is safe, what can still
// be lost, and what has been?
//
//	go run ./examples/clawback                                   # made-up deals
//	go run ./examples/clawback -plan prorata -asof 2025-12-31
//	go run ./examples/clawback -dir DIR -rate 0.08 -finder 25
//
// It reads a folder of CSV files. The owner of a won deal gets a commission, and
// whoever found a service-qualified lead for it a share of that; a customer leaves
// when its contracts end and are not followed by others within 30 days.
package main

import (
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/attribution/commission"
	"metrics.internal/success/examples/internal/folder"
)

//go:embed company/*.csv
var company embed.FS

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// options are what the flags say.
type options struct {
	dir, plan, currency string
	months              int
	asOf                success.Date
	rate                decimal.Decimal
	finder              int64
}

// run is the command, and returns its exit status: 0 for a statement, 1 for a
// folder that was refused and 2 for wrong usage.
func run(args []string, stdout, stderr io.Writer) int {
	var o options
	flags := flag.NewFlagSet("clawback", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.dir, "dir", "", "read the CSV files of this `folder` (default: made-up deals)")
	flags.StringVar(&o.plan, "plan", "milestones", "how commission is earned: clawback, prorata, holdback or milestones")
	flags.StringVar(&o.currency, "currency", "", "the `currency` that the rates of the folder lead to; commission stays in that of each deal")
	flags.IntVar(&o.months, "months", 12, "how many `months` the customer has to stay for all of it")
	flags.TextVar(&o.asOf, "asof", success.Date{}, "`day` of the statement (default: that of the newest record)")
	flags.TextVar(&o.rate, "rate", decimal.RequireFromString("0.1"), "commission as a `share` of the deal")
	flags.Int64Var(&o.finder, "finder", 30, "`percent` of the commission for who found a service-qualified lead")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case flags.NArg() > 0:
		fmt.Fprintf(stderr, "clawback: %s is not a flag; use -dir for the folder\n", flags.Arg(0))
		return 2
	case o.finder < 0 || o.finder > 100:
		fmt.Fprintln(stderr, "clawback: -finder is not a percentage")
		return 2
	}
	schedule, ok := o.schedule()
	if !ok {
		fmt.Fprintf(stderr, "clawback: %s is no plan: clawback, prorata, holdback or milestones\n", o.plan)
		return 2
	}
	if err := o.show(stdout, schedule); err != nil {
		fmt.Fprintln(stderr, "clawback:", err)
		return 1
	}
	return 0
}

func (o *options) schedule() (s commission.Schedule, ok bool) {
	all := success.Months(o.months)
	switch o.plan {
	case "clawback":
		return commission.Clawback(all), true
	case "prorata":
		return commission.ProRata(all), true
	case "holdback":
		return commission.Holdback(70, 30, all), true
	case "milestones":
		return commission.Milestones(
			commission.Milestone{Weight: 50},
			commission.Milestone{Weight: 25, After: success.Months(o.months / 2)},
			commission.Milestone{Weight: 25, After: all},
		), true
	}
	return nil, false
}

func (o *options) show(stdout io.Writer, schedule commission.Schedule) error {
	fsys, err := fs.Sub(company, "company")
	if err != nil {
		return err
	}
	if o.dir != "" {
		fsys = os.DirFS(o.dir)
	}
	f, err := folder.Read(fsys, nil)
	if err != nil {
		return err
	}
	if err := f.Check(f.Options(o.currency, 0)); err != nil {
		return err
	}
	day := o.asOf
	if day.IsZero() {
		day = f.Newest()
	}
	s := salesOf(f, o, schedule)
	ledger, err := commission.New(s.deals, s.adjustments, s.awards, commission.Options{})
	if err != nil {
		return err
	}
	statement, err := ledger.On(day)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "Commission on %s: %s of the deal, %s over %d months\n", day, success.Ratio{Num: o.rate, Den: decimal.NewFromInt(1)}, o.plan, o.months)
	show(stdout, statement, s)
	return nil
}
