// Quote answers: which number do I quote?
//
// Customer success has several figures for almost every question, and each is
// right for one of them. The program shows them side by side for one small
// company that is made up for it; README.md says which question each answers and
// when it misleads.
//
//	go run ./examples/quote
package main

import (
	"fmt"
	"io"
	"os"

	"metrics.internal/success/retention"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "quote:", err)
		os.Exit(1)
	}
}

func run(w io.Writer) error { return show(w, sections()) }

// sections are the figures of the company, in the order of the page.
func sections() []section {
	book := must(companyBook())
	var all []section
	for _, of := range []func(*retention.Book) section{
		bridge, lines, net, gross, churn, growth, ages, won, credits, origins, uncertain, undefined,
	} {
		all = append(all, of(book))
	}
	return all
}

// must returns a value of the made-up company. Its records are written in this
// program, so that an error is a slip in it.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
