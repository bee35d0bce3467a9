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
// health_alerts.go states, of a first run, with bands compared with those of three
// months before.
//
// It reads a folder of CSV files, calls the library and prints; no metric is
// computed in it. Standard output carries the report alone. The exit status is 0
// for a report, 1 for a folder that was refused and 2 for wrong usage.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/examples/internal/sample"
)

// Exit statuses.
const (
	statusReport = iota
	statusRefused
	statusUsage
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the command, and returns its exit status.
func run(args []string, stdout, stderr io.Writer) int {
	o, err := parse(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return statusReport
	case err != nil:
		return statusUsage // said already
	}
	r, err := o.build(stderr)
	if err != nil {
		fmt.Fprintln(stderr, "report:", err)
		if errors.Is(err, errUsage) {
			return statusUsage
		}
		return statusRefused
	}
	out := bufio.NewWriter(stdout)
	if o.json {
		err = r.writeJSON(out)
	} else {
		r.write(newPage(out, styleOf(stdout, o.ascii)))
	}
	if err = errors.Join(err, out.Flush()); err != nil {
		fmt.Fprintln(stderr, "report:", err)
		return statusRefused
	}
	return statusReport
}

// errUsage is wrapped by what only other flags can mend.
var errUsage = errors.New("wrong usage")

func wrongUsage(format string, args ...any) error {
	return fmt.Errorf("%w: %w", errUsage, fmt.Errorf(format, args...))
}

// build reads the folder and makes the report of it.
func (o *options) build(stderr io.Writer) (*report, error) {
	var fsys fs.FS = sample.Files()
	if o.dir != "" {
		fsys = os.DirFS(o.dir)
	} else if o.currency == "" {
		o.currency = sample.Currency
	}
	f, err := folder.Read(fsys, progress(stderr, time.Now()))
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err // the path is one within the folder
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.dir, err)
	}
	for _, note := range f.Notes {
		fmt.Fprintln(stderr, "note:", note)
	}
	switch err := f.Check(f.Options(o.currency, o.grace)); {
	case errors.Is(err, folder.ErrCurrency):
		return nil, wrongUsage("%w: use -currency", err)
	case err != nil:
		return nil, fmt.Errorf("the folder is refused\n%w", err)
	}
	if f.Newest().IsZero() && o.to.IsZero() && o.asOf.IsZero() {
		return nil, wrongUsage("nothing in the folder has a date: use -to")
	}
	period, asOf := folder.Span(f.Newest(), o.asOf, o.from, o.to)
	if period.Validate() != nil {
		return nil, wrongUsage("the period %v is empty: use -from and -to", period)
	}
	return newReport(o, source{Folder: f.Known(asOf), files: fsys, period: period, asOf: asOf}, stderr)
}

// progress tells of files that take longer than a second to read, once a second.
func progress(stderr io.Writer, last time.Time) folder.Progress {
	return func(file string, rows int) {
		if now := time.Now(); now.Sub(last) > time.Second {
			last = now
			fmt.Fprintf(stderr, "reading %s: %d rows\n", file, rows)
		}
	}
}
