package credit_test

import (
	"testing"
	"time"

	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/credit"
)

// The worked example of a vendor of web analytics: four channels, two of them on
// the day of the purchase, told apart by their IDs.
func TestA1(t *testing.T) { // A1
	day := func(d, id, key string) attribution.Touch {
		return attribution.Touch{ID: attribution.TouchID(id), Account: "a", At: at("2026-09-" + d), Key: key}
	}
	r := credit.Records{
		Deals:   []attribution.Deal{won("d", "a", at("2026-09-24"), "50")},
		Touches: []attribution.Touch{day("24", "4", "display"), day("24", "3", "email"), day("15", "1", "search"), day("18", "2", "social")},
	}
	expect(t, r, credit.Options{}, credit.Linear(), "12.5 12.5 12.5 12.5")
	expect(t, r, credit.Options{}, credit.J(), "10 5 5 30")
	expect(t, r, credit.Options{}, credit.TimeDecay(0), "6.92 9.32 16.88 16.88")
	expect(t, r, credit.Options{}, credit.First(), "50 0 0 0")
	expect(t, r, credit.Options{}, credit.Last(), "0 0 0 50")
	if got, want := byKey(t, split(t, book(t, r, credit.Options{}), credit.J())), "display 30 email 5 search 10 social 5 of 50, 0 to nobody"; got != want {
		t.Errorf("by key: %s, want %s", got, want)
	}
}

func journeyOf(amount string, keys ...string) credit.Records {
	closed := at("2026-09-24")
	return credit.Records{Deals: []attribution.Deal{won("d", "a", closed, amount)}, Touches: touches("a", closed, keys...)}
}

func TestA2(t *testing.T) { // A2
	r := journeyOf("100", "a", "b")
	expect(t, r, credit.Options{}, credit.U(), "50 50")
	expect(t, r, credit.Options{}, credit.J(), "25 75")
	expect(t, r, credit.Options{}, credit.Position(credit.Shares{First: 20, Middle: 20, Last: 60, Spill: true}), "30 70")
	expect(t, r, credit.Options{}, credit.InverseJ(), "75 25")
}

func TestA3(t *testing.T) { // A3
	expect(t, journeyOf("100", "a", "b", "c", "d"), credit.Options{}, credit.U(), "40 10 10 40")
	expect(t, journeyOf("100", "a", "b", "c", "d"), credit.Options{}, credit.InverseJ(), "60 10 10 20")
}

func TestA4(t *testing.T) { // A4
	closed := at("2026-09-24")
	r := credit.Records{Deals: []attribution.Deal{won("d", "a", closed, "7")}}
	for _, days := range []int{14, 7, 0} {
		r.Touches = append(r.Touches, attribution.Touch{Account: "a", At: closed.AddDate(0, 0, -days), Key: "k"})
	}
	expect(t, r, credit.Options{}, credit.TimeDecay(7*24*time.Hour), "1 2 4")
	expect(t, r, credit.Options{}, credit.TimeDecay(0), "1 2 4")
	expect(t, r, credit.Options{}, credit.TimeDecay(14*24*time.Hour), "1.59 2.24 3.17") // of 1/2, 1/√2 and 1
}

