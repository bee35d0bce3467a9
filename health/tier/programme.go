package tier

import (
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// A Programme is what a pooled team offers to many accounts in a period. Hours
// are those of the team, preparation included, with at most four decimals.
type Programme struct {
	Webinars     int             `json:"webinars"`      // held
	WebinarHours decimal.Decimal `json:"webinar_hours"` // for each
	OfficeHours  decimal.Decimal `json:"office_hours"`  // open to all
	Recorded     decimal.Decimal `json:"recorded"`      // to make recorded material and keep it up to date
	Booked       decimal.Decimal `json:"booked"`        // bookings in the queue for each account; 0.25 when every fourth books
	BookingHours decimal.Decimal `json:"booking_hours"` // for each
}

// A Coverage answers the one-to-many question: whether the accounts that deserve
// a person and do not get one are better served by a pooled team.
type Coverage struct {
	Accounts   int             // that want a person (one-to-one) and have a tier without
	ARR        decimal.Decimal // their revenue
	InPerson   decimal.Decimal // hours they would take in the tiers they want
	Fixed      decimal.Decimal // hours of the programme whoever comes: webinars, office hours, recorded material
	PerAccount decimal.Decimal // hours for each account: bookings
}

// Pooled returns the hours in which the programme serves the accounts,
//
//	Fixed + PerAccount × Accounts
func (c Coverage) Pooled() decimal.Decimal {
	return c.Fixed.Add(c.PerAccount.Mul(decimal.NewFromInt(int64(c.Accounts))))
}

// Saved returns the hours that the programme saves against serving the accounts
// in person, InPerson − Pooled. Below 0 it costs more.
func (c Coverage) Saved() decimal.Decimal { return c.InPerson.Sub(c.Pooled()) }

// Pays reports whether the programme takes fewer hours than serving the accounts
// in person.
func (c Coverage) Pays() bool { return c.Saved().IsPositive() }

// BreakEven returns the number of accounts from which the programme pays, given
// that they take on average as many hours in person as these: the smallest n with
//
//	n × InPerson/Accounts > Fixed + n × PerAccount
//
// ok is false when there are no accounts to go by, and when it never pays
// because an account takes no less of the programme than in person.
func (c Coverage) BreakEven() (accounts decimal.Decimal, ok bool) {
	n := decimal.NewFromInt(int64(c.Accounts))
	gain := c.InPerson.Sub(c.PerAccount.Mul(n)) // of all accounts, before Fixed
	if c.Accounts == 0 || !gain.IsPositive() {
		return decimal.Decimal{}, false
	}
	q, _ := c.Fixed.Mul(n).QuoRem(gain, 0)
	return q.Add(decimal.New(1, 0)), true
}

// Cover answers the one-to-many question for a programme. It reports, as
// [success.Errors], numbers that are negative, too large or too fine.
func (p *Plan) Cover(m Programme) (Coverage, error) {
	var c Coverage
	if err := m.hours(&c); err != nil {
		return Coverage{}, err
	}
	var hours exact.Sum
	var revenue int64
	for i := range p.units {
		u := &p.units[i]
		want := &p.rules.tiers[u.wanted]
		if want.format != success.OneToOne || p.rules.tiers[p.tiers[i]].format == success.OneToOne {
			continue
		}
		c.Accounts += int(u.members)
		revenue += u.value
		hours = hours.Add(exact.Product(u.effort, want.hours))
	}
	c.ARR, c.InPerson = exact.Decimal(revenue), hours.Decimal()
	return c, nil
}

// hours checks the programme and adds its hours up.
func (m Programme) hours(c *Coverage) error {
	var faults success.Errors
	add := func(field, value string, err error) {
		if err != nil {
			faults.Add(&success.InputError{Record: "programme", Index: -1, Field: field, Value: value, Err: err})
		}
	}
	check := func(field string, d decimal.Decimal) {
		_, err := whole(d, hoursPlaces, maxTeamHours)
		add(field, exact.Show(d), err)
	}
	switch {
	case m.Webinars < 0:
		add("Webinars", strconv.Itoa(m.Webinars), success.ErrNegative)
	case m.Webinars > maxWebinars:
		add("Webinars", strconv.Itoa(m.Webinars), fault.New(success.ErrRange, "is more than %d", maxWebinars))
	}
	check("WebinarHours", m.WebinarHours)
	check("OfficeHours", m.OfficeHours)
	check("Recorded", m.Recorded)
	check("Booked", m.Booked)
	check("BookingHours", m.BookingHours)
	if err := faults.Err(); err != nil {
		return err
	}
	c.Fixed = m.WebinarHours.Mul(decimal.NewFromInt(int64(m.Webinars))).Add(m.OfficeHours).Add(m.Recorded)
	c.PerAccount = m.Booked.Mul(m.BookingHours)
	return nil
}

const (
	maxWebinars  = 1_000_000
	maxTeamHours = 1_000_000 * 10_000 // in ten-thousandths
)
