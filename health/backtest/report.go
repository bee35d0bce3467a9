package backtest

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// A Report says what became of accounts, and what their scores knew of it.
type Report struct {
	Accounts int              `json:"accounts"`
	Left     int              `json:"left"`
	BaseRate success.Estimate `json:"base_rate"` // Left to Accounts, with its Wilson interval
	Revenue  decimal.Decimal  `json:"revenue"`
	Lost     decimal.Decimal  `json:"lost"`      // of Revenue
	LostRate success.Estimate `json:"lost_rate"` // as in [Band]

	Bands []Band `json:"bands"` // from the worst to the best, [health.Unknown] last
	Pairs []Pair `json:"pairs"` // of neighbours among bands
	Order Order  `json:"order"` // of the bands

	Unscored    int              `json:"unscored"`            // accounts without a score, in none of the following
	Undefined   string           `json:"undefined,omitempty"` // as in [Ranking.Undefined], of the accounts with a score
	AUC         success.Estimate `json:"auc"`                 // as in [Ranking.AUC]
	Finding     Finding          `json:"finding"`             // what AUC says
	KS          Distance         `json:"ks"`                  // as in [Ranking.KS]
	Worst       []Catch          `json:"worst"`               // for each of Options.Worst
	Calibration Calibration      `json:"calibration"`         // as in [Ranking.Calibrate]
	Brier       Brier            `json:"brier"`               // of the probabilities of Calibration, which flatters them; undefined as it is
	AtRisk      *Exposure        `json:"revenue_at_risk"`     // of the same accounts; nil when Calibration is undefined

	Measures    []Information `json:"measures"`    // in the order of Options.Measures
	Suggestions []Suggestion  `json:"suggestions"` // for each of Measures
	Warnings    []Warning     `json:"warnings"`
}

// Run tests a score against what became of the accounts. The order of records does
// not matter. Records are neither changed nor kept.
//
// Errors of a record are an Account that is missing or given twice, a Band that is
// missing or not among the bands, an amount that is negative or out of range, more
// Lost than Revenue, or by an account that did not leave, Left without ScoredAt,
// Left on the day of the score or before it ([success.ErrOrder]: the score knew
// the outcome), Left after the horizon in spite of Event, a horizon that ends
// after KnownTo and Measures that are not as many as those of the options. Errors
// of the options are those that their fields name.
func Run(records []Record, o Options) (Report, error) {
	var faults success.Errors
	z := o.check(records, &faults)
	amounts := make([]money, len(records))
	seen := make(map[success.AccountID]int, len(records))
	for i := range records {
		r := &records[i]
		amounts[i] = r.check(i, &o, &faults)
		if j, twice := seen[r.Account]; !twice {
			seen[r.Account] = i
		} else if r.Account != "" {
			faults.Add(&success.InputError{Record: "record", Index: i, Field: "Account", Value: string(r.Account), Err: fault.New(success.ErrDuplicate, "is that of record %d too", j)})
		}
	}
	if err := faults.Err(); err != nil {
		return Report{}, err
	}
	return o.report(records, amounts, z), nil
}

func (o *Options) report(records []Record, amounts []money, z float64) Report {
	r := Report{Bands: o.bands(records, amounts, z)}
	r.Pairs, r.Order = pairs(r.Bands, z)
	var all tally
	for i := range records {
		all.add(amounts[i], records[i].gone(o.Horizon))
	}
	whole := all.band("", z)
	r.Accounts, r.Left, r.BaseRate = whole.Accounts, whole.Left, whole.Rate
	r.Revenue, r.Lost, r.LostRate = whole.Revenue, whole.Lost, whole.LostRate
	r.judge(o.ranking(records), o.shares(), z)
	if r.Calibration.Defined() {
		sums := newSums(r.Calibration)
		for i := range records {
			sums.add(records[i].Score, amounts[i].revenue)
		}
		exposure := sums.exposure()
		r.AtRisk = &exposure
	}
	together := o.together()
	areas := make([]success.Estimate, len(o.Measures))
	for i := range o.Measures {
		info, ranking := o.inform(i, records, z)
		r.Measures = append(r.Measures, info)
		areas[i] = ranking.auc(together)
	}
	r.Suggestions = suggest(o.Measures, areas)
	r.Warnings = r.warn(records)
	return r
}

// ranking ranks the accounts with a score.
func (o *Options) ranking(records []Record) Ranking {
	scores, left := make([]float64, 0, len(records)), make([]bool, 0, len(records))
	for i := range records {
		if x, ok := records[i].Score.Float64(); ok {
			scores, left = append(scores, x), append(left, records[i].gone(o.Horizon))
		}
	}
	return rank(scores, left, o.Scale)
}

// judge sets the figures of the score.
func (r *Report) judge(ranking Ranking, shares []decimal.Decimal, z float64) {
	r.Unscored = r.Accounts - ranking.Accounts()
	r.Undefined = ranking.Undefined()
	r.AUC = ranking.auc(z)
	r.Finding = FindingOf(r.AUC)
	r.KS = ranking.KS()
	for _, share := range shares {
		r.Worst = append(r.Worst, ranking.worst(share))
	}
	r.Calibration = ranking.Calibrate()
	r.Brier = r.Calibration.brier()
}
