// Package journey learns from the journeys of customers, won and lost, what each
// key on the way is worth: a channel, a campaign, an agent, a kind of service.
//
//	book, err := journey.New(paths)
//	credit, err := book.Markov(1)
//	for _, p := range credit.Parts {
//		fmt.Println(p.Key, p.Effect, p.Won, p.Revenue)
//	}
//
// A [Path] is a sequence of keys with how many journeys took it and what came of
// them, so that a million journeys over few paths cost no more than the paths.
// Only closed journeys belong in it. Journeys that met no key teach nothing: they
// are counted by [Book.Untouched] and by nothing else.
//
// Three models learn from a [Book], and each gives a [Credit], which adds up to
// what was won:
//
//   - [Book.Markov] fits a Markov chain to the paths, removes each key from it and
//     asks how many wins would be lost.
//   - [Book.Shapley] shares the wins of every path equally among its keys, which
//     is the Shapley value of the game in which a set of keys is worth the wins of
//     the paths it contains.
//   - [Book.RateShapley] is the Shapley value of the game in which a set of keys
//     is worth the rate at which the paths it contains are won. It is the only one
//     of the three in which a key can be worth less than nothing.
//
// [Values] is the Shapley value of any game of up to [MaxPlayers] keys.
//
// None of this is an experiment. A key that is met by those who would have bought
// anyway earns credit here.
//
// Keys may be any text, the empty one and words such as "(start)" included: inside
// there are only numbers. No result depends on the order of the paths, on how
// equal paths are counted together, or on a key that follows itself.
package journey
