package retention

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

// TestDistinct numbers names of every length against a map.
func TestDistinct(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 2, 3, 100, 4095, 4096, 4097, 20_000} {
		for _, length := range []int{0, 1, 7, 8, 14, 15, 16, 17, 23, 36} {
			names := make([]string, n)
			for i := range names {
				names[i] = nameOf(r.IntN(n/3+1), length)
			}
			for _, repeat := range []bool{false, true} {
				checkDistinct(t, names, repeat)
			}
		}
	}
}

// nameOf is a name of at least a length that differs from others in the middle.
func nameOf(k, length int) string {
	digits := fmt.Sprint(k)
	pad := max(0, length-len(digits))
	return strings.Repeat("x", pad/2) + digits + strings.Repeat("y", pad-pad/2)
}

func checkDistinct(t *testing.T, names []string, repeat bool) {
	t.Helper()
	number, first := distinct(&listed{names}, repeat)
	where := map[string]int{}
	seen := map[string]int32{}
	for i, name := range names {
		if _, ok := where[name]; !ok {
			where[name], seen[name] = i, number[i]
		}
		if number[i] != seen[name] || int(first[number[i]]) != where[name] {
			t.Fatalf("%q at %d has number %d, first at %d; the name was first at %d with %d",
				name, i, number[i], first[number[i]], where[name], seen[name])
		}
	}
	if len(first) != len(where) {
		t.Fatalf("%d numbers for %d names", len(first), len(where))
	}
}

// TestSame: cards with equal hashes are of the same string only if every byte
// is, in whatever part of it the difference lies.
func TestSame(t *testing.T) {
	long := strings.Repeat("a", 40)
	names := []string{"", "\x00", "a", "a\x00", strings.Repeat("b", 15), strings.Repeat("b", 16), strings.Repeat("b", 17), long}
	for i := range long {
		names = append(names, long[:i]+"z"+long[i+1:])
	}
	for _, keys := range []bool{false, true} {
		for j := range names {
			for k := range names {
				pair := []string{names[j], strings.Clone(names[k])}
				d := deal(&listed{pair})
				if keys {
					d.read(0, 2)
				}
				d.cards[0].hash, d.cards[1].hash = 7, 7
				if got := d.same(0, 1); got != (j == k) {
					t.Errorf("%q and %q: %v (keys %v)", pair[0], pair[1], got, keys)
				}
				if d.cards[1].hash = 8; d.same(0, 1) {
					t.Errorf("%q and %q with different hashes (keys %v)", pair[0], pair[1], keys)
				}
			}
		}
	}
}

// TestTooMany: what is beyond the most contracts of a book is one fault.
func TestTooMany(t *testing.T) {
	contract := func(id string) success.Contract {
		return success.Contract{ID: success.ContractID(id), Account: "a", Start: success.MustDate("2024-01-01"), Price: decimal.NewFromInt(1), Term: success.Months(1)}
	}
	b := NewBuilder(Options{})
	b.door.most = 2
	b.Append(contract("1"), contract("2"))
	if book, err := b.Book(); err != nil || book.Len() != 2 {
		t.Fatal(err)
	}
	b.door.most = 2
	b.Append(contract("1"), contract("2"))
	b.Append(contract("3"))
	b.Append(contract("4"))
	if _, err := b.Book(); err == nil || err.Error() != "contract[2]: is one of more than 2" || !errors.Is(err, success.ErrRange) {
		t.Error(err)
	}
}
