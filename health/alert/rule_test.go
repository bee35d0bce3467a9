package alert_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/health/alert"
)

var today = success.MustDate("2025-06-30")

func ago(n int) success.Date { return today.AddDays(-n) }

// of returns the ratio of two numbers.
func of(num, den string) success.Ratio {
	return success.Ratio{Num: decimal.RequireFromString(num), Den: decimal.RequireFromString(den)}
}

func number(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func next(t interface{ Fatal(...any) }, s alert.State, day success.Date, p alert.Policy, readings ...alert.Reading) alert.State {
	after, err := alert.Next(s, readings, day, p)
	if err != nil {
		t.Fatal(err)
	}
	return after
}

// A sign is what a rule can say.
type sign int

const (
	rests sign = iota
	unknown
	fires
)

// signOf returns what the rule of a kind says of a reading: what fires opens an
// alert, and what is unknown keeps one open.
func signOf(t *testing.T, k alert.Kind, r alert.Reading, p alert.Policy) (sign, alert.Alert) {
	t.Helper()
	r.Account = "a"
	for _, a := range next(t, alert.State{}, today, p, r).Alerts {
		if a.Kind == k {
			return fires, a
		}
	}
	open := alert.State{AsOf: ago(9), Alerts: []alert.Alert{{Key: alert.Key{Account: "a", Kind: k}, Opened: ago(9), Confirmed: ago(9)}}}
	for _, a := range next(t, open, today, p, r).Alerts {
		if a.Kind == k && a.Open() {
			return unknown, a
		}
	}
	return rests, alert.Alert{}
}

func TestRules(t *testing.T) {
	type reading = alert.Reading
	five := alert.Policy{Bands: []string{"1", "2", "3", "4", "5"}, Good: "4", Drop: 2}
	for name, c := range map[string]struct {
		kind     alert.Kind
		reading  reading
		policy   alert.Policy
		sign     sign
		severity alert.Severity
		evidence string
	}{
		"to yellow":             {alert.BandDrop, reading{BandBefore: "green", Band: "yellow"}, alert.Policy{}, fires, alert.Warning, "band fell from green to yellow"},
		"to red":                {alert.BandDrop, reading{BandBefore: "yellow", Band: "red"}, alert.Policy{}, fires, alert.Critical, "band fell from yellow to red"},
		"the same band":         {alert.BandDrop, reading{BandBefore: "red", Band: "red"}, alert.Policy{}, rests, 0, ""},
		"a better band":         {alert.BandDrop, reading{BandBefore: "red", Band: "green"}, alert.Policy{}, rests, 0, ""},
		"no band":               {alert.BandDrop, reading{BandBefore: "green"}, alert.Policy{}, unknown, 0, ""},
		"no band before":        {alert.BandDrop, reading{Band: "red"}, alert.Policy{}, unknown, 0, ""},
		"one of five":           {alert.BandDrop, reading{BandBefore: "5", Band: "4"}, five, rests, 0, ""},
		"two of five":           {alert.BandDrop, reading{BandBefore: "5", Band: "3"}, five, fires, alert.Warning, "band fell from 5 to 3"},
		"covered less":          {alert.CoverageDrop, reading{CoverageBefore: of("8", "10"), Coverage: of("3", "5")}, alert.Policy{}, fires, alert.Notice, "coverage of the score fell from 80% to 60%"},
		"covered a bit less":    {alert.CoverageDrop, reading{CoverageBefore: of("8", "10"), Coverage: of("601", "1000")}, alert.Policy{}, rests, 0, ""},
		"covered more":          {alert.CoverageDrop, reading{CoverageBefore: of("0", "10"), Coverage: of("1", "1")}, alert.Policy{}, rests, 0, ""},
		"cover of nothing":      {alert.CoverageDrop, reading{CoverageBefore: of("8", "10")}, alert.Policy{}, unknown, 0, ""},
		"no cover before":       {alert.CoverageDrop, reading{Coverage: of("8", "10")}, alert.Policy{}, unknown, 0, ""},
		"all cover lost":        {alert.CoverageDrop, reading{CoverageBefore: of("1", "1"), Coverage: of("0", "1")}, alert.Policy{Coverage: number("1")}, fires, alert.Notice, "coverage of the score fell from 100% to 0%"},
		"twice the ideal":       {alert.OverdueUsage, reading{Overdue: of("14", "7")}, alert.Policy{}, fires, alert.Warning, "14 days since the last use where 7 would be ideal: 2 times as long"},
		"a day before":          {alert.OverdueUsage, reading{Overdue: of("13", "7")}, alert.Policy{}, rests, 0, ""},
		"never used":            {alert.OverdueUsage, reading{}, alert.Policy{}, unknown, 0, ""},
		"patience":              {alert.OverdueUsage, reading{Overdue: of("20", "7")}, alert.Policy{Overdue: number("2.86")}, rests, 0, ""},
		"patience at its end":   {alert.OverdueUsage, reading{Overdue: of("20", "7")}, alert.Policy{Overdue: number("2.85")}, fires, alert.Warning, "20 days since the last use where 7 would be ideal: 2.9 times as long"},
		"half the use":          {alert.UsageFall, reading{Usage: of("20", "40")}, alert.Policy{}, fires, alert.Warning, "use fell by 50%, to 20 from a baseline of 40"},
		"a use more":            {alert.UsageFall, reading{Usage: of("21", "40")}, alert.Policy{}, rests, 0, ""},
		"more use":              {alert.UsageFall, reading{Usage: of("90", "40")}, alert.Policy{}, rests, 0, ""},
		"no baseline":           {alert.UsageFall, reading{}, alert.Policy{}, unknown, 0, ""},
		"the least base":        {alert.UsageFall, reading{Usage: of("0", "20")}, alert.Policy{}, fires, alert.Warning, "use fell by 100%, to 0 from a baseline of 20"},
		"a base too small":      {alert.UsageFall, reading{Usage: of("0", "19.5")}, alert.Policy{}, unknown, 0, ""},
		"own base":              {alert.UsageFall, reading{Usage: of("0", "2")}, alert.Policy{MinBase: number("2"), Usage: number("1")}, fires, alert.Warning, "use fell by 100%, to 0 from a baseline of 2"},
		"not all of it":         {alert.UsageFall, reading{Usage: of("1", "99")}, alert.Policy{Usage: number("1")}, rests, 0, ""},
		"nobody left":           {alert.ChampionLeft, reading{}, alert.Policy{}, rests, 0, ""},
		"somebody left":         {alert.ChampionLeft, reading{Departures: []alert.Departure{{Contact: "Ada", On: today}}}, alert.Policy{}, fires, alert.Critical, "champion Ada left on 2025-06-30"},
		"due today":             {alert.GoalMissed, reading{Goals: []alert.Goal{{ID: "g", Due: today}}}, alert.Policy{}, rests, 0, ""},
		"due yesterday":         {alert.GoalMissed, reading{Goals: []alert.Goal{{ID: "g", Due: ago(1)}}}, alert.Policy{}, fires, alert.Warning, "goal g was due on 2025-06-29, 1 day ago"},
		"due a while ago":       {alert.GoalMissed, reading{Goals: []alert.Goal{{ID: "g", Due: ago(2)}}}, alert.Policy{}, fires, alert.Warning, "goal g was due on 2025-06-28, 2 days ago"},
		"achieved":              {alert.GoalMissed, reading{Goals: []alert.Goal{{ID: "g", Due: ago(1), Achieved: true}}}, alert.Policy{}, rests, 0, ""},
		"no renewal":            {alert.RenewalAtRisk, reading{Band: "red"}, alert.Policy{}, rests, 0, ""},
		"ninety days ahead":     {alert.RenewalAtRisk, reading{Band: "yellow", Renewal: ago(-90)}, alert.Policy{}, fires, alert.Warning, "renewal on 2025-09-28, in 90 days, while yellow"},
		"a day more":            {alert.RenewalAtRisk, reading{Band: "red", Renewal: ago(-91)}, alert.Policy{}, rests, 0, ""},
		"tomorrow and red":      {alert.RenewalAtRisk, reading{Band: "red", Renewal: ago(-1)}, alert.Policy{}, fires, alert.Critical, "renewal on 2025-07-01, in 1 day, while red"},
		"today":                 {alert.RenewalAtRisk, reading{Band: "yellow", Renewal: today}, alert.Policy{}, fires, alert.Warning, "renewal on 2025-06-30, today, while yellow"},
		"late":                  {alert.RenewalAtRisk, reading{Band: "yellow", Renewal: ago(3)}, alert.Policy{}, fires, alert.Warning, "renewal on 2025-06-27, 3 days ago, while yellow"},
		"a day late":            {alert.RenewalAtRisk, reading{Band: "yellow", Renewal: ago(1)}, alert.Policy{}, fires, alert.Warning, "renewal on 2025-06-29, 1 day ago, while yellow"},
		"near and green":        {alert.RenewalAtRisk, reading{Band: "green", Renewal: ago(-9)}, alert.Policy{}, rests, 0, ""},
		"near and unknown":      {alert.RenewalAtRisk, reading{Renewal: ago(-90)}, alert.Policy{}, unknown, 0, ""},
		"far and unknown":       {alert.RenewalAtRisk, reading{Renewal: ago(-91)}, alert.Policy{}, rests, 0, ""},
		"good enough":           {alert.RenewalAtRisk, reading{Band: "4", Renewal: today}, five, rests, 0, ""},
		"not good enough":       {alert.RenewalAtRisk, reading{Band: "3", Renewal: today}, five, fires, alert.Warning, "renewal on 2025-06-30, today, while 3"},
		"own days":              {alert.RenewalAtRisk, reading{Band: "red", Renewal: ago(-31)}, alert.Policy{Renewal: 30}, rests, 0, ""},
		"a single contact":      {alert.SingleContact, reading{Contacts: of("100", "82")}, alert.Policy{}, fires, alert.Notice, "1.22 effective contacts"},
		"one and a half":        {alert.SingleContact, reading{Contacts: of("3", "2")}, alert.Policy{}, rests, 0, ""},
		"just below":            {alert.SingleContact, reading{Contacts: of("2.9999", "2")}, alert.Policy{}, fires, alert.Notice, "1.5 effective contacts"},
		"no contact known":      {alert.SingleContact, reading{}, alert.Policy{}, unknown, 0, ""},
		"two are too few":       {alert.SingleContact, reading{Contacts: of("2", "1")}, alert.Policy{Contacts: number("2.5")}, fires, alert.Notice, "2 effective contacts"},
		"seats at 98 %":         {alert.SeatsFull, reading{Seats: of("49", "50")}, alert.Policy{}, fires, alert.Notice, "49 of 50 seats in use: 98%"},
		"seats just below":      {alert.SeatsFull, reading{Seats: of("979", "1000")}, alert.Policy{}, rests, 0, ""},
		"more than bought":      {alert.SeatsFull, reading{Seats: of("11", "10")}, alert.Policy{}, fires, alert.Notice, "11 of 10 seats in use: 110%"},
		"no seats":              {alert.SeatsFull, reading{}, alert.Policy{}, unknown, 0, ""},
		"seats of own policy":   {alert.SeatsFull, reading{Seats: of("9", "10")}, alert.Policy{Seats: number("0.9")}, fires, alert.Notice, "9 of 10 seats in use: 90%"},
		"a rule that is off":    {alert.SeatsFull, reading{Seats: of("9", "9")}, alert.Policy{Off: []alert.Kind{alert.SeatsFull}}, rests, 0, ""},
		"another rule is off":   {alert.SeatsFull, reading{Seats: of("9", "9")}, alert.Policy{Off: []alert.Kind{alert.GoalMissed}}, fires, alert.Notice, "9 of 9 seats in use: 100%"},
		"unknown and off":       {alert.SeatsFull, reading{}, alert.Policy{Off: []alert.Kind{alert.SeatsFull}}, rests, 0, ""},
		"no customer any more":  {alert.SeatsFull, reading{Seats: of("9", "9"), Ended: true}, alert.Policy{}, rests, 0, ""},
		"unknown and no longer": {alert.SeatsFull, reading{Ended: true}, alert.Policy{}, rests, 0, ""},
	} {
		got, a := signOf(t, c.kind, c.reading, c.policy)
		if got != c.sign || got == fires && (a.Severity != c.severity || a.Evidence != c.evidence) {
			t.Errorf("%s: sign %d, %v %q", name, got, a.Severity, a.Evidence)
		}
	}
}

// Each departure and each missed goal is an alert of its own.
func TestSubjects(t *testing.T) {
	s := next(t, alert.State{}, today, alert.Policy{}, alert.Reading{
		Account:    "a",
		Departures: []alert.Departure{{Contact: "Bob", On: ago(1)}, {Contact: "Ada", On: ago(2)}},
		Goals:      []alert.Goal{{ID: "h", Due: ago(1)}, {ID: "g", Due: ago(2)}, {ID: "i", Due: today}},
	})
	var keys []string
	for _, a := range s.Alerts {
		keys = append(keys, a.Kind.String()+" "+a.Subject)
	}
	if got := strings.Join(keys, ", "); got != "champion left Ada, champion left Bob, goal missed g, goal missed h" {
		t.Error(got)
	}
	s = next(t, s, today, alert.Policy{}, alert.Reading{Account: "a", Departures: []alert.Departure{{Contact: "Ada", On: ago(2)}}, Goals: []alert.Goal{{ID: "g", Due: ago(2)}, {ID: "h", Due: ago(1), Achieved: true}}})
	if open := s.Open(); len(open) != 2 || open[0].Subject != "Ada" || open[1].Subject != "g" {
		t.Errorf("%+v", open)
	}
}
