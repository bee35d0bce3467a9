package report

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

// Amount returns d with the given places and its thousands apart, −1,499.00.
func Amount(d decimal.Decimal, places int32) string {
	text := d.Abs().StringFixed(places)
	whole, fraction, _ := strings.Cut(text, ".")
	var b strings.Builder
	if d.IsNegative() && strings.Trim(text, "0.") != "" {
		b.WriteString("−")
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	if fraction != "" {
		b.WriteString("." + fraction)
	}
	return b.String()
}

// Signed is like [Amount], with a sign on what is not 0.
func Signed(d decimal.Decimal, places int32) string {
	if d.Round(places).IsPositive() {
		return "+" + Amount(d, places)
	}
	return Amount(d, places)
}

// Percent returns r like 97.5 %, and n/a when it is undefined.
func Percent(r success.Ratio) string {
	v, ok := r.Value(3)
	if !ok {
		return "n/a"
	}
	return strings.Replace(v.Shift(2).StringFixed(1), "-", "−", 1) + " %"
}

// Times returns r like 3.50, and n/a when it is undefined.
func Times(r success.Ratio, places int32) string {
	v, ok := r.Value(places)
	if !ok {
		return "n/a"
	}
	return Amount(v, places)
}

// A scale makes large amounts fit a column.
type scale struct {
	shift int32
	name  string
}

// scaleFor returns the scale in which no amount has more than eight digits.
func scaleFor(amounts ...decimal.Decimal) scale {
	largest := decimal.Decimal{}
	for _, a := range amounts {
		largest = decimal.Max(largest, a.Abs())
	}
	limit := decimal.NewFromInt(100_000_000)
	for _, s := range []scale{{0, ""}, {3, "thousands"}, {6, "millions"}} {
		if largest.Shift(-s.shift).LessThan(limit) {
			return s
		}
	}
	return scale{9, "billions"}
}

func (s scale) amount(d decimal.Decimal) string { return Amount(d.Shift(-s.shift), 0) }

func (s scale) signed(d decimal.Decimal) string { return Signed(d.Shift(-s.shift), 0) }

// in names the scale behind a heading, unless it is the plain one.
func (s scale) in(heading string) string {
	if s.name == "" {
		return heading
	}
	return heading + " (" + s.name + ")"
}

// Plural returns n and the noun, in the plural unless n is 1.
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
