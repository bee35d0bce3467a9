package folder_test

import (
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/examples/internal/sample"
)

// future is a folder in which everything happens on 2024-06-01, but for what
// must exist before it.
func future() *folder.Folder {
	f, err := folder.Read(dir(
		"contracts.csv", `id,account,start,price,months,end,credits
C1,A1,2024-01-01,100,1,2024-05-31,
C2,A1,2024-01-01,100,1,2024-06-01,
C3,A1,2024-01-01,-10,1,2024-05-31,C4
C4,A1,2024-06-01,100,1,,
`,
		"accounts.csv", "id,signed_up\nA1,2024-05-31\nA2,2024-06-01\n",
		"mergers.csv", "from,to,on\nA2,A1,2024-06-01\n",
		"interactions.csv", `id,account,at,first_reply_at,solved_at
I1,A1,2024-05-31T12:00:00Z,2024-05-31T23:59:59Z,2024-06-01T00:00:00Z
I2,A1,2024-06-01T00:00:00Z,,
`,
		"surveys.csv", "account,at,survey,score,interaction\nA1,2024-05-31,nps,9,I2\nA1,2024-06-01,nps,9,\n",
		"usage.csv", "account,date,measure,value\nA1,2024-05-31,seats,1\nA1,2024-06-01,seats,1\n",
		"goals.csv", "account,goal,start,due,achieved,state\nA1,live,2024-05-31,2024-07-01,2024-06-01,achieved\nA1,more,2024-06-01,2024-07-01,,\n",
		"contacts.csv", "account,contact,since,until\nA1,Jon,2024-05-31,2024-06-01\nA1,Eva,2024-06-01,\n",
		"leads.csv", "id,account,source,at,interaction\nL1,A1,service,2024-05-31,I2\nL2,A1,self,2024-06-01,\n",
		"deals.csv", "id,account,opened,status,amount,closed,lead\nD1,A1,2024-05-31,won,1,2024-06-01T00:00:00Z,L2\nD2,A1,2024-05-31,won,1,2024-05-31T00:00:00Z,L1\nD3,A1,2024-06-01,open,1,,\n",
		"adjustments.csv", "id,deal,at,amount\nR1,D2,2024-05-31,1\nR2,D2,2024-06-01,1\nR3,D1,2024-06-01T12:00:00Z,1\n",
		"touches.csv", "account,at,key\nA1,2024-05-31T23:59:59Z,web\nA1,2024-06-01,web\n",
		"help.csv", "account,began\nA1,2024-05-31\nA2,2024-06-01\n",
		"rates.csv", "currency,date,rate\nUSD,2024-06-01,1\n",
	), nil)
	if err != nil {
		panic(err)
	}
	return f
}

func TestKnown(t *testing.T) {
	whole := future()
	if err := whole.Check(whole.Options("", 0)); err != nil {
		t.Fatal(err)
	}
	f := whole.Known(success.MustDate("2024-06-01"))
	if err := f.Check(f.Options("", 0)); err != nil {
		t.Fatal(err)
	}
	none := success.Date{}
	same(t, []int{len(f.Contracts), len(f.Accounts), len(f.Mergers), len(f.Interactions), len(f.Surveys), len(f.Usage), len(f.Goals),
		len(f.Contacts), len(f.Leads), len(f.Deals), len(f.Adjustments), len(f.Touches), len(f.Help), len(f.Rates)},
		[]int{3, 2, 0, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1})
	same(t, []success.Date{f.Contracts[0].End, f.Contracts[1].End}, []success.Date{success.MustDate("2024-05-31"), none})
	same(t, f.Contracts[2].Credits, success.ContractID(""))
	same(t, []success.Date{f.Accounts[0].SignedUp, f.Accounts[1].SignedUp}, []success.Date{success.MustDate("2024-05-31"), none})
	if i := f.Interactions[0]; i.FirstReplyAt.IsZero() || !i.SolvedAt.IsZero() {
		t.Error(i)
	}
	same(t, f.Surveys[0].Interaction, success.InteractionID(""))
	same(t, f.Leads[0].Interaction, success.InteractionID(""))
	if g := f.Goals[0]; !g.Achieved.IsZero() || g.State != "" || g.Due.IsZero() {
		t.Error(g)
	}
	if c := f.Contacts[0]; !c.Until.IsZero() {
		t.Error(c)
	}
	if d := f.Deals[0]; d.Status != attribution.Open || !d.Closed.IsZero() || d.Lead != "" {
		t.Error(d)
	}
	if d := f.Deals[1]; d.Status != attribution.Won || d.Closed.IsZero() || d.Lead != "L1" {
		t.Error(d)
	}
	same(t, f.Adjustments[0].ID, attribution.AdjustmentID("R1"))
	if i := whole.Interactions[0]; i.SolvedAt.IsZero() || whole.Deals[0].Lead != "L2" || whole.Contracts[1].End.IsZero() {
		t.Error("the whole folder changed")
	}
}

