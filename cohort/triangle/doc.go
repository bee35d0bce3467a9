// Package triangle makes retention triangles: accounts in rows by when they
// began, and in columns how many of them, or how much of their revenue, is there
// so many periods later.
//
//	t, err := triangle.FromBook(book, triangle.Options{AsOf: today})
//	for _, row := range t.Rows {
//		fmt.Println(row.Start, row.Size, row.Cells)
//	}
//	fmt.Println(t.Columns[3].Pooled) // share kept after the third period
//
// [FromBook] and [FromHistories] follow revenue, [FromEvents] follows what
// accounts did.
//
// # Rows
//
// A row is a cohort: the accounts that began in one calendar period, the first
// ever in which they did by default, whatever they do later. An account that
// comes back comes back to its row. Every period from the first row to AsOf has
// a row, with or without accounts.
//
// # Columns
//
// Column k of revenue is the state at the close of period k, the period in which
// the account began being 0. So column 0 of customers may be below 1, some left
// within their first period, and column 0 of revenue is 1. Column k of events is
// whether the account was active in period k. Periods are those of the calendar,
// or elapsed ones that run from each account's own start: its anniversaries are
// counted from the start, so that January 31 has them on February 28, March 31
// and so on.
//
// # Completeness
//
// A cell counts only the accounts whose period k has ended by AsOf. It is
// complete when that is all of them. Cells that are not would flatter or shame
// the newest cohorts, and never enter an average.
package triangle
