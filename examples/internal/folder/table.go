package folder

import (
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// A table says what a file holds.
type table struct {
	file     string
	required []string                // columns
	optional []string                // columns
	keys     []string                // columns that others refer to
	add      func(f *Folder, r *row) // adds the record of a row unless it finds a fault in it
}

// A row is the place in a file that reading has come to.
type row struct {
	table   table
	folder  *Folder
	file    *file
	src     *source
	records *csv.Reader

	column map[string]int // position by name
	names  []string       // by position
	fields []string
	line   int
	intact bool // was read to its end
	bad    bool // has a fault
}

// progressRows is how often progress is told, in rows.
const progressRows = 1 << 14

// read reads a file into f. The error is that of progress.
func (f *Folder) read(fsys fs.FS, t table, progress Progress) error {
	r := &row{table: t, folder: f, file: &file{}, line: 1}
	f.files[t.file] = r.file
	in, err := fsys.Open(t.file)
	if err != nil {
		r.lose(err)
		return nil
	}
	defer in.Close()
	r.src = newSource(in)
	r.records = newRecords(r.src)
	if !r.header() {
		return nil
	}
	for n := 1; r.next(); n++ {
		if progress == nil || n%progressRows != 0 {
			continue
		}
		if err := progress(t.file, n); err != nil {
			return err
		}
	}
	return nil
}

func newRecords(src *source) *csv.Reader {
	records := csv.NewReader(src)
	records.FieldsPerRecord = -1
	records.ReuseRecord = true
	return records
}

// next reads a row, and reports whether there may be another.
func (r *row) next() bool {
	r.src.begin()
	fields, err := r.records.Read()
	if err == io.EOF {
		return false
	}
	r.fields, r.line, r.intact, r.bad = fields, r.src.line(), err == nil, false
	more := err == nil || r.broken(err)
	if err == nil && r.sound() {
		r.table.add(r.folder, r)
	}
	if r.bad {
		r.remember()
	}
	return more
}

// broken refuses a row that the CSV reader could not read, and reports whether
// reading can go on behind it.
func (r *row) broken(err error) bool {
	var syntax *csv.ParseError
	switch {
	case errors.Is(err, errLong):
		r.refuse("", errRecord)
		r.src.skip()
		r.records = newRecords(r.src)
		return true
	case !errors.As(err, &syntax):
		r.lose(err)
		return false
	case r.src.open() && errors.Is(err, csv.ErrQuote):
		r.lose(errOpen)
		return false
	}
	r.refuse("", errQuote)
	return true
}

// sound refuses a row that is wider or narrower than the header, or with text
// that nobody can have meant.
func (r *row) sound() bool {
	if len(r.fields) != len(r.names) {
		r.refuse("", because(csv.ErrFieldCount, "the row has %s, the header %d", count(len(r.fields), "field"), len(r.names)))
		return false
	}
	for i, field := range r.fields {
		if err := unsound(field); err != nil {
			r.fault(r.names[i], field, err)
		}
	}
	return !r.bad
}

func unsound(field string) error {
	switch {
	case len(field) > maxField:
		return errLength
	case strings.IndexByte(field, 0) >= 0:
		return errNUL
	case !utf8.ValidString(field):
		return errUTF8
	}
	return nil
}

// header reads the first row, and reports whether the others can be read.
func (r *row) header() bool {
	fields, err := r.records.Read()
	switch {
	case err == io.EOF:
		r.lose(errHeader)
		return false
	case err != nil:
		r.line = r.src.line()
		r.broken(err)
		r.file.refused.lose(r.table.keys...)
		return false
	}
	r.line = r.src.line()
	r.column = map[string]int{}
	for i, field := range fields {
		if err := unsound(field); err != nil {
			r.fault("", field, err)
		}
		r.addColumn(i, strings.ToLower(strings.TrimSpace(field)))
	}
	for _, name := range r.table.required {
		if _, ok := r.column[name]; !ok {
			r.fault(name, "", errColumn)
		}
	}
	r.noteUnused()
	if r.bad {
		r.file.refused.lose(r.table.keys...)
	}
	return !r.bad
}

func (r *row) addColumn(i int, name string) {
	if _, again := r.column[name]; again && r.uses(name) {
		r.fault(name, "", errTwice)
	}
	r.names = append(r.names, name)
	r.column[name] = i
}

func (r *row) uses(name string) bool {
	return slices.Contains(r.table.required, name) || slices.Contains(r.table.optional, name)
}

func (r *row) noteUnused() {
	unused := slices.DeleteFunc(slices.Sorted(maps.Keys(r.column)), r.uses)
	if len(unused) > 0 && !r.bad {
		r.folder.Notes = append(r.folder.Notes, r.table.file+": not used: "+strings.Join(unused, ", "))
	}
}

// refuse finds a fault with the row, or with what it has in a column.
func (r *row) refuse(column string, err error) { r.fault(column, r.text(column), err) }

func (r *row) fault(column, value string, err error) {
	r.bad = true
	r.folder.faults.add(&Fault{r.table.file, r.line, column, strings.Clone(value[:min(len(value), maxShown)]), err})
}

// maxShown is how much of a value is kept to be shown, in bytes.
const maxShown = 200

// lose finds a fault with the file from the row on.
func (r *row) lose(err error) {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	r.fault("", "", err)
	r.file.refused.lose(r.table.keys...)
}

// remember keeps the keys of a refused row. In one that is wider or narrower
// than the header, any value may be any of them.
func (r *row) remember() {
	for _, key := range r.table.keys {
		i, ok := r.column[key]
		switch {
		case !ok:
		case r.intact && len(r.fields) != len(r.names):
			for _, field := range r.fields {
				r.file.refused.add(key, field)
			}
		case i < len(r.fields):
			r.file.refused.add(key, r.fields[i])
		default:
			r.file.refused.lose(key)
		}
	}
}
