package imports_test

import (
	"fmt"
	"log"
	"os"
	"strings"
	"testing"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/examples/imports"
)

func ExampleZendesk() {
	file, err := os.Open("testdata/zendesk.json")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	result, err := imports.Zendesk(file)
	if err != nil {
		log.Fatal(err) // every fault of the export
	}
	for _, i := range result.Interactions {
		fmt.Println(i.ID, i.Account, i.Initiative, i.Channel, i.At.Format(time.DateTime), "replies:", i.Replies)
	}
	for _, o := range result.LeftOut {
		fmt.Println(o)
	}
	// Output:
	// 101 501 reactive email 2024-03-04 09:15:00 replies: 3
	// 102 502 reactive web 2024-03-04 10:00:00 replies: 0
	// 104 501 reactive chat 2024-03-06 14:00:00 replies: 2
	// ticket[2] 103: is of no organization
	// ticket[3] 104: is in the export again, as it was later
	// ticket[4] 105: is deleted
}

func interactions(all []success.Interaction) (lines []string) {
	moment := func(t time.Time) string {
		if t.IsZero() {
			return "never"
		}
		return t.Format(time.RFC3339)
	}
	for _, i := range all {
		lines = append(lines, fmt.Sprintf("%s %s %s %s %s %s %q by %q: %s, answered %s, solved %s, %d replies, %d reopens", i.ID, i.Account, i.Kind, i.Initiative, i.Format, i.Channel,
			i.Contact, i.Agent, moment(i.At), moment(i.FirstReplyAt), moment(i.SolvedAt), i.Replies, i.Reopens))
	}
	return lines
}

// TestZendeskFixture puts every field of an interaction to the test.
func TestZendeskFixture(t *testing.T) {
	result, err := imports.Zendesk(open(fixture(t, "zendesk.json")))
	if err != nil {
		t.Fatal(err)
	}
	valid(t, result)
	equal(t, "interactions", interactions(result.Interactions), []string{
		`101 501 support reactive one-to-one email "7001" by "42": 2024-03-04T09:15:00Z, answered 2024-03-04T10:50:00Z, solved 2024-03-05T16:00:00Z, 3 replies, 1 reopens`,
		`102 502 support reactive one-to-one web "7002" by "": 2024-03-04T10:00:00Z, answered never, solved never, 0 replies, 0 reopens`,
		`104 501 support reactive one-to-one chat "7004" by "42": 2024-03-06T14:00:00Z, answered 2024-03-06T14:04:00Z, solved 2024-03-08T10:00:00Z, 2 replies, 0 reopens`,
	})
	equal(t, "unused", result.Unused, strings.Fields(`count end_time metric_sets.id metric_sets.reply_time_in_minutes.business
		tickets.custom_fields tickets.satisfaction_rating tickets.subject tickets.submitter_id tickets.tags tickets.via.source`))
	equal(t, "notes", result.Notes, nil)
	want := success.Account{ID: "502", Name: "Marlowe", SignedUp: success.MustDate("2024-02-27")}
	if len(result.Accounts) != 2 || result.Accounts[1] != want {
		t.Errorf("%+v", result.Accounts)
	}
}

// ticket is a page of one ticket of organization 5, with a metric set of its own
// unless it is told otherwise.
func ticket(over, metrics string) string {
	set := with(`{"replies": 1, "reopens": 2, "solved_at": "2024-01-03T00:00:00Z", "reply_time_in_minutes": {"calendar": 30}}`, metrics)
	base := `{"id": 1, "created_at": "2024-01-01T00:00:00Z", "organization_id": 5, "status": "solved", "metric_set": ` + set + `}`
	return with(base, over)
}

func page(tickets ...string) string { return `{"tickets": [` + strings.Join(tickets, ",") + `]}` }

