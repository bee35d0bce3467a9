package imports

import (
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// A crmDeal is a deal as a CRM has it.
type crmDeal struct {
	attribution.Deal
	accountName string
	closing     time.Time // when it was closed or, open, is expected to be
	wholeDay    bool      // closing names no more than a day
	worth       decimal.Decimal
	priced      bool // worth was given
}

// crmDeal makes a deal, or says why not, and reports which.
func (s *sink) crmDeal(at place, d crmDeal) bool {
	if d.Status != attribution.Open {
		d.Closed = d.closing
		if d.wholeDay {
			d.Closed = d.closing.AddDate(0, 0, 1).Add(-1)
		}
	}
	id := string(d.ID)
	switch {
	case d.Account == "":
		s.leaveOut(at, id, "names no account")
	case !d.priced && d.Status != attribution.Lost:
		s.leaveOut(at, id, "is %s and has no amount", d.Status)
	case d.Status != attribution.Open && d.Closed.Before(d.Opened):
		s.leaveOut(at, id, "was closed on %s, before it was created on %s", success.DateOf(d.Closed), success.DateOf(d.Opened))
	default:
		d.Amount = d.worth
		s.account(at, success.Account{ID: d.Account, Name: d.accountName})
		s.deal(at, d.Deal)
		return true
	}
	return false
}

// crmTimes reads when a deal was created and closed, of which the latter is
// needed unless it is open.
func (d *crmDeal) crmTimes(r row, created, closed string, zone *time.Location) {
	r.need(created)
	d.Opened, _ = r.moment(created, zone)
	d.closing, d.wholeDay = r.moment(closed, zone)
	if d.Status != attribution.Open && r.text(closed) == "" {
		r.fault(closed, "", success.ErrMissing)
	}
}
