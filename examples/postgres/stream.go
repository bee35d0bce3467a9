package main

import (
	"context"
	"fmt"
	"iter"
)

// A scan reads the columns of the present row.
type scan func(into ...any) error

// stream yields what read makes of each row of a query, as the rows come, and holds
// none. A query that fails, a row that cannot be read and a context that is done
// end it with an error.
func stream[T any](ctx context.Context, s *store, query string, read func(scan) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		rows, err := s.query(ctx, query)
		if err != nil {
			yield(none, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			record, err := read(rows.Scan)
			if ctx.Err() != nil {
				err = context.Cause(ctx) // although more rows may have arrived
			}
			if err != nil {
				yield(none, err)
				return
			}
			if !yield(record, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, err)
		}
	}
}

// collect returns all records of a stream, for what is small. An error says which
// record it is about.
func collect[T any](name string, records iter.Seq2[T, error]) (all []T, err error) {
	for record, err := range records {
		if err != nil {
			return nil, fmt.Errorf("%s[%d]: %w", name, len(all), err)
		}
		all = append(all, record)
	}
	return all, nil
}
