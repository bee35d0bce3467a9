package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"golang.org/x/net/html"
	"metrics.internal/success/examples/internal/report"
)

// cellsOf returns the rows of a table of a figure, by their names, without them.
func cellsOf(t *testing.T, s *html.Node, table int) (rows map[string][]string, names []string) {
	t.Helper()
	rows = map[string][]string{}
	for _, row := range elements(elements(s, named("table"))[table], named("tr"))[1:] {
		cells := elements(row, named("th", "td"))
		var list []string
		for _, cell := range cells[1:] {
			list = append(list, textOf(cell))
		}
		names = append(names, textOf(cells[0]))
		rows[textOf(cells[0])] = list
	}
	return rows, names
}

// plain undoes what makes a number of the page fit for people.
var plain = strings.NewReplacer(",", "", "−", "-", " %", "", "+", "")

// same reports whether what a cell says is a number of the JSON, times a factor, as
// far as it has been written out: null is undefined.
func same(cell string, number any, factor int64) bool {
	if number == nil {
		return cell == undefined
	}
	shown, err := decimal.NewFromString(plain.Replace(cell))
	if err != nil {
		return false
	}
	exact, err := decimal.NewFromString(fmt.Sprint(number))
	if err != nil {
		return false
	}
	half := decimal.New(51, shown.Exponent()-2)
	return exact.Mul(decimal.NewFromInt(factor)).Sub(shown).Abs().LessThanOrEqual(half)
}

// A tree is JSON that was read.
type tree map[string]any

func treeOf(t *testing.T, args ...string) tree {
	t.Helper()
	var out bytes.Buffer
	if status := report.Run(append(args, "-json"), &out, io.Discard); status != 0 {
		t.Fatalf("%v: status %d", args, status)
	}
	var r tree
	d := json.NewDecoder(&out)
	d.UseNumber()
	if err := d.Decode(&r); err != nil {
		t.Fatal(err)
	}
	return r
}

// at follows a path of keys and positions.
func (r tree) at(path string) any {
	var here any = map[string]any(r)
	for key := range strings.SplitSeq(path, "/") {
		if list, isList := here.([]any); isList {
			var i int
			if _, err := fmt.Sscan(key, &i); err != nil || i >= len(list) {
				return nil
			}
			here = list[i]
			continue
		}
		m, _ := here.(map[string]any)
		here = m[key]
	}
	return here
}

// A want says which number of the JSON a cell shows.
type want struct {
	row    string
	column int
	path   string
	factor int64
}

// check compares cells of a table with the JSON.
func check(t *testing.T, r tree, s *html.Node, table int, wanted []want) {
	t.Helper()
	rows, _ := cellsOf(t, s, table)
	for _, w := range wanted {
		cells := rows[w.row]
		if len(cells) <= w.column {
			t.Errorf("%s: no row %s of so many cells: %q", attribute(s, "id"), w.row, cells)
			continue
		}
		if got := cells[w.column]; !same(got, r.at(w.path), w.factor) {
			t.Errorf("%s, %s, column %d: %s, but %s is %v", attribute(s, "id"), w.row, w.column, got, w.path, r.at(w.path))
		}
	}
}

// TestNumbers compares the tables of the page with the JSON of the same folder.
func TestNumbers(t *testing.T) {
	for name, args := range map[string][]string{
		"sample":          nil,
		"quarter":         {"-from", "2025-04-10", "-to", "2025-07-20", "-window", "0", "-landmark", "30", "-horizon", "200"},
		"beyond all days": {"-horizon", "5000"},
	} {
		t.Run(name, func(t *testing.T) {
			r, doc := treeOf(t, args...), parsed(t, htmlOf(t, args...))
			checkRetention(t, r, doc)
			checkCohorts(t, r, doc)
			checkSurvival(t, r, doc)
			checkHelp(t, r, doc)
			checkHealth(t, r, doc)
			checkSales(t, r, doc)
		})
	}
}

