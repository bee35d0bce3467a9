package backtest

import (
	"math"

	"metrics.internal/success"
	"metrics.internal/success/health"
)

// An Information is what a measure alone says about who leaves.
type Information struct {
	Measure string           `json:"measure"`
	Scale   health.Scale     `json:"scale"`
	Missing int              `json:"missing"` // accounts without it
	AUC     success.Estimate `json:"auc"`     // as in [Ranking.AUC], of those with it
	Finding Finding          `json:"finding"` // what AUC says

	// IV is the information value, Σ (S − L) ln(S/L) over the bins, where S is the
	// bin's share of all stayers and L its share of all leavers. It is at least 0;
	// below .02 is next to nothing and above .5 too good to be true. Undefined
	// when nobody left or nobody stayed.
	IV success.Figure `json:"iv"`

	// Chance is the information value to be expected of a measure that says
	// nothing: (bins − 1)(1/leavers + 1/stayers), roughly. Undefined as IV is.
	Chance success.Figure `json:"chance"`

	Bins []Bin `json:"bins"` // from the worst values to the best, missing ones last
}

// A Bin is the accounts with values of a measure within limits.
type Bin struct {
	Worst    success.Figure `json:"worst"` // value of its worst account; undefined in the bin of missing values
	Best     success.Figure `json:"best"`  // value of its best account
	Accounts int            `json:"accounts"`
	Left     int            `json:"left"`

	// WoE is the weight of evidence, ln(S/L) as in [Information]: above 0 where
	// accounts stay more often than others. A count of nobody is taken as ½, in S
	// or L, so that it is finite; the totals stay as they are. Undefined as IV is.
	WoE success.Figure `json:"woe"`
}

func (b Bin) stayed() int { return b.Accounts - b.Left }

// inform returns what measure i says, and the ranking of the accounts with it.
func (o *Options) inform(i int, records []Record, z float64) (Information, Ranking) {
	m := o.Measures[i]
	values, outcomes := make([]float64, 0, len(records)), make([]bool, 0, len(records))
	var missing Bin
	for j := range records {
		r := &records[j]
		var value success.Figure
		if r.Measures != nil {
			value = r.Measures[i]
		}
		gone := r.gone(o.Horizon)
		if x, ok := value.Float64(); ok {
			values, outcomes = append(values, x), append(outcomes, gone)
			continue
		}
		missing.Accounts++
		if gone {
			missing.Left++
		}
	}
	r := rank(values, outcomes, m.Scale)
	info := Information{Measure: m.Name, Scale: m.Scale, Missing: missing.Accounts, AUC: r.auc(z), Bins: r.bins(o.bins(r))}
	info.Finding = FindingOf(info.AUC)
	if missing.Accounts > 0 {
		info.Bins = append(info.Bins, missing)
	}
	info.weigh()
	return info, r
}

const (
	perBin  = 10 // leavers, or stayers if they are fewer, wanted in a bin
	mostOwn = 10 // bins when the caller has not said how many
)

// bins returns how many bins the values of r are divided into.
func (o *Options) bins(r Ranking) int {
	if o.Bins > 0 {
		return o.Bins
	}
	return max(2, min(min(r.left, r.stayed)/perBin, mostOwn))
}

// bins divides accounts into about equal bins, n at most. Accounts with the same
// value are in the bin that the middle of them falls into; up to n different
// values have a bin each.
func (r Ranking) bins(n int) (bins []Bin) {
	before, last := 0, -1
	for i, t := range r.ties {
		at := i
		if len(r.ties) > n {
			at = int(int64(2*before+t.accounts()) * int64(n) / int64(2*r.Accounts()))
		}
		before += t.accounts()
		value := success.FigureOf(t.score)
		if at != last {
			bins = append(bins, Bin{Worst: value})
		}
		b := &bins[len(bins)-1]
		b.Best = value
		b.Accounts += t.accounts()
		b.Left += t.left
		last = at
	}
	return bins
}

// weigh sets the weights of evidence of the bins, and what they add up to.
func (info *Information) weigh() {
	left, stayed := 0., 0.
	for _, b := range info.Bins {
		left += float64(b.Left)
		stayed += float64(b.stayed())
	}
	if left == 0 || stayed == 0 {
		return
	}
	iv := 0.
	for i, b := range info.Bins {
		s, l := count(b.stayed())/stayed, count(b.Left)/left
		woe := math.Log(s / l)
		info.Bins[i].WoE = success.FigureOf(woe)
		iv += (s - l) * woe
	}
	info.IV = success.FigureOf(iv)
	info.Chance = success.FigureOf(float64(len(info.Bins)-1) * (1/left + 1/stayed))
}

// count returns n, and ½ for nobody.
func count(n int) float64 {
	if n == 0 {
		return 0.5
	}
	return float64(n)
}
