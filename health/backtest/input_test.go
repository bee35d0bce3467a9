package backtest_test

import (
	"errors"
	"math"
	"testing"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/health/backtest"
	"metrics.internal/success/internal/refusal"
)

var fault = refusal.Of

func TestBadRecords(t *testing.T) {
	scored := day("2025-01-31")
	good := backtest.Record{
		Account: "a", Score: success.FigureOf(5), Band: "Red", Revenue: number("100"), Lost: number("100"),
		ScoredAt: scored, Newest: scored, Left: scored.AddDays(90), Event: true, Measures: []success.Figure{success.FigureOf(1)},
	}
	options := backtest.Options{Bands: bands, Horizon: 90, KnownTo: scored.AddDays(90), Measures: []backtest.Measure{{Name: "m"}}}
	if _, err := backtest.Run([]backtest.Record{good}, options); err != nil {
		t.Fatalf("on every edge: %v", err)
	}
	for name, c := range map[string]struct {
		spoil  func(*backtest.Record)
		faults []refusal.Fault
	}{
		"no account":       {func(r *backtest.Record) { r.Account = "" }, []refusal.Fault{fault("Account", success.ErrMissing)}},
		"no band":          {func(r *backtest.Record) { r.Band = "" }, []refusal.Fault{fault("Band", success.ErrMissing)}},
		"unknown band":     {func(r *backtest.Record) { r.Band = "red" }, []refusal.Fault{fault("Band", success.ErrUnknown)}},
		"negative revenue": {func(r *backtest.Record) { r.Revenue, r.Lost = number("-1"), decimal.Decimal{} }, []refusal.Fault{fault("Revenue", success.ErrNegative)}},
		"endless revenue":  {func(r *backtest.Record) { r.Revenue, r.Lost = decimal.New(1, 99), decimal.Decimal{} }, []refusal.Fault{fault("Revenue", success.ErrRange)}},
		"negative loss":    {func(r *backtest.Record) { r.Lost = number("-1") }, []refusal.Fault{fault("Lost", success.ErrNegative)}},
		"endless loss":     {func(r *backtest.Record) { r.Lost = decimal.New(1, 99) }, []refusal.Fault{fault("Lost", success.ErrRange)}},
		"more than all":    {func(r *backtest.Record) { r.Lost = number("100.000001") }, []refusal.Fault{fault("Lost", success.ErrRange)}},
		"lost, not left": {func(r *backtest.Record) { r.Event, r.Left = false, success.Date{} },
			[]refusal.Fault{fault("Lost", success.ErrRange)}},
		"lost, left later": {func(r *backtest.Record) { r.Event, r.Left = false, scored.AddDays(91) },
			[]refusal.Fault{fault("Lost", success.ErrRange)}},
		"left, never scored":  {func(r *backtest.Record) { r.Event, r.ScoredAt = false, success.Date{} }, []refusal.Fault{fault("ScoredAt", success.ErrMissing)}},
		"left as scored":      {func(r *backtest.Record) { r.Left = scored }, []refusal.Fault{fault("Left", success.ErrOrder)}},
		"left before":         {func(r *backtest.Record) { r.Event, r.Left = false, scored.AddDays(-1) }, []refusal.Fault{fault("Left", success.ErrOrder)}},
		"left too late":       {func(r *backtest.Record) { r.Left = scored.AddDays(91) }, []refusal.Fault{fault("Left", success.ErrOrder)}},
		"not known as yet":    {func(r *backtest.Record) { r.ScoredAt = scored.AddDays(1) }, []refusal.Fault{fault("ScoredAt", success.ErrOrder)}},
		"a measure too many":  {func(r *backtest.Record) { r.Measures = make([]success.Figure, 2) }, []refusal.Fault{fault("Measures", success.ErrRange)}},
		"several, each named": {func(r *backtest.Record) { r.Account, r.Band = "", "" }, []refusal.Fault{fault("Account", success.ErrMissing), fault("Band", success.ErrMissing)}},
	} {
		bad := good
		c.spoil(&bad)
		r, err := backtest.Run([]backtest.Record{bad}, options)
		refusal.Check(t, name, err, c.faults...)
		if r.Accounts != 0 {
			t.Errorf("%s: %+v is computed nevertheless", name, r)
		}
	}
	_, err := backtest.Run([]backtest.Record{good, {Account: "b", Band: health.Unknown}, good}, options)
	refusal.Check(t, "twice", err, fault("Account", success.ErrDuplicate))
	_, err = backtest.Run([]backtest.Record{{}, {}}, options)
	refusal.Check(t, "nothing is not twice", err, fault("Account", success.ErrMissing), fault("Band", success.ErrMissing),
		fault("Account", success.ErrMissing), fault("Band", success.ErrMissing))
	_, err = backtest.Run([]backtest.Record{{Account: "a", Band: "Red"}}, backtest.Options{})
	refusal.Check(t, "a band of none", err, fault("Band", success.ErrUnknown))
}

