package health

import "slices"

// Unknown is the band of a score for which too little is known.
const Unknown = "Unknown"

// A Scorecard is a checked [Definition]. It never changes, and is safe to use
// from many goroutines at once.
type Scorecard struct {
	version  string
	scale    Scale
	combiner Combiner
	groups   []group
	measures []measure
	index    map[string]int // of measures
	sections []section      // of the means, of coverage and bounds
	vast     bool           // sums over sections may not fit 128 bits
	narrow   bool           // they fit 64 bits
	needed   []int          // measures that are required
	bands    bands
	least    int64 // coverage
	rules    []rule
	leave    leave
}

// A group is a checked [Group].
type group struct {
	name     string
	weight   int64
	cap      int64
	from, to int // its measures
}

// A measure is a checked [Measure].
type measure struct {
	name        string
	group       int
	weight      int64
	shape       shape
	missing     Policy
	stale, drop int
}

// New returns the scorecard of a definition. Errors, all of them, are
//
//   - [success.ErrMissing]: no version, groups, measures or bands, an empty name,
//     no curve, a curve without its numbers, a cut without an owner
//   - [success.ErrNegative] and [success.ErrRange]: a number outside what its
//     field says or with more than six decimals; weights that are all 0, over the
//     groups or within one; weights, of groups or within one, that add up to more
//     than 2³⁶ times their greatest common factor; bands with a gap or an overlap;
//     fields that the curve or the combiner does not use; more than 512 measures
//     or 100 bands
//   - [success.ErrDuplicate]: two groups, measures, bands or exceptions of one name
//   - [success.ErrUnknown]: a word that is none of the constants, a measure or a
//     band that an exception names and the definition has not
//   - [success.ErrOrder]: knots, bands or limits that do not ascend, a curve that
//     turns against its direction, a measure of the other scale
func New(d Definition) (*Scorecard, error) {
	b := builder{def: &d, card: &Scorecard{version: d.Version, scale: d.Scale, combiner: d.Combine, index: map[string]int{}}}
	b.head()
	b.groups()
	b.bands()
	b.exceptions()
	b.hysteresis()
	if b.faults.Count == 0 {
		b.weigh()
	}
	if err := b.faults.Err(); err != nil {
		return nil, err
	}
	return b.card, nil
}

// Version returns the version of the definition.
func (c *Scorecard) Version() string { return c.version }

// Scale returns what high points mean.
func (c *Scorecard) Scale() Scale { return c.scale }

// Bands returns the names of the bands from 0 to 100 points.
func (c *Scorecard) Bands() []string { return slices.Clone(c.bands.names) }

// Measures returns the names of the measures in the order of the definition.
func (c *Scorecard) Measures() []string {
	names := make([]string, len(c.measures))
	for i := range c.measures {
		names[i] = c.measures[i].name
	}
	return names
}

// Band returns the band in which a score lies, and [Unknown] when it is
// undefined. It is the plain band: neither coverage nor what was before counts.
func (c *Scorecard) Band(s Score) string {
	p, ok := s.Points()
	if !ok {
		return Unknown
	}
	return c.bands.names[c.bands.of(int64(p))]
}

// ends returns the worst and the best points of a scale.
func (s Scale) ends() (worst, best int64) {
	if s == Risk {
		return highest, 0
	}
	return 0, highest
}

// bands are stretches of points, from 0 to 100.
type bands struct {
	names []string
	cuts  []int64 // between them
	first []int64 // the lowest millionths of each but the first
}

// of returns the band of points.
func (b *bands) of(points int64) int {
	i := 0
	for _, first := range b.first {
		if points >= first {
			i++
		}
	}
	return i
}

// best returns the best points of a band other than the best one.
func (b *bands) best(i int, s Scale) int64 {
	if s == Risk {
		return b.first[i-1]
	}
	return b.first[i] - 1
}

// worse reports whether band i is a worse one than j.
func (s Scale) worse(i, j int) bool {
	if s == Risk {
		return i > j
	}
	return i < j
}