func checkRetention(t *testing.T, r tree, doc *html.Node) {
	t.Helper()
	var wanted []want
	for row, key := range map[string]string{
		"Opening": "opening", "New": "new", "Reactivation": "reactivation", "Expansion": "expansion", "Exchange rates": "fx", "Closing": "closing",
	} {
		wanted = append(wanted, want{row, 0, "retention/mrr/" + key, 1}, want{row, 1, "retention/arr/" + key, 1})
	}
	for row, key := range map[string]string{"Contraction": "contraction", "Churn": "churn"} {
		wanted = append(wanted, want{row, 0, "retention/mrr/" + key, -1}, want{row, 1, "retention/arr/" + key, -1})
	}
	for row, key := range map[string]string{
		"Opening": "opening", "New": "new", "Reactivation": "reactivated", "Expansion": "upgraded", "Contraction": "downgraded", "Churn": "churned", "Closing": "closing",
	} {
		wanted = append(wanted, want{row, 2, "retention/accounts/" + key, 1})
	}
	check(t, r, section(t, doc, "bridge"), 0, wanted)

	rates := section(t, doc, "rates")
	_, names := cellsOf(t, rates, 0)
	if len(names) != len(r.at("retention/months").([]any)) {
		t.Errorf("%d months", len(names))
	}
	wanted = nil
	for i, name := range names {
		at := fmt.Sprintf("retention/months/%d/", i)
		wanted = append(wanted, want{name, 0, at + "rates/nrr", 100}, want{name, 1, at + "rates/grr", 100},
			want{name, 2, at + "arr/closing", 1}, want{name, 3, at + "accounts/closing", 1}, want{name, 4, at + "accounts/churned", 1})
	}
	check(t, r, rates, 0, wanted)
	for table, cut := range []string{"segment", "owner", "product"} {
		_, names := cellsOf(t, rates, table+1)
		wanted = nil
		for _, name := range names {
			at := "retention/by/" + cut + "/rows/" + name
			wanted = append(wanted, want{name, 0, at + "/rates/nrr", 100}, want{name, 1, at + "/rates/grr", 100},
				want{name, 2, at + "/arr/opening", 1}, want{name, 3, at + "/arr/closing", 1}, want{name, 5, at + "/accounts/churned", 1})
		}
		check(t, r, rates, table+1, wanted)
	}
}

func checkCohorts(t *testing.T, r tree, doc *html.Node) {
	t.Helper()
	s := section(t, doc, "cohorts")
	starts := map[string]int{}
	for i := range r.at("cohort/triangle/cohorts").([]any) {
		starts[r.at(fmt.Sprintf("cohort/triangle/cohorts/%d/start", i)).(string)[:7]] = i
	}
	for table, key := range []string{"logo", "net"} {
		rows, names := cellsOf(t, s, table)
		var wanted []want
		for _, name := range names {
			i, cohort := starts[name]
			for column, cell := range rows[name][1:] {
				switch at := fmt.Sprintf("cohort/triangle/cohorts/%d/", i); {
				case name == "All":
					wanted = append(wanted, want{name, column + 1, fmt.Sprintf("cohort/triangle/pooled/%s/%d", key, column), 100})
				case !cohort: // the interval
				case cell == "–":
					if r.at(fmt.Sprintf("%s%s/%d", at, key, column)) != nil {
						t.Errorf("%s, month %d is left out", name, column)
					}
				case r.at(fmt.Sprintf("%scomplete/%d", at, column)) == false:
					if cell != "incomplete" {
						t.Errorf("%s, month %d: %s", name, column, cell)
					}
				default:
					wanted = append(wanted, want{name, column + 1, fmt.Sprintf("%s%s/%d", at, key, column), 100})
				}
			}
			if cohort {
				wanted = append(wanted, want{name, 0, fmt.Sprintf("cohort/triangle/cohorts/%d/size", i), 1})
			}
		}
		if len(wanted) < 50 {
			t.Errorf("only %d cells", len(wanted))
		}
		check(t, r, s, table, wanted)
	}
}

func checkSurvival(t *testing.T, r tree, doc *html.Node) {
	t.Helper()
	s := section(t, doc, "survival")
	_, names := cellsOf(t, s, 0)
	if len(names) < 4 {
		t.Fatalf("only %d days", len(names))
	}
	for _, name := range names {
		var day int
		fmt.Sscan(name, &day)
		last := -1
		for i, at := range r.at("cohort/survival/times").([]any) {
			if n, _ := at.(json.Number).Int64(); int(n) <= day {
				last = i
			}
		}
		if last < 0 || r.at(fmt.Sprintf("cohort/survival/lower/%d", last)) == nil {
			continue // nobody has left yet
		}
		at := func(key string) string { return fmt.Sprintf("cohort/survival/%s/%d", key, last) }
		check(t, r, s, 0, []want{{name, 0, at("surv"), 100}})
		rows, _ := cellsOf(t, s, 0)
		lower, upper, _ := strings.Cut(rows[name][1], " to ")
		if !same(lower, r.at(at("lower")), 100) || !same(upper, r.at(at("upper")), 100) {
			t.Errorf("day %s: %s", name, rows[name][1])
		}
	}
}

