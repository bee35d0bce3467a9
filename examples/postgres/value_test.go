package main

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

// TestScan: values come out as they went in, and what may have lost digits is
// refused.
func TestScan(t *testing.T) {
	var d success.Date
	var at time.Time
	var price decimal.Decimal
	noon := time.Date(2024, 2, 29, 12, 0, 0, 0, time.FixedZone("", 3600))
	for _, c := range []struct {
		into interface{ Scan(any) error }
		got  func() string
		from any
		want string // nothing for an error
	}{
		{(*day)(&d), func() string { return d.String() }, "2024-02-29", "2024-02-29"},
		{(*day)(&d), func() string { return d.String() }, noon, "2024-02-29"},
		{(*day)(&d), nil, "2024-02-30", ""},
		{(*day)(&d), nil, time.Date(20_000, 1, 1, 0, 0, 0, 0, time.UTC), ""},
		{(*day)(&d), nil, int64(20240229), ""},
		{(*instant)(&at), func() string { return at.String() }, noon, "2024-02-29 11:00:00 +0000 UTC"},
		{(*instant)(&at), func() string { return at.String() }, "2024-02-29T12:00:00.5+01:00", "2024-02-29 11:00:00.5 +0000 UTC"},
		{(*instant)(&at), nil, "noon", ""},
		{(*instant)(&at), nil, 1.5, ""},
		{(*amount)(&price), func() string { return price.String() }, "0.1000000000000000055", "0.1000000000000000055"},
		{(*amount)(&price), func() string { return price.String() }, int64(12), "12"},
		{(*amount)(&price), nil, 0.1, ""},
		{(*amount)(&price), nil, nil, ""},
		{(*amount)(&price), nil, "NaN", ""},
	} {
		err := c.into.Scan(c.from)
		if (err != nil) != (c.want == "") || err == nil && c.got() != c.want {
			t.Errorf("%T of %v: %v", c.into, c.from, err)
		}
	}
	if err := (*day)(&d).Scan(nil); err != nil || !d.IsZero() {
		t.Errorf("NULL is the day %s, %v", d, err)
	}
	if err := (*instant)(&at).Scan(nil); err != nil || !at.IsZero() {
		t.Errorf("NULL is the time %s, %v", at, err)
	}
}

func TestDuration(t *testing.T) {
	for seconds, want := range map[string]time.Duration{"0": 0, "90.5": 90*time.Second + time.Second/2, "999999999": 999_999_999 * time.Second} {
		if got, err := duration(decimal.RequireFromString(seconds)); err != nil || got != want {
			t.Errorf("%s: %v, %v", seconds, got, err)
		}
	}
	if _, err := duration(decimal.RequireFromString("1e9")); err == nil {
		t.Error("a billion seconds is taken")
	}
}
