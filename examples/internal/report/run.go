// Package report makes the customer-success report of a company from a folder of
// CSV files: it reads the flags and the folder, asks the library for every figure
// and writes them as text or JSON. What documents the command is the comment of
// examples/report; examples/report/html draws the same sections.
//
// No metric is computed in it.
package report

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
)

// Exit statuses.
const (
	statusReport = iota
	statusRefused
	statusUsage
)

// Status returns the exit status that an error of [Parse], [Options.Build] or of
// writing a report calls for: 0 for none and for a call for help, 2 for what only
// other flags can mend, 1 for anything else.
func Status(err error) int {
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return statusReport
	case errors.Is(err, errUsage):
		return statusUsage
	}
	return statusRefused
}

// Run is the command that writes text or JSON, and returns its exit status.
func Run(args []string, stdout, stderr io.Writer) int {
	var json, ascii bool
	o, err := Parse(args, stderr, func(flags *flag.FlagSet) {
		flags.BoolVar(&json, "json", false, "write JSON")
		flags.BoolVar(&ascii, "ascii", false, "write nothing but ASCII characters")
	})
	if err != nil {
		return Status(err) // said already
	}
	ctx, stop := Interruptible()
	defer stop()
	r, err := o.Build(ctx, stderr)
	if err != nil {
		fmt.Fprintln(stderr, "report:", err)
		return Status(err)
	}
	out := bufio.NewWriter(stdout)
	if json {
		err = r.writeJSON(out)
	} else {
		r.write(newPage(out, styleOf(stdout, ascii)))
	}
	if err = errors.Join(err, out.Flush()); err != nil {
		fmt.Fprintln(stderr, "report:", err)
	}
	return Status(err)
}

// Interruptible returns a context that ends with an interrupt, such as that of
// Ctrl-C. A second one ends the program as it would without.
func Interruptible() (ctx context.Context, stop func()) {
	ctx, stop = signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// errUsage is wrapped by what only other flags can mend.
var errUsage = errors.New("wrong usage")

func wrongUsage(format string, args ...any) error {
	return fmt.Errorf("%w: %w", errUsage, fmt.Errorf(format, args...))
}
