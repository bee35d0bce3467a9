package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/health/backtest"
)

// A source is a CSV file and which of its columns is what.
type source struct {
	file                                string
	score, left, account, band, revenue string
	order, measures                     string
	scale                               health.Scale
}

// check finds what is wrong with the use of flags.
func (s *source) check() error {
	switch {
	case s.file == "":
		return errors.New("no -csv file")
	case s.score == "" || s.left == "":
		return errors.New("a CSV file needs -score and -left")
	case (s.band == "") != (s.order == ""):
		return errors.New("-band needs -order, and -order -band")
	}
	_, err := s.measured()
	return err
}

// list returns the parts of a list with commas.
func list(text string) (parts []string) {
	if text == "" {
		return nil
	}
	for _, part := range strings.Split(text, ",") {
		parts = append(parts, strings.Join(strings.Fields(part), " "))
	}
	return parts
}

// measured returns the measures that the flag names.
func (s *source) measured() (measures []backtest.Measure, err error) {
	for _, name := range list(s.measures) {
		m := backtest.Measure{Name: name}
		if at := strings.LastIndex(name, ":"); at >= 0 {
			m.Name = strings.TrimSpace(name[:at])
			if err := m.Scale.UnmarshalText([]byte(strings.TrimSpace(name[at+1:]))); err != nil {
				return nil, fmt.Errorf("-measures: %s: health or risk must follow the colon", name)
			}
		}
		measures = append(measures, m)
	}
	return measures, nil
}

// test turns rows into records.
func (s *source) test(title, text string) (test, error) {
	t := test{title: title}
	var err error
	if t.options.Measures, err = s.measured(); err != nil {
		return t, err
	}
	t.options.Scale, t.options.Bands = s.scale, list(s.order)
	rows, err := readRows(text)
	if err != nil {
		return t, err
	}
	at, err := s.columns(rows.header, t.options.Measures)
	if err != nil {
		return t, err
	}
	var faults faults
	for i, fields := range rows.fields {
		t.records = append(t.records, at.record(row{fields, rows.lines[i], rows.header, &faults}))
	}
	if err := faults.err(); err != nil {
		return t, err
	}
	if n := rows.repeated(); n > 0 {
		t.notes = append(t.notes, fmt.Sprintf("%d rows repeat another one in every field; they were kept, and if they are copies, intervals are too narrow", n))
	}
	if s.band == "" {
		t.thirds()
	}
	if s.revenue == "" {
		t.notes = append(t.notes, "no column of revenue was named: amounts of revenue are 0")
	}
	return t, nil
}

// rows are those of a CSV file.
type rows struct {
	header []string // in small letters, with single blanks
	fields [][]string
	lines  []int
}

func readRows(text string) (r rows, err error) {
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	for {
		fields, err := reader.Read()
		switch {
		case err == io.EOF && len(r.fields) == 0:
			return r, errors.New("there are no rows")
		case err == io.EOF:
			return r, nil
		case err != nil:
			return r, err
		case r.header == nil:
			for _, name := range fields {
				r.header = append(r.header, plain(name))
			}
			continue
		}
		line, _ := reader.FieldPos(0)
		r.fields, r.lines = append(r.fields, fields), append(r.lines, line)
	}
}

// plain returns a name in small letters, with single blanks.
func plain(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// repeated returns how many rows are the same as one before.
func (r rows) repeated() (n int) {
	seen := map[string]bool{}
	for _, fields := range r.fields {
		key := fmt.Sprintf("%q", fields)
		if seen[key] {
			n++
		}
		seen[key] = true
	}
	return n
}

// columns says where in a row things are; -1 is nowhere.
type columns struct {
	score, left, account, band, revenue int
	measures                            []int
}

func (s *source) columns(header []string, measures []backtest.Measure) (c columns, err error) {
	var faults faults
	find := func(flag, name string) int {
		if name == "" {
			return -1
		}
		at := slices.Index(header, plain(name))
		switch {
		case at < 0:
			faults = append(faults, fmt.Errorf("-%s: no column %q; there are %q", flag, plain(name), header))
		case slices.Contains(header[at+1:], plain(name)):
			faults = append(faults, fmt.Errorf("-%s: several columns %q", flag, plain(name)))
		}
		return at
	}
	c = columns{
		score: find("score", s.score), left: find("left", s.left), account: find("account", s.account),
		band: find("band", s.band), revenue: find("revenue", s.revenue),
	}
	for _, m := range measures {
		if m.Name == "" {
			faults = append(faults, errors.New("-measures: a name is missing"))
			continue
		}
		c.measures = append(c.measures, find("measures", m.Name))
	}
	return c, faults.err()
}

func (c columns) record(r row) backtest.Record {
	record := backtest.Record{
		Account: success.AccountID(strconv.Itoa(r.line)),
		Score:   r.figure(c.score),
		Event:   r.yes(c.left),
		Revenue: r.amount(c.revenue),
	}
	if c.account >= 0 {
		record.Account = success.AccountID(r.text(c.account))
	}
	if c.band >= 0 {
		record.Band = r.text(c.band)
	}
	for _, at := range c.measures {
		record.Measures = append(record.Measures, r.figure(at))
	}
	return record
}

// A row is one row of a CSV file, and collects its faults.
type row struct {
	fields []string
	line   int
	header []string
	faults *faults
}

func (r row) text(at int) string { return strings.TrimSpace(r.fields[at]) }

func (r row) refuse(at int, why string) {
	*r.faults = append(*r.faults, fmt.Errorf("line %d: %s: %.40q is %s", r.line, r.header[at], r.text(at), why))
}

// figure reads a number, undefined in an empty field.
func (r row) figure(at int) success.Figure {
	if r.text(at) == "" {
		return success.Figure{}
	}
	x, err := strconv.ParseFloat(r.text(at), 64)
	f := success.FigureOf(x)
	if err != nil || !f.Defined() {
		r.refuse(at, "not a finite number")
	}
	return f
}

func (r row) yes(at int) bool {
	switch strings.ToLower(r.text(at)) {
	case "1", "yes", "true":
		return true
	case "0", "no", "false":
		return false
	}
	r.refuse(at, "neither 1, yes or true nor 0, no or false")
	return false
}

// amount reads an amount of money, 0 in an empty field and without a column.
func (r row) amount(at int) decimal.Decimal {
	if at < 0 || r.text(at) == "" {
		return decimal.Decimal{}
	}
	d, err := decimal.NewFromString(r.text(at))
	if err != nil {
		r.refuse(at, "not an amount")
	}
	return d
}

// faults are all that is wrong with a file.
type faults []error

// err shows the first ten of them.
func (f faults) err() error {
	const shown = 10
	if len(f) <= shown {
		return errors.Join(f...)
	}
	return errors.Join(errors.Join(f[:shown]...), fmt.Errorf("and %d more", len(f)-shown))
}
