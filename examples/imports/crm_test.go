package imports_test

import (
	"fmt"
	"log"
	"os"
	"strings"
	"testing"
	"time"

	"metrics.internal/success/attribution"
	"metrics.internal/success/examples/imports"
)

func ExampleSalesforce() {
	file, err := os.Open("testdata/salesforce.csv")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	result, err := imports.Salesforce(file, imports.SalesforceOptions{
		Sources: map[string]attribution.Source{"CSM flag": attribution.Service},
	})
	if err != nil {
		log.Fatal(err) // every fault of the export
	}
	for _, l := range result.Leads {
		fmt.Println(l.ID, l.Account, l.Source)
	}
	for _, o := range result.LeftOut {
		fmt.Println(o)
	}
	fmt.Println(result.Notes)
	fmt.Println("nothing is made of:", result.Unused)
	// Output:
	// 006A1 001Fernhill self
	// 006A2 001Marlowe marketing
	// 006A3 001Fernhill service
	// 006A6 001Quill other
	// line[5] 006A4: names no account
	// line[6] 006A5: was closed on 2024-08-01, before it was created on 2024-08-20
	// [LeadSource "Podcast" is not known, and taken for other]
	// nothing is made of: [Name StageName Type]
}

func ExampleHubSpot() {
	file, err := os.Open("testdata/hubspot.csv")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	result, err := imports.HubSpot(file, imports.HubSpotOptions{
		Won: []imports.Stage{{Name: "Closed Won"}, {Pipeline: "Renewals", Name: "Signed"}},
	})
	if err != nil {
		log.Fatal(err) // every fault of the export
	}
	for _, d := range result.Deals {
		fmt.Println(d.ID, d.Account, d.Status, d.Amount, d.Currency)
	}
	for _, o := range result.LeftOut {
		fmt.Println(o)
	}
	fmt.Println("nothing is made of:", result.Unused)
	// Output:
	// 9001 501 won 7200 EUR
	// 9002 502 lost 0 EUR
	// 9003 501 won 7900.5 EUR
	// 9005 505 open 1200 EUR
	// line[5] 9004: is of 2 companies, none of which is the primary one
	// nothing is made of: [Deal Name]
}

func deals(all []attribution.Deal) (lines []string) {
	for _, d := range all {
		line := fmt.Sprintf("%s %s %s %s %s, opened %s", d.ID, d.Account, d.Status, d.Amount, d.Currency, d.Opened.Format(time.RFC3339))
		if !d.Closed.IsZero() {
			line += ", closed " + d.Closed.Format(time.RFC3339Nano)
		}
		if d.Owner != "" {
			line += ", of " + d.Owner
		}
		if d.Lead != "" {
			line += ", lead " + string(d.Lead)
		}
		lines = append(lines, line)
	}
	return lines
}

// TestCRMFixtures puts every field of a deal to the test.
func TestCRMFixtures(t *testing.T) {
	result, err := imports.Salesforce(open(fixture(t, "salesforce.csv")), imports.SalesforceOptions{})
	if err != nil {
		t.Fatal(err)
	}
	valid(t, result)
	equal(t, "Salesforce", deals(result.Deals), []string{
		"006A1 001Fernhill won 7200 EUR, opened 2024-03-05T10:15:00Z, closed 2024-03-05T23:59:59.999999999Z, of 005Lena, lead 006A1",
		"006A2 001Marlowe lost 0 EUR, opened 2024-03-11T08:00:00Z, closed 2024-05-02T23:59:59.999999999Z, of 005Lena, lead 006A2",
		"006A3 001Fernhill open 600.25 EUR, opened 2024-07-01T16:40:00Z, of 005Omar, lead 006A3",
		"006A6 001Quill won 900 EUR, opened 2024-08-20T11:05:00Z, closed 2024-09-15T23:59:59.999999999Z, of 005Omar, lead 006A6",
	})
	equal(t, "notes", result.Notes, []string{`LeadSource "CSM flag" is not known, and taken for other`, `LeadSource "Podcast" is not known, and taken for other`})
	if lead := result.Leads[0]; !lead.At.Equal(result.Deals[0].Opened) || len(result.Leads) != 4 || len(result.Accounts) != 3 {
		t.Errorf("%+v, %d leads, %d accounts", lead, len(result.Leads), len(result.Accounts))
	}

	result, err = imports.HubSpot(open(fixture(t, "hubspot.csv")), imports.HubSpotOptions{})
	if err != nil {
		t.Fatal(err)
	}
	valid(t, result)
	equal(t, "HubSpot", deals(result.Deals), []string{
		"9001 501 won 7200 EUR, opened 2024-01-05T10:15:00Z, closed 2024-02-12T16:00:00Z, of Lena Ost",
		"9002 502 lost 0 EUR, opened 2024-01-09T08:00:00Z, closed 2024-03-01T12:30:00Z, of Lena Ost",
		"9003 501 open 7900.5 EUR, opened 2024-11-01T09:00:00Z, of Omar Vance", // Signed is a stage of the company's own
		"9005 505 open 1200 EUR, opened 2024-06-01T09:00:00Z, of Omar Vance",
	})
	if got := fmt.Sprint(result.Accounts[0].Name, " ", len(result.Accounts)); got != "Fernhill 3" {
		t.Error(got)
	}
}

