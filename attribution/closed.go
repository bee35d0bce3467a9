package attribution

import (
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// Closed returns the deals that were won or lost in a period, in order of their
// IDs, for models that share their worth. Where there is a reporting currency,
// their amounts are in it, converted as all amounts of the pipeline are and
// without adjustments, which [Pipeline.Adjustments] has in the same currency:
// those that the pipeline was made of are in that of the deal as it was given. It
// reports what [success.Period.Validate] does.
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

// Adjustments returns the adjustments, as far as they are known, of the deals
// that [Pipeline.Closed] returns for the period, each once; in order of their
// deals, then of time and ID. Where there is a reporting currency their amounts
// are in it, at the rate of the deal, and rounded to a millionth so that a deal
// and its adjustments add up to its net amount in a [Table], digit for digit. It
// reports what [success.Period.Validate] does.
func (p *Pipeline) Adjustments(period success.Period) ([]Adjustment, error) {
	if err := period.Validate(); err != nil {
		return nil, err
	}
	var all []Adjustment
	for i := range p.deals {
		if d := &p.deals[i]; period.Contains(d.day) {
			all = append(all, d.changes...)
		}
	}
	return all, nil
}
