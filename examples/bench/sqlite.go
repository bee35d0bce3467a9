package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	_ "github.com/mattn/go-sqlite3"
	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

func sqliteDialect() dialect { return dialect{table: "contracts", times: "(12 / months)", scale: 2} }

func prepareSQLite(ctx context.Context, j job) (task, error) {
	file := filepath.Join(j.Dir, fmt.Sprintf("%s-%d.sqlite", j.Shape, j.Size))
	if j.Work == load {
		all := company(j.Size, j.Shape)
		return task{run: func() (answer, error) { return answer{}, loadSQLite(ctx, file, all) }}, nil
	}
	db, err := sql.Open("sqlite3", "file:"+file+"?mode=ro")
	if err != nil {
		return task{}, err
	}
	d := sqliteDialect()
	query := d.query(periods(j.Work))
	return task{done: db.Close, run: func() (answer, error) {
		rows, err := db.QueryContext(ctx, query)
		if err != nil {
			return answer{}, err
		}
		defer rows.Close()
		f, err := readFigures(rows, d.scale)
		return answer{figures: f}, err
	}}, nil
}

// A cursor is the rows of either database.
type cursor interface {
	Next() bool
	Scan(into ...any) error
	Err() error
}

// readFigures reads a period from each row.
func readFigures(rows cursor, scale int32) (all []figures, err error) {
	for rows.Next() {
		var columns [8]string
		into := make([]any, len(columns))
		for i := range columns {
			into[i] = &columns[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		f, err := parseFigures(columns[:], scale)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, rows.Err()
}

func parseFigures(columns []string, scale int32) (figures, error) {
	amounts := make([]decimal.Decimal, len(columns))
	for i, text := range columns {
		amount, err := decimal.NewFromString(text)
		if err != nil {
			return figures{}, err
		}
		amounts[i] = amount.Shift(-scale)
	}
	return figuresOf(amounts)
}

// loadSQLite writes a new file, in one transaction.
func loadSQLite(ctx context.Context, file string, all []success.Contract) (err error) {
	if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	db, err := sql.Open("sqlite3", "file:"+file+"?_journal_mode=OFF&_synchronous=OFF")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after the commit
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(createSQLite, "contracts")); err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, "INSERT INTO contracts VALUES (?, ?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer insert.Close()
	for _, c := range all {
		var ends any
		if !c.End.IsZero() {
			ends = c.End.String()
		}
		if _, err := insert.ExecContext(ctx, string(c.ID), string(c.Account), c.Start.String(), ends, c.Price.CoefficientInt64(), c.Term.Count); err != nil {
			return err
		}
	}
	return tx.Commit()
}