func salesforce(over ...string) string {
	cells := []string{"Id=D", "AccountId=A", "IsClosed=true", "IsWon=true", "Amount=10", "CreatedDate=2024-01-01T10:00:00.000+0000", "CloseDate=2024-02-01"}
	return row(replace(cells, over)...)
}

func TestSalesforceRules(t *testing.T) {
	const plain = "D A won 10 , opened 2024-01-01T10:00:00Z, closed 2024-02-01T23:59:59.999999999Z"
	tests := []struct {
		name       string
		export     string
		want, left []string
	}{
		{"as it is", salesforce(), []string{plain}, nil},
		{"names with words", strings.Replace(strings.Replace(salesforce("IsClosed=1", "IsWon=1"), "AccountId", "Account ID", 1), "IsWon", "Is Won", 1), []string{plain}, nil},
		{"data export", salesforce("CreatedDate=2024-01-01 10:00:00"), []string{plain}, nil},
		{"on the day it was created", salesforce("CloseDate=2024-01-01"), []string{"D A won 10 , opened 2024-01-01T10:00:00Z, closed 2024-01-01T23:59:59.999999999Z"}, nil},
		{"on the day before", salesforce("CloseDate=2023-12-31"), nil, []string{"line[2] D: was closed on 2023-12-31, before it was created on 2024-01-01"}},
		{"open, expected in the past", salesforce("IsClosed=false", "IsWon=false", "CloseDate=2023-12-31"), []string{"D A open 10 , opened 2024-01-01T10:00:00Z"}, nil},
		{"open, never expected", salesforce("IsClosed=0", "IsWon=0", "CloseDate="), []string{"D A open 10 , opened 2024-01-01T10:00:00Z"}, nil},
		{"won without an amount", salesforce("Amount="), nil, []string{"line[2] D: is won and has no amount"}},
		{"open without an amount", salesforce("IsClosed=0", "IsWon=0", "Amount="), nil, []string{"line[2] D: is open and has no amount"}},
		{"won for nothing", salesforce("Amount=0"), []string{"D A won 0 , opened 2024-01-01T10:00:00Z, closed 2024-02-01T23:59:59.999999999Z"}, nil},
		{"deleted", salesforce("IsDeleted=true"), nil, []string{"line[2] D: is deleted"}},
		{"not deleted", salesforce("IsDeleted=false"), []string{plain}, nil},
	}
	for _, test := range tests {
		result, err := imports.Salesforce(text(test.export), imports.SalesforceOptions{})
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		equal(t, test.name, deals(result.Deals), test.want)
		equal(t, test.name+", left out", omissions(result), test.left)
		if result.Leads != nil {
			t.Errorf("%s: a lead without a source", test.name)
		}
	}
}

// TestSalesforceZone closes at the end of the day where the company is.
func TestSalesforceZone(t *testing.T) {
	result, err := imports.Salesforce(text(salesforce("Account.Name=Fernhill")), imports.SalesforceOptions{Zone: time.FixedZone("", 3600)})
	if err != nil {
		t.Fatal(err)
	}
	if got := result.Deals[0].Closed.UTC().Format(time.RFC3339); got != "2024-02-01T22:59:59Z" {
		t.Errorf("closed %s", got)
	}
	if got := result.Accounts[0].Name; got != "Fernhill" {
		t.Errorf("account %s", got)
	}
}

