package folder

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// ErrCurrency says that contracts are in several currencies and nobody said
// which one to report in.
var ErrCurrency = errors.New("contracts are in several currencies and none was named to report in")

// Options returns what the folder knows of the options of a book.
func (f *Folder) Options(currency string, grace int) retention.Options {
	options := retention.Options{
		Grace:    grace,
		Mergers:  f.Mergers,
		Currency: currency,
		Rates:    f.Rates,
	}
	if f.Has("accounts.csv") {
		options.Accounts = append([]success.Account{}, f.Accounts...)
	}
	return options
}

// Check looks for faults in all records of all files, and returns those of
// reading and of meaning together as [*Faults]. A row that was refused in
// reading causes no others. The error is [ErrCurrency] when that is all there is
// to say.
func (f *Folder) Check(options retention.Options) error {
	faults := Faults{Count: f.faults.Count, Kept: append([]*Fault{}, f.faults.Kept...)}
	contracts, spared := f.spare(f.Contracts, options)
	_, err := retention.NewBook(contracts, spared)
	mixed := f.mapped(err, &faults)
	f.checkInteractions(&faults)
	f.checkReferences(&faults)
	f.checkSales(options.Currency, &faults)
	if err := faults.err(); err != nil || !mixed {
		return err
	}
	return ErrCurrency
}

// Mapped returns the faults that a metric found in records of the folder, by
// file and line where they are about a row. Any other error is returned as it is.
func (f *Folder) Mapped(err error) error {
	var found *success.Errors
	if !errors.As(err, &found) {
		return err
	}
	var faults Faults
	if f.mapped(err, &faults) && faults.Count == 0 {
		return ErrCurrency
	}
	return faults.err()
}

// mapped adds the faults in err to faults, by file and line if they are about a
// row, and leaves out those about records that are in no file. It reports
// whether one of them is that there is no currency to report in.
func (f *Folder) mapped(err error, faults *Faults) (mixed bool) {
	var found *success.Errors
	if !errors.As(err, &found) {
		return false
	}
	for _, e := range found.Faults {
		file := f.files[fileOf(e.Record)]
		switch {
		case e.Record == "options" && e.Field == "Currency":
			mixed = true
		case e.Index < 0 || file == nil:
			faults.add(&Fault{Err: e})
		case e.Index < len(file.lines):
			faults.add(f.fault(fileOf(e.Record), e))
		}
	}
	faults.Count += max(0, found.Count-len(found.Faults))
	return mixed
}

// fileOf returns the file that holds the records of a kind.
func fileOf(record string) string { return record + "s.csv" }

func (f *Folder) fault(name string, e *success.InputError) *Fault {
	column, value := snake(e.Field), e.Value
	switch column {
	case "term":
		column = terms()[max(1, f.Contracts[e.Index].Term.Unit)]
		value, _, _ = strings.Cut(value, " ") // 0 of "0 months"
	case "effort":
		column = "minutes"
		value = strconv.FormatFloat(f.Interactions[e.Index].Effort.Minutes(), 'f', -1, 64)
	}
	return &Fault{name, int(f.files[name].lines[e.Index]), column, value, inColumns(e.Err)}
}

// snake returns the column that holds a field: signed_up for SignedUp.
func snake(field string) string {
	var b strings.Builder
	for i, r := range strings.ReplaceAll(field, "ID", "Id") {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// named finds the names of fields before a day in what the library says.
var named = regexp.MustCompile(`\b([A-Z][A-Za-z]*) (\d{4}-\d\d-\d\d)`)

// inColumns words a reason of the library in the names of columns.
func inColumns(err error) error {
	text := named.ReplaceAllStringFunc(err.Error(), func(s string) string {
		name, day, _ := strings.Cut(s, " ")
		return snake(name) + " " + day
	})
	if text == err.Error() {
		return err
	}
	return reason{err, text}
}

func (f *Folder) checkInteractions(faults *Faults) {
	var found success.Errors
	for i := range f.Interactions {
		f.Interactions[i].Check(i, &found)
	}
	if err := found.Err(); err != nil {
		f.mapped(err, faults)
	}
}
