package success_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"pgregory.net/rapid"
)

// roundTrip sends v through JSON and returns what comes back.
func roundTrip[T any](t interface{ Fatalf(string, ...any) }, v T) T {
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("marshal %v: %v", v, err)
	}
	var back T
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatalf("unmarshal %s: %v", data, err)
	}
	return back
}

func TestDateTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDate(t, "day")
		if rapid.IntRange(0, 9).Draw(t, "none") == 0 {
			d = success.Date{}
		}
		if back := roundTrip(t, d); back != d {
			t.Fatalf("JSON of %s reads %s", d, back)
		}
		if back := roundTrip(t, map[success.Date]int{d: 1}); len(back) != 1 || back[d] != 1 {
			t.Fatalf("as a key of a JSON object %s reads %v", d, back)
		}
		text, err := d.MarshalText()
		back := day("1999-01-01")
		if err != nil || back.UnmarshalText(text) != nil || back != d {
			t.Fatalf("text of %s is %q, %v, reads %s", d, text, err, back)
		}
		if !d.IsZero() && string(text) != utc(d).Format(time.DateOnly) {
			t.Fatalf("text of %s is %q", d, text)
		}
	})
}

func TestDateTextNone(t *testing.T) {
	if data, err := json.Marshal(success.Date{}); err != nil || string(data) != "null" {
		t.Errorf("none is %s, %v in JSON", data, err)
	}
	for _, in := range []string{`null`, `""`} {
		d := day("2024-01-01")
		if err := json.Unmarshal([]byte(in), &d); err != nil || !d.IsZero() {
			t.Errorf("%s reads as %s, %v", in, d, err)
		}
	}
}

// badDates are texts that are no day; each must leave what it is read into as it
// was.
var badDates = []string{
	" ", "2024-2-29", "2024-02-30", "2023-02-29", "0000-01-01", "10000-01-01", "2024/02/01", "2024-02-01 ", "20240201",
	"+024-02-01", "-024-02-01", "2024-13-01", "2024-00-01", "2024-01-00", "2024-01-32", "2024-02-01T00:00:00Z",
	"２０２４-02-01", "2024-02-0\x00", "none", "2024_02_01", "202a-02-01", "2024-0b-01", "2024-02-0c", strings.Repeat("9", 1<<20),
}

func TestDateTextRefused(t *testing.T) {
	for _, in := range badDates {
		if d, err := success.ParseDate(in); err == nil || !d.IsZero() {
			t.Errorf("ParseDate(%.40q) = %s, %v", in, d, err)
		} else if len(err.Error()) > 300 {
			t.Errorf("the error for %.40q has %d bytes", in, len(err.Error()))
		}
		d := day("2024-01-01")
		if err := d.UnmarshalText([]byte(in)); err == nil || d != day("2024-01-01") {
			t.Errorf("UnmarshalText(%.40q) left %s, %v", in, d, err)
		}
	}
	if d, err := success.ParseDate(""); err == nil {
		t.Errorf("ParseDate of nothing = %s", d)
	}
	for _, in := range []string{``, `"`, `2`, `20240201`, `{}`, `"2024-02-30"`, `true`, `"2024-02-01`, `2024-02-01"`} {
		d := day("2024-01-01")
		if err := d.UnmarshalJSON([]byte(in)); err == nil || d != day("2024-01-01") {
			t.Errorf("UnmarshalJSON(%s) left %s, %v", in, d, err)
		}
	}
}

func TestTermTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.OneOf(rapid.IntRange(1, 40), rapid.SampledFrom([]int{1, 12, daysInRange, daysInRange - 1, 1000000})).Draw(t, "n")
		term := rapid.SampledFrom([]func(int) success.Term{success.Months, success.Weeks, success.Days}).Draw(t, "unit")(n)
		if rapid.IntRange(0, 9).Draw(t, "none") == 0 {
			term = success.Term{}
		}
		if back := roundTrip(t, term); back != term {
			t.Fatalf("%v reads %v", term, back)
		}
	})
}

func TestTermText(t *testing.T) {
	tests := []struct {
		term        success.Term
		text, words string
	}{
		{success.Months(1), "P1M", "1 month"},
		{success.Months(12), "P12M", "12 months"},
		{success.Weeks(1), "P1W", "1 week"},
		{success.Weeks(2), "P2W", "2 weeks"},
		{success.Days(1), "P1D", "1 day"},
		{success.Days(395), "P395D", "395 days"},
		{success.Days(daysInRange), "P3652059D", "3652059 days"},
		{success.Term{}, "", "0 units"},
	}
	for _, tt := range tests {
		if text, err := tt.term.MarshalText(); err != nil || string(text) != tt.text {
			t.Errorf("text of %v is %s, %v, want %s", tt.term, text, err, tt.text)
		}
		if got := tt.term.String(); got != tt.words {
			t.Errorf("String = %s, want %s", got, tt.words)
		}
		term := success.Days(7)
		if err := term.UnmarshalText([]byte(tt.text)); err != nil || term != tt.term {
			t.Errorf("%s reads %v, %v", tt.text, term, err)
		}
	}
}

