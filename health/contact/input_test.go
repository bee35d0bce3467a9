package contact_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/health/contact"
	"metrics.internal/success/internal/refusal"
)

var fault = refusal.Of

func TestBadContacts(t *testing.T) {
	good := contact.Contact{ID: "c", Account: "a", Actions: 3, Joined: ago(100), LastActed: ago(10), Left: ago(9)}
	accounts := []contact.Account{{ID: "a"}}
	if _, err := contact.Assess(accounts, []contact.Contact{good}, contact.Options{AsOf: asOf}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		spoil  func(*contact.Contact)
		faults []refusal.Fault
	}{
		"no ID":                {func(c *contact.Contact) { c.ID = "" }, []refusal.Fault{fault("ID", success.ErrMissing)}},
		"no account":           {func(c *contact.Contact) { c.Account = "" }, []refusal.Fault{fault("Account", success.ErrMissing)}},
		"unknown account":      {func(c *contact.Contact) { c.Account = "b" }, []refusal.Fault{fault("Account", success.ErrUnknown)}},
		"negative":             {func(c *contact.Contact) { c.Actions = -1 }, []refusal.Fault{fault("Actions", success.ErrNegative)}},
		"huge":                 {func(c *contact.Contact) { c.Actions = contact.MaxActions + 1 }, []refusal.Fault{fault("Actions", success.ErrRange)}},
		"acted before it came": {func(c *contact.Contact) { c.LastActed = ago(101) }, []refusal.Fault{fault("LastActed", success.ErrOrder)}},
		"acted as it had left": {func(c *contact.Contact) { c.LastActed = ago(9) }, []refusal.Fault{fault("LastActed", success.ErrOrder)}},
		"left before it came":  {func(c *contact.Contact) { c.LastActed, c.Left = success.Date{}, ago(101) }, []refusal.Fault{fault("Left", success.ErrOrder)}},
		"came tomorrow": {func(c *contact.Contact) { *c = contact.Contact{ID: "c", Account: "a", Joined: ago(-1)} },
			[]refusal.Fault{fault("Joined", success.ErrOrder)}},
		"acted tomorrow": {func(c *contact.Contact) { c.LastActed, c.Left = ago(-1), success.Date{} }, []refusal.Fault{fault("LastActed", success.ErrOrder)}},
		"left tomorrow":  {func(c *contact.Contact) { c.Left = ago(-1) }, []refusal.Fault{fault("Left", success.ErrOrder)}},
	} {
		bad := good
		c.spoil(&bad)
		r, err := contact.Assess(accounts, []contact.Contact{bad}, contact.Options{AsOf: asOf})
		refusal.Check(t, name, err, c.faults...)
		if r.Risks != nil {
			t.Errorf("%s: %+v is computed nevertheless", name, r)
		}
	}
	edge := good
	edge.Actions, edge.Joined, edge.LastActed, edge.Left = contact.MaxActions, ago(1), ago(1), asOf
	if _, err := contact.Assess(accounts, []contact.Contact{edge}, contact.Options{AsOf: asOf}); err != nil {
		t.Errorf("on every edge: %v", err)
	}
}

func TestBadAccounts(t *testing.T) {
	good := contact.Account{ID: "a", Start: ago(10), End: ago(9)}
	for name, c := range map[string]struct {
		accounts []contact.Account
		fault    refusal.Fault
	}{
		"no ID":        {[]contact.Account{{}}, fault("ID", success.ErrMissing)},
		"twice":        {[]contact.Account{good, {ID: "b"}, good}, fault("ID", success.ErrDuplicate)},
		"an empty one": {[]contact.Account{{ID: "a", Start: ago(10), End: ago(10)}}, fault("End", success.ErrOrder)},
	} {
		_, err := contact.Assess(c.accounts, nil, contact.Options{AsOf: asOf})
		refusal.Check(t, name, err, c.fault)
	}
}

func TestBadOptions(t *testing.T) {
	number := decimal.RequireFromString
	for name, c := range map[string]struct {
		options contact.Options
		fault   refusal.Fault
	}{
		"no day":           {contact.Options{}, fault("AsOf", success.ErrMissing)},
		"negative tenure":  {contact.Options{AsOf: asOf, Tenure: -1}, fault("Tenure", success.ErrNegative)},
		"endless tenure":   {contact.Options{AsOf: asOf, Tenure: contact.MaxTenure + 1}, fault("Tenure", success.ErrRange)},
		"negative single":  {contact.Options{AsOf: asOf, Single: number("-1.5")}, fault("Single", success.ErrNegative)},
		"nobody is single": {contact.Options{AsOf: asOf, Single: number("1")}, fault("Single", success.ErrRange)},
		"all are single":   {contact.Options{AsOf: asOf, Single: number("1000.1")}, fault("Single", success.ErrRange)},
		"too many places":  {contact.Options{AsOf: asOf, Single: number("1.5000000000000000001")}, fault("Single", success.ErrRange)},
		"endless single":   {contact.Options{AsOf: asOf, Single: decimal.New(1, 1_000_000_000)}, fault("Single", success.ErrRange)},
		"tiny single":      {contact.Options{AsOf: asOf, Single: decimal.New(1, -1_000_000_000)}, fault("Single", success.ErrRange)},
	} {
		_, err := contact.Assess(nil, nil, c.options)
		refusal.Check(t, name, err, c.fault)
	}
	for _, single := range []string{"1.000000000000000001", "1000", "1e3"} {
		if _, err := contact.Assess(nil, nil, contact.Options{AsOf: asOf, Single: number(single), Tenure: contact.MaxTenure}); err != nil {
			t.Errorf("%s: %v", single, err)
		}
	}
}

func TestAllFaultsAtOnce(t *testing.T) {
	_, err := contact.Assess(
		[]contact.Account{{}, {}, {ID: "a"}},
		[]contact.Contact{{Account: "a"}, {Account: "a"}, {Account: "a"}, {ID: "x", Account: "a"}, {ID: "x", Account: "a"}, {ID: "x"}},
		contact.Options{Tenure: -1})
	refusal.Check(t, "everything", err,
		fault("ID", success.ErrMissing), fault("ID", success.ErrMissing),
		fault("ID", success.ErrMissing), fault("ID", success.ErrMissing), fault("ID", success.ErrMissing), fault("ID", success.ErrDuplicate), fault("Account", success.ErrMissing),
		fault("AsOf", success.ErrMissing), fault("Tenure", success.ErrNegative))
}
