package folder

import (
	"errors"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

func salesTables() []table {
	return []table{
		{
			file:     "leads.csv",
			required: []string{"id", "account", "source", "at"},
			optional: []string{"agent", "interaction"},
			keys:     []string{"id"},
			add:      addLead,
		}, {
			file:     "deals.csv",
			required: []string{"id", "account", "opened", "status", "amount"},
			optional: []string{"lead", "owner", "closed", "currency"},
			keys:     []string{"id"},
			add:      addDeal,
		}, {
			file:     "adjustments.csv",
			required: []string{"id", "deal", "at", "amount"},
			keys:     []string{"id"},
			add:      addAdjustment,
		}, {
			file:     "touches.csv",
			required: []string{"account", "at", "key"},
			optional: []string{"id", "kind", "priority"},
			add:      addTouch,
		},
	}
}

func addLead(f *Folder, r *row) {
	l := attribution.Lead{
		ID:          attribution.LeadID(r.need("id")),
		Account:     success.AccountID(r.need("account")),
		Source:      r.source("source"),
		Agent:       r.text("agent"),
		Interaction: success.InteractionID(r.text("interaction")),
		At:          r.needMoment("at"),
	}
	f.Leads = keep(f.Leads, l, r)
}

func addDeal(f *Folder, r *row) {
	d := attribution.Deal{
		ID:       attribution.DealID(r.need("id")),
		Account:  success.AccountID(r.need("account")),
		Lead:     attribution.LeadID(r.text("lead")),
		Owner:    r.text("owner"),
		Opened:   r.needMoment("opened"),
		Closed:   r.end("closed"),
		Status:   r.status("status"),
		Amount:   r.bounded("amount"),
		Currency: r.text("currency"),
	}
	switch {
	case r.bad:
	case d.Status != attribution.Open && d.Closed.IsZero():
		r.fault("closed", "", success.ErrMissing)
	case !d.Closed.IsZero() && d.Closed.Before(d.Opened):
		r.refuse("closed", because(success.ErrOrder, "is before opened %s", d.Opened.Format(time.RFC3339)))
	}
	if d.Status == attribution.Open {
		d.Closed = time.Time{} // it may say when it is expected to be
	}
	f.Deals = keep(f.Deals, d, r)
}

func addAdjustment(f *Folder, r *row) {
	a := attribution.Adjustment{
		ID:     attribution.AdjustmentID(r.need("id")),
		Deal:   attribution.DealID(r.need("deal")),
		At:     r.needMoment("at"),
		Amount: r.bounded("amount"),
	}
	f.Adjustments = keep(f.Adjustments, a, r)
}

func addTouch(f *Folder, r *row) {
	t := attribution.Touch{
		ID:       attribution.TouchID(r.text("id")),
		Account:  success.AccountID(r.need("account")),
		At:       r.needMoment("at"),
		Key:      r.text("key"),
		Kind:     r.text("kind"),
		Priority: r.between("priority", -1e9, 1e9),
	}
	if t.Key == attribution.Unattributed {
		r.refuse("key", because(success.ErrRange, "is a reserved word"))
	}
	f.Touches = keep(f.Touches, t, r)
}

// source reads where a lead came from, and status how far a deal has come; what
// is no such word is refused, and the zero value.
func (r *row) source(column string) (s attribution.Source) {
	s.UnmarshalText([]byte(r.word(column, "service", "marketing", "sales", "partner", "referral", "self", "other")))
	return s
}

func (r *row) status(column string) (s attribution.Status) {
	s.UnmarshalText([]byte(r.word(column, "open", "won", "lost")))
	return s
}

// Sales returns what attribution is made of, with amounts to be converted into a
// currency unless it is empty.
func (f *Folder) Sales(currency string) (attribution.Records, attribution.Options) {
	options := attribution.Options{Currency: currency}
	if currency != "" {
		for _, r := range f.Rates {
			options.Rates = append(options.Rates, attribution.Rate(r))
		}
	}
	return attribution.Records{
		Leads: f.Leads, Deals: f.Deals, Adjustments: f.Adjustments, Interactions: f.Interactions, Touches: f.Touches,
	}, options
}

// checkSales looks for what only a look at several rows shows: refunds of more
// than is left, adjustments of deals that were not won, and deals in a currency
// without a rate. Rows that were refused may be the reason, and then it does not.
func (f *Folder) checkSales(currency string, faults *Faults) {
	if !f.Has("deals.csv") {
		return
	}
	var found, kept *success.Errors
	if _, err := attribution.NewPipeline(f.Sales(currency)); !errors.As(err, &found) {
		return
	}
	kept = new(success.Errors)
	for _, e := range found.Faults {
		known := errors.Is(e, success.ErrMissing) || errors.Is(e, success.ErrDuplicate) || errors.Is(e, success.ErrUnknown)
		switch {
		case e.Record == "adjustment" && !known && !f.refused("adjustments.csv").any(),
			e.Record == "deal" && e.Field == "Currency" && !f.refused("rates.csv").any():
			kept.Add(e)
		}
	}
	f.mapped(kept.Err(), faults)
}
