package journey

import (
	"strconv"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// A Path is what some journeys have in common: the keys they met, in order.
type Path struct {
	Keys    []string        `json:"keys"`             // in the order they were met; a key may come again
	Won     int64           `json:"won"`              // journeys that took the path and were won, at least 0
	Lost    int64           `json:"lost"`             // journeys that took it and were lost, at least 0
	Revenue decimal.Decimal `json:"revenue,omitzero"` // of those won, together, at least 0, in one currency for all paths; kept in millionths, rounded half to even
}

// maxSteps bounds what is counted, so that float64 holds every count exactly.
const maxSteps = 1 << 53

// maxKeys bounds the keys of all paths, so that three fit a number of 63 bits.
const maxKeys = 1<<keyBits - 1

// keyBits is how many bits a key takes in the number of a state.
const keyBits = 21

// amount returns the revenue in millionths and adds what is wrong with the path
// at a position of the call.
func (p *Path) amount(index int, faults *success.Errors) int64 {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "path", Index: index, Field: field, Value: value, Err: err})
	}
	if p.Won < 0 {
		add("Won", strconv.FormatInt(p.Won, 10), success.ErrNegative)
	}
	if p.Lost < 0 {
		add("Lost", strconv.FormatInt(p.Lost, 10), success.ErrNegative)
	}
	if p.Revenue.IsZero() {
		return 0
	}
	micros, ok := exact.Rate(p.Revenue, 1, 1)
	switch {
	case p.Revenue.IsNegative():
		add("Revenue", exact.Show(p.Revenue), success.ErrNegative)
	case p.Won == 0:
		add("Revenue", exact.Show(p.Revenue), fault.New(success.ErrRange, "is revenue of no win"))
	case !ok:
		add("Revenue", exact.Show(p.Revenue), fault.New(success.ErrRange, "is too large"))
	}
	return micros
}
