package report

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
)

// cohortFigures is what the tests read of the section.
type cohortFigures struct {
	Cohort *struct {
		Triangle struct {
			Cohorts []struct {
				Start string
				Size  int
				Logo  []*string
				Net   []*string
			}
			Pooled struct{ Logo, Net []*string }
		}
		Survival struct {
			Times          []int
			AtRisk         []int `json:"at_risk"`
			Surv           []float64
			Lower          []*float64
			Median         struct{ Value *float64 }
			RestrictedMean struct {
				Horizon int
				Value   *float64
			} `json:"restricted_mean"`
		}
		Help *struct {
			Day, Horizon     int
			Helped, Unhelped struct {
				N    int
				Kept *float64
			}
			Difference struct{ Value *float64 }
			Adjusted   struct{ Value *float64 }
			Warnings   []string
		}
	}
}

func cohortOf(t *testing.T, args ...string) cohortFigures {
	t.Helper()
	var f cohortFigures
	if err := json.Unmarshal([]byte(ok(t, append(args, "-json")...)), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func near(got *float64, want float64) bool { return got != nil && math.Abs(*got-want) < 1e-12 }

// TestSampleCohort holds figures of the sample company that were computed from
// its files in another language.
func TestSampleCohort(t *testing.T) {
	c := cohortOf(t).Cohort
	s := c.Survival
	last := func(day int) *float64 {
		i, _ := slices.BinarySearch(s.Times, day+1)
		return &s.Surv[i-1]
	}
	if s.AtRisk[0] != 68 || !near(last(365), 0.8247816469520717) || !near(last(730), 0.7391143265553164) {
		t.Error(s.AtRisk[0], *last(365), *last(730))
	}
	h := c.Help
	if h.Helped.N != 9 || h.Unhelped.N != 59 || !near(h.Helped.Kept, 0.875) || !near(h.Difference.Value, 0.05773545899247556) {
		t.Errorf("%+v", h)
	}
	size := 0
	for _, row := range c.Triangle.Cohorts {
		size += row.Size
	}
	if size != 68 {
		t.Errorf("the triangle has %d accounts", size)
	}
}

// TestLifetimes follows three customers: one that left, one that came back, and
// one that is still there and was helped too late to count.
func TestLifetimes(t *testing.T) {
	dir := write(t, "contracts.csv", `id,account,start,end,price,months
1,gone,2024-01-01,2024-03-01,10,1
2,back,2024-01-01,2024-02-01,10,1
3,back,2024-03-01,2024-03-15,20,1
4,here,2024-01-11,,10,1
`, "help.csv", "account,began\ngone,2024-04-01\nhere,2024-01-21\nback,2023-12-01\n")
	c := cohortOf(t, "-dir", dir, "-asof", "2024-05-01", "-horizon", "60").Cohort
	if got := c.Survival.Times; !slices.Equal(got, []int{60, 74, 111}) {
		t.Error("times", got)
	}
	if got := c.Survival.AtRisk; !slices.Equal(got, []int{3, 2, 1}) {
		t.Error("at risk", got)
	}
	if !near(c.Survival.RestrictedMean.Value, 60) || c.Survival.RestrictedMean.Horizon != 60 {
		t.Error(c.Survival.RestrictedMean)
	}
	if c.Help.Helped.N != 1 || c.Help.Unhelped.N != 2 {
		t.Errorf("%+v", c.Help)
	}
	if !strings.Contains(strings.Join(c.Help.Warnings, "\n"), "after the last paid day counts as none: 1 account") {
		t.Error(c.Help.Warnings)
	}
	january := c.Triangle.Cohorts[0]
	if january.Start != "2024-01-01" || january.Size != 3 || len(january.Logo) != 4 {
		t.Fatalf("%+v", january)
	}
	for k, want := range []string{"1.0000000000", "0.6666666667", "0.3333333333", "0.3333333333"} {
		if *january.Logo[k] != want {
			t.Errorf("month %d: %s, not %s", k, *january.Logo[k], want)
		}
	}
}

// TestHorizonBeyond asks for more days than anybody was seen: nothing is made up,
// and it is no failure.
func TestHorizonBeyond(t *testing.T) {
	c := cohortOf(t, "-horizon", "5000").Cohort
	if c.Survival.RestrictedMean.Value != nil || c.Help.Helped.Kept != nil || c.Help.Difference.Value != nil {
		t.Errorf("%+v", c.Help)
	}
	if len(c.Help.Warnings) == 0 {
		t.Error("no warning")
	}
	if text := ok(t, "-horizon", "5000"); !strings.Contains(text, "kept 5000 days after day 0") {
		t.Error(text)
	}
}

// TestNoCustomers leaves the section out.
func TestNoCustomers(t *testing.T) {
	dir := write(t, "contracts.csv", "id,account,start,price,months\n1,trial,2024-01-01,0,1\n")
	if c := cohortOf(t, "-dir", dir, "-asof", "2024-05-01").Cohort; c != nil {
		t.Errorf("%+v", c)
	}
}

// TestMergedHelp finds the help of an account under the name that goes on.
func TestMergedHelp(t *testing.T) {
	dir := write(t, "contracts.csv", `id,account,start,price,months
1,old,2024-01-01,10,1
2,new,2024-02-01,10,1
`, "mergers.csv", "from,to,on\nold,new,2024-03-01\n", "help.csv", "account,began\nold,2023-12-01\nnew,2024-04-01\n")
	c := cohortOf(t, "-dir", dir, "-asof", "2024-05-01").Cohort
	if c.Help.Helped.N != 1 || c.Help.Unhelped.N != 0 {
		t.Errorf("%+v", c.Help)
	}
}
