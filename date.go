package success

import (
	"errors"
	"fmt"
	"time"
)

// A Date is a civil day between 0001-01-01 and 9999-12-31, without a time of
// day or a zone.
//
// The zero value means "none": no day, open-ended, unknown. Dates are
// comparable with ==, and none comes before every day.
type Date struct {
	n int32 // days since 0000-12-31; 0 is none
}

const maxDay = 3652059 // 9999-12-31

var errDate = errors.New("is not a day like 2006-01-02 between the years 1 and 9999")

// NewDate returns the given day. It reports an error for a day that does not
// exist, such as February 30, and for years outside 1 to 9999.
func NewDate(year int, month time.Month, day int) (Date, error) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return Date{}, fmt.Errorf("success: %04d-%02d-%02d %w", year, int(month), day, errDate)
	}
	return civil(year, month, day), nil
}

// ParseDate reads a day written as 2006-01-02.
func ParseDate(s string) (Date, error) {
	if len(s) == 10 && s[4] == '-' && s[7] == '-' {
		year, ok1 := digits(s[:4])
		month, ok2 := digits(s[5:7])
		day, ok3 := digits(s[8:])
		if ok1 && ok2 && ok3 {
			if d, err := NewDate(year, time.Month(month), day); err == nil {
				return d, nil
			}
		}
	}
	return Date{}, fmt.Errorf("success: %s %w", shorten(s), errDate)
}

// MustDate is like [ParseDate] but panics when s is not a day. It is meant for
// constants in tests and examples.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// DateOf returns the day of t in t's own location, or none when its year is
// outside 1 to 9999.
func DateOf(t time.Time) Date {
	d, err := NewDate(t.Date())
	if err != nil {
		return Date{}
	}
	return d
}

// FromOrdinal is the inverse of [Date.Ordinal]. It returns none for a number
// outside the range of Date.
func FromOrdinal(n int) Date {
	if n < 1 || n > maxDay {
		return Date{}
	}
	return Date{int32(n)}
}

// Ordinal returns the number of d, counting 0001-01-01 as 1, and 0 for none.
func (d Date) Ordinal() int { return int(d.n) }

// IsZero reports whether d is none.
func (d Date) IsZero() bool { return d.n == 0 }

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.n < e.n }

// After reports whether d is later than e.
func (d Date) After(e Date) bool { return d.n > e.n }

// Compare returns -1 when d is before e, 0 when they are the same day and +1
// when d is after e.
func (d Date) Compare(e Date) int {
	switch {
	case d.n < e.n:
		return -1
	case d.n > e.n:
		return 1
	}
	return 0
}

// Sub returns the number of days from e to d. It counts days, not a
// [time.Duration], which cannot span 293 years.
func (d Date) Sub(e Date) int { return int(d.n) - int(e.n) }

// AddDays returns the day n days after d, or before it when n is negative. A
// result outside the range of Date is the nearest day inside it. None stays
// none.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	n = max(-maxDay, min(n, maxDay))
	return Date{int32(max(1, min(int(d.n)+n, maxDay)))}
}

// AddMonths returns the same day of the month n months later, or the last day
// of that month when it is shorter: January 31 and one month is February 28 or
// 29. Count from one anchor, since steps do not chain: January 31 and two
// months is March 31. A result outside the range of Date is the nearest day
// inside it. None stays none.
func (d Date) AddMonths(n int) Date {
	if d.IsZero() {
		return d
	}
	year, month, day := d.Civil()
	n = max(-12*10000, min(n, 12*10000))
	m := 12*year + int(month) - 1 + n
	switch year = m / 12; {
	case m < 12:
		return Date{1}
	case year > 9999:
		return Date{maxDay}
	}
	month = time.Month(m%12 + 1)
	return civil(year, month, min(day, daysIn(year, month)))
}

// Civil returns the year, month and day of d, all 0 for none.
func (d Date) Civil() (year int, month time.Month, day int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	// Days are counted from March 1 of the year 0, so that a leap day ends its
	// year; 306 days lie between that day and the last of the year 0.
	z := int(d.n) + 305
	era := z / 146097
	doe := z % 146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = doy - (153*mp+2)/5 + 1
	year = yoe + 400*era
	if mp < 10 {
		return year, time.Month(mp + 3), day
	}
	return year + 1, time.Month(mp - 9), day
}

// Year returns the year of d, 0 for none.
func (d Date) Year() int {
	year, _, _ := d.Civil()
	return year
}

// Weekday returns the day of the week of d; for none it is meaningless.
func (d Date) Weekday() time.Weekday { return time.Weekday(d.n % 7) }

// Time returns the start of d in loc, and the zero time for none.
func (d Date) Time(loc *time.Location) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	year, month, day := d.Civil()
	return time.Date(year, month, day, 0, 0, 0, 0, loc)
}

// String returns d like 2006-01-02, and "none" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return "none"
	}
	return string(d.append(nil))
}

// GoString returns Go source for d, so that failing tests print values that can
// be pasted.
func (d Date) GoString() string {
	if d.IsZero() {
		return "success.Date{}"
	}
	return fmt.Sprintf("success.MustDate(%q)", d.String())
}

// MarshalText returns d like 2006-01-02, and no text for none.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return []byte{}, nil
	}
	return d.append(nil), nil
}

// UnmarshalText reads what [Date.MarshalText] writes.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	e, err := ParseDate(string(text))
	if err == nil {
		*d = e
	}
	return err
}

// MarshalJSON returns d as a string like "2006-01-02", and null for none.
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return append(d.append([]byte{'"'}), '"'), nil
}

// UnmarshalJSON reads what [Date.MarshalJSON] writes, and "" as none.
func (d *Date) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*d = Date{}
		return nil
	}
	if len(data) < 2 || data[0] != '"' || data[len(data)-1] != '"' {
		return fmt.Errorf("success: %s %w", shorten(string(data)), errDate)
	}
	return d.UnmarshalText(data[1 : len(data)-1])
}

func (d Date) append(b []byte) []byte {
	year, month, day := d.Civil()
	return fmt.Appendf(b, "%04d-%02d-%02d", year, int(month), day)
}

// civil is the inverse of [Date.Civil] for a day that exists.
func civil(year int, month time.Month, day int) Date {
	y, m := year, int(month)-3
	if m < 0 {
		y, m = y-1, m+12
	}
	era, yoe := y/400, y%400
	doy := (153*m+2)/5 + day - 1
	return Date{int32(146097*era + 365*yoe + yoe/4 - yoe/100 + doy - 305)}
}

func daysIn(year int, month time.Month) int {
	switch month {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// digits reads a string of decimal digits only, short enough not to overflow.
func digits(s string) (n int, ok bool) {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	return n, true
}
