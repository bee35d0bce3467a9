// Models answers: which touches brought in our revenue, and how much does the
// answer depend on the model?
//
//	go run ./examples/models                             # a sample company
//	go run ./examples/models -window 90 -repeats runs
//	go run ./examples/models -dir DIR -not direct -order 2
//
// It reads a folder of CSV files, of which deals.csv and touches.csv matter, and
// leads.csv, adjustments.csv and accounts.csv where they are. It shares the revenue
// of every won deal among the touches before it by each model, and shows what each
// key gets, side by side. All models share the same revenue to the last cent.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"metrics.internal/success/attribution/credit"
	"metrics.internal/success/attribution/journey"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/examples/internal/sample"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// options are what the flags say.
type options struct {
	dir, currency, not string
	window, half       int // days
	order              int
	repeats            credit.Repeats
}

// run is the command, and returns its exit status: 0 for a table, 1 for a folder
// that was refused and 2 for wrong usage.
func run(args []string, stdout, stderr io.Writer) int {
	var o options
	flags := flag.NewFlagSet("models", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.dir, "dir", "", "read the CSV files of this `folder` (default: a sample company)")
	flags.StringVar(&o.currency, "currency", "", "the `currency` that the rates of the folder lead to; credit stays in that of each deal")
	flags.StringVar(&o.not, "not", "direct", "`key` that the model \"last not\" passes over")
	flags.IntVar(&o.window, "window", 0, "how many `days` before the close a touch counts (default: without limit)")
	flags.IntVar(&o.half, "half", 7, "half life in `days` of the model \"decay\"")
	flags.IntVar(&o.order, "order", 1, "`order` of the Markov chain, 1 to 3")
	flags.TextVar(&o.repeats, "repeats", credit.All, "touches of one key: `all`, runs or unique")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case flags.NArg() > 0:
		fmt.Fprintf(stderr, "models: %s is not a flag; use -dir for the folder\n", flags.Arg(0))
		return 2
	case o.window < 0 || o.window > maxDays || o.half < 1 || o.half > maxDays:
		fmt.Fprintf(stderr, "models: -window and -half are days, up to %d\n", maxDays)
		return 2
	case o.order < 1 || o.order > 3:
		fmt.Fprintln(stderr, "models: -order is 1, 2 or 3")
		return 2
	}
	if err := o.show(stdout); err != nil {
		fmt.Fprintln(stderr, "models:", err)
		return 1
	}
	return 0
}

// maxDays is a hundred years.
const maxDays = 36_500

func (o *options) show(stdout io.Writer) error {
	var fsys fs.FS = sample.Files()
	if o.dir != "" {
		fsys = os.DirFS(o.dir)
	} else if o.currency == "" {
		o.currency = sample.Currency
	}
	f, err := folder.Read(fsys, nil)
	if err != nil {
		return err
	}
	if err := f.Check(f.Options(o.currency, 0)); err != nil {
		return err
	}
	book, err := credit.NewBook(recordsOf(f), credit.Options{Window: days(o.window), Repeats: o.repeats})
	if err != nil {
		return err
	}
	splits, err := book.Split(o.models(book)...)
	if err != nil {
		return err
	}
	show(stdout, splits)
	return nil
}

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }

// recordsOf returns what a folder knows of credit. Files that are not there are
// not known.
func recordsOf(f *folder.Folder) credit.Records {
	r := credit.Records{Deals: f.Deals, Touches: f.Touches, Adjustments: f.Adjustments}
	if f.Has("leads.csv") {
		r.Leads = f.Leads
	}
	if f.Has("accounts.csv") {
		r.Accounts = f.Accounts
	}
	return r
}

// models are all there are; without a won deal that was touched, those that can
// do without.
func (o *options) models(book *credit.Book) []credit.Model {
	models := []credit.Model{
		credit.First(), credit.Last(), credit.LastNonKey(o.not), credit.Linear(),
		credit.U(), credit.J(), credit.InverseJ(),
		credit.UMilestones(), credit.W(), credit.FullPath(),
		credit.TimeDecay(days(o.half)),
	}
	keys, won := map[string]bool{}, false
	for _, p := range book.Paths("") {
		won = won || p.Won > 0 && len(p.Keys) > 0
		for _, key := range p.Keys {
			keys[key] = true
		}
	}
	if won {
		models = append(models, credit.Markov(o.order), credit.Shapley())
	}
	if won && len(keys) <= journey.MaxPlayers {
		models = append(models, credit.RateShapley())
	}
	return models
}