// TestSources holds every word of the table to its meaning.
func TestSources(t *testing.T) {
	words := map[attribution.Source]string{
		attribution.Self:      "Web,Phone Inquiry",
		attribution.Partner:   "Partner,Partner Referral,Seminar - Partner",
		attribution.Referral:  "Customer Referral,External Referral,Word of mouth",
		attribution.Sales:     "Cold Call,Purchased List",
		attribution.Marketing: "Advertisement,Customer Event,Direct Mail,Email,Google AdWords,Public Relations,Seminar - Internal,Social Media,Trade Show,Webinar",
		attribution.Other:     "Employee Referral,Other",
	}
	for want, list := range words {
		for word := range strings.SplitSeq(list, ",") {
			for _, word := range []string{word, strings.ToUpper(word)} {
				result, err := imports.Salesforce(text(salesforce("LeadSource="+word)), imports.SalesforceOptions{})
				if err != nil || result.Leads[0].Source != want || result.Notes != nil {
					t.Errorf("%s: %v, %v, want %v", word, err, result, want)
				}
			}
		}
	}
	own := imports.SalesforceOptions{Sources: map[string]attribution.Source{"WEB": attribution.Marketing}}
	result, err := imports.Salesforce(text(salesforce("LeadSource=Web")), own)
	if err != nil || result.Leads[0].Source != attribution.Marketing {
		t.Errorf("the company's own meaning is not first: %v, %v", err, result.Leads)
	}
}

func TestSalesforceFaults(t *testing.T) {
	tests := []struct {
		options imports.SalesforceOptions
		export  string
		want    []string
	}{
		{imports.SalesforceOptions{Sources: map[string]attribution.Source{"a": 0, "b": attribution.Other, "B": attribution.Self, "c": attribution.Other + 1}}, salesforce(),
			[]string{"options.Sources: a is unknown", "options.Sources: b is a duplicate", "options.Sources: c is unknown"}},
		{imports.SalesforceOptions{}, "Id\n1\n", []string{"line[1].accountid: the header has no such column", "line[1].isclosed: the header has no such column",
			"line[1].iswon: the header has no such column", "line[1].amount: the header has no such column", "line[1].createddate: the header has no such column", "line[1].closedate: the header has no such column"}},
		{imports.SalesforceOptions{}, salesforce("Id=", "IsWon=", "IsClosed=", "CreatedDate="), []string{"line[2].Id: is missing", "line[2].IsClosed: is missing", "line[2].IsWon: is missing", "line[2].CreatedDate: is missing"}},
		{imports.SalesforceOptions{}, salesforce("IsClosed=false"), []string{"line[2].IsWon: true is out of order: it is not closed"}},
		{imports.SalesforceOptions{}, salesforce("IsClosed=maybe", "Amount=1.000.00", "CreatedDate=2024-02-30"), []string{"line[2].Amount: 1.000.00 is not an amount like 1499.00", "line[2].IsClosed: maybe is neither true nor false",
			"line[2].IsWon: true is out of order: it is not closed", "line[2].CreatedDate: 2024-02-30 is not a time or day that can be read"}},
		{imports.SalesforceOptions{}, salesforce("CloseDate="), []string{"line[2].CloseDate: is missing"}},
		{imports.SalesforceOptions{}, salesforce("Amount=-5"), []string{"line[2].Amount: -5 is negative"}},
		{imports.SalesforceOptions{}, salesforce("Amount=9000000000000"), []string{"line[2].Amount: 9000000000000 is out of range"}},
		{imports.SalesforceOptions{}, salesforce() + strings.SplitAfter(salesforce(), "\n")[1], []string{"line[3].ID: D is a duplicate"}},
	}
	for _, test := range tests {
		_, err := imports.Salesforce(text(test.export), test.options)
		equal(t, test.export, faults(t, err), test.want)
	}
}

func hubspot(over ...string) string {
	cells := []string{"Record ID=D", "Pipeline=Sales", "Deal Stage=Closed Won", "Amount=10", "Create Date=2024-01-01 10:00", "Close Date=2024-02-01 11:00", "Associated Company IDs=A"}
	return row(replace(cells, over)...)
}

