package imports

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
)

var (
	errColumn = errors.New("the header has no such column")
	errTwice  = errors.New("the header has this column twice")
	errWidth  = errors.New("is not as wide as the header")
)

// A table reads the rows of a CSV export, by the names of its columns whatever
// their order, case, spaces and punctuation.
type table struct {
	sink   *sink
	rename func(string) string // makes a plain name of a plain name
	column map[string]int      // by plain name
	twice  map[string]place    // names that several columns have
	names  []string            // as the header has them
}

// A row is one of a table.
type row struct {
	*table
	at     place
	fields []string
}

// rows reads a CSV export that must have some columns (a|b is either), and calls use for each
// row that can be read.
func (s *sink) rows(r io.Reader, rename func(string) string, required []string, use func(row)) error {
	data, ok, err := s.contents(r)
	if !ok {
		return err
	}
	in := csv.NewReader(bytes.NewReader(data))
	in.FieldsPerRecord = -1
	t := &table{sink: s, rename: rename, column: map[string]int{}, twice: map[string]place{}}
	for {
		fields, err := in.Read()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			s.broken(err)
			if t.names == nil {
				return nil
			}
			continue
		}
		line, _ := in.FieldPos(0)
		current := row{t, place{"line", line}, fields}
		switch {
		case t.names == nil:
			if !t.header(current, required) {
				return nil
			}
		case len(fields) != len(t.names):
			s.fault(current.at, "", fmt.Sprintf("a row of %d", len(fields)), fmt.Errorf("%w: %d", errWidth, len(t.names)))
		default:
			use(current)
		}
	}
}

// broken finds a fault with a row that is no CSV.
func (s *sink) broken(err error) {
	at := place{"line", 0}
	var syntax *csv.ParseError
	if errors.As(err, &syntax) {
		at.index, err = syntax.StartLine, syntax.Err
	}
	s.fault(at, "", "", err)
}

// header takes the names of columns, and reports whether rows can be read.
func (t *table) header(r row, required []string) bool {
	before := t.sink.faults.Count
	t.names = r.fields
	for i, name := range t.names {
		plain := t.rename(plain(name))
		if _, again := t.column[plain]; again {
			t.twice[plain] = r.at
		}
		t.column[plain] = i
		t.sink.fields[name] = false
	}
	for _, name := range required {
		if !slices.ContainsFunc(strings.Split(name, "|"), t.has) {
			t.sink.fault(r.at, name, "", errColumn)
		}
	}
	return t.sink.faults.Count == before
}

// plain writes a name in small letters and digits, with _ for what else there is
// between them.
func plain(name string) string {
	other := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	return strings.ToLower(strings.Join(strings.FieldsFunc(name, other), "_"))
}

func same(name string) string { return name }

// has reports whether there is such a column.
func (t *table) has(column string) bool {
	_, ok := t.column[column]
	return ok
}

// text returns what the row has in a column, nothing when there is no such
// column.
func (r row) text(column string) string {
	i, ok := r.column[column]
	if !ok {
		return ""
	}
	r.sink.fields[r.names[i]] = true
	if at, several := r.twice[column]; several {
		delete(r.twice, column)
		r.sink.fault(at, r.names[i], "", errTwice)
	}
	return strings.TrimSpace(r.fields[i])
}

func (r row) fault(column, value string, err error) {
	name := column
	if i, ok := r.column[column]; ok {
		name = r.names[i]
	}
	r.sink.fault(r.at, name, value, err)
}

// need is text that must not be empty.
func (r row) need(column string) string {
	text := r.text(column)
	if text == "" {
		r.fault(column, "", success.ErrMissing)
	}
	return text
}

// cell reads the text in a column with a parser; ok is false when there is none.
func cell[T any](r row, column string, parse func(string) (T, error)) (value T, ok bool) {
	text := r.text(column)
	if text == "" {
		return value, false
	}
	value, err := parse(text)
	if err != nil {
		r.fault(column, text, err)
	}
	return value, err == nil
}

func (r row) amount(column string) (amount decimal.Decimal, ok bool) {
	return cell(r, column, amountOf)
}

func (r row) flag(column string) bool {
	yes, _ := cell(r, column, flagOf)
	return yes
}

// moment reads a time; day reports that it is no more than a day.
func (r row) moment(column string, zone *time.Location) (t time.Time, day bool) {
	t, _ = cell(r, column, func(text string) (t time.Time, err error) {
		t, day, err = momentOf(text, zone)
		return t, err
	})
	return t, day
}
