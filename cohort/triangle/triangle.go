package triangle

import (
	"metrics.internal/success"
)

// A Triangle is retention by row and column.
type Triangle struct {
	Rows    []Row    // one for every period from the first to AsOf, or of the window
	Columns []Column // averages over the rows, by column
	Empty   int      // rows without accounts
	Revenue bool     // whether cells have net and gross revenue
}

// A Row is the accounts that began in one period.
type Row struct {
	Start success.Date // first day of the period
	Size  int          // accounts
	Cells []Cell       // by column, as far as a period has begun by AsOf
}

// A Cell is what is left of a row after a number of periods.
type Cell struct {
	Size     int              // accounts of the row
	Eligible int              // of them, those whose period has ended by AsOf
	Retained int              // of the eligible, those that are customers at its close, or were active in it
	SoFar    int              // the same with those whose period has not ended, as of AsOf
	Complete bool             // the period has ended for all
	Edge     bool             // the last complete column of its row; with Options.OrAfter nothing later could have been seen
	Share    success.Estimate // Retained/Eligible with its Wilson interval; none for Recurring, where accounts count many times
	Net      success.Ratio    // revenue of the eligible at the close of the period, to that at the close of period 0
	Gross    success.Ratio    // the same, each account counting at most what it paid at the close of period 0
}

// A Column is the averages of one column over the rows in which it is complete
// and has accounts.
type Column struct {
	Rows  int              // rows averaged
	Logo  Average          // of the accounts
	Net   Average          // of the revenue
	Gross Average          // of the revenue, at most what each account began with
	Share success.Estimate // of the accounts, pooled, with its Wilson interval; none for Recurring
}

// An Average is taken in two ways, which differ when rows differ in size.
type Average struct {
	Pooled success.Ratio  // Σ retained/Σ eligible: every account weighs the same
	Simple success.Figure // mean of the rates of the rows: every row weighs the same
}
