package report

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"metrics.internal/success"
)

// Options are what the flags say.
type Options struct {
	dir            string
	from, to, asOf success.Date
	currency       string
	by             []string // nothing for every cut that the folder has
	grace          int      // days

	// What follows is for sections that look at more than contracts.
	window   int // days
	horizon  int // days
	landmark int // days
	model    string
}

// maxWindow is a hundred years.
const maxWindow = 36_500

func cutNames() []string { return []string{"segment", "owner", "product"} }

func modelNames() []string {
	return []string{"first", "last", "linear", "position", "time_decay", "markov", "shapley"}
}

// Parse reads the flags of a program that makes a report: those that all of them
// have, and those that more defines. What is wrong with them is written to stderr.
func Parse(args []string, stderr io.Writer, more func(*flag.FlagSet)) (*Options, error) {
	o := &Options{}
	flags := flag.NewFlagSet("report", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.dir, "dir", "", "read the CSV files of this `folder` (default: a sample company)")
	flags.TextVar(&o.from, "from", success.Date{}, "first `day` of the period (default: twelve months before -to)")
	flags.TextVar(&o.to, "to", success.Date{}, "first `day` after the period (default: the first of a month)")
	flags.TextVar(&o.asOf, "asof", success.Date{}, "`day` from which on nothing is known (default: -to, or the day after the newest record)")
	flags.StringVar(&o.currency, "currency", "", "report in this `currency` (default: the only one there is)")
	flags.Func("by", "cut by `segment,owner,product` or some of them (default: all that the folder has)", o.addCuts)
	flags.IntVar(&o.grace, "grace", 0, "`days` after its end that a contract may be renewed late")
	flags.IntVar(&o.window, "window", 30, "`days` before a sale that a touch counts, 0 for all (attribution)")
	flags.IntVar(&o.horizon, "horizon", 365, "`days` until the outcome (help)")
	flags.IntVar(&o.landmark, "landmark", 0, "`day` by which help must have begun (help)")
	flags.StringVar(&o.model, "model", "", "show only this credit `model` (attribution): "+strings.Join(modelNames(), ", "))
	more(flags)
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return nil, err
	case err != nil:
		return nil, wrongUsage("%w", err)
	}
	if err := o.check(flags.Args()); err != nil {
		fmt.Fprintln(stderr, "report:", err)
		return nil, err
	}
	return o, nil
}

func (o *Options) addCuts(text string) error {
	for cut := range strings.SplitSeq(text, ",") {
		if !slices.Contains(cutNames(), cut) {
			return fmt.Errorf("not one of %s", strings.Join(cutNames(), ", "))
		}
		if !slices.Contains(o.by, cut) {
			o.by = append(o.by, cut)
		}
	}
	return nil
}

func (o *Options) check(rest []string) error {
	switch {
	case len(rest) > 0:
		return wrongUsage("%s is not a flag; use -dir for the folder", rest[0])
	case !o.from.IsZero() && !o.to.IsZero() && !o.to.After(o.from):
		return wrongUsage("-to %s is not after -from %s", o.to, o.from)
	case !o.asOf.IsZero() && o.to.After(o.asOf):
		return wrongUsage("-to %s is after -asof %s", o.to, o.asOf)
	case o.grace < 0 || o.window < 0 || o.window > maxWindow || o.landmark < 0 || o.horizon < 1:
		return wrongUsage("-grace, -window and -landmark must be 0 or more, -window at most 36500, -horizon 1 or more")
	case o.model != "" && !slices.Contains(modelNames(), o.model):
		return wrongUsage("-model %s is not one of %s", o.model, strings.Join(modelNames(), ", "))
	}
	return nil
}
