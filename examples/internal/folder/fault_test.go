package folder_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/examples/internal/folder"
)

// faults returns the text of the faults of a folder, one a line, without the
// count.
func faults(t *testing.T, fsys fs.FS) string {
	t.Helper()
	f := read(t, fsys)
	err := f.Check(f.Options("EUR", 0))
	var found *folder.Faults
	if !errors.As(err, &found) {
		if err != nil {
			t.Errorf("error %v", err)
		}
		return ""
	}
	if found.Count != len(found.Kept) {
		t.Errorf("count %d of %d", found.Count, len(found.Kept))
	}
	lines := ""
	for _, fault := range found.Kept {
		lines += fault.Error() + "\n"
	}
	return lines
}

const contracts = "id,account,start,end,price,months,weeks,days,quantity,currency,product,renews,credits\n"

// TestFaults gives one file a fault at a time, each at its line.
func TestFaults(t *testing.T) {
	const good = "C0,A0,2024-01-01,,1,1,,,,EUR,,,\n"
	for _, test := range []struct{ file, text, want string }{
		{"contracts.csv", contracts + good + ",A,2024-01-01,,1,1,,,,EUR,,,", "3: id: is missing"},
		{"contracts.csv", contracts + good + "C,,2024-01-01,,1,1,,,,EUR,,,", "3: account: is missing"},
		{"contracts.csv", contracts + good + "C,A,,,1,1,,,,EUR,,,", "3: start: is missing"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,,1,,,,EUR,,,", "3: price: is missing"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,1,,,,,EUR,,,", "3: months: is missing, as are weeks and days: one of them must be given"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,1,1,1,,,EUR,,,", "3: weeks: 1 excludes the other two: only one of months, weeks and days can be given"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,1,0,,,,EUR,,,", "3: months: 0 is out of range"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,1,,-2,,,EUR,,,", "3: weeks: -2 is negative"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,1,,,9999999,,EUR,,,", "3: days: 9999999 is out of range"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,1,1.5,,,,EUR,,,", "3: months: 1.5 is not a whole number"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,1,99999999999999999999,,,,EUR,,,", "3: months: 99999999999999999999 is out of range"},
		{"contracts.csv", contracts + good + "C,A,2024-03-01,2024-02-01,1,1,,,,EUR,,,", "3: end: 2024-02-01 is not after start 2024-03-01"},
		{"contracts.csv", contracts + good + "C,A,2024-02-30,,1,1,,,,EUR,,,", "3: start: 2024-02-30 is not a day like 2006-01-02 between the years 1 and 9999"},
		{"contracts.csv", contracts + good + "C,A,01/02/2024,,1,1,,,,EUR,,,", "3: start: 01/02/2024 is not a day like 2006-01-02 between the years 1 and 9999"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,\"1,499.00\",1,,,,EUR,,,", "3: price: 1,499.00 is not an amount like 1499.00"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,NaN,1,,,,EUR,,,", "3: price: NaN is not an amount like 1499.00"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,1e13,1,,,,EUR,,,", "3: price: 10000000000000 makes an annual rate of 9000000000000 or more"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,1e999999999,1,,,,EUR,,,", "3: price: 1e999999999 is not an amount like 1499.00"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,1e9999999999,1,,,,EUR,,,", "3: price: 1e9999999999 is not an amount like 1499.00"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,," + strings.Repeat("9", 1001) + ",1,,,,EUR,,,", "3: price: " + strings.Repeat("9", 40) + "… is out of range"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,1,1,,,0,EUR,,,", "3: quantity: 0 is out of range"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,1,1,,,-3,EUR,,,", "3: quantity: -3 is negative"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,1,1,,,many,EUR,,,", "3: quantity: many is not a whole number"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,1,1,,,,XXQ,,,", "3: currency: XXQ has no rate to the reporting currency"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,1,1,,,,,,,", "3: currency: is missing, while other contracts name one"},
		{"contracts.csv", contracts + good + "C0,A,2024-01-01,,1,1,,,,EUR,,,", "3: id: C0 is a duplicate"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,1,1,,,,EUR,,C9,", "3: renews: C9 is unknown"},
		{"contracts.csv", contracts + good + "C,A0,2024-01-01,,-1,1,,,,EUR,,,C9", "3: credits: C9 is unknown"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,1,1,,,,EUR,,", "3: the row has 12 fields, the header 13"},
		{"contracts.csv", contracts + good + "C,A,2024-01-01,,1,1,,,,EUR,,,,", "3: the row has 14 fields, the header 13"},
		{"contracts.csv", contracts + good + "C,\"A\"x,2024-01-01,,1,1,,,,EUR,,,", "3: the row has a quote out of place"},
		{"contracts.csv", contracts + good + "C,A\"x,2024-01-01,,1,1,,,,EUR,,,", "3: the row has a quote out of place"},
		{"contracts.csv", contracts + good + "C,\"A,2024-01-01,,1,1,,,,EUR,,,\n" + good, "3: the row has a quote that is never closed; nothing after it was read"},
		{"contracts.csv", contracts + good + "C,A\x00,2024-01-01,,1,1,,,,EUR,,,", `3: account: "A\x00" has a NUL byte`},
		{"contracts.csv", contracts + good + "C,A\xff,2024-01-01,,1,1,,,,EUR,,,", `3: account: "A\xff" is not UTF-8`},
		{"contracts.csv", contracts + good + "C," + strings.Repeat("A", 70_000) + ",2024-01-01,,1,1,,,,EUR,,,", "3: account: " + strings.Repeat("A", 40) + "… has more than 65536 bytes"},
		{"contracts.csv", contracts + "C,A,2024-01-01,,1,1,,,,EUR,\"two\nlines\",,\nC,A,2024-01-01,,1,1,,,,EUR,,,", "4: id: C is a duplicate"},
		{"contracts.csv", "", "1: the header row is missing"},
		{"contracts.csv", "id,account,start,months\n", "1: price: is missing from the header"},
		{"contracts.csv", "id,account,start,price,months,id\n", "1: id: is in the header twice"},
		{"contracts.csv", "id,account,start,price,mon\"ths\n", "1: the row has a quote out of place"},
		{"contracts.csv", "id,account,start,price,months,\xff\xfe\n", `1: "\xff\xfe" is not UTF-8`},
		{"accounts.csv", "id,signed_up,strategic,parent\nA0,,,\n,,,\n", "3: id: is missing"},
		{"accounts.csv", "id,signed_up,strategic,parent\nA0,,,\nA0,,,\n", "3: id: A0 is a duplicate"},
		{"accounts.csv", "id,signed_up,strategic,parent\nA0,x,,\n", "2: signed_up: x is not a day like 2006-01-02 between the years 1 and 9999"},
		{"accounts.csv", "id,signed_up,strategic,parent\nA0,,perhaps,\n", "2: strategic: perhaps is not yes or no"},
		{"accounts.csv", "id,signed_up,strategic,parent\nA0,,,A0\n", "2: parent: A0 is the account itself"},
		{"rates.csv", "currency,date,rate\nUSD,2024-01-01,\n", "2: rate: is missing"},
		{"rates.csv", "currency,date,rate\nUSD,,1\n", "2: date: is missing"},
		{"rates.csv", "currency,date,rate\nUSD,2024-01-01,1\nUSD,2024-01-01,1\n", "3: date: 2024-01-01 is a duplicate for USD"},
		{"mergers.csv", "from,to,on\nA0,A0,2024-01-01\n", "2: to: A0 is the account itself"},
		{"interactions.csv", "id,account,at\nI1,A0,2024-01-01\nI1,A0,2024-01-01\n", "3: id: I1 is a duplicate of line 2"},
		{"interactions.csv", "id,account,at\nI1,A0,yesterday\n", "2: at: yesterday is not a time like 2006-01-02T15:04:05Z or a day like 2006-01-02"},
		{"interactions.csv", "id,account,at\nI1,A0,0000-06-01T00:00:00Z\n", "2: at: 0000-06-01T00:00:00Z is out of range"},
		{"interactions.csv", "id,account,at\nI1,A0,\n", "2: at: is missing"},
		{"interactions.csv", "id,account,at,first_reply_at\nI1,A0,2024-01-02,2024-01-01\n", "2: first_reply_at: 2024-01-01T00:00:00Z is before at 2024-01-02T00:00:00Z"},
		{"interactions.csv", "id,account,at,initiative\nI1,A0,2024-01-02,active\n", "2: initiative: active is none of reactive, proactive"},
		{"interactions.csv", "id,account,at,format\nI1,A0,2024-01-02,one\n", "2: format: one is none of one-to-one, one-to-many, self-service"},
		{"interactions.csv", "id,account,at,minutes\nI1,A0,2024-01-02,-5\n", "2: minutes: -5 is negative"},
		{"interactions.csv", "id,account,at,minutes\nI1,A0,2024-01-02,1e999999999\n", "2: minutes: 1e999999999 is not an amount like 1499.00"},
		{"interactions.csv", "id,account,at,minutes\nI1,A0,2024-01-02,1e400\n", "2: minutes: 1e400 is out of range"},
		{"interactions.csv", "id,account,at,minutes\nI1,A0,2024-01-02,60000000\n", "2: minutes: 60000000 is out of range"},
		{"interactions.csv", "id,account,at,replies\nI1,A0,2024-01-02,-1\n", "2: replies: -1 is negative"},
		{"surveys.csv", "account,at,survey,score\nA0,2024-01-01,nps,11\n", "2: score: 11 is not between 0 and 10"},
		{"surveys.csv", "account,at,survey,score\nA0,2024-01-01,csat,0\n", "2: score: 0 is not between 1 and 5"},
		{"surveys.csv", "account,at,survey,score\nA0,2024-01-01,ces,4.5\n", "2: score: 4.5 is not a whole number"},
		{"surveys.csv", "account,at,survey,score\nA0,2024-01-01,ces,\n", "2: score: is missing"},
		{"surveys.csv", "account,at,survey,score\nA0,2024-01-01,sus,1\n", "2: survey: sus is none of nps, csat, ces"},
		{"surveys.csv", "account,at,survey,score,scale\nA0,2024-01-01,csat,1,1\n", "2: scale: 1 is not between 2 and 100"},
		{"usage.csv", "account,date,measure,value\nA0,2024-01-01,,1\n", "2: measure: is missing"},
		{"usage.csv", "account,date,measure,value\nA0,2024-01-01,seats,1e400\n", "2: value: 1e400 is out of range"},
		{"goals.csv", "account,goal,start,due\nA0,live,2024-02-01,2024-01-01\n", "2: due: 2024-01-01 is before start 2024-02-01"},
		{"contacts.csv", "account,contact,since,until\nA0,Jon,2024-02-01,2024-01-01\n", "2: until: 2024-01-01 is before since 2024-02-01"},
		{"leads.csv", "id,account,source,at\nL1,A0,luck,2024-01-01\n", "2: source: luck is none of service, marketing, sales, partner, referral, self, other"},
		{"leads.csv", "id,account,source,at\n,A0,self,2024-01-01\n", "2: id: is missing"},
		{"deals.csv", "id,account,opened,status,amount\nD1,A0,2024-01-01,won,5\n", "2: closed: is missing"},
		{"deals.csv", "id,account,opened,status,amount,closed\nD1,A0,2024-01-02,won,5,2024-01-01\n", "2: closed: 2024-01-01 is before opened 2024-01-02T00:00:00Z"},
		{"deals.csv", "id,account,opened,status,amount\nD1,A0,2024-01-02,pending,5\n", "2: status: pending is none of open, won, lost"},
		{"touches.csv", "account,at,key\nA0,2024-01-01,unattributed\n", "2: key: unattributed is a reserved word"},
		{"help.csv", "account,began\nA0,\n", "2: began: is missing"},
		{"help.csv", "account,began\nA0,2024-01-01\nA0,2024-01-02\n", "3: account: A0 is a duplicate of line 2"},
	} {
		files := []string{"contracts.csv", contracts + good, test.file, test.text}
		if got, want := faults(t, dir(files...)), test.file+":"+test.want+"\n"; got != want {
			t.Errorf("%s\n%.200s\ngot  %swant %s", test.file, test.text, got, want)
		}
	}
}

// TestAllAtOnce has faults of reading and of meaning in several files.
func TestAllAtOnce(t *testing.T) {
	got := faults(t, dir(
		"accounts.csv", "id,signed_up\nA1,\nA1,\nA2,soon\n",
		"contracts.csv", contracts+
			"C1,A1,2024-03-01,2024-02-01,1,1,,,,EUR,,,\n"+
			"C2,A9,2024-03-01,,x,1,,,,EUR,,,\n"+
			"C3,A9,2024-03-01,,1,1,,,0,USD,,,\n"+
			"C4,A9,2024-03-01,,1,1,,,,EUR,,,\n"+
			"C5,A1,2024-03-01,,1,1,,,,USD,,,\n",
		"deals.csv", "id,account,opened,status,amount,lead\nD1,A1,2024-01-01,open,1,L1\nD2,A8,2024-01-01,open,1,\n",
		"leads.csv", "id,account,source,at\n",
	))
	want := `accounts.csv:3: id: A1 is a duplicate
accounts.csv:4: signed_up: soon is not a day like 2006-01-02 between the years 1 and 9999
contracts.csv:2: end: 2024-02-01 is not after start 2024-03-01
contracts.csv:3: price: x is not an amount like 1499.00
contracts.csv:4: quantity: 0 is out of range
contracts.csv:5: account: A9 is unknown
contracts.csv:6: currency: USD has no rate to the reporting currency
deals.csv:2: lead: L1 is unknown: not in leads.csv
deals.csv:3: account: A8 is unknown: not in accounts.csv
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestRefusedRowsCauseNoOthers has one refused row at a time that something else
// needs.
func TestRefusedRowsCauseNoOthers(t *testing.T) {
	for _, test := range []struct {
		name, want string // the only fault
		files      []string
	}{
		{"renewed contract", "contracts.csv:2: start", []string{"contracts.csv", contracts +
			"C1,A1,x,,1,1,,,,EUR,,,\nC2,A1,2024-01-01,,1,1,,,,EUR,,C1,\n"}},
		{"renewed ragged contract", "contracts.csv:2: the row has", []string{"contracts.csv", contracts +
			"C1,A1,2023-01-01,,1,1,,,,EUR\nC2,A1,2024-01-01,,1,1,,,,EUR,,C1,\n"}},
		{"renewed contract with a stray quote", "contracts.csv:2: the row has a quote", []string{"contracts.csv", contracts +
			"\"C\"1,A1,2023-01-01,,1,1,,,,EUR,,,\nC2,A1,2024-01-01,,1,1,,,,EUR,,C1,\n"}},
		{"renewed contract after an open quote", "contracts.csv:3: the row has a quote", []string{"contracts.csv", contracts +
			"C2,A1,2024-01-01,,1,1,,,,EUR,,C1,\n\"C,A1,2023-01-01,,1,1,,,,EUR,,,\nC1,A1,2023-01-01,,1,1,,,,EUR,,,\n"}},
		{"credited contract", "contracts.csv:2: price", []string{"contracts.csv", contracts +
			"C1,A1,2023-01-01,,x,1,,,,EUR,,,\nC2,A1,2024-01-01,,-1,1,,,,EUR,,,C1\n"}},
		{"reduced contract", "contracts.csv:2: price", []string{"contracts.csv", contracts +
			"C1,A1,2023-01-01,,x,1,,,,EUR,,,\nC2,A1,2024-01-01,,-1,1,,,,EUR,,,\n"}},
		{"reduced contract of a merged account", "contracts.csv:2: price", []string{"contracts.csv", contracts +
			"C1,A1,2023-01-01,,x,1,,,,EUR,,,\nC2,A3,2024-01-01,,-1,1,,,,EUR,,,\n",
			"mergers.csv", "from,to,on\nA1,A2,2023-02-01\nA2,A3,2023-03-01\n"}},
		{"reduced contract of a ragged row without its account", "contracts.csv:2: the row has", []string{"contracts.csv", contracts +
			"2023-01-01,,1,1,,,,EUR,,A1,,\nC2,A1,2024-01-01,,-1,1,,,,EUR,,,\n"}},
		{"account", "accounts.csv:3: strategic", []string{"accounts.csv", "id,strategic\nA0,\nA1,x\n",
			"contracts.csv", contracts + "C1,A1,2023-01-01,,1,1,,,,EUR,,,\n", "help.csv", "account,began\nA1,2024-01-01\n",
			"mergers.csv", "from,to,on\nA0,A1,2024-01-01\n"}},
		{"accounts without a header", "accounts.csv:1: id: is missing from the header", []string{"accounts.csv", "name\nA1\n",
			"contracts.csv", contracts + "C1,A1,2023-01-01,,1,1,,,,EUR,,,\n"}},
		{"rate", "rates.csv:2: rate", []string{"rates.csv", "currency,date,rate\nUSD,2024-01-01,one\n",
			"contracts.csv", contracts + "C1,A1,2023-01-01,,1,1,,,,USD,,,\n"}},
		{"merger", "mergers.csv:2: on", []string{"mergers.csv", "from,to,on\nA1,A2,soon\n",
			"contracts.csv", contracts + "C1,A1,2023-01-01,,1,1,,,,EUR,,,\nC2,A2,2024-01-01,,2,1,,,,EUR,,C1,\nC3,A1,2025-01-01,,-2,1,,,,EUR,,,\n"}},
		{"interaction", "interactions.csv:2: at", []string{"contracts.csv", contracts,
			"interactions.csv", "id,account,at\nI1,A1,x\n", "leads.csv", "id,account,source,at,interaction\nL1,A1,service,2024-01-01,I1\n"}},
		{"lead", "leads.csv:2: at", []string{"leads.csv", "id,account,source,at\nL1,A1,service,x\n",
			"deals.csv", "id,account,opened,status,amount,lead\nD1,A1,2024-01-01,open,1,L1\n"}},
		{"deal", "deals.csv:2: opened", []string{"deals.csv", "id,account,opened,status,amount\nD1,A1,x,open,1\n",
			"adjustments.csv", "id,deal,at,amount\nR1,D1,2024-01-01,1\n"}},
	} {
		got := faults(t, dir(test.files...))
		if !strings.HasPrefix(got, test.want) || strings.Count(got, "\n") != 1 {
			t.Errorf("%s: %s", test.name, got)
		}
	}
}

// TestRefusedRowsHideNoOthers has, beside a refused row, faults that it has
// nothing to do with.
func TestRefusedRowsHideNoOthers(t *testing.T) {
	got := faults(t, dir(
		"rates.csv", "currency,date,rate\nUSD,2024-01-01,one\n",
		"accounts.csv", "id,strategic\nA1,\nA2,x\nA3,\nA4,\nA5,\n",
		"contracts.csv", contracts+
			"C1,A1,x,,1,1,,,,EUR,,,\n"+
			"C2,A5,2024-01-01,,-1,1,,,,EUR,,,\n"+
			"C3,A3,2024-01-01,,1,1,,,,GBP,,C9,\n"+
			"C4,A9,2024-01-01,,-1e400,1,,,,EUR,,,\n"+
			"C5,A1,2024-01-01,,-1e400,1,,,,EUR,,,\n"+
			"C6,A4,2023-01-01,,5,1,,,,EUR,,C7,\n"+
			"C7,A1,2022-01-01,,5,1,,,,EUR,,,\n",
	))
	for _, want := range []string{
		"rates.csv:2: rate: one is not", "accounts.csv:3: strategic: x is not", "contracts.csv:2: start: x is not",
		"contracts.csv:3: price: -12 a year brings account A5 below zero", "contracts.csv:7: renews: C7 ", "contracts.csv:4: currency: GBP has no rate", "contracts.csv:4: renews: C9 is unknown",
		"contracts.csv:5: account: A9 is unknown", "contracts.csv:5: price: -1e400 makes", "contracts.csv:6: price: -1e400 makes",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not among\n%s", want, got)
		}
	}
	if n := strings.Count(got, "\n"); n != 10 {
		t.Errorf("%d faults\n%s", n, got)
	}
}

func TestKindsOfFault(t *testing.T) {
	for row, kind := range map[string]error{
		"C,A,2024-01-01,,,1,,,,EUR,,,":                      success.ErrMissing,
		"C,A,2024-01-01,2023-01-01,1,1,,,,EUR,,,":           success.ErrOrder,
		"C,A,2024-01-01,,1,-1,,,,EUR,,,":                    success.ErrNegative,
		"C,A,2024-01-01,,1,1,,,,USD,,,":                     success.ErrCurrency,
		"C,A,2024-01-01,,1e400,1,,,,EUR,,,":                 success.ErrRange,
		"C,A,2024-01-01,,1,1,,,,EUR,,B,":                    success.ErrUnknown,
		"C,A,2024-01-01,,1,,,,,EUR,,,":                      success.ErrMissing,
		"C,A,2024-01-01,,1":                                 csv.ErrFieldCount,
		"C,A,2024-01-01,,1,1,,,,EUR,,,\nC" + ",,,,,,,,,,,,": success.ErrMissing,
	} {
		f := read(t, dir("contracts.csv", contracts+row+"\n"))
		err := f.Check(f.Options("EUR", 0))
		var fault *folder.Fault
		if !errors.Is(err, kind) || !errors.As(err, &fault) {
			t.Errorf("%s: %v", row, err)
		}
	}
}

func TestUnreadableFile(t *testing.T) {
	got := faults(t, fstest.MapFS{
		"contracts.csv": {Mode: fs.ModeDir},
		"deals.csv":     {Data: []byte("id,account,opened,status,amount\n")},
	})
	if !strings.HasPrefix(got, "contracts.csv:1: ") || strings.Count(got, "\n") != 1 {
		t.Error(got)
	}
}

// allocated returns how many bytes f allocates in all.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TestHugeFields refuses fields of ten megabytes and reads on behind them,
// without holding them.
func TestHugeFields(t *testing.T) {
	const size = 10 << 20
	for name, field := range map[string]string{
		"plain":             strings.Repeat("x", size),
		"quoted":            `"` + strings.Repeat("x", size) + `"`,
		"of many lines":     `"` + strings.Repeat("x,y\n", size/4) + `"`,
		"of escaped quotes": `"` + strings.Repeat(`""`, size/2) + `"`,
	} {
		lines := strings.Count(field, "\n")
		fsys := dir("contracts.csv", contracts+
			"C1,"+field+",2024-01-01,,1,1,,,,EUR,,,\n"+
			"C2,A1,2024-01-01,,x,1,,,,EUR,,,\n"+
			"C3,A1,2024-01-01,,1,1,,,,EUR,,C1,\n")
		var got string
		bytes := allocated(func() { got = faults(t, fsys) })
		want := fmt.Sprintf("contracts.csv:2: the row has more than 1048576 bytes\ncontracts.csv:%d: price: x is not an amount like 1499.00\n", 3+lines)
		if got != want {
			t.Errorf("%s: got\n%.500swant\n%s", name, got, want)
		}
		if bytes > size {
			t.Errorf("%s: allocated %d bytes", name, bytes)
		}
	}
}

// TestMillionFaults counts a million faults and keeps the first 1,000, in bounded
// memory and time, whether they are found in reading or by the library.
func TestMillionFaults(t *testing.T) {
	const n = floodRows
	for _, test := range []struct {
		name, row, first, last string
		bytesPerRow            uint64
	}{
		{"reading", "C%d,A,2024-02-30,,1,1,,,,EUR,,,\n",
			"contracts.csv:2: start: 2024-02-30 is not a day like 2006-01-02 between the years 1 and 9999",
			"contracts.csv:1001: start: 2024-02-30 is not a day like 2006-01-02 between the years 1 and 9999", 1000},
		{"meaning", "C%d,A,2024-01-01,2023-01-01,1,1,,,,EUR,,,\n",
			"contracts.csv:2: end: 2023-01-01 is not after start 2024-01-01",
			"contracts.csv:1001: end: 2023-01-01 is not after start 2024-01-01", 4000},
	} {
		var text strings.Builder
		text.WriteString(contracts)
		for i := range n {
			fmt.Fprintf(&text, test.row, i)
		}
		fsys := dir("contracts.csv", text.String())
		started := time.Now()
		var found *folder.Faults
		bytes := allocated(func() {
			f := read(t, fsys)
			errors.As(f.Check(f.Options("EUR", 0)), &found)
		})
		if found == nil || found.Count != n || len(found.Kept) != 1000 {
			t.Fatalf("%s: %v", test.name, found)
		}
		if got := found.Kept[0].Error(); got != test.first {
			t.Errorf("%s: first %s", test.name, got)
		}
		if got := found.Kept[999].Error(); got != test.last {
			t.Errorf("%s: last %s", test.name, got)
		}
		if text := found.Error(); !strings.HasSuffix(text, fmt.Sprintf("\n%d faults, of which these are the first 1000", n)) {
			t.Errorf("%s: ends with %s", test.name, text[len(text)-60:])
		}
		if took := time.Since(started); bytes > n*test.bytesPerRow || took > 3*time.Minute {
			t.Errorf("%s: %d bytes, %v", test.name, bytes, took)
		}
		t.Logf("%s: %d MB allocated, %v", test.name, bytes>>20, time.Since(started))
	}
}

// TestLargest says which numbers are the largest that are read, and that the next
// are refused.
func TestLargest(t *testing.T) {
	usage := func(value string) string {
		return faults(t, dir("deals.csv", "id,account,opened,status,amount\n",
			"usage.csv", "account,date,measure,value\nA1,2024-01-01,seats,"+value+"\n"))
	}
	for _, value := range []string{"999999999999999", "-999999999999999.5", "1e14", "0." + strings.Repeat("1", 60), "0e500", "0." + strings.Repeat("0", 998)} {
		if got := usage(value); got != "" {
			t.Errorf("%s: %s", value, got)
		}
	}
	for _, value := range []string{"1000000000000000", "1e15", "0." + strings.Repeat("1", 61), "0." + strings.Repeat("0", 999)} {
		if got := usage(value); !strings.HasSuffix(got, "is out of range\n") {
			t.Errorf("%s: %s", value, got)
		}
	}
}
