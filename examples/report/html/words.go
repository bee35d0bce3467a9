package main

import (
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/examples/internal/report"
)

// undefined stands where there is no number. Why, says the note beside it.
const undefined = "undefined"

// printable puts a question mark in the place of what nobody can see, and which
// could turn what follows around: names come from the files of others.
func printable(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, name)
}

// proper writes minus signs as such.
func proper(number string) string { return strings.ReplaceAll(number, "-", "−") }

// percent returns a rate, or that it is undefined.
func percent(r success.Ratio) string {
	if !r.Defined() {
		return undefined
	}
	return report.Percent(r)
}

// share returns a share, or that it is undefined.
func share(f success.Figure) string {
	if !f.Defined() {
		return undefined
	}
	return report.Share(f)
}

// interval returns the limits of an interval, or that they are undefined.
func interval(lower, upper success.Figure) string {
	if !lower.Defined() || !upper.Defined() {
		return undefined
	}
	return report.Interval(lower, upper)
}

// between puts an interval behind a share: (95 % interval 70.6 % to 89.9 %).
func between(lower, upper success.Figure) string {
	if !lower.Defined() || !upper.Defined() {
		return ""
	}
	return " (95 % interval " + report.Interval(lower, upper) + ")"
}

// points returns a difference, or that it is undefined.
func points(e success.Estimate) string {
	if !e.Value.Defined() {
		return undefined
	}
	return report.Points(e)
}

// whole returns an amount without decimal places.
func whole(d decimal.Decimal) string { return report.Amount(d, 0) }

// in puts a currency behind an amount, if there is one.
func in(amount, currency string) string {
	if currency == "" {
		return amount
	}
	return amount + " " + printable(currency)
}

// unit puts a currency in brackets behind a heading, if there is one.
func unit(heading, currency string) string {
	if currency == "" {
		return heading
	}
	return heading + " (" + printable(currency) + ")"
}

// number returns an amount for the axes of a picture.
func number(d decimal.Decimal) float64 { return d.InexactFloat64() }