func TestBadOptions(t *testing.T) {
	dated := []backtest.Record{{Account: "a", ScoredAt: day("2025-01-01"), Left: day("2025-02-01"), Lost: number("1"), Revenue: number("1")}}
	for name, c := range map[string]struct {
		records []backtest.Record
		options backtest.Options
		fault   refusal.Fault
	}{
		"scale":            {nil, backtest.Options{Scale: 2}, fault("Scale", success.ErrUnknown)},
		"a band less":      {nil, backtest.Options{Bands: []string{"Red", ""}}, fault("", success.ErrMissing)},
		"a band twice":     {nil, backtest.Options{Bands: []string{"Red", "Green", "Red"}}, fault("", success.ErrDuplicate)},
		"unknown in order": {nil, backtest.Options{Bands: []string{"Red", health.Unknown}}, fault("", success.ErrOrder)},
		"horizon -1":       {nil, backtest.Options{Horizon: -1}, fault("Horizon", success.ErrNegative)},
		"endless horizon":  {nil, backtest.Options{Horizon: backtest.MaxHorizon + 1}, fault("Horizon", success.ErrRange)},
		"no horizon":       {dated, backtest.Options{}, fault("Horizon", success.ErrMissing)},
		"bins -1":          {nil, backtest.Options{Bins: -1}, fault("Bins", success.ErrRange)},
		"one bin":          {nil, backtest.Options{Bins: 1}, fault("Bins", success.ErrRange)},
		"endless bins":     {nil, backtest.Options{Bins: backtest.MaxBins + 1}, fault("Bins", success.ErrRange)},
		"no share":         {nil, backtest.Options{Worst: []decimal.Decimal{number("0")}}, fault("", success.ErrRange)},
		"more than all":    {nil, backtest.Options{Worst: []decimal.Decimal{number("1.000001")}}, fault("", success.ErrRange)},
		"a tiny share":     {nil, backtest.Options{Worst: []decimal.Decimal{number("0.1000001")}}, fault("", success.ErrRange)},
		"an endless share": {nil, backtest.Options{Worst: []decimal.Decimal{decimal.New(1, 99)}}, fault("", success.ErrRange)},
		"level":            {nil, backtest.Options{Level: 1}, fault("Level", success.ErrRange)},
		"no name":          {nil, backtest.Options{Measures: []backtest.Measure{{}}}, fault("Name", success.ErrMissing)},
		"a name twice":     {nil, backtest.Options{Measures: []backtest.Measure{{Name: "m"}, {Name: "m"}}}, fault("Name", success.ErrDuplicate)},
		"measure's scale":  {nil, backtest.Options{Measures: []backtest.Measure{{Name: "m", Scale: 2}}}, fault("Scale", success.ErrUnknown)},
	} {
		_, err := backtest.Run(c.records, c.options)
		refusal.Check(t, name, err, c.fault)
	}
	for name, o := range map[string]backtest.Options{
		"least": {Bins: 2, Worst: []decimal.Decimal{number("0.000001")}, Level: 0.01},
		"most":  {Scale: health.Risk, Horizon: backtest.MaxHorizon, Bins: backtest.MaxBins, Worst: []decimal.Decimal{number("1")}, Level: 0.9999},
		"none":  {Worst: []decimal.Decimal{}},
	} {
		if _, err := backtest.Run(nil, o); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBadColumns(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	_, err := backtest.Rank([]float64{1, nan, inf, -inf}, []bool{true}, 2)
	refusal.Check(t, "Rank", err, fault("", success.ErrRange), fault("", success.ErrUnknown),
		fault("", success.ErrRange), fault("", success.ErrRange), fault("", success.ErrRange))
	_, err = backtest.BrierOf([]float64{0, 1, -1e-9, 1 + 1e-9, nan, inf}, make([]bool, 6))
	refusal.Check(t, "BrierOf", err, fault("", success.ErrRange), fault("", success.ErrRange), fault("", success.ErrRange), fault("", success.ErrRange))
	_, err = backtest.BrierOf([]float64{0}, nil)
	refusal.Check(t, "BrierOf of columns", err, fault("", success.ErrRange))
	r := rank(t, []float64{1, 2}, []bool{true, false}, health.Health)
	for _, level := range []float64{-1, 1, nan} {
		_, err = r.AUC(level)
		refusal.Check(t, "AUC", err, fault("Level", success.ErrRange))
	}
	if _, err = r.Worst(number("0")); !errors.Is(err, success.ErrRange) {
		t.Errorf("the worst of nothing: %v", err)
	}
	if _, err = r.Merge(rank(t, []float64{1}, []bool{true}, health.Risk)); !errors.Is(err, success.ErrRange) {
		t.Errorf("scales merge: %v", err)
	}
	_, _, err = r.Calibrate().RevenueAtRisk([]backtest.Stake{{}, {Revenue: number("-1")}, {Revenue: decimal.New(1, 99)}})
	refusal.Check(t, "RevenueAtRisk", err, fault("Revenue", success.ErrNegative), fault("Revenue", success.ErrRange))
	if c := r.Confusion(nan); c != (backtest.Confusion{FalseNegative: 1, TrueNegative: 1}) {
		t.Errorf("NaN puts at risk: %+v", c)
	}
}
