package attribution

import (
	"cmp"
	"slices"
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/word"
)

// A Cut says by what a [Table] is divided.
type Cut uint8

// The cuts. By the source, agent or team of the lead, deals that are attributed
// to none are in a row of their own, [Unattributed]. By the product or owner of
// the deal, a lead counts once for each that it has deals of, and one without a
// deal, and a merged one, for [NoKey].
//
// Who sold is the owner, who found the need is the agent: the sales agents of an
// export of deals, such as from a CRM, are owners. Where each of its deals is to
// have a lead of its own, [Options.DuplicateDays] below 0 keeps them apart.
const (
	Whole     Cut = iota // not divided: one row, if any
	BySource             // in the order of the constants of Source
	ByAgent              // who submitted the lead; for who owns the deal see [ByOwner]
	ByTeam               // the team of that agent
	ByProduct            // of the deal
	ByMonth              // like 2006-01: of submission for leads, of closing for deals
	ByOwner              // of the deal, attributed or not
)

func cuts() []string {
	return []string{"whole", "source", "agent", "team", "product", "month", "owner"}
}

// String returns the cut in a word.
func (c Cut) String() string { return word.Of(cuts(), uint8(c)) }

// MarshalText returns what [Cut.String] returns; a value that is none of the
// constants is an error.
func (c Cut) MarshalText() ([]byte, error) { return word.Marshal(cuts(), uint8(c)) }

// UnmarshalText reads what [Cut.MarshalText] writes.
func (c *Cut) UnmarshalText(text []byte) error { return word.Read(cuts(), text, c) }

// A Query says what to count.
type Query struct {
	// Period is when: a lead belongs to that of its submission, a deal to that
	// of its closing, and to that of its opening while it is open.
	// Times have the day and month that they have in their own locations.
	Period success.Period `json:"period"`

	By Cut `json:"by"` // into which rows

	// Source is that of the leads, and of the deals attributed to them, that
	// count; [SourceUnknown] is everything.
	Source Source `json:"source,omitzero"`
}

// check returns what keeps q from being answered.
func (q Query) check() *success.Errors {
	var faults success.Errors
	if found, ok := q.Period.Validate().(*success.Errors); ok {
		faults.Merge(found)
	}
	d := doorOf("query", -1, &faults)
	if q.By > ByOwner {
		d.Add("By", strconv.Itoa(int(q.By)), success.ErrUnknown)
	}
	if q.Source > Other {
		d.Add("Source", strconv.Itoa(int(q.Source)), success.ErrUnknown)
	}
	return &faults
}

// A Table is the answer to a [Query].
type Table struct {
	Query Query        `json:"query"`
	AsOf  success.Date `json:"as_of,omitzero"` // day from which on nothing is known

	// Rows are in order of their keys, [Unattributed] last. There is one for
	// every key that a lead or deal has, and none for others, such as a month in
	// which nothing happened.
	Rows []Row `json:"rows"`

	// Total is everything at once. Its amounts and deals are those of the rows
	// together, digit for digit, and so are its leads unless the cut is by
	// product or owner.
	Total Row `json:"total"`
}

// Table answers q. It returns [success.Errors] for a period that is not valid and
// a cut or source that is none of the constants ([success.ErrUnknown]).
func (p *Pipeline) Table(q Query) (Table, error) {
	if err := q.check().Err(); err != nil {
		return Table{}, err
	}
	c := counter{Pipeline: p, query: q, rows: map[string]*tally{}, total: p.tally()}
	for i := range p.leads {
		if l := &p.leads[i]; q.Period.Contains(l.day) && (q.Source == SourceUnknown || l.Source == q.Source) {
			c.addLead(l)
		}
	}
	for i := range p.deals {
		if d := &p.deals[i]; q.Period.Contains(d.day) && p.of(d, q.Source) {
			key := c.dealKey(d)
			c.total.addDeal(d)
			c.row(key).addDeal(d)
		}
	}
	return c.table(), nil
}

// of reports whether a deal counts for a source.
func (p *Pipeline) of(d *deal, source Source) bool {
	return source == SourceUnknown || d.lead >= 0 && p.leads[d.lead].Source == source
}

// A counter counts what a query asks for.
type counter struct {
	*Pipeline
	query Query
	rows  map[string]*tally
	total *tally
}

func (c *counter) row(key string) *tally {
	t := c.rows[key]
	if t == nil {
		t = c.tally()
		c.rows[key] = t
	}
	return t
}

func (c *counter) addLead(l *lead) {
	c.total.addLead(l, c.fate(l, l.deals))
	if !c.query.By.ofDeals() {
		c.row(c.leadKey(l)).addLead(l, c.fate(l, l.deals))
		return
	}
	parts := map[string][]int32{}
	for _, d := range l.deals {
		key := c.dealKey(&c.deals[d])
		parts[key] = append(parts[key], d)
	}
	if len(parts) == 0 {
		parts[NoKey] = nil
	}
	for key, deals := range parts {
		c.row(key).addLead(l, c.fate(l, deals))
	}
}

// ofDeals reports whether c is by what deals have and leads do not.
func (c Cut) ofDeals() bool { return c == ByProduct || c == ByOwner }

// leadKey returns the row of a lead by a cut that is not of deals.
func (c *counter) leadKey(l *lead) string {
	switch c.query.By {
	case BySource:
		return l.Source.String()
	case ByAgent:
		return orNone(l.Agent)
	case ByTeam:
		return c.team(l.Agent)
	case ByMonth:
		return month(l.day)
	}
	return ""
}

func (c *counter) dealKey(d *deal) string {
	switch c.query.By {
	case Whole:
		return ""
	case ByProduct:
		return orNone(d.Product)
	case ByOwner:
		return orNone(d.Owner)
	case ByMonth:
		return month(d.day)
	}
	if d.lead < 0 {
		return Unattributed
	}
	return c.leadKey(&c.leads[d.lead])
}

func month(d success.Date) string { return d.String()[:len("2006-01")] }

// table returns the rows in order.
func (c *counter) table() Table {
	keys := keysInOrder(c.rows)
	slices.SortStableFunc(keys, func(a, b string) int { return cmp.Compare(c.query.By.rank(a), c.query.By.rank(b)) })
	t := Table{Query: c.query, AsOf: c.asOf, Total: c.total.row(c.Pipeline, "")}
	for _, key := range keys {
		t.Rows = append(t.Rows, c.rows[key].row(c.Pipeline, key))
	}
	return t
}

// rank puts sources into the order of their constants, and the unattributed
// behind everything.
func (c Cut) rank(key string) int {
	switch {
	case key == Unattributed:
		return len(sources())
	case c == BySource:
		return slices.Index(sources(), key)
	}
	return 0
}
