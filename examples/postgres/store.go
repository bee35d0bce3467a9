package main

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"

	"github.com/jackc/pgx/v5"
	_ "github.com/mattn/go-sqlite3"
	"metrics.internal/success/examples/postgres/server"
)

//go:embed schema.sql
var postgresSchema string

//go:embed schema_sqlite.sql
var sqliteSchema string

// A cursor walks over the rows of a query. It is what the rows of pgx are.
type cursor interface {
	Next() bool
	Scan(into ...any) error
	Err() error
	Close()
}

// A store is one connection to a database.
type store struct {
	name   string // for people to read
	schema string
	query  func(ctx context.Context, sql string) (cursor, error)
	exec   func(ctx context.Context, sql string, args ...any) error
	close  func() error
}

// connect uses the PostgreSQL at a URL.
func connect(ctx context.Context, url string) (*store, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, err
	}
	return &store{
		name:   "PostgreSQL " + conn.PgConn().ParameterStatus("server_version"),
		schema: postgresSchema,
		query:  func(ctx context.Context, sql string) (cursor, error) { return conn.Query(ctx, sql) },
		exec: func(ctx context.Context, sql string, args ...any) error {
			_, err := conn.Exec(ctx, sql, args...)
			return err
		},
		close: func() error { return conn.Close(context.Background()) },
	}, nil
}

// start uses a PostgreSQL of its own, empty, that ends with the store.
func start(ctx context.Context) (*store, error) {
	own, err := server.Start(ctx)
	if err != nil {
		return nil, err
	}
	s, err := connect(ctx, own.URL())
	if err != nil {
		return nil, errors.Join(err, own.Stop())
	}
	s.name += ", started for this run"
	hangUp := s.close
	s.close = func() error { return errors.Join(hangUp(), own.Stop()) }
	return s, nil
}

// embedded uses an SQLite in memory, empty.
func embedded(ctx context.Context) (*store, error) {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx) // another connection would be to another database
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &store{
		name:   "an embedded SQLite, as no PostgreSQL is installed",
		schema: sqliteSchema,
		query: func(ctx context.Context, sql string) (cursor, error) {
			rows, err := conn.QueryContext(ctx, sql)
			return sqlRows{rows}, err
		},
		exec: func(ctx context.Context, sql string, args ...any) error {
			_, err := conn.ExecContext(ctx, sql, args...)
			return err
		},
		close: func() error { return errors.Join(conn.Close(), db.Close()) },
	}, nil
}

// sqlRows are rows of database/sql as a cursor: what closing them reports, Err does.
type sqlRows struct{ *sql.Rows }

func (r sqlRows) Close() { r.Rows.Close() }
