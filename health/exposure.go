package health

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// A Stake is the band of an account and what it pays.
type Stake struct {
	Account success.AccountID
	Band    string          // of [Result] or [State]; empty is Unknown
	Revenue decimal.Decimal // in the one currency of all; negative is a credit; read to a millionth
}

// An Exposure is the revenue in a band.
type Exposure struct {
	Band     string          `json:"band"`
	Accounts int             `json:"accounts"`
	Revenue  decimal.Decimal `json:"revenue"`
}

// RevenueAtRisk returns accounts and revenue by band, the worst band first and
// Unknown last, bands without accounts included. They add up exactly to the
// revenue of all, and those of shards to those of the whole.
//
// Errors are a stake without Account ([success.ErrMissing]), given twice
// ([success.ErrDuplicate]), in a band that the scorecard has not
// ([success.ErrUnknown]) or with a Revenue of [success.RateLimit] or more either
// way ([success.ErrRange]).
func (c *Scorecard) RevenueAtRisk(stakes []Stake) ([]Exposure, error) {
	unknown := len(c.bands.names)
	counts, sums := make([]int, unknown+1), make([]exact.Sum, unknown+1)
	var faults success.Errors
	seen := map[success.AccountID]bool{}
	for i, s := range stakes {
		checkAccount("stake", i, s.Account, seen, &faults)
		band := unknown
		if s.Band != Unknown && s.Band != "" {
			if band = c.bandAt(s.Band); band < 0 {
				faults.Add(&success.InputError{Record: "stake", Index: i, Field: "Band", Value: s.Band, Err: success.ErrUnknown})
				band = unknown
			}
		}
		micros, ok := exact.Rate(s.Revenue, 1, 1)
		if !ok {
			faults.Add(&success.InputError{Record: "stake", Index: i, Field: "Revenue", Value: exact.Show(s.Revenue), Err: success.ErrRange})
		}
		counts[band]++
		sums[band] = sums[band].Plus(micros)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return c.exposures(counts, sums), nil
}

func (c *Scorecard) exposures(counts []int, sums []exact.Sum) []Exposure {
	all := make([]Exposure, len(counts))
	last := len(counts) - 1
	for i := range all {
		band := i
		if c.scale == Risk && i < last {
			band = last - 1 - i
		}
		name := Unknown
		if band < last {
			name = c.bands.names[band]
		}
		all[i] = Exposure{name, counts[band], sums[band].Decimal()}
	}
	return all
}
