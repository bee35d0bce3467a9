// Package attribution says which revenue came from where: what service-qualified
// leads brought in, next to every other source.
//
// SQL is a service-qualified lead here, never the query language: somebody who
// serves customers notices a need, plants a flag and hands it to sales.
//
// [NewPipeline] judges leads and deals and says what became of each:
// [Pipeline.Leads] and [Pipeline.Deals] explain every one that is not counted, and
// nothing is dropped in silence. [Pipeline.Table] counts leads, conversion and
// revenue by source, agent, team, product, month or owner of the deal:
//
//	p, err := attribution.NewPipeline(records, attribution.Options{Currency: "EUR", Rates: rates})
//	table, err := p.Table(attribution.Query{Period: success.Quarter(2025, 4), By: attribution.ByAgent, Source: attribution.Service})
//	for _, row := range table.Rows {
//		fmt.Println(row.Key, row.WonLeads, row.Conversion(), row.Money[0].Net)
//	}
//
// What is asked of accounts in several parts, each a pipeline, is merged by
// [Table.Merge], [Sourced.Merge] and [Influenced.Merge]: the same as of all at
// once.
//
// [Pipeline.Target] compares revenue with a goal and [Row.Return] with its cost.
//
// Days and months are those that times have in their own locations. To count by
// the calendar of one place, give all times in its location.
//
// What is [Sourced] adds up to the total: the deal would not exist without its
// lead. What is [Influenced] does not: each key has the full amount of every deal
// it touched. How the worth of a deal is shared among its touches, so that the
// parts add up, is the business of the packages below: credit, journey and split.
package attribution
