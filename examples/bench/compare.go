package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"metrics.internal/success/examples/postgres/server"
)

// A bench is what the measurements need.
type bench struct {
	options
	dir      string
	database string // URL of PostgreSQL, nothing without
	script   string // of DuckDB, nothing without
	stderr   io.Writer
	results  []result
	whole    bool // nothing that was to be measured is missing
}

// compare measures everything and prints it.
func (o options) compare(ctx context.Context, stdout, stderr io.Writer) (err error) {
	b := &bench{options: o, stderr: stderr}
	if b.dir, err = os.MkdirTemp("", "success-bench-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.dir)) }()
	own, err := server.Start(ctx)
	switch {
	case err == nil:
		b.database = own.URL()
		defer func() { err = errors.Join(err, own.Stop()) }()
	case errors.Is(err, server.ErrNone):
		fmt.Fprintln(stdout, "without PostgreSQL: none is installed")
	default:
		return err
	}
	if b.script, err = b.installed(ctx); err != nil {
		fmt.Fprintln(stdout, "without DuckDB:", err)
		b.script = ""
	}
	failed := b.measureAll(ctx)
	b.whole = failed == nil
	if len(b.results) == 0 {
		return failed
	}
	return errors.Join(b.report(stdout), failed)
}

func (b *bench) measureAll(ctx context.Context) error {
	for _, size := range b.sizes {
		for _, shape := range b.shapes {
			if err := b.measure(ctx, size, shape); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *bench) installed(ctx context.Context) (string, error) {
	if !b.duckdb {
		return "", errors.New("-duckdb=false")
	}
	return install(ctx)
}

// measure does all jobs of a company.
func (b *bench) measure(ctx context.Context, size int, shape string) error {
	for _, j := range b.plan(size, shape) {
		fmt.Fprintln(b.stderr, j)
		do := func() (result, error) { return start(ctx, j) }
		if j.Engine == duckdb && j.Work != exported {
			do = func() (result, error) { return node(ctx, b.script, j) }
		}
		r, err := do()
		if err != nil {
			return err
		}
		if j.Work != exported {
			b.results = append(b.results, r)
		}
	}
	entries, err := os.ReadDir(b.dir)
	for _, entry := range entries { // files of one company at a time
		err = errors.Join(err, os.Remove(filepath.Join(b.dir, entry.Name())))
	}
	return err
}

// plan lists the jobs of a company, in order. Only the one in random order is asked
// for everything.
func (b *bench) plan(size int, shape string) (jobs []job) {
	add := func(engine string, works ...string) {
		for _, work := range works {
			if shape == random || slices.Contains([]string{build, slice, streamed, asked, load, exported}, work) {
				jobs = append(jobs, job{engine, work, shape, size, b.runs, b.dir, b.database})
			}
		}
	}
	if shape == other {
		return b.others(size)
	}
	add(ours, build, flowing, slice, streamed, asked, askedBy2, monthly, monthlyBy)
	if size <= biggestSQL {
		add(decimals, asked, monthly)
		add(sqlite, load, asked, monthly)
		if b.database != "" {
			add(postgres, load, asked, monthly)
		}
	}
	if b.script != "" {
		add(duckdb, exported, load, asked)
		if size <= biggestSQL {
			add(duckdb, monthly) // a gigabyte or two for each million contracts
		}
	}
	return jobs
}

// others lists the jobs without contracts.
func (b *bench) others(size int) (jobs []job) {
	if size > biggestSQL {
		return nil
	}
	for _, work := range []string{score, scoreColumns, linear, linearColumns, decay, decayColumns, staying, survivalColumns} {
		jobs = append(jobs, job{ours, work, other, size, b.runs, b.dir, ""})
	}
	for _, work := range []string{score, linear, decay, staying} {
		jobs = append(jobs, job{decimals, work, other, size, b.runs, b.dir, ""})
	}
	return jobs
}

// A key names a result.
type key struct {
	engine, work, shape string
	size                int
}

func (b *bench) find(k key) (result, bool) {
	i := slices.IndexFunc(b.results, func(r result) bool {
		return key{r.Job.Engine, r.Job.Work, r.Job.Shape, r.Job.Size} == k
	})
	if i < 0 {
		return result{}, false
	}
	return b.results[i], true
}
