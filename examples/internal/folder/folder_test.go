package folder_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/examples/internal/sample"
	"metrics.internal/success/retention"
)

// dir makes a folder of files given as name and text in turn.
func dir(files ...string) fs.FS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return fsys
}

func read(t *testing.T, fsys fs.FS) *folder.Folder {
	t.Helper()
	f, err := folder.Read(fsys, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// same compares records; decimals by value and dates by day.
func same(t *testing.T, got, want any) {
	t.Helper()
	decimals := cmp.Comparer(func(a, b decimal.Decimal) bool { return a.Equal(b) })
	dates := cmp.Comparer(func(a, b success.Date) bool { return a == b })
	if diff := cmp.Diff(want, got, decimals, dates); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

// whole is a folder with every column of every file.
func whole() fs.FS {
	return dir(
		"contracts.csv", `id,account,start,price,months,weeks,days,end,product,quantity,currency,renews,credits
C1,A1,2024-01-01,100,12,,,2025-01-01,Desk,3,EUR,,
C2,A1,2025-01-01,1e2,,2,,,Desk,,EUR,C1,
C3,A2,2024-02-29,-7.5,,,395,,,,EUR,,C4
C4,A2,2024-02-29,99.99,1,,,,,,EUR,,
`,
		"accounts.csv", "parent,strategic,signed_up,owner,segment,name,id\n,yes,2023-12-24,Ines,Small,Fern & Co,A1\nA1,,,,,,A2\n,,,,,,A3\n",
		"rates.csv", "currency,date,rate\nUSD,2024-01-01,0.92\n",
		"mergers.csv", "from,to,on\nA3,A2,2024-06-01\n",
		"interactions.csv", `id,account,at,kind,initiative,format,channel,agent,contact,minutes,first_reply_at,solved_at,replies,reopens
I1,A1,2024-03-01T09:00:00+01:00,support,reactive,one-to-one,email,Bea,Jon,12.5,2024-03-01T09:30:00+01:00,2024-03-02,2,1
I2,A2,2024-03-05,review,proactive,one-to-many,video,Ines,,,,,,
I3,A2,2024-03-05,,,,,,,,,,,
`,
		"surveys.csv", "account,at,survey,score,scale,agent,interaction,mentions_service\nA1,2024-03-03,csat,4,,Bea,I1,no\nA1,2024-04-01,NPS,0,,,,yes\nA2,2024-04-01,ces,5,5,,,\n",
		"usage.csv", "account,date,measure,value\nA1,2024-03-31,seats,2.5\n",
		"goals.csv", "account,goal,start,due,achieved,state\nA1,live,2024-01-01,2024-03-01,2024-02-01,achieved\nA2,live,2024-01-01,2024-03-01,,\n",
		"contacts.csv", "account,contact,since,role,until\nA1,Jon,2024-01-01,champion,2024-09-01\n",
		"leads.csv", "id,account,source,at,agent,interaction\nL1,A1,Service,2024-03-01T10:00:00Z,Bea,I1\n",
		"deals.csv", "id,account,opened,status,amount,lead,owner,closed,currency\nD1,A1,2024-03-02,won,1200.50,L1,Lena,2024-03-20,EUR\nD2,A2,2024-03-02T08:00:00Z,open,10,,,,EUR\n",
		"adjustments.csv", "id,deal,at,amount\nR1,D1,2024-04-01,-200\n",
		"touches.csv", "account,at,key,id,kind,priority\nA1,2024-03-10T10:00:00Z,webinar,T1,event,2\nA1,2024-03-11,,,,\n",
		"help.csv", "account,began\nA1,2024-01-10\n",
	)
}

func TestEveryColumn(t *testing.T) {
	f := read(t, whole())
	if err := f.Check(f.Options("EUR", 0)); err != nil {
		t.Fatal(err)
	}
	if len(f.Notes) > 0 {
		t.Error("notes:", f.Notes)
	}
	d, n := success.MustDate, decimal.RequireFromString
	same(t, f.Contracts, []success.Contract{
		{ID: "C1", Account: "A1", Product: "Desk", Start: d("2024-01-01"), End: d("2025-01-01"), Price: n("100"), Currency: "EUR", Term: success.Months(12), Quantity: 3},
		{ID: "C2", Account: "A1", Product: "Desk", Start: d("2025-01-01"), Price: n("100"), Currency: "EUR", Term: success.Weeks(2), Quantity: 1, Renews: "C1"},
		{ID: "C3", Account: "A2", Start: d("2024-02-29"), Price: n("-7.5"), Currency: "EUR", Term: success.Days(395), Quantity: 1, Credits: "C4"},
		{ID: "C4", Account: "A2", Start: d("2024-02-29"), Price: n("99.99"), Currency: "EUR", Term: success.Months(1), Quantity: 1},
	})
	same(t, f.Accounts, []success.Account{
		{ID: "A1", Name: "Fern & Co", Segment: "Small", Owner: "Ines", SignedUp: d("2023-12-24"), Strategic: true},
		{ID: "A2", Parent: "A1"}, {ID: "A3"},
	})
	same(t, f.Rates, []retention.Rate{{Currency: "USD", Date: d("2024-01-01"), Rate: n("0.92")}})
	same(t, f.Mergers, []retention.Merger{{From: "A3", To: "A2", On: d("2024-06-01")}})
	same(t, f.Interactions, []success.Interaction{
		{ID: "I1", Account: "A1", At: at("2024-03-01T08:00:00Z"), Kind: "support", Initiative: success.Reactive, Format: success.OneToOne,
			Channel: "email", Agent: "Bea", Contact: "Jon", Effort: 12*time.Minute + 30*time.Second,
			FirstReplyAt: at("2024-03-01T08:30:00Z"), SolvedAt: at("2024-03-02T00:00:00Z"), Replies: 2, Reopens: 1},
		{ID: "I2", Account: "A2", At: at("2024-03-05T00:00:00Z"), Kind: "review", Initiative: success.Proactive, Format: success.OneToMany, Channel: "video", Agent: "Ines"},
		{ID: "I3", Account: "A2", At: at("2024-03-05T00:00:00Z")},
	})
	same(t, f.Surveys, []folder.Survey{
		{Account: "A1", At: at("2024-03-03T00:00:00Z"), Kind: "csat", Score: 4, Scale: 5, Agent: "Bea", Interaction: "I1"},
		{Account: "A1", At: at("2024-04-01T00:00:00Z"), Kind: "nps", Score: 0, Scale: 10, MentionsService: true},
		{Account: "A2", At: at("2024-04-01T00:00:00Z"), Kind: "ces", Score: 5, Scale: 5},
	})
	same(t, f.Usage, []folder.Usage{{Account: "A1", Date: d("2024-03-31"), Measure: "seats", Value: n("2.5")}})
	same(t, f.Goals, []folder.Goal{
		{Account: "A1", Goal: "live", Start: d("2024-01-01"), Due: d("2024-03-01"), Achieved: d("2024-02-01"), State: "achieved"},
		{Account: "A2", Goal: "live", Start: d("2024-01-01"), Due: d("2024-03-01")},
	})
	same(t, f.Contacts, []folder.Contact{{Account: "A1", Contact: "Jon", Role: "champion", Since: d("2024-01-01"), Until: d("2024-09-01")}})
	same(t, f.Leads, []attribution.Lead{{ID: "L1", Account: "A1", Source: attribution.Service, Agent: "Bea", Interaction: "I1", At: at("2024-03-01T10:00:00Z")}})
	same(t, f.Deals, []attribution.Deal{
		{ID: "D1", Account: "A1", Lead: "L1", Owner: "Lena", Opened: at("2024-03-02T00:00:00Z"), Closed: at("2024-03-20T23:59:59.999999999Z"), Status: attribution.Won, Amount: n("1200.5"), Currency: "EUR"},
		{ID: "D2", Account: "A2", Opened: at("2024-03-02T08:00:00Z"), Amount: n("10"), Currency: "EUR"},
	})
	same(t, f.Adjustments, []attribution.Adjustment{{ID: "R1", Deal: "D1", At: at("2024-04-01T00:00:00Z"), Amount: n("-200")}})
	same(t, f.Touches, []attribution.Touch{
		{ID: "T1", Account: "A1", At: at("2024-03-10T10:00:00Z"), Key: "webinar", Kind: "event", Priority: 2},
		{Account: "A1", At: at("2024-03-11T00:00:00Z")},
	})
	same(t, f.Help, []folder.Help{{Account: "A1", Began: d("2024-01-10")}})
}

func TestSampleIsSound(t *testing.T) {
	f := read(t, sample.Files())
	if err := f.Check(f.Options(sample.Currency, 0)); err != nil {
		t.Error(err)
	}
	if len(f.Notes) > 0 {
		t.Error("notes:", f.Notes)
	}
	if got := f.Newest().String(); got != "2025-12-31" {
		t.Errorf("newest record %s", got)
	}
}

// TestTolerated reads one contract in ways that spreadsheets write it.
func TestTolerated(t *testing.T) {
	const header, row = "id,account,start,price,months", "C1,A1,2024-01-01,100,12"
	for name, text := range map[string]string{
		"plain":               header + "\n" + row + "\n",
		"no last line end":    header + "\n" + row,
		"byte order mark":     "\ufeff" + header + "\n" + row + "\n",
		"carriage returns":    header + "\r\n" + row + "\r\n",
		"both":                "\ufeff" + header + "\r\n" + row + "\r\n\r\n",
		"blank lines":         "\n\n" + header + "\n\n" + row + "\n\n\n",
		"quoted":              `"id","account","start","price","months"` + "\n" + `"C1","A1","2024-01-01","100","12"` + "\n",
		"any order":           "months,price,start,account,id\n12,100,2024-01-01,A1,C1\n",
		"capital header":      "ID, Account ,Start,Price,MONTHS\n" + row + "\n",
		"unknown columns":     "colour,id,account,start,price,months,note\nred,C1,A1,2024-01-01,100,12,\"two\nlines\"\n",
		"empty other columns": header + ",weeks,days,end,quantity,currency,renews,credits,product\n" + row + ",,,,,,,,\n",
	} {
		f := read(t, dir("contracts.csv", text))
		if err := f.Check(f.Options("", 0)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if len(f.Contracts) != 1 || f.Contracts[0].ID != "C1" || f.Contracts[0].Term != success.Months(12) {
			t.Errorf("%s: %v", name, f.Contracts)
		}
	}
}

func TestNotes(t *testing.T) {
	f := read(t, dir(
		"contracts.csv", "plan,id,account,start,price,months,country\n",
		"contract.csv", "id\n", "README.md", "#",
	))
	want := []string{"contract.csv: is none of the files of a data folder and was not read", "contracts.csv: not used: country, plan"}
	same(t, f.Notes, want)
}

func TestNoFolder(t *testing.T) {
	if _, err := folder.Read(dir("accounts.csv", "id\n"), nil); !errors.Is(err, folder.ErrEmpty) {
		t.Errorf("no file to report on: %v", err)
	}
	if _, err := folder.Read(fstest.MapFS{"contracts.csv": {Mode: fs.ModeDir}}, nil); err != nil {
		t.Errorf("a folder for a file is a fault, not an error: %v", err)
	}
	for _, file := range []string{"contracts.csv", "interactions.csv", "deals.csv"} {
		if _, err := folder.Read(dir(file, "id\n"), nil); err != nil {
			t.Errorf("%s alone: %v", file, err)
		}
	}
}

func TestProgress(t *testing.T) {
	rows := strings.Repeat("A1,2024-01-01,seats,1\n", 40_000)
	var told []int
	enough := errors.New("enough")
	for _, last := range []int{40_000, 20_000} {
		_, err := folder.Read(dir("deals.csv", "id\n", "usage.csv", "account,date,measure,value\n"+rows), func(file string, rows int) error {
			if file == "usage.csv" {
				told = append(told, rows)
			}
			if rows > last {
				return enough
			}
			return nil
		})
		if errors.Is(err, enough) != (last == 20_000) {
			t.Error(err)
		}
	}
	same(t, told, []int{16384, 32768, 16384, 32768})
}

func TestMixedCurrencies(t *testing.T) {
	f := read(t, dir("contracts.csv", "id,account,start,price,months,currency\nC1,A1,2024-01-01,1,1,EUR\nC2,A2,2024-01-01,1,1,USD\n"))
	if err := f.Check(f.Options("", 0)); !errors.Is(err, folder.ErrCurrency) {
		t.Errorf("no currency to report in: %v", err)
	}
	_, err := retention.NewBook(f.Contracts, retention.Options{})
	if got := f.Mapped(err); !errors.Is(got, folder.ErrCurrency) {
		t.Errorf("no currency to report in: %v", got)
	}
	if err := f.Check(f.Options("EUR", 0)); !errors.Is(err, success.ErrCurrency) {
		t.Errorf("no rate: %v", err)
	}
	_, err = retention.NewBook(f.Contracts, retention.Options{Grace: -1})
	if got := f.Mapped(err); errors.Is(got, folder.ErrCurrency) || !errors.Is(got, success.ErrNegative) {
		t.Errorf("more than no currency: %v", got)
	}
	if got := f.Mapped(fs.ErrClosed); got != fs.ErrClosed {
		t.Errorf("another error: %v", got)
	}
}
