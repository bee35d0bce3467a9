package attribution

import (
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// Closed returns the deals that were won or lost in a period, in order of their
// IDs, for models that share their worth. Where there is a reporting currency,
// their amounts are in it, converted as all amounts of the pipeline are and
// without adjustments. It reports what [success.Period.Validate] does.
func (p *Pipeline) Closed(period success.Period) ([]Deal, error) {
	if err := period.Validate(); err != nil {
		return nil, err
	}
	var closed []Deal
	for i := range p.deals {
		d := &p.deals[i]
		if d.Status == Open || !period.Contains(d.day) {
			continue
		}
		was := d.Deal
		was.Amount, was.Currency = exact.Decimal(d.amount), p.currencies[d.currency]
		closed = append(closed, was)
	}
	return closed, nil
}
