package retention

import "strings"

// A texts holds strings by position.
type texts interface {
	add(s string)
	at(position int32) string
	len() int
	close()       // after the last add, before the first at
	fresh() texts // an empty one of the same kind
}

// A listed refers to strings that somebody else holds.
type listed struct{ list []string }

func (l *listed) add(s string)      { l.list = append(l.list, s) }
func (l *listed) at(i int32) string { return l.list[i] }
func (l *listed) len() int          { return len(l.list) }
func (l *listed) close()            {}
func (l *listed) fresh() texts      { return &listed{} }

// A packed holds copies of strings, without the header and the piece of memory
// that a string has of its own.
type packed struct {
	sheets []sheet          // all full but the last
	open   []byte           // text of the last sheet
	long   map[int32]string // by position; strings too long for a sheet
	count  int
}

// A sheet holds some strings in a row.
type sheet struct {
	text string // when it is full or closed
	ends []uint32
}

// A sheet holds at most sheetSize strings, none longer than longest, so that its
// ends fit 32 bits.
const (
	sheetBits = 12
	sheetSize = 1 << sheetBits
	longest   = 1<<(32-sheetBits) - 1
)

func (p *packed) len() int     { return p.count }
func (p *packed) fresh() texts { return &packed{} }

func (p *packed) add(s string) {
	if p.count%sheetSize == 0 {
		p.close()
		p.open = p.open[:0]
		p.sheets = append(p.sheets, sheet{ends: make([]uint32, 0, sheetSize)})
	}
	if len(s) > longest {
		if p.long == nil {
			p.long = map[int32]string{}
		}
		p.long[int32(p.count)] = strings.Clone(s)
		s = ""
	}
	p.open = append(p.open, s...)
	last := &p.sheets[len(p.sheets)-1]
	last.ends = append(last.ends, uint32(len(p.open)))
	p.count++
}

func (p *packed) close() {
	if n := len(p.sheets); n > 0 {
		p.sheets[n-1].text = string(p.open)
	}
}

func (p *packed) at(i int32) string {
	if p.long != nil {
		if s, ok := p.long[i]; ok {
			return s
		}
	}
	sheet := &p.sheets[i>>sheetBits]
	from, to := sheet.span(i)
	return sheet.text[from:to]
}

// span returns where the string at a position is in its sheet.
func (s *sheet) span(i int32) (from, to uint32) {
	k := i & (sheetSize - 1)
	if k > 0 {
		from = s.ends[k-1]
	}
	return from, s.ends[k]
}
