package report

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func sorted(list []string) []string { slices.Sort(list); return list }

// onePerson has room for one account of three.
const onePerson = `{"note": "one person", "locks": {"at_risk": true}, "tiers": [
	{"name": "person", "format": "one-to-one", "hours": 10, "entry": {"up": 1000}, "team": {"people": 1, "hours": 15, "utilisation": 1, "admin": 0}},
	{"name": "mail", "format": "self-service", "hours": 0}]}`

// TestTiers gives the one place to the account with the most revenue. The policy is
// of the folder, and the revenue is of the closing day.
func TestTiers(t *testing.T) {
	files := smallCompany()
	files["tiers.json"] = onePerson
	dir := writeAll(t, files)
	f, _ := healthOf(t, "-dir", dir, "-to", "2024-08-01")
	for key, want := range map[string]string{
		"person": `{"accounts":1,"arr":"3600","hours_needed":"10","hours_available":"15"}`,
		"mail":   `{"accounts":2,"arr":"3600","hours_needed":"0","hours_available":null}`,
		"assignments": `[{"account":"A1","tier":"mail","wanted":"person","reason":"at risk"},` +
			`{"account":"A2","tier":"mail","wanted":"person","reason":"no room"},{"account":"A3","tier":"person","wanted":"person","reason":"as wanted"}]`,
	} {
		var got strings.Builder
		if err := compact(&got, f.Health.Tiers[key]); err != nil || got.String() != want {
			t.Errorf("%s: %s\nwant %s", key, &got, want)
		}
	}
	text := ok(t, "-dir", dir, "-to", "2024-08-01")
	for _, want := range []string{"  one person\n", "person         1       0    3,600     10         15  66.7 %", "1 account has less than they want", "hire 1 for person"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func compact(w *strings.Builder, raw json.RawMessage) error {
	var b bytes.Buffer
	err := json.Compact(&b, raw)
	w.WriteString(b.String())
	return err
}

// TestFamilyCycle refuses accounts that are above each other.
func TestFamilyCycle(t *testing.T) {
	files := smallCompany()
	files["accounts.csv"] = "id,parent\nA1,A2\nA2,A1\nA3,\n"
	out, err, status := runReport(t, "-dir", writeAll(t, files), "-to", "2024-08-01")
	if status != statusRefused || out != "" || !strings.Contains(err, "no tiers: ") || !strings.Contains(err, "A2 is a descendant of the account itself") {
		t.Errorf("status %d\n%s", status, err)
	}
}

// TestMuchRevenue leaves tiers out when there is more revenue than they can weigh.
func TestMuchRevenue(t *testing.T) {
	files := smallCompany()
	files["contracts.csv"] = "id,account,start,price,months\nC1,A1,2024-01-01,8999999999999,12\nC2,A2,2024-01-01,8999999999999,12\n"
	f, notes := healthOf(t, "-dir", writeAll(t, files), "-to", "2024-08-01")
	if f.Health.Tiers != nil || f.Health.Accounts == nil || !strings.HasPrefix(notes, "note: no tiers: ") {
		t.Errorf("%+v\n%s", f.Health, notes)
	}
}
