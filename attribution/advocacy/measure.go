package advocacy

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/internal/interval"
)

// Measure reports what advocates brought.
//
// Of the referrals of one account the first is accepted, those at the same moment
// by ID, unless it is by the account itself or the account had won a deal by then.
// It is the source of the won deals of the account that were opened at or after
// it. Refunds and restatements of a deal count up to the first that is not known by
// the day. Every amount is
// rounded half to even to a millionth when it is read; currencies are kept apart.
//
// Errors, all faults at once: missing IDs, accounts and times
// ([success.ErrMissing]), and deals without a currency while others have one, likewise; IDs
// used twice, of adjustments only when they are not [attribution.Adjustment.Equal]
// ([success.ErrDuplicate]); a deal of a reference or an adjustment that is unknown,
// and an account that is not among those of the options ([success.ErrUnknown]);
// an adjustment of a deal that is not won ([success.ErrRange]), or before that, and
// what [attribution.Deal.Validate] and [success.Interaction.Validate] say
// ([success.ErrOrder], [success.ErrNegative] and others); amounts of 9·10¹² or
// more, a refund of more than remains, times outside the years 1 to 9999, and
// options out of range ([success.ErrRange]).
func Measure(records Records, options Options) (*Report, error) {
	var faults success.Errors
	z := options.check(&faults)
	deals := records.check(options.Accounts, &faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	m := measure{Options: options, known: until(options.AsOf), deals: deals, advocates: map[success.AccountID]*advocate{}}
	m.index(&records)
	report := &Report{
		AsOf: options.AsOf, ServiceDays: options.ServiceDays, DealDays: options.DealDays, Level: options.Level,
		ReferralLines:  m.referrals(records.Referrals),
		ReviewLines:    m.reviews(records.Reviews),
		ReferenceLines: m.references(records.References),
	}
	m.sum(report, z)
	return report, nil
}

// A measure is a report in the making.
type measure struct {
	Options
	known     func(time.Time) bool
	deals     map[attribution.DealID]*deal
	won       map[success.AccountID][]*deal // by ID
	served    map[success.AccountID][]*success.Interaction
	advocates map[success.AccountID]*advocate
	all       revenue
	sourced   revenue
	supported revenue
}

// An advocate is one in the making.
type advocate struct {
	Advocate
	revenue revenue
}

// index groups what is known by the day: won deals and interactions by account.
func (m *measure) index(r *Records) {
	m.all, m.sourced, m.supported = revenue{}, revenue{}, revenue{}
	m.won, m.served = map[success.AccountID][]*deal{}, map[success.AccountID][]*success.Interaction{}
	for _, d := range m.deals {
		if m.isWon(d) {
			m.won[d.Account] = append(m.won[d.Account], d)
			m.all.add(d.Currency, d.of(m.known))
		}
	}
	for _, own := range m.won {
		slices.SortFunc(own, func(a, b *deal) int { return strings.Compare(string(a.ID), string(b.ID)) })
	}
	for i := range r.Interactions {
		if x := &r.Interactions[i]; m.known(x.At) {
			m.served[x.Account] = append(m.served[x.Account], x)
		}
	}
	for _, own := range m.served {
		slices.SortFunc(own, func(a, b *success.Interaction) int {
			return cmp.Or(a.At.Compare(b.At), strings.Compare(string(a.ID), string(b.ID)))
		})
	}
}

func (m *measure) isWon(d *deal) bool { return d.Status == attribution.Won && m.known(d.Closed) }

// days is a number of days, of 24 hours.
func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }

// before returns the service to an account before a moment.
func (m *measure) before(account success.AccountID, at time.Time) Service {
	own, from := m.served[account], at.Add(-days(m.ServiceDays))
	first, _ := slices.BinarySearchFunc(own, from, func(x *success.Interaction, t time.Time) int { return x.At.Compare(t) })
	end, _ := slices.BinarySearchFunc(own, at, func(x *success.Interaction, t time.Time) int {
		if x.At.After(t) {
			return 1
		}
		return -1
	})
	s := Service{Interactions: end - first}
	if end > first {
		s.Last = own[end-1].ID
	}
	return s
}

func (m *measure) of(account success.AccountID) *advocate {
	if m.advocates[account] == nil {
		m.advocates[account] = &advocate{Advocate{Account: account}, revenue{}}
	}
	return m.advocates[account]
}

// ordered returns the records that are known, by time, then ID.
func ordered[T any](known func(time.Time) bool, records []T, of func(T) (time.Time, string)) []T {
	all := slices.DeleteFunc(slices.Clone(records), func(x T) bool {
		at, _ := of(x)
		return !known(at)
	})
	slices.SortFunc(all, func(x, y T) int {
		a, id := of(x)
		b, other := of(y)
		return cmp.Or(a.Compare(b), strings.Compare(id, other))
	})
	return all
}

