package report

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// TestKnownCompany reports on a company of which every figure is known by hand:
// testdata/known/README.md tells its story.
func TestKnownCompany(t *testing.T) {
	var r map[string]any
	text := ok(t, "-dir", "testdata/known", "-currency", "EUR", "-grace", "10", "-from", "2024-01-01", "-to", "2025-01-01", "-json")
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{
		"accounts": "opening new reactivated churned closing upgraded downgraded flat free",
		"arr":      "opening new reactivation expansion contraction churn fx closing",
		"mrr":      "opening new reactivation expansion contraction churn fx closing",
		"renewals": "due early on_time late overdue lapsed",
		"rates": "nrr grr logo_retention logo_churn gross_revenue_churn net_revenue_churn upgrade_rate downgrade_rate flat_rate " +
			"expansion_rate contraction_rate quick_ratio renewal_rate_logo renewal_rate_gross renewal_rate_net arpa_mrr",
	}
	for _, c := range []struct{ path, keys, want string }{
		{"retention/accounts", "accounts", "8 1 1 1 9 2 3 2 0"},
		{"retention/arr", "arr", "6980 600 240 1100 660 400 600 8460"},
		{"retention/mrr", "mrr", "581.666667 50 20 91.666667 55 33.333333 50 705"},
		{"retention/renewals", "renewals", "7 1 1 1 1 3"},
		// 7020/6980, 5920/6980, 7/8, 1/8, 1060/6980, −40/6980, 2/7, 3/7, 2/7, 1100/6980, 660/6980,
		// 1940/1060, 4/7, 4200/5540, 5300/5540, 8460/12/9
		{"retention/rates", "rates", "1.0057306590 0.8481375358 0.8750000000 0.1250000000 0.1518624642 -0.0057306590 " +
			"0.2857142857 0.4285714286 0.2857142857 0.1575931232 0.0945558739 1.8301886792 " +
			"0.5714285714 0.7581227437 0.9566787004 78.3333333333"},
		{"retention/by/segment/rows/North/arr", "arr", "5380 0 0 1100 200 0 600 6880"},
		{"retention/by/segment/rows/South/arr", "arr", "1600 600 240 0 460 400 0 1580"},
		{"retention/by/product/rows/Desk/arr", "arr", "5720 600 240 1100 300 880 600 7080"},
		{"retention/by/product/rows/Vault/arr", "arr", "1260 480 0 0 0 360 0 1380"},
		{"retention/months/5/arr", "arr", "7580 0 0 800 0 0 350 8730"}, // June, at 0.80 and then 0.90
		{"retention/months/5/accounts", "accounts", "9 0 0 0 9 1 0 8 0"},
	} {
		at := lookup(t, r, c.path).(map[string]any)
		var got []string
		for key := range strings.FieldsSeq(keys[c.keys]) {
			got = append(got, fmt.Sprint(at[key]))
		}
		if got := strings.Join(got, " "); got != c.want {
			t.Errorf("%s: %s, not %s", c.path, got, c.want)
		}
	}
	checkKnownLines(t, lookup(t, r, "retention/lines").([]any))
}

// lookup follows a path of keys and positions.
func lookup(t *testing.T, at any, path string) any {
	t.Helper()
	for key := range strings.SplitSeq(path, "/") {
		var i int
		if list, isList := at.([]any); isList {
			if _, err := fmt.Sscan(key, &i); err != nil {
				t.Fatal(err)
			}
			at = list[i]
		} else {
			at = at.(map[string]any)[key]
		}
	}
	return at
}

func checkKnownLines(t *testing.T, lines []any) {
	t.Helper()
	want := []string{ // account movement amount fx seats price product renewal mid_term
		"B expansion 800 600 800 0 0 800 0",
		"D new 600 0 0 0 600 0 600",
		"J churn 400 0 0 0 -400 0 -400",
		"F contraction 360 0 0 0 -360 0 -360",
		"A expansion 300 0 0 300 0 0 300",
		"H reactivation 240 0 0 0 240 0 240",
		"G contraction 200 0 0 -200 0 0 -200",
		"C contraction 100 0 0 0 -100 0 -100",
	}
	if len(lines) != len(want) {
		t.Fatalf("%d lines, not %d", len(lines), len(want))
	}
	for i, line := range lines {
		l := line.(map[string]any)
		r := l["reasons"].(map[string]any)
		got := fmt.Sprint(l["account"], " ", l["movement"], " ", l["amount"], " ", l["fx"], " ",
			r["seats"], " ", r["price"], " ", r["product"], " ", l["renewal"], " ", l["mid_term"])
		if got != want[i] {
			t.Errorf("line %d: %s, not %s", i, got, want[i])
		}
	}
}
