package help_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/cohort/help"
	"metrics.internal/success/internal/refusal"
)

var fault = refusal.Of

func day(n int) success.Date { return first.AddDays(n) }

// everyDesign runs all comparisons and returns their errors.
func everyDesign(accounts []help.Account, o help.Options) map[string]error {
	_, landmark := help.Landmark(accounts, o)
	_, startStop := help.StartStop(accounts, o)
	_, match := help.Match(accounts, help.MatchOptions{Options: o})
	_, bootstrap := help.Bootstrap(accounts, help.BootstrapOptions{Options: o, Resamples: 99})
	return map[string]error{"landmark": landmark, "start–stop": startStop, "match": match, "bootstrap": bootstrap}
}

func TestBadAccounts(t *testing.T) {
	huge := decimal.New(1, 40)
	for name, c := range map[string]struct {
		account help.Account
		faults  []refusal.Fault
	}{
		"no ID":              {help.Account{Start: first}, []refusal.Fault{fault("ID", success.ErrMissing)}},
		"the ID of another":  {help.Account{ID: "good", Start: first}, []refusal.Fault{fault("ID", success.ErrDuplicate)}},
		"no start":           {help.Account{ID: "a"}, []refusal.Fault{fault("Start", success.ErrMissing)}},
		"starts later":       {help.Account{ID: "a", Start: day(1000)}, []refusal.Fault{fault("Start", success.ErrOrder)}},
		"left before":        {help.Account{ID: "a", Start: day(5), Left: day(4)}, []refusal.Fault{fault("Left", success.ErrOrder)}},
		"seen before":        {help.Account{ID: "a", Start: day(5), Until: day(4)}, []refusal.Fault{fault("Until", success.ErrOrder)}},
		"help after leaving": {help.Account{ID: "a", Start: day(5), Left: day(9), Began: day(10)}, []refusal.Fault{fault("Began", success.ErrOrder)}},
		"help on leaving":    {help.Account{ID: "a", Start: day(5), Left: day(9), Began: day(9)}, []refusal.Fault{fault("Began", success.ErrOrder)}},
		"negative amounts": {help.Account{ID: "a", Start: first, Opening: decimal.New(-1, 0), Closing: decimal.New(-1, 0), Hours: decimal.New(-1, 0)},
			[]refusal.Fault{fault("Opening", success.ErrNegative), fault("Closing", success.ErrNegative), fault("Hours", success.ErrNegative)}},
		"huge amounts": {help.Account{ID: "a", Start: first, Opening: huge, Closing: huge, Hours: huge},
			[]refusal.Fault{fault("Opening", success.ErrRange), fault("Closing", success.ErrRange), fault("Hours", success.ErrRange)}},
	} {
		accounts := []help.Account{{ID: "good", Start: first}, c.account}
		for design, err := range everyDesign(accounts, help.Options{AsOf: day(400)}) {
			refusal.Check(t, name+", "+design, err, c.faults...)
			var all *success.Errors
			if errors.As(err, &all) && all.Faults[0].Index != 1 {
				t.Errorf("%s: record %d", name, all.Faults[0].Index)
			}
		}
	}
}

func TestBadOptions(t *testing.T) {
	one := []help.Account{{ID: "a", Start: first}}
	for design, err := range everyDesign(one, help.Options{Day: -1, Horizon: -1, Level: 1}) {
		if design != "bootstrap" {
			refusal.Check(t, design, err, fault("AsOf", success.ErrMissing), fault("Day", success.ErrNegative), fault("Horizon", success.ErrNegative), fault("Level", success.ErrRange))
		}
	}
	for design, err := range everyDesign(nil, help.Options{AsOf: first}) {
		refusal.Check(t, design, err, fault("", success.ErrMissing))
	}
	for _, level := range []float64{-0.1, 1.5, math.NaN()} {
		_, err := help.Landmark(one, help.Options{AsOf: day(1), Level: level})
		refusal.Check(t, "level", err, fault("Level", success.ErrRange))
	}
}

func TestUnknownStratum(t *testing.T) {
	accounts := []help.Account{{ID: "a", Start: first, Stratum: "small"}, {ID: "b", Start: first, Stratum: "smal"}}
	_, err := help.Landmark(accounts, help.Options{AsOf: day(1), Strata: []string{"small", "large"}})
	refusal.Check(t, "landmark", err, fault("Stratum", success.ErrUnknown))
}

