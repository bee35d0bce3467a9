package triangle_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/cohort/triangle"
)

// Column 0 is what it must be; customers never exceed the size of their row and
// gross revenue never 1 or net; averages lie between the lowest and the highest
// rate.
func TestTriangleLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		histories, signed := drawHistories(t)
		o := drawOptions(t)
		o.OrAfter = false
		o.Accounts = signed
		tr, err := triangle.FromHistories(histories, o)
		if err != nil {
			t.Fatal(err)
		}
		empty := 0
		for _, r := range tr.Rows {
			if r.Size == 0 {
				empty++
			}
			for k, c := range r.Cells {
				if c.Retained > c.Eligible || c.Eligible > c.Size || c.SoFar > c.Size || c.Retained > c.SoFar {
					t.Fatalf("%+v", c)
				}
				net, ok := c.Net.Float64()
				gross, both := c.Gross.Float64()
				if ok != both || gross > 1 || gross > net || k == 0 && ok && (net != 1 || gross != 1) {
					t.Fatalf("column %d: %+v", k, c)
				}
				if share, ok := c.Share.Value.Float64(); ok != (c.Eligible > 0) || ok && c.Share.Lower.Defined() && !c.Share.Contains(share) {
					t.Fatalf("column %d: %+v", k, c)
				}
				if c.Share.Lower.Defined() != (c.Eligible > 0 && o.Begin != triangle.Recurring) {
					t.Fatalf("column %d has the interval %v", k, c.Share)
				}
			}
			checkEdge(t, r)
		}
		if empty != tr.Empty {
			t.Fatalf("%d rows are empty, said to be %d", empty, tr.Empty)
		}
		checkAverages(t, tr)
	})
}

// checkEdge checks that the last complete cell of a row is marked.
func checkEdge(t *rapid.T, r triangle.Row) {
	last := -1
	for k, c := range r.Cells {
		if c.Complete {
			last = k
		}
	}
	for k, c := range r.Cells {
		if c.Edge != (k == last) {
			t.Fatalf("row %s column %d: %+v, the last complete is %d", r.Start, k, c, last)
		}
	}
}

func checkAverages(t *rapid.T, tr *triangle.Triangle) {
	for k, column := range tr.Columns {
		var lowest, highest, sum float64
		rows, retained, eligible := 0, 0, 0
		for _, r := range tr.Rows {
			if k >= len(r.Cells) || !r.Cells[k].Complete || r.Size == 0 {
				continue
			}
			v, _ := r.Cells[k].Share.Value.Float64()
			if rows == 0 || v < lowest {
				lowest = v
			}
			highest = max(highest, v)
			sum += v
			rows++
			retained += r.Cells[k].Retained
			eligible += r.Cells[k].Eligible
		}
		pooled, ok := column.Logo.Pooled.Float64()
		simple, both := column.Logo.Simple.Float64()
		if column.Rows != rows || ok != (rows > 0) || both != ok {
			t.Fatalf("column %d: %+v, %d rows", k, column, rows)
		}
		if !ok {
			continue
		}
		const rounding = 1e-12
		if pooled < lowest-rounding || pooled > highest+rounding || simple < lowest-rounding || simple > highest+rounding {
			t.Fatalf("column %d: %+v outside %v to %v", k, column, lowest, highest)
		}
		if simple-sum/float64(rows) > rounding || pooled != float64(retained)/float64(eligible) || column.Share.Value != success.FigureOf(pooled) {
			t.Fatalf("column %d: %+v", k, column)
		}
	}
}

