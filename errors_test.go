package success_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"metrics.internal/success"
	"pgregory.net/rapid"
)

func fault(record string, index int) *success.InputError {
	return &success.InputError{Record: record, Index: index, Field: "ID", Err: success.ErrMissing}
}

func TestInputErrorText(t *testing.T) {
	order := fmt.Errorf("%w after Start", success.ErrOrder)
	tests := []struct {
		err  success.InputError
		want string
	}{
		{success.InputError{"contract", 17, "End", "2024-02-01", order}, "contract[17].End: 2024-02-01 is out of order after Start"},
		{success.InputError{"contract", 0, "ID", "", success.ErrMissing}, "contract[0].ID: is missing"},
		{success.InputError{"period", -1, "To", "", success.ErrMissing}, "period.To: is missing"},
		{success.InputError{"options", -1, "", "", success.ErrCurrency}, "options: has no rate to the reporting currency"},
		{success.InputError{"rate", 3, "Rate", "-1", success.ErrNegative}, "rate[3].Rate: -1 is negative"},
		{success.InputError{"contract", 1, "ID", "a\x00b", success.ErrDuplicate}, `contract[1].ID: "a\x00b" is a duplicate`},
		{success.InputError{"contract", 1, "ID", "a\nb", success.ErrDuplicate}, `contract[1].ID: "a\nb" is a duplicate`},
		{success.InputError{"contract", 1, "ID", "\xff", success.ErrUnknown}, `contract[1].ID: "\xff" is unknown`},
		{success.InputError{"contract", 1, "ID", strings.Repeat("x", 40), success.ErrUnknown}, "contract[1].ID: " + strings.Repeat("x", 40) + " is unknown"},
		{success.InputError{"contract", 1, "ID", strings.Repeat("x", 41), success.ErrUnknown}, "contract[1].ID: " + strings.Repeat("x", 40) + "… is unknown"},
		{success.InputError{"contract", 1, "ID", strings.Repeat("é", 41), success.ErrUnknown}, "contract[1].ID: " + strings.Repeat("é", 40) + "… is unknown"},
		{success.InputError{"contract", 1, "ID", strings.Repeat("x", 10<<20), success.ErrRange}, "contract[1].ID: " + strings.Repeat("x", 40) + "… is out of range"},
	}
	for _, tt := range tests {
		if got := tt.err.Error(); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}

// TestShortened holds that a value is never shown whole when it is too long, and
// says that it goes on.
func TestShortened(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]string{"a", "é", "漢", "𝄞", "\x00", "\xff", " "}).Draw(t, "unit")
		n := rapid.IntRange(1, 200).Draw(t, "n")
		err := success.InputError{Record: "x", Index: -1, Value: strings.Repeat(unit, n), Err: success.ErrUnknown}
		text := err.Error()
		if strings.ContainsAny(text, "\x00\n") || !strings.HasSuffix(text, " is unknown") {
			t.Fatalf("text is %q", text)
		}
		if n > 40 != strings.Contains(text, "…") {
			t.Fatalf("%d characters are shown as %q", n, text)
		}
	})
}

// TestErrorsKeepTheFirst holds that any order of faults ends in the same ones:
// the first 1,000 in record order, with the count of all.
func TestErrorsKeepTheFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{1, 2, 10, 11, 999, 1000, 1001, 1999, 2000, 2001, 4500}).Draw(t, "faults")
		records := []string{"account", "contract", "rate"}
		var all []*success.InputError
		for i := range n {
			all = append(all, fault(records[i%len(records)], i/len(records)))
		}
		want := slices.Clone(all)
		slices.SortFunc(want, func(a, b *success.InputError) int {
			if a.Record != b.Record {
				return strings.Compare(a.Record, b.Record)
			}
			return a.Index - b.Index
		})
		want = want[:min(n, 1000)]
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		r.Shuffle(n, func(i, j int) { all[i], all[j] = all[j], all[i] })

		split := rapid.IntRange(0, n).Draw(t, "split")
		var whole, left, right success.Errors
		for i, f := range all {
			whole.Add(f)
			if i < split {
				left.Add(f)
			} else {
				right.Add(f)
			}
		}
		left.Merge(&right)
		for name, got := range map[string]*success.Errors{"whole": &whole, "merged": &left} {
			if err := got.Err(); err != error(got) {
				t.Fatalf("%s: Err = %v", name, err)
			}
			if got.Count != n || !slices.Equal(got.Faults, want) {
				t.Fatalf("%s: %d faults counted, %d kept, want %d, %d of them the first", name, got.Count, len(got.Faults), n, len(want))
			}
		}
	})
}

// TestErrorsKeepOrderOfOneRecord holds that faults of one record stay in the
// order in which they were found.
func TestErrorsKeepOrderOfOneRecord(t *testing.T) {
	var e success.Errors
	for _, field := range []string{"ID", "Account", "Start"} {
		e.Add(&success.InputError{Record: "contract", Index: 5, Field: field, Err: success.ErrMissing})
	}
	e.Add(fault("contract", 4))
	var got []string
	_ = e.Err()
	for _, f := range e.Faults {
		got = append(got, fmt.Sprint(f.Index, f.Field))
	}
	if want := []string{"4ID", "5ID", "5Account", "5Start"}; !slices.Equal(got, want) {
		t.Errorf("faults in order %v, want %v", got, want)
	}
}

func TestErrorsNone(t *testing.T) {
	var e success.Errors
	if err := e.Err(); err != nil {
		t.Errorf("no faults are %v", err)
	}
	e.Merge(&success.Errors{})
	if err := e.Err(); err != nil {
		t.Errorf("no faults and none are %v", err)
	}
}

func TestErrorsText(t *testing.T) {
	var e success.Errors
	e.Add(fault("contract", 0))
	if got, want := e.Err().Error(), "contract[0].ID: is missing"; got != want {
		t.Errorf("one fault reads %q, want %q", got, want)
	}
	for i := 1; i < 10; i++ {
		e.Add(fault("contract", i))
	}
	text := e.Err().Error()
	if lines := strings.Split(text, "\n"); len(lines) != 11 || lines[0] != "10 faults" || lines[10] != "\tcontract[9].ID: is missing" {
		t.Errorf("ten faults read %q", text)
	}
	for i := 10; i < 3000; i++ {
		e.Add(fault("contract", i))
	}
	text = e.Err().Error()
	if lines := strings.Split(text, "\n"); len(lines) != 12 || lines[0] != "3000 faults" || lines[11] != "\tand 2990 more" {
		t.Errorf("3,000 faults read %q", text)
	}
}

// TestErrorsUnwrap finds single faults and kinds in the error of a call.
func TestErrorsUnwrap(t *testing.T) {
	var e success.Errors
	e.Add(fault("contract", 3))
	e.Add(&success.InputError{Record: "rate", Index: 1, Field: "Rate", Err: fmt.Errorf("0 %w", success.ErrRange)})
	err := e.Err()
	for kind, want := range map[error]bool{success.ErrMissing: true, success.ErrRange: true, success.ErrOrder: false} {
		if errors.Is(err, kind) != want {
			t.Errorf("errors.Is %v = %v", kind, !want)
		}
	}
	var first *success.InputError
	if !errors.As(err, &first) || first.Record != "contract" || first.Index != 3 {
		t.Errorf("errors.As finds %v", first)
	}
	var all *success.Errors
	if !errors.As(fmt.Errorf("reading: %w", err), &all) || len(all.Unwrap()) != 2 {
		t.Errorf("errors.As finds %v", all)
	}
}
