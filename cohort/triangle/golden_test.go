package triangle_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/cohort/triangle"
)

// reference is the file of published triangles.
type reference struct {
	Day struct {
		Events [][2]any
		Counts [][]int
	}
	Week struct {
		Dates  []string
		Week0  string
		Counts [][]int
		Monday [][]int `json:"counts_if_week_starts_monday_2020_06_08"`
	} `json:"week_rounding"`
	Averaging struct {
		Table []struct {
			Size, Day1 int
			Complete   bool
		}
		Pooled float64 `json:"pooled_posthog_weighted"`
		Simple float64 `json:"simple_mean"`
	}
}

func readReference(t *testing.T) reference {
	t.Helper()
	data, err := os.ReadFile("../testdata/triangles.json")
	if err != nil {
		t.Fatal(err)
	}
	var r reference
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func fromEvents(t *testing.T, events []triangle.Event, o triangle.Options) *triangle.Triangle {
	t.Helper()
	result, err := triangle.FromEvents(events, o)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// counts returns the accounts retained by row and column.
func counts(tr *triangle.Triangle) [][]int {
	var all [][]int
	for _, r := range tr.Rows {
		row := []int{}
		for _, c := range r.Cells {
			row = append(row, c.Retained)
		}
		all = append(all, row)
	}
	return all
}

// published returns the counts of the source in the rows and columns that tr
// has: the source goes on after its data end.
func published(t *testing.T, tr *triangle.Triangle, want [][]int) [][]int {
	t.Helper()
	var all [][]int
	for i, row := range want {
		n := len(tr.Rows) - i
		if n <= 0 {
			if slices.Max(row) > 0 {
				t.Fatalf("the triangle lacks row %d", i)
			}
			continue
		}
		all = append(all, row[:n])
	}
	return all
}

func check(t *testing.T, got, want [][]int) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestT1(t *testing.T) { // T1
	first := success.MustDate("2024-01-01")
	source := readReference(t).Day
	var events []triangle.Event
	for _, e := range source.Events {
		events = append(events, triangle.Event{Account: success.AccountID(e[0].(string)), On: first.AddDays(int(e[1].(float64)))})
	}
	tr := fromEvents(t, events, triangle.Options{AsOf: first.AddDays(6), Unit: triangle.Day, Begin: triangle.Recurring})
	check(t, counts(tr), [][]int{{1, 1, 1, 0, 0, 1, 1}, {2, 2, 1, 0, 1, 2}, {2, 1, 0, 1, 2}, {1, 0, 0, 1}, {0, 0, 0}, {1, 1}, {2}})
	check(t, counts(tr), published(t, tr, source.Counts))
	if row := tr.Rows[4]; row.Size != 0 || row.Cells[0].Share.Value.Defined() || tr.Empty != 1 {
		t.Errorf("the row without accounts: %+v, %d empty", row, tr.Empty)
	}
	if e := tr.Rows[1].Cells[2].Share; e.Value != success.FigureOf(0.5) || e.Lower.Defined() || e.Upper.Defined() {
		t.Errorf("an interval where accounts count twice: %v", e)
	}
	whole := fromEvents(t, events, triangle.Options{AsOf: first.AddDays(10), Unit: triangle.Day, Begin: triangle.Recurring})
	check(t, counts(whole), source.Counts)
}

func TestWeekStart(t *testing.T) {
	source := readReference(t).Week
	var events []triangle.Event
	for _, line := range source.Dates {
		account, day, _ := strings.Cut(line, " ")
		events = append(events, triangle.Event{Account: success.AccountID(account), On: success.MustDate(day)})
	}
	sunday := fromEvents(t, events, triangle.Options{AsOf: success.MustDate(source.Week0).AddDays(7*len(source.Counts) - 1), Unit: triangle.Week, WeekStart: 6, Begin: triangle.Recurring})
	if sunday.Rows[0].Start.String() != source.Week0 {
		t.Errorf("week 0 starts on %s", sunday.Rows[0].Start)
	}
	check(t, counts(sunday), source.Counts)
	monday := fromEvents(t, events, triangle.Options{AsOf: success.MustDate("2020-06-08").AddDays(7*len(source.Monday) - 1), Unit: triangle.Week, Begin: triangle.Recurring})
	if monday.Rows[0].Start.String() != "2020-06-08" {
		t.Errorf("week 0 starts on %s", monday.Rows[0].Start)
	}
	check(t, counts(monday), source.Monday)
}

func TestT2(t *testing.T) { // T2
	source := readReference(t).Averaging
	first := success.MustDate("2024-01-01")
	var events []triangle.Event
	for row, r := range source.Table {
		for i := range r.Size {
			account := success.AccountID(fmt.Sprintf("%d-%d", row, i))
			events = append(events, triangle.Event{Account: account, On: first.AddDays(row)})
			if i < r.Day1 {
				events = append(events, triangle.Event{Account: account, On: first.AddDays(row + 1)})
			}
		}
	}
	tr := fromEvents(t, events, triangle.Options{AsOf: first.AddDays(2), Unit: triangle.Day})
	one := tr.Columns[1]
	pooled, _ := one.Logo.Pooled.Float64()
	simple, _ := one.Logo.Simple.Float64()
	if math.Abs(100*pooled-source.Pooled) > 1e-9 || math.Abs(100*simple-source.Simple) > 1e-9 || one.Rows != 2 {
		t.Errorf("pooled %v, simple %v of %d rows", pooled, simple, one.Rows)
	}
	if n := len(tr.Rows[2].Cells); n != 1 {
		t.Errorf("the last row has %d cells", n)
	}
	days := fromEvents(t, events, triangle.Options{AsOf: first.AddDays(3), Unit: triangle.Day, Elapsed: true})
	if c := days.Rows[2].Cells[1]; c.Size != source.Table[2].Size || c.Retained != source.Table[2].Day1 || !c.Complete {
		t.Errorf("a day later: %+v", c)
	}
}