func TestBadTraits(t *testing.T) {
	accounts := []help.Account{
		{ID: "a", Start: first, Numbers: []float64{math.NaN()}},
		{ID: "b", Start: first, Numbers: []float64{math.Inf(-1), 2}, Classes: []string{"x"}},
	}
	o := help.MatchOptions{
		Options:  help.Options{AsOf: day(1)},
		Traits:   help.Traits{Numbers: []help.Number{{Name: "a", Cuts: []float64{1, 1}}}},
		Estimand: 2,
	}
	_, err := help.Match(accounts, o)
	refusal.Check(t, "match", err,
		fault("Numbers", success.ErrRange), fault("Numbers", success.ErrRange), fault("Classes", success.ErrRange), fault("Numbers", success.ErrRange),
		fault("Cuts", success.ErrOrder), fault("Estimand", success.ErrUnknown))
	o.Traits.Numbers[0].Cuts = []float64{math.NaN()}
	o.Estimand = help.Treated
	_, err = help.Match(accounts[:0:0], o)
	refusal.Check(t, "cuts", err, fault("", success.ErrMissing), fault("Cuts", success.ErrOrder))
}

func TestBadResamples(t *testing.T) {
	one := []help.Account{{ID: "a", Start: first}}
	for n, kind := range map[int]error{-1: success.ErrNegative, 1_000_001: success.ErrRange, 38: success.ErrRange} {
		_, err := help.Bootstrap(one, help.BootstrapOptions{Options: help.Options{AsOf: day(1)}, Resamples: n})
		refusal.Check(t, "resamples", err, fault("Resamples", kind))
	}
	if _, err := help.Bootstrap(one, help.BootstrapOptions{Options: help.Options{AsOf: day(1)}, Resamples: 39}); err != nil {
		t.Error(err)
	}
}

func TestBadComments(t *testing.T) {
	_, err := help.VoiceOf([]help.Comment{{Score: -1}, {Score: 11}}, 2)
	refusal.Check(t, "voice", err, fault("Score", success.ErrRange), fault("Score", success.ErrRange), fault("Level", success.ErrRange))
	_, err = help.VoiceOf(nil, 0)
	refusal.Check(t, "voice", err, fault("", success.ErrMissing))
}

// arms returns so many accounts helped from the start and not, of which so many
// leave on day 50.
func arms(helped, gone1, unhelped, gone0 int) (accounts []help.Account) {
	for i := range helped + unhelped {
		a := help.Account{ID: success.AccountID(rune('a' + i)), Start: first}
		left := i < gone1
		if i < helped {
			a.Began = first
		} else {
			left = i-helped < gone0
		}
		if left {
			a.Left = day(50)
		}
		accounts = append(accounts, a)
	}
	return accounts
}

// What cannot be compared is undefined, and said to be.
func TestWarnings(t *testing.T) {
	o := help.Options{AsOf: day(400), Horizon: 100}
	for name, c := range map[string]struct {
		accounts []help.Account
		options  help.Options
		want     error
		defined  bool
	}{
		"an empty arm":           {arms(0, 0, 5, 2), o, help.ErrEmptyArm, false},
		"one account":            {arms(1, 0, 0, 0), o, help.ErrEmptyArm, false},
		"everybody gone":         {arms(2, 2, 2, 2), help.Options{AsOf: day(400), Day: 60, Horizon: 100}, help.ErrEmptyArm, false},
		"horizon beyond":         {arms(5, 1, 5, 2), help.Options{AsOf: day(400), Horizon: 500}, help.ErrShortFollowUp, false},
		"small strata":           {arms(5, 1, 5, 2), o, help.ErrSmallStrata, true},
		"nobody left":            {arms(5, 0, 5, 0), o, help.ErrSmallStrata, true},
		"everybody left by then": {arms(5, 5, 5, 5), o, help.ErrSmallStrata, true},
	} {
		r := landmark(t, c.accounts, c.options)
		if !warned(r.Warnings, c.want) || r.Difference.Value.Defined() != c.defined {
			t.Errorf("%s: %v, %v", name, r.Difference, r.Warnings)
		}
	}
	accounts := arms(5, 1, 5, 2)
	accounts[9].Began = day(30)
	accounts[8].Stratum = "alone"
	accounts[7].Opening, accounts[8].Opening = decimal.NewFromInt(3), decimal.NewFromInt(3)
	accounts[8].Until = day(99)
	r := landmark(t, accounts, o)
	for _, want := range []error{help.ErrHelpedLater, help.ErrDropped, help.ErrUnfollowed} {
		if !warned(r.Warnings, want) {
			t.Errorf("no warning %v in %v", want, r.Warnings)
		}
	}
	if r.Method != "Greenwood" || r.Later != 1 {
		t.Errorf("%s, %d helped later", r.Method, r.Later)
	}
	if _, ok := r.Tables(); ok {
		t.Error("counts of accounts that nobody followed")
	}
	big := landmark(t, arms(12, 1, 12, 2), o)
	if len(big.Warnings) != 0 {
		t.Errorf("warnings of a sound comparison: %v", big.Warnings)
	}
}

