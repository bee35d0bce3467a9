package main

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// The queries read in the order of the primary key, so that the position of a row
// is the same in every run.
const (
	accountsQuery  = "SELECT id, name, segment, owner, signed_up FROM accounts ORDER BY id"
	contractsQuery = `SELECT id, account, product, starts, ends, price, currency, term, quantity, COALESCE(renews, ''), COALESCE(credits, '')
		FROM contracts ORDER BY id`
	ratesQuery        = "SELECT currency, day, rate FROM rates ORDER BY currency, day"
	mergersQuery      = "SELECT absorbed, absorber, day FROM mergers ORDER BY absorbed"
	interactionsQuery = `SELECT id, account, began, kind, initiative, format, channel, agent, contact, seconds, first_reply, solved, replies, reopens
		FROM interactions ORDER BY id`
)

func (s *store) contracts(ctx context.Context) iter.Seq2[success.Contract, error] {
	return stream(ctx, s, contractsQuery, func(scan scan) (c success.Contract, err error) {
		var term string
		err = scan(&c.ID, &c.Account, &c.Product, (*day)(&c.Start), (*day)(&c.End), (*amount)(&c.Price), &c.Currency, &term,
			&c.Quantity, &c.Renews, &c.Credits)
		if err != nil {
			return c, err
		}
		err = c.Term.UnmarshalText([]byte(term))
		return c, err
	})
}

func (s *store) interactions(ctx context.Context) iter.Seq2[success.Interaction, error] {
	return stream(ctx, s, interactionsQuery, func(scan scan) (i success.Interaction, err error) {
		var initiative, format string
		var seconds decimal.Decimal
		err = scan(&i.ID, &i.Account, (*instant)(&i.At), &i.Kind, &initiative, &format, &i.Channel, &i.Agent, &i.Contact,
			(*amount)(&seconds), (*instant)(&i.FirstReplyAt), (*instant)(&i.SolvedAt), &i.Replies, &i.Reopens)
		if err != nil {
			return i, err
		}
		i.Effort, err = duration(seconds)
		err = errors.Join(err, i.Initiative.UnmarshalText([]byte(initiative)), i.Format.UnmarshalText([]byte(format)))
		return i, err
	})
}

// duration returns a number of seconds, if it fits.
func duration(seconds decimal.Decimal) (time.Duration, error) {
	nanos := seconds.Shift(9)
	if nanos.NumDigits()+int(nanos.Exponent()) > 18 {
		return 0, success.ErrRange
	}
	return time.Duration(nanos.IntPart()), nil
}

// options returns what contracts are read by. These tables are small, and held.
func (s *store) options(ctx context.Context, currency string) (options retention.Options, err error) {
	options.Currency = currency
	if options.Accounts, err = collect("account", stream(ctx, s, accountsQuery, readAccount)); err != nil {
		return options, err
	}
	if options.Rates, err = collect("rate", stream(ctx, s, ratesQuery, readRate)); err != nil {
		return options, err
	}
	options.Mergers, err = collect("merger", stream(ctx, s, mergersQuery, readMerger))
	return options, err
}

func readAccount(scan scan) (a success.Account, err error) {
	err = scan(&a.ID, &a.Name, &a.Segment, &a.Owner, (*day)(&a.SignedUp))
	return a, err
}

func readRate(scan scan) (r retention.Rate, err error) {
	err = scan(&r.Currency, (*day)(&r.Date), (*amount)(&r.Rate))
	return r, err
}

func readMerger(scan scan) (m retention.Merger, err error) {
	err = scan(&m.From, &m.To, (*day)(&m.On))
	return m, err
}
