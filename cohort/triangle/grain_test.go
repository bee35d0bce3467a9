package triangle_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/cohort/triangle"
	"metrics.internal/success/retention"
)

// TestGrain: an account is one whatever the grain of the book: products that
// start, grow and end on the same days and on others add up.
func TestGrain(t *testing.T) {
	day := success.MustDate
	contract := func(id, account, product, start, end string, price int64) success.Contract {
		return success.Contract{ID: success.ContractID(id), Account: success.AccountID(account), Product: product,
			Start: day(start), End: day(end), Term: success.Months(12), Price: decimal.NewFromInt(price)}
	}
	contracts := []success.Contract{
		contract("1", "a", "Desk", "2024-01-10", "2024-05-10", 100),
		contract("2", "a", "Vault", "2024-01-10", "2024-03-10", 40),
		contract("3", "a", "Vault", "2024-04-10", "2024-07-10", 70),
		contract("4", "b", "Desk", "2024-02-10", "2024-04-10", 30),
		contract("5", "b", "Vault", "2024-04-10", "2024-06-10", 50),
	}
	var want *triangle.Triangle
	for _, grain := range []retention.Grain{retention.GrainAccount, retention.GrainProduct, retention.GrainContract} {
		book, err := retention.NewBook(contracts, retention.Options{Grain: grain})
		if err != nil {
			t.Fatal(err)
		}
		got, err := triangle.FromBook(book, triangle.Options{AsOf: day("2024-08-31")})
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = got
			var net []string
			for _, c := range got.Rows[0].Cells {
				net = append(net, c.Net.Num.String())
			}
			if text := strings.Join(net, " "); text != "140 140 100 170 70 70 0 0" {
				t.Errorf("account a: %s", text)
			}
		}
		if fmt.Sprintf("%+v", *got) != fmt.Sprintf("%+v", *want) {
			t.Errorf("grain %v: %+v, by account %+v", grain, *got, *want)
		}
	}
}
