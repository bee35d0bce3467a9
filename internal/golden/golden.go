// Package golden reads the reference figures in testdata.
package golden

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"
)

// A Row is a record of a reference file, by column name.
type Row struct {
	t      *testing.T
	fields map[string]string
}

// Read returns the rows of a CSV file.
func Read(t *testing.T, path string) []Row {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil || len(records) < 2 {
		t.Fatalf("%s: %d records, %v", path, len(records), err)
	}
	rows := make([]Row, len(records)-1)
	for i, record := range records[1:] {
		rows[i] = Row{t, map[string]string{}}
		for j, name := range records[0] {
			rows[i].fields[name] = record[j]
		}
	}
	return rows
}

// Text returns a column as it stands. A column that is not there fails the
// test.
func (r Row) Text(column string) string {
	r.t.Helper()
	text, ok := r.fields[column]
	if !ok {
		r.t.Fatalf("no column %s", column)
	}
	return text
}

// Number returns a column as a number; ok is false for NA.
func (r Row) Number(column string) (f float64, ok bool) {
	r.t.Helper()
	text := r.Text(column)
	if text == "NA" {
		return 0, false
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		r.t.Fatal(err)
	}
	return f, true
}

// Float returns a column that must be a number.
func (r Row) Float(column string) float64 {
	r.t.Helper()
	f, ok := r.Number(column)
	if !ok {
		r.t.Fatalf("column %s is NA", column)
	}
	return f
}

// Int returns a column that must be a whole number.
func (r Row) Int(column string) int { return int(r.Float(column)) }

// Near reports whether got is want to a relative tolerance, or to the same
// tolerance in absolute terms when want is 0.
func Near(got, want, tolerance float64) bool {
	if got == want {
		return true
	}
	return math.Abs(got-want) <= tolerance*max(math.Abs(want), math.SmallestNonzeroFloat64) ||
		want == 0 && math.Abs(got) <= tolerance
}