func TestTermTextRefused(t *testing.T) {
	for _, in := range []string{
		"P", "M", "P0M", "P-1M", "P1Y", "P1", "1M", "p1M", "P1m", "P3652060D", "P12345678M", "P1M ", " P1M", "P1.5M", "PM", "P+1M", "P?M", "P1?",
		"P1M2D", strings.Repeat("P1M", 1000), "monthly",
	} {
		term := success.Days(7)
		if err := term.UnmarshalText([]byte(in)); err == nil || term != success.Days(7) {
			t.Errorf("%.20q left %v, %v", in, term, err)
		}
	}
	for _, term := range []success.Term{
		{Count: -1, Unit: success.UnitMonth}, {Count: 0, Unit: success.UnitDay}, {Count: 1}, {Count: 1, Unit: 9},
		success.Days(daysInRange + 1),
	} {
		if text, err := term.MarshalText(); err == nil {
			t.Errorf("%v is written %s", term, text)
		}
	}
}

func TestInitiativeAndFormatText(t *testing.T) {
	for i, word := range []string{"", "reactive", "proactive"} {
		v := success.Initiative(i)
		if v.String() != word || roundTrip(t, v) != v {
			t.Errorf("initiative %d reads %q", i, v)
		}
	}
	for i, word := range []string{"", "one-to-one", "one-to-many", "self-service"} {
		v := success.Format(i)
		if v.String() != word || roundTrip(t, v) != v {
			t.Errorf("format %d reads %q", i, v)
		}
	}
	if success.Reactive != 1 || success.Proactive != 2 || success.OneToOne != 1 || success.OneToMany != 2 || success.SelfService != 3 {
		t.Error("the constants are not in the order of their words")
	}
	if _, err := success.Initiative(3).MarshalText(); err == nil {
		t.Error("initiative 3 has a text")
	}
	if _, err := success.Format(4).MarshalText(); err == nil {
		t.Error("format 4 has a text")
	}
	if got := success.Initiative(3).String() + success.Format(4).String(); got != "unknown 3unknown 4" {
		t.Errorf("out of range: %s", got)
	}
	i, f := success.Proactive, success.SelfService
	for _, in := range []string{"Reactive", "one-to-one ", "x", "unknown 3"} {
		if i.UnmarshalText([]byte(in)) == nil || f.UnmarshalText([]byte(in)) == nil {
			t.Errorf("%q is read", in)
		}
	}
	if i != success.Proactive || f != success.SelfService {
		t.Errorf("what could not be read left %v %v", i, f)
	}
}

// TestRecordsRoundTrip sends each record through JSON.
func TestRecordsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := success.Contract{
			ID: "C-1", Account: "acme", Product: rapid.SampledFrom([]string{"", "crm"}).Draw(t, "product"),
			Start: drawDate(t, "start"), Price: drawDecimal(t, "price"), Term: success.Months(rapid.IntRange(1, 36).Draw(t, "months")),
			Quantity: rapid.Int64Range(0, 3).Draw(t, "quantity"), Currency: rapid.SampledFrom([]string{"", "EUR"}).Draw(t, "currency"),
			Renews: success.ContractID(rapid.SampledFrom([]string{"", "C-0"}).Draw(t, "renews")),
		}
		if rapid.Bool().Draw(t, "ends") {
			c.End = c.Start.AddMonths(12)
		}
		if diff := cmp.Diff(c, roundTrip(t, c), cmp.Comparer(decimal.Decimal.Equal), cmpopts.EquateComparable(success.Date{})); diff != "" {
			t.Fatal(diff)
		}
	})
	a := success.Account{ID: "acme", Name: "Acme", Segment: "smb", Owner: "Ana", SignedUp: day("2024-01-31"), Strategic: true, Parent: "group"}
	if back := roundTrip(t, a); back != a {
		t.Errorf("%+v reads %+v", a, back)
	}
	i := success.Interaction{
		ID: "T-1", Account: "acme", At: time.Date(2024, 3, 1, 9, 0, 0, 0, time.UTC), Kind: "support", Initiative: success.Reactive,
		Format: success.OneToOne, Channel: "email", Agent: "Ana", Contact: "Bo", Effort: 90 * time.Minute,
		FirstReplyAt: time.Date(2024, 3, 1, 10, 0, 0, 0, time.UTC), SolvedAt: time.Date(2024, 3, 2, 9, 0, 0, 0, time.UTC), Replies: 2, Reopens: 1,
	}
	if back := roundTrip(t, i); back != i {
		t.Errorf("%+v reads %+v", i, back)
	}
	p := success.Year(2024)
	if back := roundTrip(t, p); back != p {
		t.Errorf("%s reads %s", p, back)
	}
	if data, err := json.Marshal(success.Account{ID: "acme"}); err != nil || string(data) != `{"id":"acme"}` {
		t.Errorf("an account of which little is known is %s, %v", data, err)
	}
}
