package credit

import (
	"cmp"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/journey"
	"metrics.internal/success/internal/fault"
)

// Credit returns the aggregate credit of keys over paths: what papers and other
// programs call the result of a model. It is not the sum over deals of
// [Book.Split], which for models that are learned differs.
//
// Of models that are learned it is what package journey returns, the total in
// proportion to the effects of keys. Of all others it is, for every key,
//
//	Σ won × weight of the touches with the key
//
// over paths, as Effect, Won and, but for [Custom] models, Exact, and the same of
// revenue, rounded to millionths once, by the largest remainder, equal ones by
// key; of Custom models the revenue of each path is. Runs of a key are not
// collapsed. Paths without keys have no say, and an empty key is [attribution.NoKey],
// as it is of touches.
//
// Errors are those of [journey.New], a model that is not in order, one that needs
// times or kinds ([TimeDecay], [Milestones], [LastNon]), which paths do not have,
// nothing won ([success.ErrMissing]), and, of models that are learned, those of the
// same name in package journey, such as more than 20 keys.
//
// Models that need nothing but the order of touches do not look at lost paths,
// whose keys get 0.
func (m Model) Credit(paths []journey.Path) (*journey.Credit, error) {
	var faults success.Errors
	m.check(-1, &faults)
	m.checkPaths(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	paths = named(paths)
	book, err := journey.New(paths)
	if err != nil {
		return nil, err
	}
	if m.learned() {
		return m.learn(book)
	}
	if book.Won() == 0 {
		faults.Add(&success.InputError{Record: "paths", Index: -1, Field: "Won", Err: fault.New(success.ErrMissing, "is 0 on every path with a key")})
		return nil, faults.Err()
	}
	c := newCount(book)
	c.scale.Model = &m
	if i, ok := slices.BinarySearch(c.keys, m.but); ok {
		c.scale.but = int32(i)
	}
	for i := range paths {
		if p := &paths[i]; p.Won > 0 && len(p.Keys) > 0 {
			c.add(p, i, &faults)
		}
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return c.credit(book), nil
}

// named returns paths with [attribution.NoKey] for empty keys.
func named(paths []journey.Path) []journey.Path {
	unnamed := func(p journey.Path) bool { return slices.Contains(p.Keys, "") }
	if !slices.ContainsFunc(paths, unnamed) {
		return paths
	}
	paths = slices.Clone(paths)
	for i := range paths {
		keys := slices.Clone(paths[i].Keys)
		for k := range keys {
			keys[k] = cmp.Or(keys[k], attribution.NoKey)
		}
		paths[i].Keys = keys
	}
	return paths
}

// checkPaths adds what keeps the model from being used on paths.
func (m *Model) checkPaths(faults *success.Errors) {
	needs := map[rule][2]string{decay: {"TimeDecay", "times"}, milestones: {"Milestones", "times"}, lastNon: {"LastNon", "kinds"}}
	if need, ok := needs[m.rule]; ok {
		faults.Add(m.fault(-1, need[0], m.name, fault.New(success.ErrMissing, "needs %s, which paths do not have", need[1])))
	}
}
