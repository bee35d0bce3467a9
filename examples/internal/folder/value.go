package folder

import (
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

// text returns what the row has in a column, nothing when the file has no such
// column.
func (r *row) text(column string) string {
	if i, ok := r.column[column]; ok && i < len(r.fields) {
		return r.fields[i]
	}
	return ""
}

// need is text that must not be empty.
func (r *row) need(column string) string {
	text := r.text(column)
	if text == "" {
		r.fault(column, "", success.ErrMissing)
	}
	return text
}

// needed reports whether the row has a value in the column, and calls it missing
// if not.
func (r *row) needed(column string) bool { return r.need(column) != "" }

// day reads a day, none when there is no text.
func (r *row) day(column string) success.Date {
	text := r.text(column)
	if text == "" {
		return success.Date{}
	}
	d, err := success.ParseDate(text)
	if err != nil {
		r.refuse(column, errDay)
	}
	return d
}

func (r *row) needDay(column string) success.Date {
	r.needed(column)
	return r.day(column)
}

// moment reads a time or, as its start, a day; the zero time when there is no
// text.
func (r *row) moment(column string) time.Time {
	text := r.text(column)
	if text == "" {
		return time.Time{}
	}
	if d, err := success.ParseDate(text); err == nil {
		return d.Time(time.UTC)
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		r.refuse(column, errTime)
	} else if success.DateOf(t).IsZero() || t.IsZero() {
		r.refuse(column, success.ErrRange)
	}
	return t
}

func (r *row) needMoment(column string) time.Time {
	r.needed(column)
	return r.moment(column)
}

// end is like moment, but a day stands for its last nanosecond.
func (r *row) end(column string) time.Time {
	if d, err := success.ParseDate(r.text(column)); err == nil {
		return d.Time(time.UTC).AddDate(0, 0, 1).Add(-1)
	}
	return r.moment(column)
}

// maxDigits bounds amounts that nobody can have meant.
const maxDigits = 1000

// amount reads a decimal number, 0 when there is no text.
func (r *row) amount(column string) decimal.Decimal {
	text := r.text(column)
	if text == "" {
		return decimal.Decimal{}
	}
	if len(text) > maxDigits {
		r.refuse(column, success.ErrRange)
		return decimal.Decimal{}
	}
	d, err := decimal.NewFromString(text)
	if err != nil {
		r.refuse(column, errAmount)
	}
	return d
}

func (r *row) needAmount(column string) decimal.Decimal {
	r.needed(column)
	return r.amount(column)
}

// bounded is an amount that must be given and lie within what money and
// measures can be, which spares those who add them up.
func (r *row) bounded(column string) decimal.Decimal {
	d := r.needAmount(column)
	if !r.bad && !sane(d) {
		r.refuse(column, success.ErrRange)
	}
	return d
}

// sane reports whether d has at most 15 digits before and 60 behind the point.
func sane(d decimal.Decimal) bool {
	return d.IsZero() || d.Exponent() >= -60 && d.NumDigits()+int(d.Exponent()) <= 15
}

// whole reads a whole number, 0 when there is no text.
func (r *row) whole(column string) int64 {
	text := r.text(column)
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err == nil:
	case err.(*strconv.NumError).Err == strconv.ErrRange:
		r.refuse(column, success.ErrRange)
	default:
		r.refuse(column, errWhole)
	}
	return n
}

// between is a whole number from low to high.
func (r *row) between(column string, low, high int64) int {
	n := r.whole(column)
	if !r.bad && (n < low || n > high) {
		r.refuse(column, because(success.ErrRange, "is not between %d and %d", low, high))
	}
	return int(n)
}

// yes reads yes or no, no when there is no text.
func (r *row) yes(column string) bool {
	switch strings.ToLower(r.text(column)) {
	case "yes", "true", "1":
		return true
	case "", "no", "false", "0":
		return false
	}
	r.refuse(column, errYesNo)
	return false
}

// word reads one of the words, whatever its case.
func (r *row) word(column string, words ...string) string {
	text := strings.ToLower(r.text(column))
	for _, word := range words {
		if text == word {
			return word
		}
	}
	r.refuse(column, because(success.ErrUnknown, "is none of %s", strings.Join(words, ", ")))
	return ""
}
