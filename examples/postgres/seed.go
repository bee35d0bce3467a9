package main

import (
	"context"
	"encoding"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/retention"
)

// seed creates the tables in an empty database and fills them from a data folder,
// all or nothing.
func (s *store) seed(ctx context.Context, files fs.FS) (err error) {
	f, err := folder.Read(files, nil)
	if err != nil {
		return err
	}
	if err := f.Check(f.Options("", 0)); err != nil && !errors.Is(err, folder.ErrCurrency) {
		return err
	}
	if err := s.exec(ctx, "BEGIN"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			s.exec(context.WithoutCancel(ctx), "ROLLBACK") // what failed is known
		}
	}()
	if err := s.exec(ctx, s.schema); err != nil {
		return err
	}
	if err := s.fill(ctx, f); err != nil {
		return err
	}
	return s.exec(ctx, "COMMIT")
}

func (s *store) fill(ctx context.Context, f *folder.Folder) error {
	err := insert(ctx, s, "accounts", f.Accounts, func(a success.Account) []any {
		return []any{string(a.ID), a.Name, a.Segment, a.Owner, null(a.SignedUp)}
	})
	if err == nil {
		err = insert(ctx, s, "contracts", f.Contracts, func(c success.Contract) []any {
			return []any{string(c.ID), string(c.Account), c.Product, c.Start.String(), null(c.End), c.Price.String(), c.Currency,
				null(c.Term), c.Quantity, some(string(c.Renews)), some(string(c.Credits))}
		})
	}
	if err == nil {
		err = insert(ctx, s, "rates", f.Rates, func(r retention.Rate) []any {
			return []any{r.Currency, r.Date.String(), r.Rate.String()}
		})
	}
	if err == nil {
		err = insert(ctx, s, "mergers", f.Mergers, func(m retention.Merger) []any {
			return []any{string(m.From), string(m.To), m.On.String()}
		})
	}
	if err == nil {
		err = insert(ctx, s, "interactions", f.Interactions, func(i success.Interaction) []any {
			return []any{string(i.ID), string(i.Account), moment(i.At), i.Kind, i.Initiative.String(), i.Format.String(), i.Channel,
				i.Agent, i.Contact, decimal.New(int64(i.Effort), -9).String(), moment(i.FirstReplyAt), moment(i.SolvedAt), i.Replies, i.Reopens}
		})
	}
	return err
}

// insert adds a row for each record. Amounts, days and times go as text, which both
// databases take digit for digit.
func insert[T any](ctx context.Context, s *store, table string, records []T, columns func(T) []any) error {
	for i, record := range records {
		values := columns(record)
		places := make([]string, len(values))
		for j := range places {
			places[j] = fmt.Sprintf("$%d", j+1)
		}
		if err := s.exec(ctx, fmt.Sprintf("INSERT INTO %s VALUES (%s)", table, strings.Join(places, ", ")), values...); err != nil {
			return fmt.Errorf("%s[%d]: %w", table, i, err)
		}
	}
	return nil
}

// some is NULL for no text.
func some(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// null is NULL for what has no text.
func null(value encoding.TextMarshaler) any {
	text, err := value.MarshalText()
	if err != nil {
		return nil
	}
	return some(string(text))
}

func moment(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.Format(time.RFC3339Nano)
}
