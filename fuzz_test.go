package success_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"metrics.internal/success"
)

// FuzzParseDate compares with the standard library, which has the year 0 and no
// other difference.
func FuzzParseDate(f *testing.F) {
	for _, s := range append([]string{"2024-02-29", "0001-01-01", "9999-12-31", ""}, badDates...) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := success.ParseDate(s)
		want, wantErr := time.Parse(time.DateOnly, s)
		if ok := wantErr == nil && want.Year() >= 1; ok != (err == nil) {
			t.Fatalf("ParseDate(%q) = %v, %v, but time.Parse = %v, %v", s, d, err, want, wantErr)
		}
		if err == nil && (!utc(d).Equal(want) || d.String() != s) {
			t.Fatalf("ParseDate(%q) = %s", s, d)
		}
	})
}

// FuzzTermText holds that what is read as a term can be written and read again.
func FuzzTermText(f *testing.F) {
	for _, s := range []string{"P12M", "P2W", "P395D", "P3652059D", "P0M", "", "P1Y", "P007D"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		before := success.Days(7)
		term := before
		if err := term.UnmarshalText(text); err != nil {
			if term != before {
				t.Fatalf("%q is refused and leaves %v", text, term)
			}
			return
		}
		if num, _ := term.PerYear(); (num == 0) != (len(text) == 0) {
			t.Fatalf("%q reads %v, which pays %d times", text, term, num)
		}
		written, err := term.MarshalText()
		if err != nil {
			t.Fatalf("%q reads %v, which cannot be written: %v", text, term, err)
		}
		var again success.Term
		if err := again.UnmarshalText(written); err != nil || again != term {
			t.Fatalf("%q reads %v, but %q reads %v, %v", text, term, written, again, err)
		}
	})
}

// FuzzRatioJSON holds that what is read as a ratio can be written, and that what
// is written is read the same.
func FuzzRatioJSON(f *testing.F) {
	for _, s := range []string{`null`, `"0.9750000000"`, `0.5`, `"n/a"`, `"1e400"`, `"1e-999999999"`, `{}`, `"`, `-1`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var r success.Ratio
		if json.Unmarshal(data, &r) != nil {
			return
		}
		written, err := json.Marshal(r)
		if err != nil {
			t.Fatalf("%q reads %v, which cannot be written: %v", data, r, err)
		}
		var back success.Ratio
		if err := json.Unmarshal(written, &back); err != nil {
			t.Fatalf("%q is written %q, which cannot be read: %v", data, written, err)
		}
		again, err := json.Marshal(back)
		if err != nil || !bytes.Equal(again, written) {
			t.Fatalf("%q is written %q, then %q, %v", data, written, again, err)
		}
		if _, ok := r.Value(10); ok != r.Defined() {
			t.Fatalf("%q is defined, but has no value", data)
		}
	})
}
