// Tiers answers: who gets a person, who gets a webinar, and how many people does
// that take?
//
//	go run ./examples/tiers                                  # a sample company
//	go run ./examples/tiers -dir DIR -currency AUD -growth 0.25
//
// It reads a folder of CSV files, puts every customer into a tier as of a quarter
// ago and again now, and shows tiers, loads, moves, staffing, a growth scenario
// and whether a pooled team pays. A tiers.json in the folder is the policy; without
// one it uses an example, whose numbers are no recommendation.
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
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/examples/internal/sample"
	"metrics.internal/success/examples/internal/touch"
	"metrics.internal/success/health/tier"
	"metrics.internal/success/retention"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// options are what the flags say.
type options struct {
	dir, currency   string
	asOf            success.Date
	growth, revenue decimal.Decimal
}

// run is the command, and returns its exit status: 0 for tiers, 1 for a folder
// that was refused and 2 for wrong usage.
func run(args []string, stdout, stderr io.Writer) int {
	var o options
	flags := flag.NewFlagSet("tiers", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.dir, "dir", "", "read the CSV files of this `folder` (default: a sample company)")
	flags.StringVar(&o.currency, "currency", "", "report in this `currency` (default: the only one there is)")
	flags.TextVar(&o.asOf, "asof", success.Date{}, "`day` from which on nothing is known (default: the day after the newest record)")
	flags.TextVar(&o.growth, "growth", decimal.RequireFromString("0.2"), "`share` by which accounts grow in the scenario")
	flags.TextVar(&o.revenue, "revenue", decimal.Decimal{}, "`share` by which the revenue of each grows in the scenario")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case flags.NArg() > 0:
		fmt.Fprintf(stderr, "tiers: %s is not a flag; use -dir for the folder\n", flags.Arg(0))
		return 2
	}
	if err := o.show(stdout); err != nil {
		fmt.Fprintln(stderr, "tiers:", err)
		return 1
	}
	return 0
}

func (o *options) show(stdout io.Writer) error {
	var fsys fs.FS = sample.Files()
	if o.dir != "" {
		fsys = os.DirFS(o.dir)
	} else if o.currency == "" {
		o.currency = sample.Currency
	}
	policy, err := touch.Policy(fsys)
	if err != nil {
		return err
	}
	f, err := folder.Read(fsys, nil)
	if err != nil {
		return err
	}
	if err := f.Check(f.Options(o.currency, 0)); err != nil {
		return err
	}
	_, asOf := folder.Span(f.Newest(), o.asOf, success.Date{}, success.Date{})
	known := f.Known(asOf)
	book, err := retention.NewBook(known.Contracts, known.Options(o.currency, 0))
	if err != nil {
		return err
	}
	c, err := touch.New(book, known.Accounts, asOf)
	if err != nil {
		return err
	}
	plan, err := c.Assign(policy, nil)
	if err != nil {
		return err
	}
	needs, err := plan.Grow(tier.Growth{Accounts: o.growth, Revenue: o.revenue})
	if err != nil {
		return err
	}
	p := page{w: stdout, company: c, policy: policy, plan: plan}
	if err := p.now(); err != nil {
		return err
	}
	p.growth(o, needs)
	return p.pooled()
}
