// Bench runs the same work through this library, through the obvious Go in decimals,
// and through databases, checks that all agree to the cent, and prints how long each
// took and how much memory:
//
//	go -C examples/bench run .                                  # 100,000 contracts
//	go -C examples/bench run . -sizes 1e5,1e6,1e7 -svg cost.svg # ten minutes or more
//
// Companies are generated, always the same ones: of a number of contracts of a third
// as many accounts over three years, in random order, sorted by account, with
// 36-byte identifiers, and with half of the contracts in ten accounts. Each is asked
// for one year of movements and for 36 months of them. Beside that, as many accounts
// are scored by eight measures each, the amounts of as many deals shared among five
// touches each, and as many spans made a survival curve, by this library and in the
// obvious Go.
//
// The databases are SQLite, built in; a PostgreSQL that is installed where Debian's
// packages put it, started for the time and on the loopback interface; and, where
// there are Node and npm, DuckDB, which npm downloads once into the cache directory
// of the user unless -duckdb=false. What is not there is left out, with a line that
// says so. They know the same definitions as SQL: what each account paid at the
// opening and at the close, and from that each movement. Each works on one core, and
// PostgreSQL gets a gigabyte to group in. The obvious Go, SQLite and PostgreSQL end
// at a million contracts, and so do the 36 months of DuckDB, which take memory.
//
// Each measurement is made by a process of its own. Times are medians of -runs, fewer
// when they take long, without generating the company; CPU is the work of all cores
// in that time, which tells more when the machine is busy. Memory is by how much the
// resident memory of the process (VmHWM, of PostgreSQL that of the process that
// serves) rose above what it was with everything there that the work reads; only
// Linux tells. Garbage that waits for its collection is part of that, but for "build
// from made rows", where the collector runs early.
//
// Standard output carries the tables alone. The exit status is 0 when all agree,
// whatever the times, 1 when they do not or a measurement failed, which leaves the
// tables with those before it, and 2 for wrong usage.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// Exit statuses.
const (
	statusAgree = iota
	statusFailed
	statusUsage
)

// Options are what the flags say.
type options struct {
	sizes  []int
	shapes []string
	runs   int
	duckdb bool
	svg    string
	job    string // of a child
}

// run is the command, and returns its exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := parse(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return statusAgree
	case err != nil:
		return statusUsage // said already
	case o.job != "":
		err = child(ctx, o.job)
	default:
		err = o.compare(ctx, stdout, stderr)
	}
	if err != nil {
		fmt.Fprintln(stderr, "bench:", err)
		return statusFailed
	}
	return statusAgree
}

func parse(args []string, stderr io.Writer) (options, error) {
	o := options{sizes: []int{100_000}, shapes: shapes()}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Func("sizes", "`numbers` of contracts, such as 1e5,1e6,1e7 (default 1e5)", func(text string) (err error) {
		o.sizes, err = parseSizes(text)
		return err
	})
	flags.Func("shapes", "`shapes` of companies (default random,sorted,long,skewed,other)", func(text string) (err error) {
		o.shapes, err = parseShapes(text)
		return err
	})
	flags.IntVar(&o.runs, "runs", 3, "`times` that each measurement is made")
	flags.BoolVar(&o.duckdb, "duckdb", true, "install DuckDB with npm, if it is not there, and measure it")
	flags.StringVar(&o.svg, "svg", "", "draw cost against size into this `file` too")
	flags.StringVar(&o.job, "job", "", "for the processes that the command starts itself")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 || o.runs < 1 {
		err := errors.New("there are no arguments but flags, and -runs is at least 1")
		fmt.Fprintln(stderr, "bench:", err)
		return o, err
	}
	return o, nil
}

// maxSize is what identifiers of 12 bytes and the memory of common machines allow.
const maxSize = 100_000_000

func parseSizes(text string) (sizes []int, err error) {
	for part := range strings.SplitSeq(text, ",") {
		size, err := strconv.ParseFloat(part, 64)
		if err != nil || size < 100 || size > maxSize || size != math.Trunc(size) {
			return nil, fmt.Errorf("%q is no whole number from 100 to 1e8", part)
		}
		sizes = append(sizes, int(size))
	}
	return sizes, nil
}
