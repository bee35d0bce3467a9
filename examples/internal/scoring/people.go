package scoring

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"metrics.internal/success"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/health"
	"metrics.internal/success/health/contact"
	"metrics.internal/success/health/goal"
)

// Measures made of goals.csv and contacts.csv.
const (
	goalsName    = "goals"
	contactsName = "contacts"
	championName = "champion"
)

// actionDays is how far back interactions of contacts count as actions.
const actionDays = 180

// goals reads how goals stand.
func (f *Facts) goals() error {
	var all []goal.Goal
	order, groups := byAccount(f, f.known.Goals, func(g *folder.Goal) success.AccountID { return g.Account })
	unknown := map[string]bool{}
	for _, account := range order {
		rows := groups[account]
		slices.SortFunc(rows, compareGoals)
		taken := map[string]bool{}
		for _, row := range rows {
			g, ok := f.goal(row)
			if !ok {
				unknown[row.State] = true
			}
			g.Account = account
			for n := 2; taken[g.ID]; n++ {
				g.ID = row.Goal + " #" + strconv.Itoa(n)
			}
			taken[g.ID] = true
			all = append(all, g)
		}
	}
	for state := range unknown {
		f.Notes = append(f.Notes, fmt.Sprintf("goals.csv: state %q is none of achieved, partial, missed, cancelled and open, and says nothing", state))
	}
	slices.Sort(f.Notes)
	report, err := goal.Assess(all, f.asOf.AddDays(-1))
	for _, a := range report.Accounts {
		fact := f.of(a.ID)
		fact.Goals = a
		if attainment := a.Tally.Attainment(); attainment.Defined() {
			fact.ratio(goalsName, attainment, f.asOf.AddDays(-1))
		} else if a.Tally.Due.Unknown == 0 {
			fact.put(health.Input{Measure: goalsName, State: health.NotYetDue})
		}
	}
	return err
}

func compareGoals(a, b folder.Goal) int {
	return cmp.Or(strings.Compare(a.Goal, b.Goal), a.Start.Compare(b.Start), a.Due.Compare(b.Due),
		a.Achieved.Compare(b.Achieved), strings.Compare(a.State, b.State), strings.Compare(string(a.Account), string(b.Account)))
}

// goal reads one goal; ok is false when its state is no word that is known. A
// state without a day is of the day the goal was due, and not known before that.
func (f *Facts) goal(row folder.Goal) (g goal.Goal, ok bool) {
	g = goal.Goal{ID: row.Goal, Start: row.Start, Due: row.Due, On: row.Achieved}
	state := strings.ToLower(row.State)
	switch state {
	case "achieved", "met", "reached":
		g.Outcome = goal.Met
	case "partial", "partly met":
		g.Outcome = goal.PartlyMet
	case "missed", "not met":
		g.Outcome = goal.NotMet
	case "cancelled", "canceled", "dropped":
		g.Outcome = goal.Dropped
	}
	ok = g.Outcome != goal.Unreported || state == "" || state == "open"
	switch {
	case !g.On.IsZero() && g.Outcome == goal.Unreported:
		g.Outcome = goal.Met
	case g.On.IsZero() && g.Outcome != goal.Unreported && row.Due.Before(f.asOf):
		g.On = row.Due
	case g.On.IsZero():
		g.Outcome = goal.Unreported
	}
	return g, ok
}

// people reads who is there, and on how many people an account hangs.
func (f *Facts) people() error {
	order, groups := byAccount(f, f.known.Contacts, func(c *folder.Contact) success.AccountID { return c.Account })
	actions := f.actions()
	accounts := make([]contact.Account, len(order))
	var contacts []contact.Contact
	champions := false // whether the file tells of any
	for i, account := range order {
		accounts[i].ID = account
		for _, c := range persons(groups[account]) {
			champion := strings.EqualFold(c.Role, "champion")
			champions = champions || champion
			contacts = append(contacts, contact.Contact{
				ID: c.Contact, Account: account, Champion: champion, Joined: c.Since, Left: c.Until,
				Actions: actions[person{account, c.Contact}],
			})
		}
	}
	last := f.asOf.AddDays(-1)
	report, err := contact.Assess(accounts, contacts, contact.Options{AsOf: last})
	for _, risk := range report.Risks {
		fact := f.of(risk.Account)
		fact.People = risk
		fact.count(contactsName, risk.Contacts, last)
		if champions {
			fact.count(championName, min(1, risk.Champions), last)
		}
	}
	return err
}

type person struct {
	account success.AccountID
	name    string
}

// actions counts the interactions of people lately.
func (f *Facts) actions() map[person]int64 {
	actions := map[person]int64{}
	for _, i := range f.known.Interactions {
		if f.asOf.Sub(success.DateOf(i.At)) <= actionDays {
			actions[person{f.owner(i.Account), i.Contact}]++
		}
	}
	return actions
}

// persons returns one row for each person: who is named twice has come back, or
// taken another role, and the last row holds.
func persons(rows []folder.Contact) []folder.Contact {
	slices.SortFunc(rows, func(a, b folder.Contact) int {
		return cmp.Or(strings.Compare(a.Contact, b.Contact), a.Since.Compare(b.Since),
			cmp.Compare(there(a), there(b)), a.Until.Compare(b.Until), strings.Compare(a.Role, b.Role))
	})
	var last []folder.Contact
	for _, row := range rows {
		if n := len(last); n > 0 && last[n-1].Contact == row.Contact {
			last[n-1] = row
			continue
		}
		last = append(last, row)
	}
	return last
}

// there is 1 for who is still there.
func there(c folder.Contact) int {
	if c.Until.IsZero() {
		return 1
	}
	return 0
}
