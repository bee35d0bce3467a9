// Package credit shares the worth of deals among the touches before them, by one
// model or several side by side.
//
//	book, err := credit.NewBook(credit.Records{Deals: deals, Touches: touches}, credit.Options{})
//	splits, err := book.Split(credit.Last(), credit.Linear(), credit.Markov(1))
//	fmt.Println(splits[1].Totals[0].Keys) // what each channel brought in
//
// A [Book] finds the touches of every deal: those of its account up to the close,
// within a window and of the kinds that count, in order. A [Model] weighs them.
// [Book.Split] shares the money by these weights and adds up what each key gets,
// so that attributed and unattributed are the total of every currency, to the
// last unit; [Split.Deal] shows how a deal was shared. For millions of deals a
// [Tally] adds up one at a time and keeps none, and [Columns] do without records.
//
// No model knows what caused a deal. They are conventions, of which some are
// learned from who bought and who did not: which is why they belong side by side.
//
// A model has two outputs, which differ. [Book.Split] shares each deal by itself.
// [Model.Credit] shares the total over paths, as papers and other programs do; for
// models that are learned it is the total in proportion to the effects of keys,
// whoever was touched by them.
package credit
