// Package advocacy measures what customers who speak for us bring: the customers
// they refer and what those buy, the reviews they write and how many of these
// speak of service, the references they give to others who are about to buy.
//
//	report, err := advocacy.Measure(records, advocacy.Options{})
//	for _, total := range report.Revenue {
//		fmt.Println(total.Currency, total.Sourced.Net, total.Share) // EUR 48000 12.5%
//	}
//
// A referral is one of somebody who is no customer yet, by another account; the
// first of several is accepted, and every won deal that is opened by the referred
// account from then on is [Sourced]: it would not exist without the referral, and
// no deal is counted twice. Sourced and other revenue add up to all of it. A deal
// for which customers gave references is [Influenced], with its full amount,
// whether or not it is sourced as well; the two are different types, since they
// must not be added.
//
// Reports on accounts in parts are merged by [Report.Merge].
//
// What was done for an advocate before a referral, a review or a reference stands
// beside it: the service interactions in the days before. That they came before
// does not say that they are the reason.
package advocacy