func TestHubSpotRules(t *testing.T) {
	const won = "D A won 10 , opened 2024-01-01T10:00:00Z, closed 2024-02-01T11:00:00Z"
	const lost = "D A lost 10 , opened 2024-01-01T10:00:00Z, closed 2024-02-01T11:00:00Z"
	const still = "D A open 10 , opened 2024-01-01T10:00:00Z"
	stages := func(names ...string) (all []imports.Stage) {
		for _, name := range names {
			pipeline, name, _ := strings.Cut(name, "/")
			all = append(all, imports.Stage{Pipeline: pipeline, Name: name})
		}
		return all
	}
	tests := []struct {
		name            string
		options         imports.HubSpotOptions
		export          string
		want, left, say []string
	}{
		{"as it is", imports.HubSpotOptions{}, hubspot(), []string{won}, nil, nil},
		{"by its internal name", imports.HubSpotOptions{}, hubspot("Deal Stage=closedwon"), []string{won}, nil, nil},
		{"lost", imports.HubSpotOptions{}, hubspot("Deal Stage=closed lost"), []string{lost}, nil, nil},
		{"lost by its internal name", imports.HubSpotOptions{}, hubspot("Deal Stage=closedlost"), []string{lost}, nil, nil},
		{"in any other stage", imports.HubSpotOptions{}, hubspot("Deal Stage=Signed"), []string{still}, nil, nil},
		{"own stages are all there are", imports.HubSpotOptions{Won: stages("/Signed")}, hubspot(), []string{still}, nil, []string{`no deal is in stage "Signed"`}},
		{"own stage of the pipeline", imports.HubSpotOptions{Lost: stages("sales/closed won"), Won: stages("other/Closed Won")}, hubspot(), []string{lost}, nil, []string{`no deal is in stage "Closed Won"`}},
		{"own stage of another pipeline", imports.HubSpotOptions{Lost: stages("Other/Gone")}, hubspot("Deal Stage=Gone"), []string{still}, nil, []string{`no deal is in stage "Gone"`}},
		{"primary company", imports.HubSpotOptions{}, hubspot("Associated Company IDs=B;A", "Associated Company IDs (Primary)=A"), []string{won}, nil, nil},
		{"only a primary company", imports.HubSpotOptions{}, strings.Replace(hubspot(), "IDs", "IDs (Primary)", 1), []string{won}, nil, nil},
		{"the same company twice", imports.HubSpotOptions{}, hubspot("Associated Company IDs=A; A;"), []string{won}, nil, nil},
		{"no company", imports.HubSpotOptions{}, hubspot("Associated Company IDs="), nil, []string{"line[2] D: names no account"}, nil},
		{"two companies", imports.HubSpotOptions{}, hubspot("Associated Company IDs=A;B"), nil, []string{"line[2] D: is of 2 companies, none of which is the primary one"}, nil},
		{"closed at once", imports.HubSpotOptions{}, hubspot("Close Date=2024-01-01 10:00"), []string{"D A won 10 , opened 2024-01-01T10:00:00Z, closed 2024-01-01T10:00:00Z"}, nil, nil},
		{"closed too early", imports.HubSpotOptions{}, hubspot("Close Date=2024-01-01 09:59"), nil, []string{"line[2] D: was closed on 2024-01-01, before it was created on 2024-01-01"}, nil},
	}
	for _, test := range tests {
		result, err := imports.HubSpot(text(test.export), test.options)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		equal(t, test.name, deals(result.Deals), test.want)
		equal(t, test.name+", left out", omissions(result), test.left)
		equal(t, test.name+", notes", result.Notes, test.say)
	}
}

func TestHubSpotFaults(t *testing.T) {
	signed, gone := []imports.Stage{{Name: "Signed"}}, []imports.Stage{{Pipeline: "Sales", Name: "signed"}}
	tests := []struct {
		options imports.HubSpotOptions
		export  string
		want    []string
	}{
		{imports.HubSpotOptions{Won: signed, Lost: gone}, hubspot(), []string{"options.Won: Signed is a stage of deals that are won and of deals that are lost"}},
		{imports.HubSpotOptions{Won: gone, Lost: signed}, hubspot(), []string{"options.Won: signed is a stage of deals that are won and of deals that are lost"}},
		{imports.HubSpotOptions{Won: gone, Lost: []imports.Stage{{Pipeline: "Other", Name: "Signed"}}}, hubspot(), nil},
		{imports.HubSpotOptions{}, "Amount\n1\n", []string{"line[1].record_id: the header has no such column", "line[1].deal_stage: the header has no such column", "line[1].create_date: the header has no such column",
			"line[1].close_date: the header has no such column", "line[1].associated_company_ids|associated_company_ids_primary: the header has no such column"}},
		{imports.HubSpotOptions{}, hubspot("Record ID=", "Deal Stage=", "Create Date="), []string{"line[2].Record ID: is missing", "line[2].Deal Stage: is missing", "line[2].Create Date: is missing"}},
		{imports.HubSpotOptions{}, hubspot("Amount=1 000", "Create Date=05/01/2024"), []string{"line[2].Amount: 1 000 is not an amount like 1499.00", "line[2].Create Date: 05/01/2024 is not a time or day that can be read"}},
		{imports.HubSpotOptions{}, hubspot("Close Date="), []string{"line[2].Close Date: is missing"}},
		{imports.HubSpotOptions{}, hubspot() + strings.SplitAfter(hubspot(), "\n")[1], []string{"line[3].ID: D is a duplicate"}},
	}
	for _, test := range tests {
		_, err := imports.HubSpot(text(test.export), test.options)
		equal(t, test.export, faults(t, err), test.want)
	}
}
