package attribution

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// maxDuplicateDays keeps a hundred years, which a time.Duration can hold.
const maxDuplicateDays = 36_500

// A builder makes a pipeline of records.
type builder struct {
	records Records
	options Options
	faults  success.Errors

	ladders map[string]ladder
	micros  []int64   // of each deal
	changes [][]int32 // of each deal, positions of its adjustments in order
	changed []int64   // of each adjustment, millionths

	accounts     map[success.AccountID]int // positions by ID
	interactions map[success.InteractionID]int
	leads        map[LeadID]int
	deals        map[DealID]int
}

func (b *builder) door(record string, index int) door { return doorOf(record, index, &b.faults) }

// check adds the faults of all records and options.
func (b *builder) check() {
	b.checkOptions()
	b.checkInteractions()
	b.checkLeads()
	b.checkDeals()
	b.checkAdjustments()
	b.checkTouches()
	b.checkCurrencies()
}

func (b *builder) checkOptions() {
	d := b.door("options", -1)
	check.Level(b.options.Level, &b.faults)
	if n := b.options.DuplicateDays; n > maxDuplicateDays {
		d.Add("DuplicateDays", strconv.Itoa(n), fault.New(success.ErrRange, "is more than %d", maxDuplicateDays))
	}
	for _, agent := range keysInOrder(b.options.Teams) {
		d.key("Teams", b.options.Teams[agent])
	}
	accounts := b.options.Accounts
	for i, a := range accounts {
		a.Check(i, &b.faults)
	}
	b.accounts = positions(b, "account", len(accounts), func(i int) success.AccountID { return accounts[i].ID })
	b.ladders = laddersOf(b.options.Rates, b.options.Currency, &b.faults)
}

// positions returns where each ID is, and adds those that are there again.
func positions[ID ~string](b *builder, record string, n int, id func(i int) ID) map[ID]int {
	at := make(map[ID]int, n)
	for i := range n {
		switch _, again := at[id(i)]; {
		case id(i) == "":
		case again:
			b.door(record, i).Add("ID", string(id(i)), success.ErrDuplicate)
		default:
			at[id(i)] = i
		}
	}
	return at
}

// refer adds a reference to something that is not there. An empty one is none.
func refer[ID ~string](d door, field string, id ID, known map[ID]int) {
	if _, ok := known[id]; id != "" && !ok {
		d.Add(field, string(id), success.ErrUnknown)
	}
}

func (b *builder) checkAccount(d door, id success.AccountID) {
	if b.options.Accounts != nil {
		refer(d, "Account", id, b.accounts)
	}
}

func (b *builder) checkInteractions() {
	all := b.records.Interactions
	for i := range all {
		all[i].Check(i, &b.faults)
		b.checkAccount(b.door("interaction", i), all[i].Account)
	}
	b.interactions = positions(b, "interaction", len(all), func(i int) success.InteractionID { return all[i].ID })
}

func (b *builder) checkLeads() {
	all := b.records.Leads
	for i := range all {
		all[i].Check(i, &b.faults)
		b.checkAccount(b.door("lead", i), all[i].Account)
		refer(b.door("lead", i), "Interaction", all[i].Interaction, b.interactions)
	}
	b.leads = positions(b, "lead", len(all), func(i int) LeadID { return all[i].ID })
}

func (b *builder) checkDeals() {
	all := b.records.Deals
	b.micros = make([]int64, len(all))
	for i := range all {
		b.micros[i] = all[i].Check(i, &b.faults)
		b.checkAccount(b.door("deal", i), all[i].Account)
		refer(b.door("deal", i), "Lead", all[i].Lead, b.leads)
	}
	b.deals = positions(b, "deal", len(all), func(i int) DealID { return all[i].ID })
}

func (b *builder) checkTouches() {
	all := b.records.Touches
	for i := range all {
		all[i].Check(i, &b.faults)
		b.checkAccount(b.door("touch", i), all[i].Account)
	}
	positions(b, "touch", len(all), func(i int) TouchID { return all[i].ID })
}

func (b *builder) checkAdjustments() {
	all := b.records.Adjustments
	b.changes = make([][]int32, len(b.records.Deals))
	b.changed = make([]int64, len(all))
	first := make(map[AdjustmentID]int, len(all))
	for i := range all {
		before := b.faults.Count
		b.changed[i] = all[i].Check(i, &b.faults)
		at, known := b.deals[all[i].Deal]
		if refer(b.door("adjustment", i), "Deal", all[i].Deal, b.deals); known {
			b.checkWon(i, &b.records.Deals[at])
		}
		if again := b.checkRepeat(i, first); !again && b.faults.Count == before {
			b.changes[at] = append(b.changes[at], int32(i))
		}
	}
	for i := range b.changes {
		slices.SortFunc(b.changes[i], func(x, y int32) int {
			return cmp.Or(all[x].At.Compare(all[y].At), strings.Compare(string(all[x].ID), string(all[y].ID)))
		})
		b.checkBalance(i)
	}
}

// checkRepeat reports whether an adjustment was there before, and adds one that
// does not say the same.
func (b *builder) checkRepeat(adjustment int, first map[AdjustmentID]int) (again bool) {
	a := &b.records.Adjustments[adjustment]
	before, again := first[a.ID]
	switch {
	case a.ID == "":
		return false
	case !again:
		first[a.ID] = adjustment
	case !a.Equal(b.records.Adjustments[before]):
		b.door("adjustment", adjustment).Add("ID", string(a.ID), fault.New(success.ErrDuplicate, "is that of another adjustment, at position %d", before))
	}
	return again
}

func (b *builder) checkWon(adjustment int, of *Deal) {
	a := &b.records.Adjustments[adjustment]
	d := b.door("adjustment", adjustment)
	switch {
	case of.Status != Won:
		d.Add("Deal", string(a.Deal), fault.New(success.ErrRange, "is not won"))
	case !a.At.IsZero() && a.At.Before(of.Closed):
		d.Add("At", show(a.At), fault.New(success.ErrOrder, "is before the deal was won %s", show(of.Closed)))
	}
}

// checkBalance follows what a deal is worth from one adjustment to the next, and
// what it would be without those downwards.
func (b *builder) checkBalance(deal int) {
	net, gross := exact.Of(b.micros[deal]), exact.Of(b.micros[deal])
	for _, i := range b.changes[deal] {
		change := b.changed[i]
		refuse := func(err error) {
			b.door("adjustment", int(i)).Add("Amount", exact.Show(b.records.Adjustments[i].Amount), err)
		}
		switch {
		case net.Plus(change).Sign() < 0:
			refuse(fault.New(success.ErrRange, "is more than the %s that are left", net.Decimal()))
		case gross.Plus(max(0, change)).Cmp(exact.Of(exact.Limit)) >= 0:
			refuse(fault.New(success.ErrRange, "makes the deal too large"))
		default:
			net, gross = net.Plus(change), gross.Plus(max(0, change))
		}
	}
}

func (b *builder) checkCurrencies() {
	named := slices.ContainsFunc(b.records.Deals, func(d Deal) bool { return d.Currency != "" })
	for i := range b.records.Deals {
		switch c := b.records.Deals[i].Currency; {
		case c == "" && named:
			b.door("deal", i).Add("Currency", "", fault.New(success.ErrMissing, "is missing while others are named"))
		case c != "" && b.options.Currency != "" && b.ladders[c] == nil:
			b.door("deal", i).Add("Currency", c, success.ErrCurrency)
		}
	}
}
