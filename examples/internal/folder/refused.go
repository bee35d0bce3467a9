package folder

import "strings"

// Refused holds the keys of the rows that were refused in reading, so that what
// refers to them is not called unknown. The zero value holds none.
type refused struct {
	keys    map[string]map[string]bool // values by column
	unknown map[string]bool            // columns of which not all values are known
}

// maxRefused is how many keys of a column are remembered. Beyond it any value
// may be one of them.
const maxRefused = 100_000

func (r *refused) add(column, value string) {
	if r.keys == nil {
		r.keys = map[string]map[string]bool{}
	}
	if r.keys[column] == nil {
		r.keys[column] = map[string]bool{}
	}
	if len(r.keys[column]) == maxRefused {
		r.lose(column)
		return
	}
	r.keys[column][strings.Clone(value)] = true
}

// lose says that a refused row may have any value in the columns.
func (r *refused) lose(columns ...string) {
	if r.unknown == nil {
		r.unknown = map[string]bool{}
	}
	for _, column := range columns {
		r.unknown[column] = true
	}
}

// has reports whether a refused row has, or may have, the value in a column.
func (r *refused) has(column, value string) bool {
	return r.unknown[column] || r.keys[column][value]
}

// any reports whether a row was refused at all.
func (r *refused) any() bool { return len(r.keys)+len(r.unknown) > 0 }
