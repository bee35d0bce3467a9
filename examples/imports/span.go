package imports

import (
	"fmt"
	"math"

	"metrics.internal/success"
)

// never is later than any day.
const never = math.MaxInt

// A span is the days [from, to), by number, of the life of a subscription.
type span struct {
	from, to int
	free     string // why it is free: "trial", "pause"; empty when it is paid
}

// until is the number of a day that ends something, never for none.
func until(d success.Date) int {
	if d.IsZero() {
		return never
	}
	return d.Ordinal()
}

// endOf is the inverse of until.
func endOf(day int) success.Date {
	if day == never {
		return success.Date{}
	}
	return success.FromOrdinal(day)
}

// life is what is paid from one day to another, nothing when that is not later.
func life(from, to int) []span { return add(nil, span{from, to, ""}) }

func add(all []span, s span) []span {
	if s.from < s.to {
		all = append(all, s)
	}
	return all
}

// carve takes the days [from, to) out of what is paid; they are free, or not
// there at all when free is empty.
func carve(all []span, from, to int, free string) (left []span) {
	if from >= to {
		return all
	}
	for _, s := range all {
		if s.free != "" {
			left = append(left, s)
			continue
		}
		left = add(left, span{s.from, min(s.to, from), ""})
		if free != "" {
			left = add(left, span{max(s.from, from), min(s.to, to), free})
		}
		left = add(left, span{max(s.from, to), s.to, ""})
	}
	return left
}

// contractIDs names the contracts of spans: the first that is paid as given, the
// others after what they are.
func contractIDs(id string, spans []span) []success.ContractID {
	ids := make([]success.ContractID, len(spans))
	count := map[string]int{}
	for i, s := range spans {
		count[s.free]++
		name := id
		if s.free != "" {
			name += "/" + s.free
		}
		if n := count[s.free]; n > 1 {
			name += fmt.Sprintf("/%d", n)
		}
		ids[i] = success.ContractID(name)
	}
	return ids
}
