package folder

import (
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// tables are the files of a data folder.
func tables() []table {
	return append(revenueTables(), append(serviceTables(), salesTables()...)...)
}

func revenueTables() []table {
	return []table{
		{
			file:     "accounts.csv",
			required: []string{"id"},
			optional: []string{"name", "segment", "owner", "signed_up", "strategic", "parent"},
			keys:     []string{"id"},
			add:      addAccount,
		}, {
			file:     "contracts.csv",
			required: []string{"id", "account", "start", "price"},
			optional: []string{"months", "weeks", "days", "end", "product", "quantity", "currency", "renews", "credits"},
			keys:     []string{"id", "account"},
			add:      addContract,
		}, {
			file:     "mergers.csv",
			required: []string{"from", "to", "on"},
			keys:     []string{"from", "to"},
			add:      addMerger,
		}, {
			file:     "rates.csv",
			required: []string{"currency", "date", "rate"},
			keys:     []string{"currency"},
			add:      addRate,
		},
	}
}

func addAccount(f *Folder, r *row) {
	a := success.Account{
		ID:        success.AccountID(r.text("id")),
		Name:      r.text("name"),
		Segment:   r.text("segment"),
		Owner:     r.text("owner"),
		SignedUp:  r.day("signed_up"),
		Strategic: r.yes("strategic"),
		Parent:    success.AccountID(r.text("parent")),
	}
	f.Accounts = keep(f.Accounts, a, r)
}

func addContract(f *Folder, r *row) {
	c := success.Contract{
		ID:       success.ContractID(r.text("id")),
		Account:  success.AccountID(r.text("account")),
		Product:  r.text("product"),
		Start:    r.day("start"),
		End:      r.day("end"),
		Price:    r.needAmount("price"),
		Currency: r.text("currency"),
		Term:     r.term(),
		Quantity: r.quantity(),
		Renews:   success.ContractID(r.text("renews")),
		Credits:  success.ContractID(r.text("credits")),
	}
	f.Contracts = keep(f.Contracts, c, r)
}

// terms are the columns of a term, by unit.
func terms() []string { return []string{"", "months", "weeks", "days"} }

// term reads the one of months, weeks and days that is given.
func (r *row) term() success.Term {
	var term success.Term
	for unit, column := range terms() {
		switch {
		case unit == 0 || r.text(column) == "":
		case term != success.Term{}:
			r.refuse(column, errTerms)
		default:
			n := r.whole(column)
			term = success.Term{Count: int(n), Unit: success.Unit(unit)}
		}
	}
	if term == (success.Term{}) {
		r.fault("months", "", errNoTerm)
	}
	return term
}

// quantity reads the number of units, 1 when there is no text.
func (r *row) quantity() int64 {
	if r.text("quantity") == "" {
		return 1
	}
	n := r.whole("quantity")
	if n == 0 && !r.bad {
		r.refuse("quantity", success.ErrRange)
	}
	return n
}

func addMerger(f *Folder, r *row) {
	m := retention.Merger{
		From: success.AccountID(r.text("from")),
		To:   success.AccountID(r.text("to")),
		On:   r.day("on"),
	}
	f.Mergers = keep(f.Mergers, m, r)
}

func addRate(f *Folder, r *row) {
	rate := retention.Rate{
		Currency: r.text("currency"),
		Date:     r.day("date"),
		Rate:     r.needAmount("rate"),
	}
	f.Rates = keep(f.Rates, rate, r)
}

// keep appends a record unless its row has a fault.
func keep[T any](records []T, record T, r *row) []T {
	if r.bad {
		return records
	}
	r.file.lines = append(r.file.lines, int32(r.line))
	return append(records, record)
}
