package attribution

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// Influenced is the revenue of won deals by the keys that touched them. Every key
// has the full amount of every deal it touched, so that the rows are more than
// the total on purpose, and have no sum. It is not to be added to what is
// [Sourced].
type Influenced struct {
	Period success.Period `json:"period"`
	Window time.Duration  `json:"window"`         // in JSON nanoseconds; 0 is unlimited
	AsOf   success.Date   `json:"as_of,omitzero"` // day from which on nothing is known

	Rows []InfluencedRow `json:"rows"` // in order of keys, [Unattributed] last, by currency within a key

	// Total is what the deals are worth, each once, by currency.
	Total []SourcedRow `json:"total"`
}

// An InfluencedRow is what a key touched, in one currency.
type InfluencedRow struct {
	Key      string          `json:"key"` // [Unattributed] for deals that nothing touched in time
	Currency string          `json:"currency,omitempty"`
	Deals    int             `json:"deals"` // won
	Net      decimal.Decimal `json:"net"`   // of those
}

// Overlap returns how many times the revenue in a currency is in the rows,
// undefined when there is none.
func (i Influenced) Overlap(currency string) success.Ratio {
	var r success.Ratio
	for _, row := range i.Rows {
		if row.Currency == currency {
			r.Num = r.Num.Add(row.Net)
		}
	}
	for _, total := range i.Total {
		if total.Currency == currency {
			r.Den = total.Net
		}
	}
	return r
}

// touchesOf returns touches by account, in order of time.
func touchesOf(touches []Touch) map[success.AccountID][]Touch {
	by := map[success.AccountID][]Touch{}
	for _, t := range touches {
		by[t.Account] = append(by[t.Account], t)
	}
	for _, all := range by {
		slices.SortFunc(all, func(a, b Touch) int { return a.At.Compare(b.At) })
	}
	return by
}

// Influenced returns the net revenue of the deals won in a period, by the keys of
// the touches of their account that are in the window before their close, as
// [InWindow] says. A key counts once for a deal however often it touched it;
// touches without a key count as [NoKey].
//
// It returns [success.Errors] for a period that is not valid and for a window
// below 0 ([success.ErrNegative]).
func (p *Pipeline) Influenced(period success.Period, window time.Duration) (Influenced, error) {
	faults := Query{Period: period}.check()
	if window < 0 {
		doorOf("window", -1, faults).Add("", window.String(), success.ErrNegative)
	}
	if err := faults.Err(); err != nil {
		return Influenced{}, err
	}
	c := influence{Pipeline: p, window: window, rows: map[string][]touched{}, total: make([]touched, len(p.currencies))}
	for i := range p.deals {
		if d := &p.deals[i]; d.Status == Won && period.Contains(d.day) {
			c.add(d)
		}
	}
	all := c.result()
	all.Period, all.Window, all.AsOf = period, window, p.asOf
	return all, nil
}

// An influence counts the deals that each key touched.
type influence struct {
	*Pipeline
	window time.Duration
	rows   map[string][]touched // by currency
	total  []touched
	keys   []string // of the touches of a deal
}

// touched is how many deals there were, and what they are worth.
type touched struct {
	deals int
	net   exact.Sum
}

func (t *touched) add(d *deal) { t.deals, t.net = t.deals+1, t.net.Plus(d.net) }

func (c *influence) add(d *deal) {
	c.keys = c.keys[:0]
	touches := c.touches[d.Account]
	for i := c.first(touches, d); i < len(touches) && InWindow(touches[i].At, d.Closed, c.window); i++ {
		c.keys = append(c.keys, orNone(touches[i].Key))
	}
	if len(c.keys) == 0 {
		c.keys = append(c.keys, Unattributed)
	}
	slices.Sort(c.keys)
	for _, key := range slices.Compact(c.keys) {
		if c.rows[key] == nil {
			c.rows[key] = make([]touched, len(c.currencies))
		}
		c.rows[key][d.currency].add(d)
	}
	c.total[d.currency].add(d)
}

// first returns the position of the first touch that the window of a deal does
// not begin after.
func (c *influence) first(touches []Touch, d *deal) int {
	if c.window == 0 {
		return 0
	}
	at, _ := slices.BinarySearchFunc(touches, d.Closed.Add(-c.window), func(t Touch, from time.Time) int { return t.At.Compare(from) })
	return at
}

func (c *influence) result() Influenced {
	var all Influenced
	keys := keysInOrder(c.rows)
	if at := slices.Index(keys, Unattributed); at >= 0 {
		keys = append(slices.Delete(keys, at, at+1), Unattributed)
	}
	for _, key := range keys {
		for i, t := range c.rows[key] {
			if t.deals > 0 {
				all.Rows = append(all.Rows, InfluencedRow{key, c.currencies[i], t.deals, t.net.Decimal()})
			}
		}
	}
	for i, t := range c.total {
		all.Total = append(all.Total, SourcedRow{"", c.currencies[i], t.deals, t.net.Decimal()})
	}
	return all
}
