package main

import (
	"context"
	"fmt"
	"runtime/debug"

	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// The engines.
const (
	ours       = "ours"
	decimals   = "naive Go"
	sqlite     = "SQLite"
	postgres   = "PostgreSQL"
	duckdb     = "DuckDB"
	biggestSQL = 1_000_000 // contracts for all but ours and DuckDB
)

// What they do.
const (
	exported  = "export"               // to a file that is loaded
	load      = "load"                 // into a table, for what follows
	build     = "build"                // a book
	flowing   = "build from made rows" // that nobody holds
	slice     = "year from slice"      // one shot
	streamed  = "year from stream"     // one shot
	asked     = "year"                 // of a book or table
	askedBy2  = "year, 2 workers"      //
	monthly   = "36 months"            // of a book or table
	monthlyBy = "36 months, 2 workers" //

	score           = "score"
	scoreColumns    = "score, columns"
	linear          = "linear credit"
	linearColumns   = "linear credit, columns"
	decay           = "decaying credit"
	decayColumns    = "decaying credit, columns"
	staying         = "survival"
	survivalColumns = "survival, columns"
)

// prepare makes everything that a job needs and that is not part of it.
func prepare(ctx context.Context, j job) (task, error) {
	switch {
	case j.Shape == other:
		return prepareOther(j)
	case j.Engine == ours:
		return prepareOurs(j)
	case j.Engine == decimals:
		all := company(j.Size, j.Shape)
		return task{run: func() (answer, error) { f, err := naive(all, periods(j.Work)); return answer{figures: f}, err }}, nil
	case j.Engine == sqlite:
		return prepareSQLite(ctx, j)
	case j.Engine == postgres:
		return preparePostgres(ctx, j)
	case j.Engine == duckdb:
		return task{run: func() (answer, error) { return answer{}, export(j) }}, nil
	}
	return task{}, fmt.Errorf("no engine %q", j.Engine)
}

func prepareOther(j job) (task, error) {
	switch j.Work {
	case score, scoreColumns:
		return prepareScores(j)
	case staying, survivalColumns:
		return prepareSurvival(j), nil
	}
	return prepareCredit(j), nil
}

// periods are those that a work asks about.
func periods(work string) []success.Period {
	if work == monthly || work == monthlyBy {
		return months()
	}
	return []success.Period{year()}
}

func prepareOurs(j job) (task, error) {
	if j.Work == flowing {
		// Garbage that only waits for its collection is not what building takes.
		debug.SetGCPercent(25)
		return task{run: func() (answer, error) {
			book, err := retention.StreamBook(flow(j.Size, j.Shape), retention.Options{})
			return answer{built: book}, err
		}}, nil
	}
	all := company(j.Size, j.Shape)
	switch j.Work {
	case build:
		return task{run: func() (answer, error) {
			book, err := retention.NewBook(all, retention.Options{})
			return answer{built: book}, err
		}}, nil
	case slice:
		return task{run: func() (answer, error) { return ask(j.Work)(retention.NewBook(all, retention.Options{})) }}, nil
	case streamed:
		return task{run: func() (answer, error) { return ask(j.Work)(retention.StreamBook(stream(all), retention.Options{})) }}, nil
	}
	options := retention.Options{}
	if j.Work == askedBy2 || j.Work == monthlyBy {
		options.Workers = 2
	}
	book, err := retention.NewBook(all, options)
	return task{run: func() (answer, error) { return ask(j.Work)(book, err) }}, err
}

// ask returns what asks a book that was just built, if it was.
func ask(work string) func(*retention.Book, error) (answer, error) {
	return func(book *retention.Book, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		all, err := moves(book, periods(work))
		if err != nil {
			return answer{}, err
		}
		f, err := figuresOfMovements(all...)
		return answer{figures: f}, err
	}
}

func moves(book *retention.Book, periods []success.Period) ([]retention.Movement, error) {
	if len(periods) > 1 {
		return book.Series(periods)
	}
	m, err := book.Between(periods[0])
	return []retention.Movement{m}, err
}