func checkHelp(t *testing.T, r tree, doc *html.Node) {
	t.Helper()
	s := section(t, doc, "help")
	check(t, r, s, 0, []want{
		{"helped", 0, "cohort/help/helped/n", 1}, {"helped", 1, "cohort/help/helped/kept", 100},
		{"not helped", 0, "cohort/help/unhelped/n", 1}, {"not helped", 1, "cohort/help/unhelped/kept", 100},
	})
	rows, names := cellsOf(t, s, 1)
	for i, path := range []string{"cohort/help/difference/", "cohort/help/adjusted/"} {
		cell := rows[names[i]][0]
		value, limits, _ := strings.Cut(strings.TrimSuffix(cell, ")"), " points")
		if !same(value, r.at(path+"value"), 100) {
			t.Errorf("%s: %s", names[i], cell)
		}
		if r.at(path+"lower") == nil {
			continue
		}
		lower, upper, _ := strings.Cut(strings.TrimPrefix(limits, " (95 % interval "), " to ")
		if !same(lower, r.at(path+"lower"), 100) || !same(upper, r.at(path+"upper"), 100) {
			t.Errorf("%s: %s", names[i], cell)
		}
	}
	if !strings.Contains(names[0], "biased") || !strings.Contains(textOf(s), "crude (biased)") {
		t.Error("the crude difference is not named as biased")
	}
}

func checkHealth(t *testing.T, r tree, doc *html.Node) {
	t.Helper()
	var wanted []want
	for _, name := range []string{"Red", "Yellow", "Green", "Unknown"} {
		wanted = append(wanted, want{name, 0, "health/bands/" + name + "/accounts", 1}, want{name, 2, "health/bands/" + name + "/arr", 1})
	}
	check(t, r, section(t, doc, "health"), 0, wanted)
	wanted = nil
	for _, name := range []string{"high touch", "low touch", "one-to-many", "tech touch"} {
		at := "health/tiers/" + name + "/"
		wanted = append(wanted, want{name, 0, at + "accounts", 1}, want{name, 2, at + "arr", 1}, want{name, 3, at + "hours_needed", 1})
		if name != "tech touch" {
			wanted = append(wanted, want{name, 4, at + "hours_available", 1})
		}
	}
	tiers := section(t, doc, "tiers")
	check(t, r, tiers, 0, wanted)
	if rows, _ := cellsOf(t, tiers, 0); rows["tech touch"][4] != "no limit" || rows["tech touch"][5] != undefined {
		t.Errorf("tech touch: %q", rows["tech touch"])
	}
}

func checkSales(t *testing.T, r tree, doc *html.Node) {
	t.Helper()
	s := section(t, doc, "credit")
	_, names := cellsOf(t, s, 0)
	var wanted []want
	for _, name := range names {
		key := map[string]string{"nobody": "unattributed", "not named": "(none)"}[name]
		if key == "" {
			key = name
		}
		for i, model := range []string{"first", "last", "linear", "position", "time_decay", "markov", "shapley"} {
			if amounts, known := r.at("attribution/models/" + model).(map[string]any); known && amounts[key] != nil {
				wanted = append(wanted, want{name, i, "attribution/models/" + model + "/" + key, 1})
			}
		}
	}
	if len(wanted) < 30 {
		t.Errorf("only %d cells of credit", len(wanted))
	}
	check(t, r, s, 0, wanted)

	league := section(t, doc, "league")
	var target want
	rows, names := cellsOf(t, league, 0)
	target = want{names[0], 0, "attribution/target/actual", 1}
	check(t, r, league, 0, []want{target, {names[0], 1, "attribution/target/attainment", 100}, {names[0], 2, "attribution/target/days", 1}})
	if !same(names[0], r.at("attribution/target/goal/amount"), 1) {
		t.Errorf("target %q", rows)
	}
	wanted = nil
	for _, name := range []string{"service", "marketing", "sales", "partner", "self"} {
		at := "attribution/sources/" + name + "/"
		wanted = append(wanted, want{name, 0, at + "leads", 1}, want{name, 1, at + "accepted", 1}, want{name, 2, at + "won_leads", 1},
			want{name, 3, at + "conversion/value", 100}, want{name, 5, at + "won_deals", 1}, want{name, 8, at + "net", 1})
	}
	for i, w := range wanted {
		if _, there := r.at("attribution/sources").(map[string]any)[w.row]; !there {
			wanted[i] = want{"all", 8, "attribution/total/net", 1}
		}
	}
	check(t, r, league, 2, wanted)
}
