package imports_test

import (
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"metrics.internal/success/examples/imports"
)

// TestBrokenCSV gives rows that cannot be read, between others that can.
func TestBrokenCSV(t *testing.T) {
	const header = "id,customer_id,status,currency_code,billing_period_unit,started_at\n"
	const good = "S,A,active,EUR,month,2024-01-01\n"
	tests := []struct {
		export string
		want   []string
	}{
		{" \n", []string{"byte[0]: the export is empty"}},
		{header + good + "\xff", []string{"byte[99]: the export is not in UTF-8"}},
		{"id,\"customer\n", []string{`line[1]: extraneous or missing " in quoted-field`}},
		{header + good + "T,A\n" + good, []string{"line[3]: a row of 2 is not as wide as the header: 6", "line[4].ID: S is a duplicate"}},
		{header + "T,A,active,EUR,month,2024-01-01,\n", []string{"line[2]: a row of 7 is not as wide as the header: 6"}},
		{header + "T,A \"B\",active,EUR,month,2024-01-01\nU,A,x,EUR,month,2024-01-01\n", []string{`line[2]: bare " in non-quoted-field`, "line[3].status: x is unknown"}},
		{header + good + "\"T,A,active,EUR,month,2024-01-01\n" + good, []string{`line[3]: extraneous or missing " in quoted-field`}},
		{header + "\n\"T\",\"A\nB\",active,EUR,month,2024-01-01\nU,A,x,EUR,month,2024-01-01\n", []string{"line[5].status: x is unknown"}},
		{"id," + header + "T," + good, []string{"line[1].id: the header has this column twice"}},
		{"\ufeff" + header + good, nil},
		{"note,Note,,," + header + ",,,," + good, nil},
	}
	for _, test := range tests {
		_, err := imports.Chargebee(text(test.export), imports.ChargebeeOptions{Amounts: imports.MajorUnits})
		equal(t, test.export, faults(t, err), test.want)
	}
}

// TestReading says that an export that cannot be read to its end is nothing.
func TestReading(t *testing.T) {
	lost := errors.New("lost")
	for name, read := range readers() {
		in := io.MultiReader(text("[]"), iotest.ErrReader(lost))
		if result, err := read(in); !errors.Is(err, lost) || result.Unused != nil {
			t.Errorf("%s: %v, %+v", name, err, result)
		}
	}
}
