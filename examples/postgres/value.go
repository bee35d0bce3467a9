package main

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

// A day scans a DATE, none for NULL.
type day success.Date

func (d *day) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*d = day{}
		return nil
	case time.Time:
		if *d = day(success.DateOf(v)); success.Date(*d).IsZero() {
			return fmt.Errorf("%s: day %w", v, success.ErrRange)
		}
		return nil
	case string:
		date, err := success.ParseDate(v)
		*d = day(date)
		return err
	}
	return fmt.Errorf("%T is no day", value)
}

// An instant scans a TIMESTAMPTZ, the zero time for NULL.
type instant time.Time

func (i *instant) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*i = instant{}
		return nil
	case time.Time:
		*i = instant(v.UTC())
		return nil
	case string:
		t, err := time.Parse(time.RFC3339Nano, v)
		*i = instant(t.UTC())
		return err
	}
	return fmt.Errorf("%T is no time", value)
}

// An amount scans a NUMERIC, digit for digit. It refuses what has been a float64.
type amount decimal.Decimal

func (a *amount) Scan(value any) error {
	switch v := value.(type) {
	case string:
		d, err := decimal.NewFromString(v)
		*a = amount(d)
		return err
	case int64:
		*a = amount(decimal.NewFromInt(v))
		return nil
	}
	return fmt.Errorf("%T is no exact number", value)
}