// All amounts three times as large leave every ratio as it is; all days a period
// later move the rows.
func TestTriangleScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		histories, _ := drawHistories(t)
		o := triangle.Options{AsOf: first.AddDays(160), Unit: triangle.Week}
		tr, err := triangle.FromHistories(histories, o)
		if err != nil {
			t.Fatal(err)
		}
		var other []triangle.History
		for _, h := range histories {
			var changes []triangle.Change
			for _, c := range h.Changes {
				changes = append(changes, triangle.Change{On: c.On.AddDays(21), Revenue: c.Revenue.Mul(decimal.NewFromInt(3))})
			}
			other = append(other, triangle.History{Account: h.Account, Changes: changes})
		}
		o.AsOf = o.AsOf.AddDays(21)
		moved, err := triangle.FromHistories(other, o)
		if err != nil || len(moved.Rows) != len(tr.Rows) {
			t.Fatalf("%+v, %v", moved, err)
		}
		for i, r := range tr.Rows {
			s := moved.Rows[i]
			if s.Start != r.Start.AddDays(21) || s.Size != r.Size || len(s.Cells) != len(r.Cells) {
				t.Fatalf("%+v, moved %+v", r, s)
			}
			for k := range r.Cells {
				if s.Cells[k].Retained != r.Cells[k].Retained || s.Cells[k].Net.String() != r.Cells[k].Net.String() || s.Cells[k].Gross.String() != r.Cells[k].Gross.String() {
					t.Fatalf("%+v, moved %+v", r.Cells[k], s.Cells[k])
				}
			}
		}
	})
}

// Anniversaries are counted from the start: January 31 has them on the last day
// of February, on March 31 and on the last day of April.
func TestAnniversaries(t *testing.T) {
	start := success.MustDate("2024-01-31")
	for k, last := range []string{"2024-02-28", "2024-03-30", "2024-04-29", "2024-05-30"} {
		end := success.MustDate(last)
		// Gone on the last day of its period k, or on the day after.
		for shift, retained := range []int{0, 1} {
			h := []triangle.History{{Account: "a", Changes: []triangle.Change{
				{On: start, Revenue: decimal.NewFromInt(1)}, {On: end.AddDays(shift), Revenue: decimal.Zero},
			}}}
			tr, err := triangle.FromHistories(h, triangle.Options{AsOf: success.MustDate("2024-12-31"), Elapsed: true})
			if err != nil {
				t.Fatal(err)
			}
			if c := tr.Rows[0].Cells[k]; c.Retained != retained {
				t.Errorf("period %d ends on %s, gone %d days later: %+v", k, last, shift, c)
			}
		}
		for shift, eligible := range map[int]int{-1: 0, 0: 1} {
			h := []triangle.History{{Account: "a", Changes: []triangle.Change{{On: start, Revenue: decimal.NewFromInt(1)}}}}
			tr, err := triangle.FromHistories(h, triangle.Options{AsOf: end.AddDays(shift), Elapsed: true})
			if err != nil {
				t.Fatal(err)
			}
			if c := tr.Rows[0].Cells[k]; c.Eligible != eligible || c.Complete != (eligible == 1) || c.SoFar != 1 {
				t.Errorf("period %d as of %s: %+v", k, end.AddDays(shift), c)
			}
		}
	}
}

// On or after, the last column is the same as on: nothing later can be seen.
func TestOrAfterEdge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var events []triangle.Event
		for range rapid.IntRange(1, 20).Draw(t, "events") {
			events = append(events, triangle.Event{
				Account: success.AccountID(fmt.Sprint(rapid.IntRange(0, 4).Draw(t, "account"))),
				On:      first.AddDays(rapid.IntRange(0, 60).Draw(t, "day")),
			})
		}
		o := triangle.Options{AsOf: first.AddDays(60), Unit: triangle.Week}
		on, err := triangle.FromEvents(events, o)
		if err != nil {
			t.Fatal(err)
		}
		o.OrAfter = true
		after, err := triangle.FromEvents(events, o)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range on.Rows {
			for k, c := range r.Cells {
				d := after.Rows[i].Cells[k]
				last := k == len(r.Cells)-1
				if d.SoFar < c.SoFar || last && d.SoFar != c.SoFar || k == 0 && c.SoFar != c.Size {
					t.Fatalf("row %d column %d: on %+v, on or after %+v", i, k, c, d)
				}
				if k > 0 && d.SoFar > after.Rows[i].Cells[k-1].SoFar {
					t.Fatalf("row %d column %d: more on or after than before", i, k)
				}
			}
		}
	})
}
