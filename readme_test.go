package success_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

func Example_netRevenueRetention() {
	contract := func(id, account, start string, seats int64, renews string) success.Contract {
		day := success.MustDate(start)
		return success.Contract{
			ID: success.ContractID(id), Account: success.AccountID(account),
			Start: day, End: day.AddMonths(12), Term: success.Months(12),
			Price: decimal.NewFromInt(300), Quantity: seats, Renews: success.ContractID(renews),
		}
	}
	book, err := retention.NewBook([]success.Contract{
		contract("C1", "Fernhill", "2024-04-01", 40, ""),
		contract("C2", "Fernhill", "2025-04-01", 50, "C1"), // ten seats more
		contract("C3", "Marlowe", "2024-06-15", 20, ""),    // not renewed
	}, retention.Options{})
	if err != nil {
		fmt.Println(err) // every fault of every contract
		return
	}
	year, err := book.Between(success.Year(2025))
	fmt.Println(year.Opening, "→", year.Closing, "NRR", year.NRR(), "GRR", year.GRR(), err)
	// Output:
	// 18000 → 15000 NRR 83.3% GRR 66.7% <nil>
}

func text(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestReadmeExample says that the example of the README is the one above.
func TestReadmeExample(t *testing.T) {
	readme := text(t, "README.md")
	_, body, _ := strings.Cut(text(t, "readme_test.go"), "func Example_netRevenueRetention() {\n")
	body, _, _ = strings.Cut(body, "\n}\n")
	body = regexp.MustCompile(`(?m)^\t`).ReplaceAllString(body, "")
	if body == "" || !strings.Contains(readme, "```go\n"+body+"\n```\n") {
		t.Errorf("the README does not have\n%s", body)
	}
}

// TestReadmeReport says that the report that the README shows is the one of the
// sample company.
func TestReadmeReport(t *testing.T) {
	_, shown, found := strings.Cut(text(t, "README.md"), "```text\n")
	shown, _, _ = strings.Cut(shown, "…\n")
	if golden := text(t, "examples/internal/report/testdata/sample.txt"); !found || shown == "" || !strings.HasPrefix(golden, shown) {
		t.Errorf("the report does not begin with\n%s", shown)
	}
}

// TestReadmePaths says that every file and package that the README names is
// there, and that it is short enough to be read.
func TestReadmePaths(t *testing.T) {
	readme := text(t, "README.md")
	if n := strings.Count(readme, "\n"); n > 250 {
		t.Errorf("%d lines", n)
	}
	paths := regexp.MustCompile("`((?:\\./)?(?:examples|retention|cohort|health|attribution|internal|\\.ci)[\\w./]*)`|\\]\\(([\\w./]+)\\)").FindAllStringSubmatch(readme, -1)
	if len(paths) < 5 {
		t.Errorf("only %d paths", len(paths))
	}
	for _, m := range paths {
		if _, err := os.Stat(m[1] + m[2]); err != nil {
			t.Error(err)
		}
	}
}
