package report

import (
	"encoding/json"

	"metrics.internal/success"
	"metrics.internal/success/cohort/help"
	"metrics.internal/success/cohort/triangle"
)

// The JSON of the section. Shares of a triangle are exact rates, everything else
// is a statistic, a number in full precision.
type (
	cohortJSON struct {
		Triangle triangleJSON `json:"triangle"`
		Survival survivalJSON `json:"survival"`
		Help     *helpJSON    `json:"help,omitempty"`
	}
	triangleJSON struct {
		Period  string         `json:"period"`
		Cohorts []rowOfCohorts `json:"cohorts"`
		Pooled  pooledJSON     `json:"pooled"`
	}
	rowOfCohorts struct {
		Start    success.Date    `json:"start"`
		Size     int             `json:"size"`
		Logo     []success.Ratio `json:"logo"`
		Net      []success.Ratio `json:"net"`
		Gross    []success.Ratio `json:"gross"`
		Complete []bool          `json:"complete"`
	}
	pooledJSON struct {
		Logo []success.Ratio `json:"logo"`
		Net  []success.Ratio `json:"net"`
	}
	survivalJSON struct {
		Unit     string           `json:"unit"`
		Times    []int            `json:"times"`
		AtRisk   []int64          `json:"at_risk"`
		Events   []int64          `json:"events"`
		Censored []int64          `json:"censored"`
		Surv     []float64        `json:"surv"`
		Lower    []success.Figure `json:"lower"`
		Upper    []success.Figure `json:"upper"`
		Median   success.Estimate `json:"median"`
		Mean     meanJSON         `json:"restricted_mean"`
	}
	meanJSON struct {
		Horizon int            `json:"horizon"`
		Value   success.Figure `json:"value"`
		SE      success.Figure `json:"se"`
	}
	helpJSON struct {
		Design     string         `json:"design"`
		Day        int            `json:"day"`
		Horizon    int            `json:"horizon"`
		Helped     armJSON        `json:"helped"`
		Unhelped   armJSON        `json:"unhelped"`
		Difference differenceJSON `json:"difference"`
		Adjusted   adjustedJSON   `json:"adjusted"`
		Warnings   []string       `json:"warnings"`
	}
	armJSON struct {
		N    int            `json:"n"`
		Kept success.Figure `json:"kept"`
	}
	differenceJSON struct {
		success.Estimate
		Method string `json:"method"`
	}
	adjustedJSON struct {
		success.Estimate
		StrataKept    int            `json:"strata_kept"`
		StrataDropped int            `json:"strata_dropped"`
		CrudeOnKept   success.Figure `json:"crude_on_kept"`
	}
)

// MarshalJSON returns the section as [cohortJSON].
func (s *Cohort) MarshalJSON() ([]byte, error) {
	j := cohortJSON{Triangle: triangleOf(s.Triangle), Survival: s.survival()}
	if s.Help != nil {
		j.Help = helpOf(s.Help, s.Warnings())
	}
	return json.Marshal(j)
}

func triangleOf(t *triangle.Triangle) triangleJSON {
	j := triangleJSON{
		Period:  "month",
		Cohorts: make([]rowOfCohorts, len(t.Rows)),
		Pooled:  pooledJSON{[]success.Ratio{}, []success.Ratio{}},
	}
	for i, row := range t.Rows {
		j.Cohorts[i] = rowOfCohorts{row.Start, row.Size, []success.Ratio{}, []success.Ratio{}, []success.Ratio{}, []bool{}}
		r := &j.Cohorts[i]
		for _, c := range row.Cells {
			r.Logo = append(r.Logo, success.RatioOf(c.Retained, c.Eligible))
			r.Net = append(r.Net, c.Net)
			r.Gross = append(r.Gross, c.Gross)
			r.Complete = append(r.Complete, c.Complete)
		}
	}
	for _, c := range t.Columns {
		j.Pooled.Logo = append(j.Pooled.Logo, c.Logo.Pooled)
		j.Pooled.Net = append(j.Pooled.Net, c.Net.Pooled)
	}
	return j
}

func (s *Cohort) survival() survivalJSON {
	j := survivalJSON{Unit: "day", Median: s.Curve.Median(), Mean: meanJSON{Horizon: s.Horizon}}
	if s.Mean != nil {
		j.Mean.Value, j.Mean.SE = success.FigureOf(s.Mean.Days), success.FigureOf(s.Mean.StdErr)
	}
	for _, step := range s.Curve.Steps() {
		j.Times = append(j.Times, step.Day)
		j.AtRisk = append(j.AtRisk, step.AtRisk)
		j.Events = append(j.Events, step.Left)
		j.Censored = append(j.Censored, step.Censored)
		j.Surv = append(j.Surv, step.Survival)
		j.Lower = append(j.Lower, step.Lower)
		j.Upper = append(j.Upper, step.Upper)
	}
	return j
}

func helpOf(r *help.Result, warnings []string) *helpJSON {
	return &helpJSON{
		Design:     "landmark",
		Day:        r.Day,
		Horizon:    r.Horizon,
		Helped:     armJSON{r.Helped.Accounts, r.Helped.Kept.Value},
		Unhelped:   armJSON{r.Unhelped.Accounts, r.Unhelped.Kept.Value},
		Difference: differenceJSON{r.Difference, r.Method},
		Adjusted: adjustedJSON{
			r.Adjusted.Difference, r.Adjusted.Kept, r.Adjusted.Dropped, r.Adjusted.CrudeOnKept.Value,
		},
		Warnings: warnings,
	}
}