func TestZendeskRules(t *testing.T) {
	line := func(answered, solved string) string {
		return fmt.Sprintf(`1 5 support reactive one-to-one  "" by "": 2024-01-01T00:00:00Z, answered %s, solved %s, 1 replies, 2 reopens`, answered, solved)
	}
	plain := line("2024-01-01T00:30:00Z", "2024-01-03T00:00:00Z")
	still := line("2024-01-01T00:30:00Z", "never")
	tests := []struct {
		name       string
		export     string
		want, left []string
	}{
		{"as it is", page(ticket(``, ``)), []string{plain}, nil},
		{"bare", "[" + ticket(``, ``) + "]", []string{plain}, nil},
		{"closed", page(ticket(`"status": "closed"`, ``)), []string{plain}, nil},
		{"opened again", page(ticket(`"status": "open"`, ``)), []string{still}, nil},
		{"new", page(ticket(`"status": "new"`, ``)), []string{still}, nil},
		{"pending", page(ticket(`"status": "pending"`, ``)), []string{still}, nil},
		{"on hold", page(ticket(`"status": "hold"`, ``)), []string{still}, nil},
		{"answered in the minute", page(ticket(``, `"reply_time_in_minutes": {"calendar": 0}`)), []string{line("2024-01-01T00:00:00Z", "2024-01-03T00:00:00Z")}, nil},
		{"answered after ages", page(ticket(``, `"reply_time_in_minutes": {"calendar": 100000000}`)), []string{line("2214-02-18T10:40:00Z", "2024-01-03T00:00:00Z")}, nil},
		{"never answered", page(ticket(``, `"reply_time_in_minutes": {"calendar": null}`)), []string{line("never", "2024-01-03T00:00:00Z")}, nil},
		{"deleted", page(ticket(`"status": "deleted"`, ``)), nil, []string{"ticket[0] 1: is deleted"}},
		{"no organization", page(ticket(`"organization_id": null`, ``)), nil, []string{"ticket[0] 1: is of no organization"}},
		{"no metric set", page(ticket(`"metric_set": null`, ``)), nil, []string{"ticket[0] 1: has no metric set: when it was answered is not in the export"}},
		{"solved, and nobody knows when", page(ticket(``, `"solved_at": null`)), nil, []string{"ticket[0] 1: is solved, and when it was solved is not in the export"}},
		{"open, and never solved", page(ticket(`"status": "open"`, `"solved_at": null`)), []string{still}, nil},
		{"its own metric set before another", `{"tickets": [` + ticket(``, ``) + `], "metric_sets": [{"ticket_id": 1, "replies": 9}]}`, []string{plain}, nil},
		{"metric set of a page behind", page(ticket(`"metric_set": null`, ``)) + `{"tickets": [], "metric_sets": [{"ticket_id": 1, "replies": 1, "reopens": 2, "solved_at": "2024-01-03T00:00:00Z", "reply_time_in_minutes": {"calendar": 30}}]}`, []string{plain}, nil},
		{"the latest of several", page(ticket(`"updated_at": "2024-01-05T00:00:00Z"`, ``)) + page(ticket(`"updated_at": "2024-01-04T00:00:00Z", "status": "open"`, ``)), []string{plain}, []string{"ticket[1] 1: is in the export again, as it was later"}},
		{"the last of equals", page(ticket(`"status": "open"`, ``), ticket(``, ``)), []string{plain}, []string{"ticket[0] 1: is in the export again, as it was later"}},
	}
	for _, test := range tests {
		result, err := imports.Zendesk(text(test.export))
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		equal(t, test.name, interactions(result.Interactions), test.want)
		equal(t, test.name+", left out", omissions(result), test.left)
	}
}

func TestZendeskFaults(t *testing.T) {
	tests := []struct {
		export string
		want   []string
	}{
		{`{}`, []string{"page[0].tickets: is missing"}},
		{`{"tickets": {}}`, []string{"page[0].tickets: {…} is not a list"}},
		{`{"tickets": [], "organizations": [null, {}]}`, []string{"page[0].organizations[0]: is missing", "page[0].organizations[0].id: is missing", "page[0].organizations[1].id: is missing"}},
		{page(`{}`), []string{"ticket[0].id: is missing", "ticket[0].status: is missing", "ticket[0].created_at: is missing"}},
		{page(ticket(``, ``), ticket(`"status": "lost", "created_at": "yesterday", "id": true, "metric_set": 5`, ``)), []string{
			"ticket[1].id: true is not text", "ticket[1].status: lost is unknown", "ticket[1].metric_set: 5 is not an object", "ticket[1].created_at: yesterday is not a time or day that can be read"}},
		{page(ticket(``, `"reply_time_in_minutes": {"calendar": -1}, "replies": 1.5`)), []string{"ticket[0].metric_set.replies: 1.5 is not a whole number", "ticket[0].metric_set.reply_time_in_minutes.calendar: -1 is negative"}},
		{page(ticket(``, `"reply_time_in_minutes": {"calendar": 100000001}`)), []string{"ticket[0].metric_set.reply_time_in_minutes.calendar: 100000001 is more minutes than can be"}},
		{page(ticket(``, `"replies": -1, "reopens": -1, "solved_at": "2023-12-31T23:59:59Z"`)), []string{"ticket[0].SolvedAt: 2023-12-31T23:59:59Z is before At 2024-01-01T00:00:00Z", "ticket[0].Replies: -1 is negative", "ticket[0].Reopens: -1 is negative"}},
		{`{"tickets": [], "metric_sets": [{"ticket_id": 1}, {}]}`, []string{"metric_set[1].ticket_id: is missing"}},
	}
	for _, test := range tests {
		_, err := imports.Zendesk(text(test.export))
		equal(t, test.export, faults(t, err), test.want)
	}
}

func TestZendeskPages(t *testing.T) {
	const more = "the export goes on: its last page says that there are more"
	for export, want := range map[string][]string{
		page():                              nil,
		with(page(), `"next_page": "more"`): {more},
		with(page(), `"next_page": "more"`) + page():                    nil,
		with(page(), `"next_page": "more", "end_of_stream": true`):      nil,
		with(page(), `"next_page": "more", "end_of_stream": false`):     {more},
		with(page(), `"meta": {"has_more": true}`):                      {more},
		with(page(), `"meta": {"has_more": false}, "next_page": "old"`): nil,
	} {
		result, err := imports.Zendesk(text(export))
		if err != nil {
			t.Errorf("%s: %v", export, err)
		}
		equal(t, export, result.Notes, want)
	}
}
