package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"metrics.internal/success"
)

func postgresDialect(j job) dialect {
	return dialect{table: fmt.Sprintf("%s_%d", j.Shape, j.Size), date: "DATE ", times: "(12 / months)"}
}

// preparePostgres connects, to one process of the server, which gets memory enough
// to group accounts in and no helpers.
func preparePostgres(ctx context.Context, j job) (task, error) {
	conn, err := pgx.Connect(ctx, j.Database)
	if err != nil {
		return task{}, err
	}
	if _, err := conn.Exec(ctx, "SET work_mem = '1GB'; SET max_parallel_workers_per_gather = 0"); err != nil {
		return task{}, err
	}
	t := task{pid: strconv.Itoa(int(conn.PgConn().PID())), done: func() error { return conn.Close(ctx) }}
	d := postgresDialect(j)
	if j.Work == load {
		all := company(j.Size, j.Shape)
		t.run = func() (answer, error) { return answer{}, loadPostgres(ctx, conn, d.table, all) }
		return t, nil
	}
	query := d.query(periods(j.Work))
	t.run = func() (answer, error) {
		rows, err := conn.Query(ctx, query)
		if err != nil {
			return answer{}, err
		}
		defer rows.Close()
		f, err := readFigures(rows, d.scale)
		return answer{figures: f}, err
	}
	return t, nil
}

// loadPostgres copies all contracts into a new table, and lets the server look at
// them.
func loadPostgres(ctx context.Context, conn *pgx.Conn, table string, all []success.Contract) error {
	if _, err := conn.Exec(ctx, "DROP TABLE IF EXISTS "+table+"; "+fmt.Sprintf(createPostgres, table)); err != nil {
		return err
	}
	rows := pgx.CopyFromSlice(len(all), func(i int) ([]any, error) {
		c := &all[i]
		var ends any
		if !c.End.IsZero() {
			ends = c.End.Time(time.UTC)
		}
		price := pgtype.Numeric{Int: c.Price.Coefficient(), Exp: c.Price.Exponent(), Valid: true}
		return []any{string(c.ID), string(c.Account), c.Start.Time(time.UTC), ends, price, c.Term.Count}, nil
	})
	if _, err := conn.CopyFrom(ctx, pgx.Identifier{table}, []string{"id", "account", "starts", "ends", "price", "months"}, rows); err != nil {
		return err
	}
	_, err := conn.Exec(ctx, "VACUUM ANALYZE "+table)
	return err
}
