package alert

import (
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// Next returns the state after a run on the day asOf, from that of the last run
// and readings of accounts, in any order.
//
// For each key, with the alert it had and what its rule says now:
//
//	alert             reason is there   unknown       gone, off or ended
//	none              opened            none          none
//	open              kept              unconfirmed   closed
//	closed, quiet     suppressed        cooling       cooling
//	closed, no more   opened            none          none
//
// The reason of an account without a reading is unknown. With a cool-down of n
// days an alert closed on a day is quiet on it and the n − 1 days after: its key
// can open again on the n-th day. On the day of its opening a kept alert is
// still called opened, and on that of its closing a cooling one closed, so that
// running again with the same readings on the same day gives the same state.
//
// Days may be left out. Alerts kept, unconfirmed and suppressed are not alerts
// anew: whoever sends messages sends them for those that are opened.
//
// As errors it reports what [Policy.Validate] does; a missing asOf, and an asOf
// before that of the state ([success.ErrOrder]); alerts of the state that no run
// can have left behind; and of readings a missing Account, contact, ID or day
// ([success.ErrMissing]), an account, departure or goal that comes twice
// ([success.ErrDuplicate]), a band that the policy does not have
// ([success.ErrUnknown]), a departure after asOf ([success.ErrOrder]), negative
// numbers ([success.ErrNegative]), a coverage above 1, and numbers of more than
// 36 places or 256 bits ([success.ErrRange]).
func Next(previous State, readings []Reading, asOf success.Date, policy Policy) (State, error) {
	p := policy.full()
	if err := check(previous, readings, asOf, p); err != nil {
		return State{}, err
	}
	r := run{asOf: asOf, policy: p}
	r.look(readings)
	next := State{AsOf: asOf}
	for _, a := range previous.Alerts {
		if after, stays := r.step(a); stays {
			next.Alerts = append(next.Alerts, after)
		}
		delete(r.found, a.Key)
	}
	for _, f := range r.found {
		if f.known {
			next.Alerts = append(next.Alerts, r.open(f))
		}
	}
	slices.SortFunc(next.Alerts, func(a, b Alert) int { return a.Compare(b.Key) })
	return next, nil
}

// A run is what one call of Next knows.
type run struct {
	asOf    success.Date
	policy  Policy
	found   map[Key]finding
	account map[success.AccountID]*Reading
}

// look applies the rules to all accounts.
func (r *run) look(readings []Reading) {
	r.found = make(map[Key]finding)
	r.account = make(map[success.AccountID]*Reading, len(readings))
	rules := r.policy.rules()
	l := look{policy: r.policy, asOf: r.asOf}
	for i := range readings {
		l.Reading, l.found = &readings[i], l.found[:0]
		r.account[l.Account] = l.Reading
		if l.Ended {
			continue
		}
		for _, rule := range rules {
			rule.apply(&l)
		}
		for _, f := range l.found {
			r.found[f.key] = f
		}
	}
}

// step returns what becomes of an alert, and whether it stays in the state.
func (r *run) step(a Alert) (after Alert, stays bool) {
	f, found := r.found[a.Key]
	fires := found && f.known
	switch quiet := r.asOf.Sub(a.Closed) < r.policy.CoolDown; {
	case a.Open() && fires:
		return r.keep(a, f), true
	case a.Open():
		return r.unseen(a, found), true
	case fires && quiet:
		a.Status = Suppressed
		return r.see(a, f), true
	case fires:
		return r.open(f), true
	default:
		a.Status = Cooling
		if a.Closed == r.asOf {
			a.Status = Closed
		}
		return a, quiet
	}
}

// unseen closes an open alert whose reason was not seen, unless it is unknown.
func (r *run) unseen(a Alert, unknown bool) Alert {
	reading, present := r.account[a.Account]
	switch {
	case slices.Contains(r.policy.Off, a.Kind):
		a.Reason = RuleOff
	case unknown || !present:
		a.Status = Unconfirmed
		return a
	case reading.Ended:
		a.Reason = Ended
	default:
		a.Reason = Resolved
	}
	a.Closed, a.Status = r.asOf, Closed
	return a
}

// open returns a new alert.
func (r *run) open(f finding) Alert {
	return r.see(Alert{Key: f.key, Opened: r.asOf, Status: Opened}, f)
}

// keep returns an open alert whose reason lasts.
func (r *run) keep(a Alert, f finding) Alert {
	a.Status = Kept
	if a.Opened == r.asOf {
		a.Status = Opened
	}
	return r.see(a, f)
}

// see returns an alert with what was seen of its reason.
func (r *run) see(a Alert, f finding) Alert {
	a.Severity, a.Evidence, a.AtStake, a.Confirmed = f.severity, f.evidence, r.account[a.Account].Revenue, r.asOf
	return a
}

func check(previous State, readings []Reading, asOf success.Date, p Policy) error {
	var faults success.Errors
	if asOf.IsZero() {
		faults.Add(&success.InputError{Record: "options", Index: -1, Field: "AsOf", Err: success.ErrMissing})
	}
	p.check(&faults)
	previous.check(asOf, &faults)
	first := make(map[success.AccountID]int, len(readings))
	for i := range readings {
		r := &readings[i]
		r.check(i, asOf, p, &faults)
		if j, twice := first[r.Account]; !twice {
			first[r.Account] = i
		} else if r.Account != "" {
			faults.Add(&success.InputError{Record: "reading", Index: i, Field: "Account", Value: string(r.Account), Err: fault.New(success.ErrDuplicate, "is that of reading %d too", j)})
		}
	}
	return faults.Err()
}
