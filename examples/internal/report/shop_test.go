package report

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

// A visit is one of those that came before a purchase.
type visit struct{ key, at string }

// A purchase is one of the shop's.
type purchase struct {
	at     string
	amount decimal.Decimal
	visits []visit // in order of time
}

// shop reads the purchases in testdata/shop.txt.
func shop(t *testing.T) (all []purchase) {
	t.Helper()
	text, err := os.ReadFile("testdata/shop.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Fields(line)
		p := purchase{at: fields[0], amount: decimal.RequireFromString(fields[1])}
		closed, err := time.Parse(time.RFC3339, p.at)
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range fields[2:] {
			key, age, _ := strings.Cut(field, ":")
			before, err := time.ParseDuration(age + "s")
			if err != nil {
				t.Fatal(err)
			}
			p.visits = append(p.visits, visit{key, closed.Add(-before).Format(time.RFC3339)})
		}
		all = append(all, p)
	}
	return all
}

// shopFiles is a folder of purchases, each by an account of its own.
func shopFiles(all []purchase) map[string]string {
	deals, touches := "id,account,opened,closed,status,amount,currency\n", "account,at,key\n"
	for i, p := range all {
		deals += fmt.Sprintf("D%d,A%d,%s,%s,won,%v,USD\n", i, i, p.visits[0].at, p.at, p.amount)
		for _, v := range p.visits {
			touches += fmt.Sprintf("A%d,%s,%s\n", i, v.at, v.key)
		}
	}
	return map[string]string{"deals.csv": deals, "touches.csv": touches}
}

// TestShop: every model shares the 275 dollars of a shop to the cent, before
// refunds and after; the first and the last visit get what is counted by hand.
func TestShop(t *testing.T) {
	all := shop(t)
	files := shopFiles(all)
	period := []string{"-from", "2020-02-01", "-to", "2020-03-01", "-dir"}
	a := attributionOf(t, append(period, writeAll(t, files))...).Attribution
	checkShares(t, "as won", a.Models, decimal.NewFromInt(275), a.TotalWon)
	checkShares(t, "as won, gross", a.Gross, decimal.NewFromInt(275), a.TotalGross)
	if got := a.Models["markov"]["direct"].String(); got != "151.71" {
		t.Errorf("direct by the Markov model: %s", got)
	}
	first, last := map[string]decimal.Decimal{}, map[string]decimal.Decimal{}
	for _, p := range all {
		f, l := p.visits[0].key, p.visits[len(p.visits)-1].key
		first[f], last[l] = first[f].Add(p.amount), last[l].Add(p.amount)
	}
	for _, key := range slices.Collect(maps.Keys(a.Models["first"])) {
		if f, l := a.Models["first"][key], a.Models["last"][key]; !f.Equal(first[key]) || !l.Equal(last[key]) {
			t.Errorf("%s: first %v, not %v; last %v, not %v", key, f, first[key], l, last[key])
		}
	}

	files["adjustments.csv"] = "id,deal,at,amount\nR1,D0,2020-02-20T00:00:00Z,-15\nR2,D2,2020-02-21T00:00:00Z,-3.34\nR3,D2,2020-03-01T00:00:00Z,-1\n"
	a = attributionOf(t, append(period, writeAll(t, files))...).Attribution
	checkShares(t, "after refunds", a.Models, decimal.RequireFromString("256.66"), a.TotalWon)
	checkShares(t, "after refunds, gross", a.Gross, decimal.NewFromInt(275), a.TotalGross)
	for key, f := range a.Models["first"] {
		if f.GreaterThan(a.Influenced[key]) && key != "unattributed" {
			t.Errorf("%s: %v of %v that it touched", key, f, a.Influenced[key])
		}
	}
}

// checkShares holds that every model shares an amount, and that it is the total.
func checkShares(t *testing.T, what string, models map[string]map[string]decimal.Decimal, amount, total decimal.Decimal) {
	t.Helper()
	if !total.Equal(amount) || len(models) != len(modelNames()) {
		t.Errorf("%s: %d models share %v, not %v", what, len(models), total, amount)
	}
	for name, keys := range models {
		sum := decimal.Decimal{}
		for _, share := range keys {
			sum = sum.Add(share)
		}
		if !sum.Equal(amount) {
			t.Errorf("%s: %s shares %v, not %v", what, name, sum, amount)
		}
	}
}
