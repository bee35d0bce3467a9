// Package retention measures recurring revenue over time: how much of it
// stays, grows, shrinks, leaves and comes back.
//
// [NewBook] turns contracts into a [Book]; [Book.Between] compares two days of
// it and returns a [Movement], from which every rate follows:
//
//	book, err := retention.NewBook(contracts, retention.Options{})
//	year, err := book.Between(success.Year(2025))
//	fmt.Println(year.NRR(), year.GRR()) // 104.2% 91%
//
// Contracts need not be held: [StreamBook] takes them as they come, as from the rows
// of a database, and a [Builder] in parts. With [Options].Workers several goroutines
// answer a question, with the same digits.
//
// # Recurring revenue
//
// A contract is active on the days from its Start up to, but not including, its
// End. Its annual rate is Price × Quantity × 12/months, × 52/weeks or
// × 365/days, rounded half to even to a millionth of the currency unit, once,
// when the book is built. Everything after that is exact. ARR is the sum of the
// annual rates of the active contracts; MRR is ARR/12, divided on the way out.
//
// A customer on a day is an account whose revenue that day is above 0. An
// account with an active contract and no revenue is free: it is counted apart
// and never in a base. Contracts of one account that overlap add up. Credits
// are contracts with a negative price; they may bring an account to 0 on a day,
// never below.
//
// # Successors
//
// A contract that names another in Renews succeeds it. If no contract does,
// contracts of the same account and product are paired: in order of (End, ID),
// each takes the first by (Start, ID) that names no other, is not taken, starts
// later than it and starts within [End − Early, End + Grace]. Credits and free
// contracts are not paired. A contract with successors ends at the earliest of
// their Starts when that is before its own End, so that an early renewal does
// not count twice, and runs on until it when that is at most Grace days after
// its End.
//
// # Constant currency
//
// Both ends of a period are converted at the rates of its first day. The
// difference to the closing at the rates of day To is a movement of its own, FX,
// so that exchange rates never look like expansion, and the closing of one
// period is the opening of the next.
//
// # Movements
//
// A period [From, To) opens with the state at the close of the day before From
// and closes with that of the day before To. With o and c an account's revenue
// then:
//
//	o = 0, c > 0, never paid before From   New            c
//	o = 0, c > 0, paid on some day before  Reactivation   c
//	o > 0, c = 0                           Churn          o
//	o > 0, c > o                           Expansion      c − o
//	o > 0, 0 < c < o                       Contraction    o − c
//
//	Opening + New + Reactivation + Expansion − Contraction − Churn + FX = Closing
//
// holds exactly for every account, cut and portfolio. What goes up and down
// within the period nets out, and an account won and lost within it appears
// nowhere except in [Book.Events]. Openings, closings and the net of all
// movements chain from period to period. New, expansion, churn, FX and the rates
// of a year are not sums or products of those of its months.
package retention
