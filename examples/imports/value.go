package imports

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
)

// What is said of values that cannot be read.
var (
	errAmount = errors.New("is not an amount like 1499.00")
	errWhole  = errors.New("is not a whole number")
	errYesNo  = errors.New("is neither true nor false")
	errTime   = errors.New("is not a time or day that can be read")
	errUTF8   = errors.New("the export is not in UTF-8")
	errEmpty  = errors.New("the export is empty")
)

// contents reads an export, without the mark that some begin with. ok is false
// when there is nothing in it that can be read.
func (s *sink) contents(r io.Reader) (data []byte, ok bool, err error) {
	data, err = io.ReadAll(r)
	if err != nil {
		return nil, false, err
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		s.fault(place{"byte", invalid(data)}, "", "", errUTF8)
		return nil, false, nil
	}
	if len(bytes.TrimSpace(data)) == 0 {
		s.fault(place{"byte", 0}, "", "", errEmpty)
		return nil, false, nil
	}
	return data, true, nil
}

// invalid returns where data ceases to be UTF-8.
func invalid(data []byte) int {
	i := 0
	for i < len(data) {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		i += size
	}
	return i
}

// maxDigits bounds numbers that nobody can have meant.
const maxDigits = 40

// amountOf reads a decimal number, without an exponent.
func amountOf(text string) (decimal.Decimal, error) {
	digits := strings.TrimPrefix(text, "-")
	before, after, point := strings.Cut(digits, ".")
	if !isDigits(before) || point && !isDigits(after) {
		return decimal.Decimal{}, errAmount
	}
	if len(digits) > maxDigits {
		return decimal.Decimal{}, success.ErrRange
	}
	return decimal.NewFromString(text)
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// maxWhole bounds whole numbers, so that they may be multiplied by a few.
const maxWhole = 1_000_000_000_000_000

// wholeOf reads a whole number; 5.0 is one too.
func wholeOf(text string) (int64, error) {
	d, err := amountOf(text)
	switch {
	case err == success.ErrRange:
		return 0, err
	case err != nil || !d.IsInteger():
		return 0, errWhole
	case d.Abs().GreaterThan(decimal.New(maxWhole, 0)):
		return 0, success.ErrRange
	}
	return d.IntPart(), nil
}

// flagOf reads true or false.
func flagOf(text string) (bool, error) {
	switch strings.ToLower(text) {
	case "true", "1", "yes":
		return true, nil
	case "", "false", "0", "no":
		return false, nil
	}
	return false, errYesNo
}

// momentOf reads a time in one of the forms that the vendors write, or in seconds
// since 1970; those without a zone are in the one given. day reports that the text names no more
// than a day, of which the time is the start.
func momentOf(text string, zone *time.Location) (t time.Time, day bool, err error) {
	if isDigits(text) && len(text) >= 9 && len(text) <= 11 { // 1973 and later
		n, _ := wholeOf(text)
		return inRange(time.Unix(n, 0).In(zone), false)
	}
	for _, layout := range []string{"2006-01-02", "02-Jan-2006"} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return inRange(t, true)
		}
	}
	for _, layout := range []string{
		time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02T15:04:05",
		"2006-01-02 15:04:05", "2006-01-02 15:04", "02-Jan-2006 15:04:05", "02-Jan-2006 15:04",
	} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return inRange(t, false)
		}
	}
	return time.Time{}, false, errTime
}

func inRange(t time.Time, day bool) (time.Time, bool, error) {
	if t.IsZero() || success.DateOf(t).IsZero() {
		return time.Time{}, false, success.ErrRange
	}
	return t, day, nil
}

// secondsOf returns the time so many seconds after the start of 1970, in UTC.
func secondsOf(n int64) (time.Time, error) {
	t, _, err := inRange(time.Unix(n, 0).UTC(), false)
	return t, err
}

// located is UTC for nil.
func located(zone *time.Location) *time.Location {
	if zone == nil {
		return time.UTC
	}
	return zone
}
