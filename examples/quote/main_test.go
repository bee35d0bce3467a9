package main

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write README.md and the golden file anew")

// golden compares what was made with a file, or writes it.
func golden(t *testing.T, name, made string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(made), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), made); diff != "" {
		t.Errorf("%s (+ is what the program says now):\n%s", name, diff)
	}
}

func TestOutput(t *testing.T) {
	var out bytes.Buffer
	if err := run(&out); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/output.txt", out.String())
	for line := range strings.Lines(out.String()) {
		if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > 100 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

// full is a disk without room.
type full struct{}

var errFull = errors.New("no room")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestNoRoom(t *testing.T) {
	if err := run(full{}); !errors.Is(err, errFull) {
		t.Error(err)
	}
}

// figures are those of the program, by their ids, which are unique.
func figures(t *testing.T) (by map[string]figure, of map[string]section) {
	t.Helper()
	by, of = map[string]figure{}, map[string]section{}
	for _, s := range sections() {
		for _, f := range s.figures {
			if _, twice := by[f.id]; twice {
				t.Errorf("two figures called %s", f.id)
			}
			by[f.id], of[f.id] = f, s
		}
	}
	return by, of
}

// TestByHand works out figures without the library.
func TestByHand(t *testing.T) {
	by, _ := figures(t)
	for _, c := range []struct{ id, want string }{
		// Alder pays 24,000, Birch 18,000, Cedar, Dogwood and Elm 12,000 each, Fir
		// 9,000, Gorse 6,000 and Hazel 7,000: 100,000. Elm's are 15,000 dollars at 0.80.
		{"opening", "100,000"},
		// Elm's 15,000 dollars at 0.90 are 13,500: 1,500 more.
		{"fx", "1,500"},
		// 100,000 + 20,000 + 8,000 + 6,000 − 3,000 − 12,000 + 1,500
		{"closing", "120,500"},
		// (100,000 + 6,000 − 3,000 − 12,000) / 100,000
		{"nrr", "91.0%"},
		// Iris's 8,000 on top: 99,000 / 100,000
		{"nrr_returned", "99.0%"},
		// Elm's 1,500 look like expansion: 92,500 / 100,000
		{"nrr_converted", "92.5%"},
		// The 4,000 that Birch moved from Desk to Chat are lost by Desk, new to Chat:
		// 87,000 / 100,000. Gross, Alder's 6,000 do not count: 81,000 / 100,000.
		{"nrr_products", "87.0%"},
		{"grr_products", "81.0%"},
		// 100,000 − 3,000 − 12,000
		{"grr", "85.0%"},
		// March 116/110 (Gorse's 6,000 on top of 110,000), April 130/124, June 118/130,
		// August 129.5/119.5, September 123.5/129.5, October 120.5/123.5, others 1. What
		// cancels out of the product leaves 116/110 × 118/124 × 120.5/119.5 =
		// 1,649,404 / 1,629,980 = 1.0119.
		{"nrr_compounded", "101.2%"},
		// 1.0545 + 1.0484 + 0.9077 + 1.0837 + 0.9537 + 0.9757 + 6 = 12.0237; / 12 = 1.0020
		{"nrr_average", "100.2%"},
		// One of eight; of (8 + 9) / 2 = 8.5 it is 11.76 %.
		{"logo", "12.5%"},
		{"logo_average", "11.8%"},
		// Dogwood of ten: the eight, Juniper since February, Iris since March.
		{"june", "10.0%"},
		// 1 − 0.9^(365/30): ln 0.9 = −0.10536, × 12.1667 = −1.28189, e^ = 0.27751
		{"june_yearly", "72.2%"},
		// 1 − 0.875^(365/181): ln 0.875 = −0.13353, × 2.01657 = −0.26928, e^ = 0.76393
		{"half_yearly", "23.6%"},
		// One of 8 + 8 + 9 + 10 + 10 + 10 + 9 + 9 + 9 + 9 + 9 + 9 = 109 customers' months
		{"monthly", "0.9%"},
		// (20,000 + 8,000 + 6,000) / (3,000 + 12,000)
		{"quick", "2.27"},
		// Second quarter: Alder's 6,000 for Dogwood's 12,000
		{"quick_second", "0.50"},
		// 120,500 / 9, and / 12
		{"arpa", "13,388.89"},
		{"arpa_monthly", "1,115.74"},
		// At the close of month 12 Alder still pays 24,000, Gorse 12,000 for the season,
		// Dogwood 12,000 (it leaves in month 14) and Iris nothing (it is back in month 14):
		// 24 + 18 + 12 + 12 + 12 + 9 + 12 + 7 = 106 of 100 + 8 = 108 thousand;
		// at most what each began with, 100 of 108.
		{"net_12", "98.1%"},
		{"gross_12", "92.6%"},
		// Month 14 has passed for six cohorts: not for Hazel's. Alder 24, Elm 12, Iris 8,
		// Birch 18, Cedar 12, Gorse 12, Fir 9 are 95 of 24 + 12 + 8 + 18 + 12 + 12 + 6 + 9 = 101.
		{"net_14", "94.1%"},
		{"rows_14", "6"},
		// Wilson, z = 1.96, z² = 3.8415, n = 8, p = 0.875: the centre is
		// (0.875 + 3.8415/16) / (1 + 3.8415/8) = 1.11509/1.48018 = 0.75335, the half width
		// 1.96 √(0.875 × 0.125/8 + 3.8415/256) / 1.48018 = 1.96 × 0.16930/1.48018 = 0.22418.
		{"wilson", "87.5% (52.9% to 97.8%)"},
		// Newcombe, from Wilson's 1 (0.5655, 1) and 0.6667 (0.2077, 0.9385):
		// 0.3333 − √(0.4345² + 0.2718²) = −0.1792, 0.3333 + √(0² + 0.4590²) = 0.7923
		{"newcombe", "33.3 (−17.9 to 79.2)"},
		// Four promoters, two detractors of eight: 2/8. Three answers more, ¾ of them
		// promoters and ¾ detractors: 4.75 and 2.75 of 11, centre 2/11 = 0.18182, variance
		// (7.5/11 − 0.18182²)/11 = 0.05898; ± 1.96 × 0.24285 = 0.47598
		{"nps", "25.0 (−29.4 to 65.8)"},
		// D1 has three keys, D2 three, D3 two, D4 three: 30 + 24 + 12 + 30 = 96 of 34
		{"overlap", "2.82"},
		// D3 and D4 come from service leads: 6,000 + 10,000
		{"sourced", "16,000"},
		// D2, D3 and D4 were touched by service: 8,000 + 6,000 + 10,000
		{"influenced", "24,000"},
	} {
		if got := by[c.id].values; len(got) != 1 || got[0] != c.want {
			t.Errorf("%s is %v, by hand %s", c.id, got, c.want)
		}
	}
}

// TestCreditByHand shares the deals by hand: Juniper's 10,000 (ad, webinar,
// sales), Iris's 8,000 (webinar, service, sales), Alder's 6,000 (service, sales),
// Juniper's 10,000 (webinar, service, service, sales).
func TestCreditByHand(t *testing.T) {
	by, of := figures(t)
	if diff := cmp.Diff([]string{"ad", "sales", "service", "webinar"}, of["u"].heads); diff != "" {
		t.Fatal(diff)
	}
	for id, want := range map[string][]string{
		"first": {"10,000.00", "0.00", "6,000.00", "18,000.00"},
		"last":  {"0.00", "34,000.00", "0.00", "0.00"},
		// The cent left over of 3,333.33 goes to the first, the ad; of 2,666.66 the two
		// left go to webinar and service. Service: 2,666.67 + 3,000 + 2 × 2,500.
		"linear": {"3,333.34", "11,499.99", "10,666.67", "8,500.00"},
		// Service: 20 % of 8,000, half of 6,000, 10 % of 10,000 twice.
		"u": {"4,000.00", "14,200.00", "6,600.00", "9,200.00"},
		// A week is half: 1, 2, 4 of 7 for three touches, 1, 2 of 3 for two and 1, 2, 4, 8
		// of 15 for four. Service: 8,000 × 2/7 + 6,000 × 1/3 + 10,000 × 6/15 =
		// 2,285.71 + 2,000 + 4,000.
		"decay": {"1,428.57", "19,619.05", "8,285.71", "4,666.67"},
	} {
		if diff := cmp.Diff(want, by[id].values); diff != "" {
			t.Errorf("%s (- is by hand): %s", id, diff)
		}
	}
}

// TestUndefined says that nothing of it is 0, but the churn, which is.
func TestUndefined(t *testing.T) {
	all := sections()
	last := all[len(all)-1]
	for _, f := range last.figures {
		want := "n/a"
		if f.id == "churn_first" {
			want = "0.0%" // of eight customers none left in the first quarter
		}
		if f.values[0] != want {
			t.Errorf("%s is %s", f.name, f.values[0])
		}
	}
}