// The buying group of an account, A and B, as documented by a vendor of
// marketing automation. A became a lead on a form, B months later on another.
func TestA5(t *testing.T) { // A5
	touch := func(contact, day, key string) attribution.Touch {
		return attribution.Touch{Account: "x", Contact: contact, At: at(day), Key: key}
	}
	deal := won("d", "x", at("2020-05-06"), "1000")
	deal.Opened = at("2020-03-07")
	r := credit.Records{
		Deals: []attribution.Deal{deal},
		Touches: []attribution.Touch{
			touch("A", "2019-09-01", "A first"), touch("A", "2019-11-20", "A form"), touch("A", "2020-03-04", "A webinar"),
			touch("B", "2019-08-26", "B first"), touch("B", "2020-02-20", "B form"), touch("B", "2020-05-01", "B email"),
		},
		Leads: []attribution.Lead{
			{ID: "2", Account: "x", Source: attribution.Service, At: at("2020-02-20")},
			{ID: "1", Account: "x", Source: attribution.Marketing, At: at("2019-11-20")},
		},
	}
	full := split(t, book(t, r, credit.Options{}), credit.FullPath())
	// In order: B first, A first, A form, B form, A webinar, B email.
	if got, want := parts(t, full, "d"), "225 50 225 50 225 225"; got != want {
		t.Errorf("full path: %s, want %s", got, want)
	}
	for _, c := range []struct {
		milestone credit.Stones
		want      string
	}{
		{credit.Stones{First: 1}, "1000 0 0 0 0 0"},
		{credit.Stones{Lead: 1}, "0 0 1000 0 0 0"},
		{credit.Stones{Opened: 1}, "0 0 0 0 1000 0"},
		{credit.Stones{Won: 1}, "0 0 0 0 0 1000"},
	} {
		expect(t, r, credit.Options{}, credit.Milestones(c.milestone), c.want)
	}
}

func TestA6(t *testing.T) { // A6
	hour := func(h int) time.Time { return at("2026-03-01").Add(time.Duration(h) * time.Hour) }
	of := func(lead, opened, closed int, touched ...int) credit.Records {
		d := won("d", "a", hour(closed), "10000")
		d.Opened = hour(opened)
		r := credit.Records{Deals: []attribution.Deal{d}, Leads: []attribution.Lead{{ID: "l", Account: "a", Source: attribution.Sales, At: hour(lead)}}}
		for _, h := range touched {
			r.Touches = append(r.Touches, attribution.Touch{Account: "a", At: hour(h), Key: "k"})
		}
		return r
	}
	expect(t, of(1, 3, 9, 1, 2, 3), credit.Options{}, credit.W(), "6000 1000 3000")
	expect(t, of(2, 3, 9, 1, 2, 3), credit.Options{}, credit.W(), "3333.34 3333.33 3333.33")
	expect(t, of(2, 3, 9, 1, 2, 3, 4), credit.Options{}, credit.FullPath(), "2500 2500 2500 2500")
}

// By touch and by key.
func TestA7(t *testing.T) { // A7
	r := journeyOf("140", "Direct", "Organic", "Direct")
	expect(t, r, credit.Options{}, credit.Linear(), "46.67 46.67 46.66")
	expect(t, r, credit.Options{}, credit.U(), "56 28 56")
	if got, want := byKey(t, split(t, book(t, r, credit.Options{}), credit.Linear())), "Direct 93.33 Organic 46.67 of 140, 0 to nobody"; got != want {
		t.Errorf("by key: %s, want %s", got, want)
	}
}

func TestA17(t *testing.T) { // A17
	of := func(close int64) credit.Records {
		return credit.Records{
			Deals:   []attribution.Deal{won("d", "a", second(close), "9")},
			Touches: []attribution.Touch{{Account: "a", At: second(1), Key: "x"}, {Account: "a", At: second(2), Key: "y"}},
		}
	}
	o := credit.Options{Window: 24 * time.Hour}
	expect(t, of(86_401), o, credit.Linear(), "4.5 4.5")
	expect(t, of(86_402), o, credit.Linear(), "9")
	for _, m := range []credit.Model{credit.First(), credit.Linear(), credit.TimeDecay(0), credit.W()} {
		if got, want := byKey(t, split(t, book(t, of(86_402), o), m)), "y 9 of 9, 0 to nobody"; got != want {
			t.Errorf("%s at 86,402 s: %s, want %s", m, got, want)
		}
		s := split(t, book(t, of(86_403), o), m)
		if got, want := byKey(t, s), "of 9, 9 to nobody"; got != want || s.Totals[0].Untouched != 1 || s.Totals[0].Deals != 1 {
			t.Errorf("%s at 86,403 s: %s, want %s; %+v", m, got, want, s.Totals[0])
		}
	}
}
