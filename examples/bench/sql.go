package main

import (
	"fmt"
	"strings"

	"metrics.internal/success"
)

// The table, in the types that each database does this best with: cents where there
// are no exact numbers.
const (
	createSQLite   = "CREATE TABLE %s (id TEXT, account TEXT, starts TEXT, ends TEXT, price INTEGER, months INTEGER)"
	createPostgres = "CREATE TABLE %s (id TEXT, account TEXT, starts DATE, ends DATE, price NUMERIC(12,2), months INTEGER)"
)

// A dialect is what differs between databases.
type dialect struct {
	table string
	date  string // before the text of a day
	times string // how many times a year the price is paid
	scale int32  // digits behind the point of a unit of price
}

// sum is what an account pays at the close of the day before one.
func (d dialect) sum(day string) string {
	return fmt.Sprintf("SUM(CASE WHEN starts < %s AND (ends IS NULL OR ends >= %[1]s) THEN price * %s ELSE 0 END)", day, d.times)
}

// totals are the figures, of o at the opening and c at the close of each account,
// and whether it has ever paid before.
const totals = `CAST(SUM(o) AS TEXT),
	CAST(SUM(CASE WHEN o = 0 AND NOT paid THEN c ELSE 0 END) AS TEXT),
	CAST(SUM(CASE WHEN o = 0 AND paid THEN c ELSE 0 END) AS TEXT),
	CAST(SUM(CASE WHEN o > 0 AND c > o THEN c - o ELSE 0 END) AS TEXT),
	CAST(SUM(CASE WHEN c > 0 AND c < o THEN o - c ELSE 0 END) AS TEXT),
	CAST(SUM(CASE WHEN c = 0 THEN o ELSE 0 END) AS TEXT),
	CAST(SUM(c) AS TEXT),
	CAST(SUM(CASE WHEN c < o THEN c ELSE o END) AS TEXT)`

func (d dialect) day(day success.Date) string { return d.date + "'" + day.String() + "'" }

// query asks for the figures of periods, a row for each.
func (d dialect) query(periods []success.Period) string {
	if len(periods) == 1 {
		from, to := d.day(periods[0].From), d.day(periods[0].To)
		return fmt.Sprintf("SELECT %s FROM (SELECT %s AS o, %s AS c, MIN(starts) < %s AS paid FROM %s GROUP BY account) AS accounts",
			totals, d.sum(from), d.sum(to), from, d.table)
	}
	rows := make([]string, len(periods))
	for i, p := range periods {
		rows[i] = fmt.Sprintf("(%d, %s, %s)", i, d.day(p.From), d.day(p.To))
	}
	return fmt.Sprintf(`WITH periods (i, f, t) AS (VALUES %s)
SELECT %s FROM (
	SELECT i, %s AS o, %s AS c, MIN(starts) < f AS paid
	FROM periods JOIN %s ON starts < t GROUP BY i, f, account
) AS accounts GROUP BY i ORDER BY i`, strings.Join(rows, ", "), totals, d.sum("f"), d.sum("t"), d.table)
}