// Two strata in which help does harm, thrown together so that it looks good.
func TestReversed(t *testing.T) {
	accounts, asOf := hand(t, readReference(t))
	for i := range accounts {
		a := &accounts[i]
		if a.Stratum == "large" != !a.Began.IsZero() && i%5 > 0 {
			continue
		}
		if !a.Began.IsZero() && a.Left.IsZero() && i%4 == 0 {
			a.Left = a.Start.AddDays(30)
		}
	}
	r := landmark(t, accounts, help.Options{AsOf: asOf})
	d, _ := r.Difference.Value.Float64()
	adjusted, _ := r.Adjusted.Difference.Value.Float64()
	if d <= 0 || adjusted >= 0 {
		t.Fatalf("crude %v, adjusted %v: the data do not turn over", d, adjusted)
	}
	if !warned(r.Warnings, help.ErrReversed) || !warned(r.Warnings, help.ErrConfounded) {
		t.Errorf("%v", r.Warnings)
	}
}

func TestMatchWarnings(t *testing.T) {
	accounts := arms(6, 1, 6, 2)
	for i := range accounts {
		accounts[i].Numbers = []float64{float64(i)}
	}
	o := help.MatchOptions{
		Options: help.Options{AsOf: day(400), Horizon: 100},
		Traits:  help.Traits{Numbers: []help.Number{{Name: "seats", Cuts: []float64{1}}}},
	}
	m, err := help.Match(accounts, o)
	if err != nil || !warned(m.Warnings, help.ErrImbalance) || !warned(m.Warnings, help.ErrUnmatched) || m.Dropped != 1 {
		t.Errorf("%+v, %v", m, err)
	}
	for _, w := range m.Warnings {
		if errors.Is(w, help.ErrEmptyArm) || errors.Is(w, help.ErrUnmatched) && !strings.HasSuffix(w.Error(), ": 1") {
			t.Errorf("one of twelve is unmatched: %v", w)
		}
	}
	o.Traits.Numbers[0].Cuts = nil
	m, err = help.Match(accounts, o)
	if err != nil || m.Strata != 0 || m.Difference.Value.Defined() || m.Revenue || m.Balance != nil || m.Helped.Effective != 0 {
		t.Errorf("nobody matched: %+v, %v", m, err)
	}
	for _, w := range m.Warnings {
		if errors.Is(w, help.ErrUnmatched) && !strings.HasSuffix(w.Error(), ": 12") {
			t.Errorf("all of twelve are unmatched: %v", w)
		}
	}
	m, err = help.Match(accounts[:6], help.MatchOptions{Options: o.Options, Traits: o.Traits})
	if err != nil || !warned(m.Warnings, help.ErrEmptyArm) {
		t.Errorf("one arm: %+v, %v", m, err)
	}
	accounts[11].Until, accounts[11].Numbers = day(70), accounts[0].Numbers
	m, err = help.Match(accounts, help.MatchOptions{Options: help.Options{AsOf: day(400), Horizon: 60}, Traits: o.Traits})
	if err != nil || !m.Revenue {
		t.Errorf("followed to the horizon: %+v, %v", m, err)
	}
	m, err = help.Match(accounts, help.MatchOptions{Options: help.Options{AsOf: day(400), Horizon: 100}, Traits: o.Traits})
	if err != nil || m.Revenue {
		t.Errorf("not followed to the horizon: %+v, %v", m, err)
	}
}

