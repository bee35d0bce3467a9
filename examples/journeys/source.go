package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution/journey"
)

// A source has the paths of a file and where in it each is.
type source struct {
	name  string
	paths []journey.Path
	lines []int // of each path; in JSON, which journey
}

// named returns faults of the paths as faults of the file.
func (s *source) named(err error) error {
	var all *success.Errors
	if !errors.As(err, &all) {
		return err
	}
	var lines []error
	for _, f := range all.Faults {
		if f.Record != "path" {
			lines = append(lines, fmt.Errorf("%s: %w", s.name, f))
			continue
		}
		where := fmt.Sprintf("%s:%d: %s: ", s.name, s.lines[f.Index], strings.ToLower(f.Field))
		lines = append(lines, fmt.Errorf("%s%s %w", where, f.Value, f.Err))
	}
	return errors.Join(lines...)
}

// readCSV reads lines of keys with > between them, won, lost and, if any, revenue.
// A first line whose first cell is "path" names the columns.
func readCSV(name string, r io.Reader) (*source, error) {
	rows := csv.NewReader(r)
	rows.FieldsPerRecord = -1
	s := &source{name: name}
	var faults []error
	for first := true; ; first = false {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", name, err))
			break
		}
		if first && row[0] == "path" {
			continue
		}
		line, _ := rows.FieldPos(0)
		p, err := parse(row)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s:%d: %w", name, line, err))
		}
		s.paths, s.lines = append(s.paths, p), append(s.lines, line)
	}
	return s, errors.Join(faults...)
}

// parse returns the path of a line.
func parse(row []string) (p journey.Path, err error) {
	if len(row) < 3 || len(row) > 4 {
		return p, fmt.Errorf("%d cells instead of path, won, lost and perhaps revenue", len(row))
	}
	if strings.TrimSpace(row[0]) != "" {
		p.Keys = strings.Split(row[0], ">")
	}
	for i, key := range p.Keys {
		p.Keys[i] = strings.TrimSpace(key)
	}
	var faults []error
	if p.Won, err = strconv.ParseInt(row[1], 10, 64); err != nil {
		faults = append(faults, fmt.Errorf("won: %q is no count", row[1]))
	}
	if p.Lost, err = strconv.ParseInt(row[2], 10, 64); err != nil {
		faults = append(faults, fmt.Errorf("lost: %q is no count", row[2]))
	}
	if len(row) == 4 && row[3] != "" {
		if p.Revenue, err = decimal.NewFromString(row[3]); err != nil {
			faults = append(faults, fmt.Errorf("revenue: %q is no amount", row[3]))
		}
	}
	return p, errors.Join(faults...)
}

// A channel is a number or a text.
type channel string

func (c *channel) UnmarshalJSON(data []byte) error {
	if data[0] == '"' {
		return json.Unmarshal(data, (*string)(c))
	}
	var n json.Number
	if err := json.Unmarshal(data, &n); err != nil || n == "" {
		return fmt.Errorf("%s is neither a number nor a text", data)
	}
	*c = channel(n)
	return nil
}

// readJSON reads an array of journeys, each an array of channels.
func readJSON(name string, r io.Reader) (*source, error) {
	var journeys [][]channel
	decoder := json.NewDecoder(r)
	if err := decoder.Decode(&journeys); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: there is more after the journeys", name)
	}
	s := &source{name: name}
	for i, channels := range journeys {
		p := journey.Path{Won: 1}
		for _, c := range channels {
			p.Keys = append(p.Keys, string(c))
		}
		s.paths, s.lines = append(s.paths, p), append(s.lines, i+1)
	}
	return s, nil
}