func (m *measure) referrals(records []Referral) []ReferralLine {
	accepted := map[success.AccountID]bool{}
	var lines []ReferralLine
	for _, r := range ordered(m.known, records, func(r Referral) (time.Time, string) { return r.At, r.ID }) {
		line := ReferralLine{Referral: r, Outcome: m.outcome(r, accepted[r.Referred]), Service: m.before(r.Advocate, r.At)}
		a := m.of(r.Advocate)
		a.Referrals.Submitted++
		if line.Outcome == Accepted {
			accepted[r.Referred] = true
			m.accept(&line, a)
		}
		lines = append(lines, line)
	}
	return lines
}

func (m *measure) outcome(r Referral, again bool) Outcome {
	bought := func(d *deal) bool { return !d.Closed.After(r.At) }
	switch {
	case r.Advocate == r.Referred:
		return Own
	case again:
		return Merged
	case slices.ContainsFunc(m.won[r.Referred], bought):
		return Customer
	}
	return Accepted
}

// accept gives a referral the deals that it is the source of.
func (m *measure) accept(line *ReferralLine, a *advocate) {
	own := revenue{}
	for _, d := range m.won[line.Referred] {
		if d.Opened.Before(line.At) || m.DealDays > 0 && d.Opened.After(line.At.Add(days(m.DealDays))) {
			continue
		}
		amount := d.of(m.known)
		line.Deals = append(line.Deals, d.ID)
		own.add(d.Currency, amount)
		a.revenue.add(d.Currency, amount)
		m.sourced.add(d.Currency, amount)
	}
	line.Revenue = sorted(own, sourced)
	a.Referrals.Accepted++
	a.Referrals.Won += one(len(line.Deals) > 0)
	a.Referrals.Served += one(line.Service.Interactions > 0)
}

// one is 1 if something holds.
func one(holds bool) int {
	if holds {
		return 1
	}
	return 0
}

func (m *measure) reviews(records []Review) []ReviewLine {
	var lines []ReviewLine
	for _, r := range ordered(m.known, records, func(r Review) (time.Time, string) { return r.At, r.ID }) {
		line := ReviewLine{r, m.before(r.Account, r.At)}
		a := m.of(r.Account)
		a.Reviews.Written++
		a.Reviews.Service += one(r.Service)
		a.Reviews.Served += one(line.Before.Interactions > 0)
		lines = append(lines, line)
	}
	return lines
}

func (m *measure) references(records []Reference) []ReferenceLine {
	supported := map[attribution.DealID]bool{}
	var lines []ReferenceLine
	for _, r := range ordered(m.known, records, func(r Reference) (time.Time, string) { return r.At, r.ID }) {
		line := ReferenceLine{Reference: r, Use: m.use(r), Before: m.before(r.Advocate, r.At)}
		a := m.of(r.Advocate)
		a.References.Given++
		a.References.Served += one(line.Before.Interactions > 0)
		if line.Use == Supporting {
			d := m.deals[r.Deal]
			line.Won = m.isWon(d)
			a.References.Supporting++
			a.References.Won += one(line.Won)
			if line.Won && !supported[r.Deal] {
				supported[r.Deal] = true
				m.supported.add(d.Currency, d.of(m.known))
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func (m *measure) use(r Reference) Use {
	if r.Deal == "" {
		return NoDeal
	}
	switch d := m.deals[r.Deal]; {
	case d.Account == r.Advocate:
		return OwnDeal
	case d.Status != attribution.Open && r.At.After(d.Closed):
		return Late
	}
	return Supporting
}

// sum adds up what the advocates did.
func (m *measure) sum(report *Report, z float64) {
	for _, account := range slices.Sorted(maps.Keys(m.advocates)) {
		a := m.advocates[account]
		a.Revenue = sorted(a.revenue, sourced)
		report.Advocates = append(report.Advocates, a.Advocate)
		report.Referrals.add(a.Referrals)
		report.Reviews.add(a.Reviews)
		report.References.add(a.References)
	}
	report.rates(z)
	report.Revenue = sorted(m.all, m.total)
	report.Influenced = sorted(m.supported, influenced)
}

func (r *Referrals) add(s Referrals) {
	*r = Referrals{r.Submitted + s.Submitted, r.Accepted + s.Accepted, r.Won + s.Won, r.Served + s.Served}
}

func (r *Reviews) add(s Reviews) {
	*r = Reviews{r.Written + s.Written, r.Service + s.Service, r.Served + s.Served}
}

func (r *References) add(s References) {
	*r = References{r.Given + s.Given, r.Supporting + s.Supporting, r.Won + s.Won, r.Served + s.Served}
}

func (m *measure) total(currency string, all money) Total {
	own := m.sourced[currency]
	return Total{
		Currency: currency,
		Sourced:  own.amounts(),
		Other:    all.minus(own).amounts(),
		All:      all.amounts(),
		Share:    success.Ratio{Num: own.net().Decimal(), Den: all.net().Decimal()},
	}
}

// share returns the share of so many with its interval, undefined of none.
func share(x, n int, z float64) success.Estimate {
	if n == 0 {
		return success.Estimate{}
	}
	lower, upper := interval.Wilson(float64(x), float64(n), z)
	return success.EstimateOf(float64(x)/float64(n), lower, upper)
}
