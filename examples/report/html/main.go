// Html draws the customer-success report of a company as one page, a file that
// needs no network, no script and no other file:
//
//	go -C examples/report/html run . -o report.html                  # a sample company
//	go -C examples/report/html run . -dir DIR -currency EUR -o report.html
//
// It takes the folder and the flags that examples/report takes, but for -json and
// -ascii, and shows the same numbers: both are made from the sections of
// examples/internal/report. Paths are relative to the directory of this program
// when it is run with -C.
//
// The page has the MRR bridge, NRR and GRR by month, cohorts as a heat map, how long
// customers stay, customers with help and without, health bands, the load of touch
// tiers, credit by model and the league of service-qualified leads. Each figure has
// its definition and its data as a table, one click away. What is undefined says so,
// and why.
//
// Standard output says what was written. The exit status is 0 for a page, 1 for a
// folder that was refused or a file that cannot be written, and 2 for wrong usage.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"metrics.internal/success/examples/internal/report"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the command, and returns its exit status.
func run(args []string, stdout, stderr io.Writer) int {
	var file string
	o, err := report.Parse(args, stderr, func(flags *flag.FlagSet) {
		flags.StringVar(&file, "o", "report.html", "write the page to this `file`")
	})
	if err != nil {
		return report.Status(err) // said already
	}
	if err = write(o, file, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "report:", err)
	}
	return report.Status(err)
}

// write makes the page, and writes it when all of it is there.
func write(o *report.Options, file string, stdout, stderr io.Writer) error {
	ctx, stop := report.Interruptible()
	defer stop()
	r, err := o.Build(ctx, stderr)
	if err != nil {
		return err
	}
	p, err := newPage(r)
	if err != nil {
		return err
	}
	html, err := p.html()
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, html, 0o666); err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "wrote %s, %d figures, %d bytes\n", file, len(p.Figures), len(html))
	return err
}
