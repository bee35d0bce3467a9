package retention

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

// A Key says what to cut a movement by.
type Key struct {
	name      string
	attribute func(success.Account) string // of the account, when set
	bounds    []decimal.Decimal            // of the size bands, when set
	contract  contractKey
}

// A contractKey is an attribute of the contract to cut by.
type contractKey uint8

const (
	byNothing contractKey = iota
	byProduct
	byCurrency
)

// BySegment cuts by the segment of the account.
func BySegment() Key {
	return ByAccount("segment", func(a success.Account) string { return a.Segment })
}

// ByOwner cuts by the owner of the account.
func ByOwner() Key {
	return ByAccount("owner", func(a success.Account) string { return a.Owner })
}

// ByAccount cuts by any attribute of the account. The function is given the
// account from Options.Accounts, after mergers, or one with only its ID. It must
// give the same answer for the same account.
func ByAccount(name string, attribute func(success.Account) string) Key {
	return Key{name: name, attribute: attribute}
}

// BySize cuts by the opening annual revenue of the account, into the bands
// between the given bounds, each band owning its lower bound: "< 1000", "1000 to
// 5000", ">= 5000". Accounts without opening revenue have a band of their own,
// "none". At a finer grain the account still counts as a whole.
func BySize(bounds ...decimal.Decimal) Key {
	return Key{name: "size", bounds: append(make([]decimal.Decimal, 0), bounds...)}
}

// ByProduct cuts by the product of the contract.
func ByProduct() Key { return Key{name: "product", contract: byProduct} }

// ByCurrency cuts by the currency of the contract.
func ByCurrency() Key { return Key{name: "currency", contract: byCurrency} }

// A Cut is a movement taken apart by an attribute.
type Cut struct {
	Name string // of the attribute

	// Additive says that every figure of the rows adds up to the portfolio's,
	// as it does for an attribute of the account. By an attribute of the
	// contract, each row has its own exact bridge, and opening, closing, FX and
	// net change add up; new, expansion, churn and counts need not, since what an
	// account moves from one row to another is won there and lost here.
	Additive bool

	Rows []Row // in order of Value, size bands from small to large

	bands []string // all size bands in order
}

// Merge returns the cut of both shards together, or an error if they differ in
// what they cut by or in what [Movement.Merge] asks for. A cut by an attribute of
// the contract merges like any other, as long as accounts are whole.
func (c Cut) Merge(d Cut) (Cut, error) {
	if c.Name != d.Name || c.Additive != d.Additive || !slices.Equal(c.bands, d.bands) {
		return Cut{}, fmt.Errorf("%w: cuts by %s and %s", errMerge, c.Name, d.Name)
	}
	merged := Cut{Name: c.Name, Additive: c.Additive, bands: c.bands, Rows: slices.Clone(c.Rows)}
	at := make(map[string]int, len(c.Rows))
	for i, row := range c.Rows {
		at[row.Value] = i
	}
	for _, row := range d.Rows {
		i, ok := at[row.Value]
		if !ok {
			merged.Rows = append(merged.Rows, row)
			continue
		}
		m, err := merged.Rows[i].Movement.Merge(row.Movement)
		if err != nil {
			return Cut{}, err
		}
		r, err := merged.Rows[i].Renewals.Merge(row.Renewals)
		if err != nil {
			return Cut{}, err
		}
		merged.Rows[i] = Row{row.Value, m, r}
	}
	merged.sort()
	return merged, nil
}

func (c *Cut) sort() {
	slices.SortFunc(c.Rows, func(x, y Row) int {
		return cmp.Or(
			cmp.Compare(slices.Index(c.bands, x.Value), slices.Index(c.bands, y.Value)),
			cmp.Compare(x.Value, y.Value),
		)
	})
}

// A Row is the part of a [Cut] with one value of the attribute. There is one for
// each value that an account with contracts has, at any time.
type Row struct {
	Value    string // empty when the attribute is
	Movement Movement
	Renewals Renewals
}
