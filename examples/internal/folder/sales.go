package folder

import (
	"time"

	"metrics.internal/success"
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
	l := Lead{
		ID:          r.need("id"),
		Account:     success.AccountID(r.need("account")),
		Source:      r.word("source", "service", "marketing", "sales", "partner", "referral", "self", "other"),
		Agent:       r.text("agent"),
		Interaction: success.InteractionID(r.text("interaction")),
		At:          r.needMoment("at"),
	}
	f.Leads = keep(f.Leads, l, r)
}

func addDeal(f *Folder, r *row) {
	d := Deal{
		ID:       r.need("id"),
		Account:  success.AccountID(r.need("account")),
		Lead:     r.text("lead"),
		Owner:    r.text("owner"),
		Opened:   r.needMoment("opened"),
		Closed:   r.end("closed"),
		Status:   r.word("status", "open", "won", "lost"),
		Amount:   r.bounded("amount"),
		Currency: r.text("currency"),
	}
	switch {
	case r.bad:
	case d.Status != "open" && d.Closed.IsZero():
		r.fault("closed", "", success.ErrMissing)
	case !d.Closed.IsZero() && d.Closed.Before(d.Opened):
		r.refuse("closed", because(success.ErrOrder, "is before opened %s", d.Opened.Format(time.RFC3339)))
	}
	f.Deals = keep(f.Deals, d, r)
}

func addAdjustment(f *Folder, r *row) {
	a := Adjustment{
		ID:     r.need("id"),
		Deal:   r.need("deal"),
		At:     r.needMoment("at"),
		Amount: r.bounded("amount"),
	}
	f.Adjustments = keep(f.Adjustments, a, r)
}

func addTouch(f *Folder, r *row) {
	t := Touch{
		ID:       r.text("id"),
		Account:  success.AccountID(r.need("account")),
		At:       r.needMoment("at"),
		Key:      r.text("key"),
		Kind:     r.text("kind"),
		Priority: r.between("priority", -1e9, 1e9),
	}
	if t.Key == "unattributed" {
		r.refuse("key", because(success.ErrRange, "is a reserved word"))
	}
	f.Touches = keep(f.Touches, t, r)
}