// TestKnownLines names faults found later in a view at the lines of the files.
func TestKnownLines(t *testing.T) {
	f := read(t, dir("contracts.csv", `id,account,start,price,months,end,product
C1,A1,2025-01-01,100,1,,
C2,A1,2024-01-01,100,1,2024-02-01,Desk
C3,A1,2024-01-01,-10,1,2024-02-01,Desk
`))
	known := f.Known(success.MustDate("2025-01-01"))
	err := known.Mapped(&success.Errors{Count: 1, Faults: []*success.InputError{{Record: "contract", Index: 1, Field: "Price", Err: success.ErrNegative}}})
	if got := err.Error(); got != "contracts.csv:4: price: is negative\n1 fault" {
		t.Error(got)
	}
	if err := known.Mapped(nil); err != nil {
		t.Error(err)
	}
}

// TestKnownAll says that nothing is left out of a view from behind the newest
// record, but for ends and days to come.
func TestKnownAll(t *testing.T) {
	f := read(t, sample.Files())
	k := f.Known(f.Newest().AddDays(1))
	same(t, k.Interactions, f.Interactions)
	same(t, k.Deals, f.Deals)
	same(t, k.Touches, f.Touches)
	same(t, k.Goals, f.Goals)
	same(t, len(k.Contracts), len(f.Contracts))
}

func TestNewest(t *testing.T) {
	if got := future().Newest(); got != success.MustDate("2024-06-01") {
		t.Error(got)
	}
	const contract = "id,account,start,price,months,end\nC1,A1,2024-01-01,1,1,2030-01-01\n"
	for _, test := range []struct{ file, text, want string }{
		{"rates.csv", "currency,date,rate\nUSD,2024-06-01,1\n", "2024-01-01"},
		{"accounts.csv", "id,signed_up\nA1,2024-06-01\n", "2024-06-01"},
		{"mergers.csv", "from,to,on\nA2,A1,2024-06-01\n", "2024-06-01"},
		{"interactions.csv", "id,account,at,solved_at\nI1,A1,2024-05-01,2024-06-01T23:00:00-05:00\n", "2024-06-01"},
		{"surveys.csv", "account,at,survey,score\nA1,2024-06-01,nps,1\n", "2024-06-01"},
		{"usage.csv", "account,date,measure,value\nA1,2024-06-01,seats,1\n", "2024-06-01"},
		{"goals.csv", "account,goal,start,due\nA1,live,2024-06-01,2024-07-01\n", "2024-06-01"},
		{"contacts.csv", "account,contact,since,until\nA1,Jon,2024-06-01,2024-07-01\n", "2024-06-01"},
		{"leads.csv", "id,account,source,at\nL1,A1,self,2024-06-01\n", "2024-06-01"},
		{"deals.csv", "id,account,opened,status,amount,closed\nD1,A1,2024-06-01,open,1,2024-07-01\n", "2024-06-01"},
		{"deals.csv", "id,account,opened,status,amount,closed\nD1,A1,2024-06-01,won,1,2024-07-01\n", "2024-07-01"},
		{"adjustments.csv", "id,deal,at,amount\nR1,D1,2024-06-01,1\n", "2024-06-01"},
		{"touches.csv", "account,at,key\nA1,2024-06-01,web\n", "2024-06-01"},
		{"help.csv", "account,began\nA1,2024-06-01\n", "2024-06-01"},
	} {
		if got := read(t, dir("contracts.csv", contract, test.file, test.text)).Newest().String(); got != test.want {
			t.Errorf("%s: %s, not %s", test.file, got, test.want)
		}
	}
	if got := read(t, dir("contracts.csv", "id,account,start,price,months\n")).Newest(); !got.IsZero() {
		t.Error(got)
	}
}

func TestSpan(t *testing.T) {
	for _, test := range []struct{ newest, asOf, from, to, want, known string }{
		{"2025-12-31", "", "", "", "[2025-01-01, 2026-01-01)", "2026-01-01"},
		{"2025-12-30", "", "", "", "[2024-12-01, 2025-12-01)", "2025-12-31"},
		{"2025-12-31", "2025-03-15", "", "", "[2024-03-01, 2025-03-01)", "2025-03-15"},
		{"2025-12-31", "", "", "2025-07-10", "[2024-07-10, 2025-07-10)", "2025-07-10"},
		{"2025-12-31", "", "2025-10-01", "", "[2025-10-01, 2026-01-01)", "2026-01-01"},
		{"2025-12-31", "2025-12-01", "2025-10-01", "2025-11-01", "[2025-10-01, 2025-11-01)", "2025-12-01"},
		{"2025-12-31", "2025-12-01", "", "2026-01-01", "[2025-01-01, 2026-01-01)", "2025-12-01"},
	} {
		day := func(s string) (d success.Date) {
			if s != "" {
				d = success.MustDate(s)
			}
			return d
		}
		period, known := folder.Span(day(test.newest), day(test.asOf), day(test.from), day(test.to))
		if period.String() != test.want || known.String() != test.known {
			t.Errorf("%v: %v known on %v", test, period, known)
		}
	}
}

// TestOpenDeal says that the day on which an open deal is expected to close is
// not one on which it did.
func TestOpenDeal(t *testing.T) {
	f := read(t, dir("deals.csv", "id,account,opened,closed,status,amount\nD1,A1,2024-01-01,2024-05-01,open,10\n"))
	if d := f.Deals[0]; !d.Closed.IsZero() || d.Status != attribution.Open {
		t.Error(d)
	}
}
