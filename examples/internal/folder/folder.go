// Package folder reads a data folder: a company's exports as CSV files of fixed
// names and columns, typed and with every fault named by file and line.
//
// [Read] reads all files there are, [Folder.Check] looks for what is wrong with
// them in one go, and [Folder.Known] gives the folder as it was known on a day.
package folder

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/retention"
)

// A Folder holds the records of all files of a data folder, in the order of
// their rows.
type Folder struct {
	Contracts    []success.Contract
	Accounts     []success.Account
	Rates        []retention.Rate
	Mergers      []retention.Merger
	Interactions []success.Interaction
	Surveys      []Survey
	Usage        []Usage
	Goals        []Goal
	Contacts     []Contact
	Leads        []attribution.Lead
	Deals        []attribution.Deal
	Adjustments  []attribution.Adjustment
	Touches      []attribution.Touch
	Help         []Help

	Notes []string // what was left out, and why; not faults

	files  map[string]*file // those that are there, by name
	faults Faults           // of reading
}

// A file is what is remembered of a file beside its records.
type file struct {
	lines   []int32 // of each record
	refused refused
}

// ErrEmpty says that a folder has nothing to report on.
var ErrEmpty = errors.New("has none of contracts.csv, interactions.csv and deals.csv")

// A Progress is told, now and then, how many rows of a file were read. An error of
// it ends the reading.
type Progress func(file string, rows int) error

// Read reads every file of the folder that fsys is rooted at. The error is
// [ErrEmpty], that of progress, which may be nil, or says that the folder cannot be
// read at all; what is wrong inside the files is reported by [Folder.Check].
func Read(fsys fs.FS, progress Progress) (*Folder, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	f := &Folder{files: map[string]*file{}}
	known := tables()
	for _, entry := range entries {
		name := entry.Name()
		i := slices.IndexFunc(known, func(t table) bool { return t.file == name })
		switch {
		case i >= 0:
			if err := f.read(fsys, known[i], progress); err != nil {
				return nil, err
			}
		case strings.EqualFold(path.Ext(name), ".csv"):
			f.Notes = append(f.Notes, name+": is none of the files of a data folder and was not read")
		}
	}
	if !f.Has("contracts.csv") && !f.Has("interactions.csv") && !f.Has("deals.csv") {
		return nil, ErrEmpty
	}
	return f, nil
}

// Has reports whether the folder has a file of that name.
func (f *Folder) Has(name string) bool { return f.files[name] != nil }
