package folder

import (
	"errors"
	"fmt"

	"metrics.internal/success"
)

// What can be wrong with the text of a value, read as "… is not a day".
var (
	errDay    = errors.New("is not a day like 2006-01-02 between the years 1 and 9999")
	errTime   = errors.New("is not a time like 2006-01-02T15:04:05Z or a day like 2006-01-02")
	errAmount = errors.New("is not an amount like 1499.00")
	errWhole  = errors.New("is not a whole number")
	errYesNo  = errors.New("is not yes or no")
	errLength = fmt.Errorf("has more than %d bytes", maxField)
	errNUL    = errors.New("has a NUL byte")
	errUTF8   = errors.New("is not UTF-8")
)

// What can be wrong with a row or a file.
var (
	errColumn = errors.New("is missing from the header")
	errTwice  = errors.New("is in the header twice")
	errHeader = errors.New("the header row is missing")
	errRecord = fmt.Errorf("the row has more than %d bytes", maxRecord)
	errQuote  = errors.New("the row has a quote out of place")
	errOpen   = errors.New("the row has a quote that is never closed; nothing after it was read")
	errTerms  = errors.New("excludes the other two: only one of months, weeks and days can be given")
	errNoTerm = reason{success.ErrMissing, "is missing, as are weeks and days: one of them must be given"}
)

// A reason is of a kind that errors.Is finds.
type reason struct {
	kind error
	text string
}

func because(kind error, format string, args ...any) error {
	return reason{kind, fmt.Sprintf(format, args...)}
}

func (r reason) Error() string { return r.text }

func (r reason) Unwrap() error { return r.kind }

// count returns n and the noun, in the plural unless n is 1.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
