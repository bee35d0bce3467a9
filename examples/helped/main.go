// Helped answers: did help change retention, or would they have stayed anyway?
//
// It compares the customers of a sample company that customer success had worked
// with by their ninetieth day with those it had not, crude and within segments,
// then day by day, and says what would have to be true for help to be nothing.
package main

import (
	"fmt"
	"log"

	"metrics.internal/success"
	"metrics.internal/success/cohort/help"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/examples/internal/sample"
	"metrics.internal/success/retention"
)

func main() {
	accounts, asOf, err := customers()
	if err != nil {
		log.Fatal(err)
	}
	if err := compare(accounts, help.Options{AsOf: asOf, Day: 90, Horizon: 365}); err != nil {
		log.Fatal(err)
	}
}

// customers reads the sample company as it was known on a day.
func customers() (accounts []help.Account, asOf success.Date, err error) {
	all, err := folder.Read(sample.Files(), nil)
	if err != nil {
		return nil, asOf, err
	}
	_, asOf = folder.Span(all.Newest(), success.Date{}, success.Date{}, success.Date{})
	known := all.Known(asOf)
	book, err := retention.NewBook(known.Contracts, known.Options(sample.Currency, 0))
	if err != nil {
		return nil, asOf, err
	}
	lifetimes, err := folder.Lifetimes(book, asOf)
	if err != nil {
		return nil, asOf, err
	}
	accounts, _ = known.Helped(lifetimes)
	return accounts, asOf, nil
}

func compare(accounts []help.Account, options help.Options) error {
	r, err := help.Landmark(accounts, options)
	if err != nil {
		return err
	}
	fmt.Printf("helped by day %d: %d accounts, kept a year later %v\n", r.Day, r.Helped.Accounts, r.Helped.Kept)
	fmt.Printf("not helped by then: %d accounts, kept %v\n", r.Unhelped.Accounts, r.Unhelped.Kept)
	fmt.Println("difference", r.Difference, "by", r.Method)
	fmt.Println("within segments", r.Adjusted.Difference)
	for _, w := range r.Warnings {
		fmt.Println("warning:", w)
	}
	days, err := help.StartStop(accounts, options)
	if err != nil {
		return err
	}
	fmt.Println("day by day, with help against without: p =", days.LogRank.P)
	for _, g := range days.LogRank.Groups {
		fmt.Printf("  %s: %.0f left, %.1f expected if help made no difference\n", g.Name, g.Observed, g.Expected)
	}
	fmt.Println("an unmeasured cause would have to raise both help and staying by a factor of", r.EValueKept.Estimate)
	return nil
}
