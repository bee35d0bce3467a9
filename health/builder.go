package health

import (
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// How many measures and bands a scorecard may have.
const (
	maxMeasures = 512
	mostBands   = 100
)

// A builder checks a definition and makes a scorecard of it.
type builder struct {
	def    *Definition
	card   *Scorecard
	faults success.Errors
}

func (b *builder) add(record string, index int, field, value string, err error) {
	b.faults.Add(&success.InputError{Record: record, Index: index, Field: field, Value: value, Err: err})
}

// number reads a number of the definition.
func (b *builder) number(record string, index int, field string, d decimal.Decimal, least, most int64) int64 {
	micros, err := within(d, least, most)
	if err != nil {
		b.add(record, index, field, exact.Show(d), err)
	}
	return micros
}

// name checks that a name is there, and new.
func (b *builder) name(record string, index int, field, name string, seen map[string]bool) {
	if name == "" {
		b.add(record, index, field, "", success.ErrMissing)
	} else if seen[name] {
		b.add(record, index, field, name, success.ErrDuplicate)
	}
	seen[name] = true
}

// known checks that a value of an enumeration is one of its constants.
func (b *builder) known(record string, index int, field string, value uint8, words []string) bool {
	if int(value) < len(words) {
		return true
	}
	b.add(record, index, field, strconv.Itoa(int(value)), success.ErrUnknown)
	return false
}

func (b *builder) head() {
	d := b.def
	if d.Version == "" {
		b.add("definition", -1, "Version", "", success.ErrMissing)
	}
	if b.known("definition", -1, "Scale", uint8(d.Scale), scales()) && d.Scale == Risk && d.Combine == Deductions {
		b.add("definition", -1, "Combine", d.Combine.String(), fault.New(success.ErrOrder, "is for the health scale only"))
	}
	b.known("definition", -1, "Combine", uint8(d.Combine), combiners())
	b.card.least = b.number("definition", -1, "MinCoverage", d.MinCoverage, 0, one)
	if len(d.Groups) == 0 {
		b.add("definition", -1, "Groups", "", success.ErrMissing)
	}
	measures := 0
	for _, g := range d.Groups {
		measures += len(g.Measures)
	}
	if measures > maxMeasures {
		b.add("definition", -1, "Groups", strconv.Itoa(measures), fault.New(success.ErrRange, "are more than %d measures", maxMeasures))
	}
	if len(d.Bands) == 0 {
		b.add("definition", -1, "Bands", "", success.ErrMissing)
	} else if len(d.Bands) > mostBands {
		b.add("definition", -1, "Bands", strconv.Itoa(len(d.Bands)), fault.New(success.ErrRange, "are more than %d", mostBands))
	}
}

func (b *builder) hysteresis() {
	h := &b.def.Hysteresis
	b.card.leave = leave{readings: h.Readings, days: h.Days}
	b.card.leave.margin = b.number("hysteresis", -1, "Margin", h.Margin, 0, highest)
	b.whole("hysteresis", -1, "Readings", h.Readings)
	b.whole("hysteresis", -1, "Days", h.Days)
	if h.Readings > 0 && h.Days > 0 {
		b.add("hysteresis", -1, "Days", strconv.Itoa(h.Days), fault.New(success.ErrRange, "cannot be set together with Readings"))
	}
}

// whole checks a number that may not be negative.
func (b *builder) whole(record string, index int, field string, n int) {
	if n < 0 {
		b.add(record, index, field, strconv.Itoa(n), success.ErrNegative)
	}
}

func (b *builder) bands() {
	seen := map[string]bool{}
	end := int64(0)
	last := len(b.def.Bands) - 1
	for i, band := range b.def.Bands {
		b.name("band", i, "Name", band.Name, seen)
		if band.Name == Unknown {
			b.add("band", i, "Name", band.Name, fault.New(success.ErrRange, "is the name for too little known"))
		}
		from := b.number("band", i, "From", band.From, 0, highest)
		to := b.number("band", i, "To", band.To, 0, highest)
		switch {
		case from > end:
			b.add("band", i, "From", band.From.String(), fault.New(success.ErrRange, "leaves a gap after %s", exact.Decimal(end)))
		case from < end:
			b.add("band", i, "From", band.From.String(), fault.New(success.ErrRange, "overlaps the band up to %s", exact.Decimal(end)))
		}
		if to <= from {
			b.add("band", i, "To", band.To.String(), fault.New(success.ErrOrder, "is not after From %s", band.From))
		} else if i == last && to != highest {
			b.add("band", i, "To", band.To.String(), fault.New(success.ErrRange, "leaves a gap up to 100"))
		}
		end = max(end, to)
		b.cut(i, band.Cut, to, i == last)
		b.card.bands.names = append(b.card.bands.names, band.Name)
	}
}

// cut checks who owns the cut above a band.
func (b *builder) cut(i int, owner CutOwner, at int64, last bool) {
	switch {
	case !b.known("band", i, "Cut", uint8(owner), cutOwners()):
	case last && owner != CutUnstated:
		b.add("band", i, "Cut", owner.String(), fault.New(success.ErrRange, "is stated for the last band"))
	case !last && owner == CutUnstated:
		b.add("band", i, "Cut", "", success.ErrMissing)
	case !last:
		first := at
		if owner == BandBelow {
			first++
		}
		b.card.bands.cuts = append(b.card.bands.cuts, at)
		b.card.bands.first = append(b.card.bands.first, first)
	}
}

func (b *builder) exceptions() {
	seen := map[string]bool{}
	for i, e := range b.def.Exceptions {
		b.name("exception", i, "Name", e.Name, seen)
		m, ok := b.card.index[e.Measure]
		if !ok {
			b.add("exception", i, "Measure", e.Measure, success.ErrUnknown)
		}
		b.card.rules = append(b.card.rules, rule{
			name: e.Name, measure: m, severe: e.Severe, when: b.worseBand(i, "When", e.When), most: b.worseBand(i, "AtMost", e.AtMost),
		})
	}
}

// worseBand finds a band that is not the best one.
func (b *builder) worseBand(i int, field, name string) int {
	for n := range b.def.Bands {
		if b.def.Bands[n].Name != name {
			continue
		}
		if best := b.best(); n == best {
			b.add("exception", i, field, name, fault.New(success.ErrRange, "is the best band"))
		}
		return n
	}
	b.add("exception", i, field, name, success.ErrUnknown)
	return 0
}

// best returns the position of the best band.
func (b *builder) best() int {
	if b.def.Scale == Risk {
		return 0
	}
	return len(b.def.Bands) - 1
}
