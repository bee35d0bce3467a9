package contact

import (
	"cmp"
	"math"
	"slices"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// A Departure is a contact who has left.
type Departure struct {
	Contact  string       `json:"contact"`
	On       success.Date `json:"on"`
	Champion bool         `json:"champion,omitempty"`
}

// A Risk is how much hangs on whom at an account. Of contacts who have left only
// Departures, LeftShare and Champions speak.
type Risk struct {
	Account   success.AccountID `json:"account"`
	Contacts  int               `json:"contacts"`           // people still there
	Acting    int               `json:"acting"`             // of them, those who acted in the window
	Reliance  Reliance          `json:"reliance"`           // on how many people the account hangs
	Top       string            `json:"top,omitempty"`      // who acted most, of equals the first by ID; empty when nobody acted
	TopShare  success.Ratio     `json:"top_share"`          // share of the actions that are Top's; undefined when nobody acted
	Effective success.Ratio     `json:"effective_contacts"` // 1/Σp² over the shares p: from 1 to Acting; undefined when nobody acted

	Champions     int            `json:"champions"`      // champions still there
	SinceChampion success.Figure `json:"since_champion"` // days since one of them acted last; undefined when that is unknown
	Departures    []Departure    `json:"departures"`     // those who have left, latest first, then by ID
	LeftShare     success.Ratio  `json:"left_share"`     // share of all actions in the window that are of people who have left
	ChampionLeft  bool           `json:"champion_left"`  // a champion has left and none is there

	Term     success.Ratio  `json:"term_per_tenure"` // length of the contract in average tenures; above 1 it outlives most contacts
	Outlived int            `json:"outlived"`        // people still there whose average tenure ends before the contract does
	Longest  success.Figure `json:"longest_tenure"`  // days in the job of who is there longest; undefined when unknown
	Stays    success.Figure `json:"stays"`           // chance that a contact is still there when the contract ends; undefined without End
}

// A Report is the risk of every account on a day.
type Report struct {
	AsOf    success.Date `json:"as_of"`
	Tenure  int          `json:"tenure_months"`  // average stay in the job that was assumed
	Assumed bool         `json:"tenure_assumed"` // it is [DefaultTenure], which nobody measured here
	Risks   []Risk       `json:"risks"`          // by account
}

// Assess returns the single contact risk of accounts, with their contacts, both
// in any order. With n the actions of a contact who is still there:
//
//	TopShare  = max n / Σ n
//	Effective = 1/Σp² = (Σ n)² / Σ n², with p = n/Σ n
//	LeftShare = actions of those who left / actions of all
//	Term      = days from Start to End / (Tenure × 365.2425/12)
//	Stays     = exp(−days from AsOf to End / (Tenure × 365.2425/12))
//
// Effective is the inverse of the Herfindahl–Hirschman index: the number of
// contacts who act alike that would be as concentrated. An account hangs on a
// single contact when only one is there, or when Effective is below
// Options.Single.
//
// Stays takes it that people leave at a constant rate, so that who has been there
// for long is no more likely to leave than others; on the last day of a contract and
// after it, it is 1, for nothing is left to wait. Outlived, on the other hand, counts
// contacts one by one: those whose Joined and Tenure, in calendar months, come to
// before End. Without End or Joined they are not counted.
//
// As errors it reports a missing AsOf, ID or Account ([success.ErrMissing]), the
// same account, or contact within an account, twice ([success.ErrDuplicate]), a
// contact of an account that is not there ([success.ErrUnknown]), an End that is
// not after Start, days after AsOf, a LastActed or Left before Joined, and
// a LastActed that is not before Left ([success.ErrOrder]), negative Actions, Tenure or Single
// ([success.ErrNegative]), and Actions above [MaxActions], a Tenure above
// [MaxTenure] or a Single that is not above 1 and at most 1,000
// ([success.ErrRange]).
func Assess(accounts []Account, contacts []Contact, options Options) (Report, error) {
	of, err := group(accounts, contacts, options)
	if err != nil {
		return Report{}, err
	}
	r := Report{AsOf: options.AsOf, Tenure: options.tenure(), Assumed: options.Tenure == 0, Risks: make([]Risk, len(accounts))}
	for i, a := range accounts {
		r.Risks[i] = assess(a, of[i], options)
	}
	slices.SortFunc(r.Risks, func(a, b Risk) int { return cmp.Compare(a.Account, b.Account) })
	return r, nil
}

// assess returns the risk of an account.
func assess(a Account, contacts []Contact, o Options) Risk {
	r := Risk{Account: a.ID}
	slices.SortFunc(contacts, func(a, b Contact) int { return cmp.Compare(a.ID, b.ID) })
	var there spread
	var gone exact.Sum
	for _, c := range contacts {
		if !c.Left.IsZero() {
			r.leave(c)
			gone = gone.Plus(c.Actions)
			continue
		}
		if c.Actions > there.most {
			r.Top = c.ID
		}
		there.add(c.Actions)
		r.stay(c, a, o)
	}
	r.TopShare, r.Effective = there.top(), there.effective()
	r.LeftShare = ratio(gone, gone.Add(there.total))
	r.ChampionLeft = r.Champions == 0 && slices.ContainsFunc(r.Departures, func(d Departure) bool { return d.Champion })
	slices.SortStableFunc(r.Departures, func(a, b Departure) int { return b.On.Compare(a.On) })
	r.Reliance = r.reliance(o.single())
	r.term(a, o)
	return r
}

// leave counts a contact who has left.
func (r *Risk) leave(c Contact) {
	r.Departures = append(r.Departures, Departure{c.ID, c.Left, c.Champion})
}

// stay counts a contact who is there.
func (r *Risk) stay(c Contact, a Account, o Options) {
	r.Contacts++
	if c.Actions > 0 {
		r.Acting++
	}
	if c.Champion {
		r.Champions++
		if !c.LastActed.IsZero() {
			r.SinceChampion = fewer(r.SinceChampion, o.AsOf.Sub(c.LastActed))
		}
	}
	if c.Joined.IsZero() {
		return
	}
	r.Longest = more(r.Longest, o.AsOf.Sub(c.Joined))
	if !a.End.IsZero() && c.Joined.AddMonths(o.tenure()).Before(a.End) {
		r.Outlived++
	}
}

// fewer returns the smaller of a number of days that may be undefined and another.
func fewer(f success.Figure, days int) success.Figure {
	if v, ok := f.Float64(); ok && v <= float64(days) {
		return f
	}
	return success.FigureOf(float64(days))
}

// more returns the larger of a number of days that may be undefined and another.
func more(f success.Figure, days int) success.Figure {
	if v, ok := f.Float64(); ok && v >= float64(days) {
		return f
	}
	return success.FigureOf(float64(days))
}

// reliance returns on how many people an account with the given risk hangs.
func (r *Risk) reliance(single decimal.Decimal) Reliance {
	switch {
	case r.Contacts == 0 && len(r.Departures) > 0:
		return Nobody
	case r.Contacts == 1:
		return Single
	case r.Acting == 0:
		return Unknown
	case r.Effective.Num.LessThan(single.Mul(r.Effective.Den)):
		return Single
	}
	return Several
}

// yearTenThousandths is the length of the mean Gregorian year, 365.2425 days.
const yearTenThousandths = 3_652_425

// term compares the contract of an account with the time people stay.
func (r *Risk) term(a Account, o Options) {
	if a.End.IsZero() {
		return
	}
	tenure := int64(o.tenure()) * yearTenThousandths // × 12 × 10,000 days
	const scale = 12 * 10_000
	if !a.Start.IsZero() {
		r.Term = success.Ratio{Num: decimal.NewFromInt(scale * int64(a.End.Sub(a.Start))), Den: decimal.NewFromInt(tenure)}
	}
	left := max(0, a.End.Sub(o.AsOf))
	r.Stays = success.FigureOf(math.Exp(-scale * float64(left) / float64(tenure)))
}
