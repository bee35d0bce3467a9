package attribution

import (
	"maps"
	"slices"

	"metrics.internal/success"
)

// A Pipeline is what became of leads and deals, as known before a day. It says
// why each was counted or not, and answers any [Query]. Pipelines are immutable.
type Pipeline struct {
	asOf       success.Date
	level      float64  // of confidence intervals, 0 for the default
	currencies []string // in order, at least one
	leads      []lead   // known ones, in order of their IDs
	deals      []deal   // known ones, in order of their IDs
	touches    map[success.AccountID][]Touch
	teams      map[string]string
}

// A lead is one with what became of it.
type lead struct {
	Lead
	outcome LeadOutcome
	into    int32 // position of the accepted lead that it counts for, -1 for none
	day     success.Date
	deals   []int32 // those attributed to it, when it is accepted
}

// A deal is one as it was known, with what became of it.
type deal struct {
	Deal
	outcome    DealOutcome
	lead       int32        // position of the accepted lead it is attributed to, -1 for none
	day        success.Date // of closing, of opening while it is open
	amount     int64        // as closed, millionths of a currency
	gross, net int64        // the same with adjustments
	changes    []Adjustment // those that count, in order, of so much more or less
	currency   int          // its position
}

// NewPipeline returns the pipeline of records.
//
// The outcome of each lead is a [LeadOutcome]: a service lead must name an
// interaction with its account at or before it; of leads that are in order, the
// first of an account is accepted and those within [Options.DuplicateDays] of it
// are merged into it, whatever their source; leads at the same moment are taken
// in order of their IDs.
//
// The outcome of each deal is a [DealOutcome]. A deal that names a merged lead is
// attributed to the lead that this was merged into, and judged by it: the need
// was first noticed there.
//
// Amounts are rounded half to even to a millionth. The adjustments of a deal
// count in order of At and ID, each once however often it is given, up to the
// first that is not known as yet, and take on its currency and its rate.
//
// It returns [success.Errors] with what Validate of each record reports and with
// duplicate IDs, of adjustments only when they are not [Adjustment.Equal]
// ([success.ErrDuplicate]); leads, deals, interactions and, where
// [Options.Accounts] is given, accounts that are referred to and not there
// ([success.ErrUnknown]); adjustments of a deal that is not won
// ([success.ErrRange]) or before it was ([success.ErrOrder]), and those that
// bring it below 0, or to 9·10¹² or more by adjustments upwards alone
// ([success.ErrRange]); deals without a currency
// while others have one ([success.ErrMissing]) and those in a currency that has
// no rate to the reporting one ([success.ErrCurrency]); and options out of range.
func NewPipeline(records Records, options Options) (*Pipeline, error) {
	b := builder{records: records, options: options}
	b.check()
	if err := b.faults.Err(); err != nil {
		return nil, err
	}
	p := b.build()
	if err := b.faults.Err(); err != nil {
		return nil, err
	}
	return p, nil
}

// AsOf returns the day from which on nothing is known, none when there was
// nothing to know.
func (p *Pipeline) AsOf() success.Date { return p.asOf }

// Currencies returns the currencies that amounts are in, in order: the reporting
// one, or those of the deals. It is one without a name when nothing names one.
func (p *Pipeline) Currencies() []string { return slices.Clone(p.currencies) }

// A LeadLine says what became of a lead.
type LeadLine struct {
	Lead    LeadID      `json:"lead"`
	Outcome LeadOutcome `json:"outcome"`
	Into    LeadID      `json:"into,omitempty"`  // the accepted lead it was merged into
	Deals   []DealID    `json:"deals,omitempty"` // those attributed to it, in order
}

// Leads explains every lead that is known, in order of their IDs.
func (p *Pipeline) Leads() []LeadLine {
	lines := make([]LeadLine, len(p.leads))
	for i, l := range p.leads {
		lines[i] = LeadLine{Lead: l.ID, Outcome: l.outcome}
		if l.outcome == LeadMerged {
			lines[i].Into = p.leads[l.into].ID
		}
		for _, d := range l.deals {
			lines[i].Deals = append(lines[i].Deals, p.deals[d].ID)
		}
	}
	return lines
}

// A DealLine says what became of a deal.
type DealLine struct {
	Deal    DealID      `json:"deal"`
	Outcome DealOutcome `json:"outcome"`
	Lead    LeadID      `json:"lead,omitempty"` // the accepted lead it is attributed to
}

// Deals explains every deal that is known, in order of their IDs.
func (p *Pipeline) Deals() []DealLine {
	lines := make([]DealLine, len(p.deals))
	for i, d := range p.deals {
		lines[i] = DealLine{Deal: d.ID, Outcome: d.outcome}
		if d.lead >= 0 {
			lines[i].Lead = p.leads[d.lead].ID
		}
	}
	return lines
}

// Outcomes are how many leads and deals came to what.
type Outcomes struct {
	Leads map[LeadOutcome]int `json:"leads"` // adds up to the leads that are known
	Deals map[DealOutcome]int `json:"deals"` // adds up to the deals that are known
}

// Outcomes counts what became of the leads and deals that are known. Outcomes
// that nothing came to are not there.
func (p *Pipeline) Outcomes() Outcomes {
	o := Outcomes{map[LeadOutcome]int{}, map[DealOutcome]int{}}
	for _, l := range p.leads {
		o.Leads[l.outcome]++
	}
	for _, d := range p.deals {
		o.Deals[d.outcome]++
	}
	return o
}

// team returns the team of an agent.
func (p *Pipeline) team(agent string) string { return orNone(p.teams[agent]) }

// orNone returns a key, NoKey for the empty one.
func orNone(key string) string {
	if key == "" {
		return NoKey
	}
	return key
}

// keysInOrder returns the keys of a set in order.
func keysInOrder[V any](set map[string]V) []string { return slices.Sorted(maps.Keys(set)) }