func TestStartStopEdges(t *testing.T) {
	r, err := help.StartStop(arms(0, 0, 3, 1), help.Options{AsOf: day(400)})
	if err != nil || !warned(r.Warnings, help.ErrEmptyArm) || r.From != -1 || len(r.LogRank.Groups) != 0 {
		t.Errorf("never helped: %+v, %v", r, err)
	}
	r, err = help.StartStop(arms(3, 1, 3, 1), help.Options{AsOf: day(400)})
	if err != nil || !warned(r.Warnings, help.ErrShortFollowUp) || r.From != -1 || r.Helped != nil {
		t.Errorf("too few at risk: %+v, %v", r, err)
	}
	accounts := arms(12, 3, 12, 6)
	for i := range 4 {
		accounts[i+12+6].Began = day(10 + 10*i) // on to the other side
	}
	for i := range 6 {
		accounts[i].Began = day(20)
	}
	r, err = help.StartStop(accounts, help.Options{AsOf: day(400)})
	if err != nil || r.From != 20 || r.Changed != 10 {
		t.Fatalf("%+v, %v", r, err)
	}
	if n := r.Helped.Accounts(); n != 16 {
		t.Errorf("%d helped accounts at risk after day %d", n, r.From)
	}
	if p, ok := r.Unhelped.At(30); !ok || p.Survival >= 1 {
		t.Errorf("50 days after the start, 30 after day 20: %+v, %v", p, ok)
	}
}

func TestBootstrapEdges(t *testing.T) {
	o := help.BootstrapOptions{Options: help.Options{AsOf: day(400), Horizon: 100}, Resamples: 199}
	accounts := arms(3, 1, 3, 1)
	b, err := help.Bootstrap(accounts, o)
	if err != nil || b.NRR.Percentile.Value.Defined() || b.NRR.Helped.Defined() {
		t.Errorf("no revenue: %+v, %v", b, err)
	}
	for i := range accounts {
		accounts[i].Opening, accounts[i].Closing = decimal.NewFromInt(10), decimal.NewFromInt(10)
	}
	b, err = help.Bootstrap(accounts, o)
	if err != nil || b.NRR.Percentile != success.EstimateOf(0, 0, 0) || b.NRR.BCa.Lower.Defined() {
		t.Errorf("no variation: %+v, %v", b, err)
	}
	accounts[5].Until = day(40)
	accounts[4].Began = day(3)
	b, err = help.Bootstrap(accounts, o)
	if err != nil || !warned(b.Warnings, help.ErrUnfollowed) || !warned(b.Warnings, help.ErrHelpedLater) || b.Followed != [2]int{2, 3} {
		t.Errorf("one lost: %+v, %v", b, err)
	}
}

// The order statistics by hand: nine resamples of one account an arm are all the
// same, so the limits are the value itself.
func TestBootstrapOfOne(t *testing.T) {
	accounts := arms(1, 0, 1, 0)
	accounts[0].Opening, accounts[0].Closing = decimal.NewFromInt(100), decimal.NewFromInt(90)
	accounts[1].Opening, accounts[1].Closing = decimal.NewFromInt(100), decimal.NewFromInt(50)
	b, err := help.Bootstrap(accounts, help.BootstrapOptions{Options: help.Options{AsOf: day(400), Horizon: 100, Level: 0.8}, Resamples: 9})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "lower", b.NRR.Percentile.Lower, 0.4, 1e-12)
	near(t, "upper", b.NRR.Percentile.Upper, 0.4, 1e-12)
	if b.NRR.BCa.Lower.Defined() {
		t.Errorf("%v", b.NRR.BCa)
	}
}

func TestVoice(t *testing.T) {
	comments := []help.Comment{{10, true}, {9, true}, {9, false}, {8, true}, {7, false}, {6, true}, {3, false}, {0, false}}
	v, err := help.VoiceOf(comments, 0)
	if err != nil || v.Promoters.Count != 2 || v.Promoters.Total != 3 || v.Passives.Total != 2 || v.Passives.Count != 1 || v.Detractors.Count != 1 || v.Detractors.Total != 3 {
		t.Fatalf("%+v, %v", v, err)
	}
	near(t, "all", v.All.Value, 0.5, 1e-12)
	near(t, "difference", v.Difference.Value, 1.0/3, 1e-12)
	v, err = help.VoiceOf(comments[:5], 0)
	if err != nil || v.Difference.Value.Defined() || !v.All.Lower.Defined() {
		t.Errorf("no detractors: %+v, %v", v, err)
	}
}
