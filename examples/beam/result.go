package main

import (
	"cmp"
	"errors"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/cohort/survival"
	"metrics.internal/success/retention"
)

// A Result is the answer to a question, with every amount to its last digit. With
// faults there are no figures: they would be those of a part of the company.
type Result struct {
	Period   success.Period       `json:"period"`
	NRR      success.Ratio        `json:"nrr"`
	GRR      success.Ratio        `json:"grr"`
	Year     retention.Movement   `json:"year"`
	Months   []retention.Movement `json:"months"`
	Close    retention.Snapshot   `json:"close"` // of the year
	Renewals retention.Renewals   `json:"renewals"`
	Survival []Point              `json:"survival"`
	Sources  attribution.Table    `json:"sources"`
	Faults   Faults               `json:"faults"`
}

// A Point is one of a survival curve.
type Point struct {
	Days int `json:"days"`
	survival.Point
}

// stepDays and points are where the curve is read.
const (
	stepDays = 90
	points   = 12
)

func resultOf(q *Question, a Answers, table attribution.Table, faults Faults) (Result, error) {
	r := Result{Period: q.Period, Faults: faults}
	if faults.Count > 0 {
		return r, nil
	}
	slices.SortFunc(a.Movements, func(m, n retention.Movement) int {
		return cmp.Or(m.Period.From.Compare(n.Period.From), m.Period.To.Compare(n.Period.To))
	})
	for _, m := range a.Movements {
		if m.Period == q.Period {
			r.Year, r.NRR, r.GRR = m, m.NRR(), m.GRR()
		} else {
			r.Months = append(r.Months, m)
		}
	}
	r.Close, r.Renewals, r.Sources = a.Snapshot, a.Renewals, table
	var err error
	r.Survival, err = read(a.Stay)
	return r, err
}

// read reads the curve of stays, which is none without any.
func read(s Stay) (curve []Point, err error) {
	if s.Counts == nil || s.Counts.Accounts() == 0 {
		return nil, nil
	}
	c, err := s.Counts.Curve(survival.Options{})
	if err != nil {
		return nil, err
	}
	for i := range points + 1 {
		if p, ok := c.At(float64(i * stepDays)); ok {
			curve = append(curve, Point{i * stepDays, p})
		}
	}
	return curve, nil
}

// direct answers the question in this process and without an engine, from one
// book of everything. It is what the pipeline has to agree with.
func direct(contracts []success.Contract, sales []Sale, q Question) (Result, error) {
	var faults Faults
	a, err := askBook(slices.Clone(contracts), &q)
	if err != nil && !errors.As(err, &faults) {
		return Result{}, err
	}
	table, err := askSales(slices.Clone(sales), &q)
	if more := (Faults{}); errors.As(err, &more) {
		faults = faults.merge(more)
	} else if err != nil {
		return Result{}, err
	}
	return resultOf(&q, a, table, faults)
}
