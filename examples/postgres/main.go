// Postgres reads contracts and interactions from PostgreSQL and prints what became
// of recurring revenue, month by month, and how soon customers were answered:
//
//	go -C examples/postgres run .                  # a sample company, in a server of its own
//	go -C examples/postgres run . -database postgres://user@host/db -from 2024-01-01 -to 2025-01-01
//
// Rows become records one at a time, on their way into a book, and none is held;
// amounts are read from NUMERIC and days from DATE without a float64 or a time zone
// in between. schema.sql has the tables; -seed creates them in the database at the
// URL and fills them with the sample company. A row that cannot be read ends the
// command with an error that says which it is.
//
// Without -database, it starts a PostgreSQL that is installed where Debian's
// packages put it, in a temporary directory and on the loopback interface, and stops
// it at the end. Where none is installed it uses an embedded SQLite, and says so.
//
// Standard output carries the table alone. The exit status is 0 for a table, 1 for
// a database that cannot be read, also because of an interrupt, and 2 for wrong
// usage.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"metrics.internal/success"
	"metrics.internal/success/examples/internal/sample"
	"metrics.internal/success/examples/postgres/server"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// Exit statuses.
const (
	statusTable = iota
	statusRefused
	statusUsage
)

type command struct {
	database, currency string
	seed               bool
	period             success.Period
}

// run is the command, and returns its exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c := command{}
	flags := flag.NewFlagSet("postgres", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&c.database, "database", "", "read the PostgreSQL at this `URL` (default: a sample company)")
	flags.BoolVar(&c.seed, "seed", false, "create the tables in the database first, with the sample company in them")
	flags.StringVar(&c.currency, "currency", "", "report in this `currency` (default: the only one there is)")
	flags.TextVar(&c.period.From, "from", success.MustDate("2025-01-01"), "first `day` of the period")
	flags.TextVar(&c.period.To, "to", success.MustDate("2026-01-01"), "first `day` after the period")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return statusTable
	case err != nil:
		return statusUsage
	}
	if err := c.check(flags.Args()); err != nil {
		fmt.Fprintln(stderr, "postgres:", err)
		return statusUsage
	}
	if err := c.report(ctx, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "postgres:", err)
		return statusRefused
	}
	return statusTable
}

func (c command) check(rest []string) error {
	if len(rest) > 0 {
		return fmt.Errorf("%s is not a flag", rest[0])
	}
	return c.period.Validate()
}

func (c command) report(ctx context.Context, stdout, stderr io.Writer) (err error) {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	fmt.Fprintln(stderr, "reading", s.name)
	if c.database == "" || c.seed {
		if err := s.seed(ctx, sample.Files()); err != nil {
			return err
		}
		if c.currency == "" {
			c.currency = sample.Currency
		}
	}
	t, err := measure(ctx, s, c.period, c.currency)
	if err != nil {
		return err
	}
	return t.write(stdout)
}

// open connects to the database of the flags, else to one of its own.
func (c command) open(ctx context.Context) (*store, error) {
	if c.database != "" {
		return connect(ctx, c.database)
	}
	s, err := start(ctx)
	if errors.Is(err, server.ErrNone) {
		return embedded(ctx)
	}
	return s, err
}
