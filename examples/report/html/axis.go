package main

import (
	"math"
	"strconv"

	"github.com/shopspring/decimal"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
)

// ticks are few enough to be read, with names.
type ticks struct {
	most int
	name func(float64) string
}

// Ticks returns at most so many marks at round numbers.
func (t ticks) Ticks(low, high float64) []plot.Tick {
	step := roundStep((high - low) / float64(t.most))
	var marks []plot.Tick
	for i := math.Ceil(low / step); i*step <= high+step*1e-9 && len(marks) <= t.most; i++ {
		marks = append(marks, plot.Tick{Value: i * step, Label: t.name(i * step)})
	}
	return marks
}

// roundStep returns the smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is
// not below a number.
func roundStep(least float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, times := range []float64{1, 2, 2.5, 5} {
		if times*power >= least*(1-1e-9) {
			return times * power
		}
	}
	return 10 * power
}

// most returns how many numbers an axis along the width has room for.
func (p *picture) most() int { return int(p.Width) / 70 }

// rulesX names the numbers along the bottom, with a line up from each.
func (p *picture) rulesX(low, high float64, name func(float64) string) {
	p.X.Min, p.X.Max = low, high
	t := ticks{p.most(), name}
	p.X.Tick.Marker = t
	for _, mark := range t.Ticks(low, high) {
		p.line(plotter.XYs{{X: mark.Value, Y: p.Y.Min}, {X: mark.Value, Y: p.Y.Max}}, grid, 1)
	}
}

// rulesY names the numbers along the left, with a line from each.
func (p *picture) rulesY(low, high float64, name func(float64) string) {
	p.Y.Min, p.Y.Max = low, high
	t := ticks{5, name}
	p.Y.Tick.Marker = t
	for _, mark := range t.Ticks(low, high) {
		p.line(plotter.XYs{{X: p.X.Min, Y: mark.Value}, {X: p.X.Max, Y: mark.Value}}, grid, 1)
	}
}

// rows makes room for so many rows, the first on top, and names them. Row i is at
// len(names) − 1 − i.
func (p *picture) rows(names []string) {
	p.Y.Min, p.Y.Max = -0.5, float64(len(names))-0.5
	var marks plot.ConstantTicks
	for i, name := range names {
		marks = append(marks, plot.Tick{Value: float64(len(names) - 1 - i), Label: p.fit(name)})
	}
	p.Y.Tick.Marker, p.Y.Tick.Length, p.Y.LineStyle.Width = marks, 0, 0
	p.Y.Padding = 6
}

// fit cuts a name to the part of the width that names may take.
func (p *picture) fit(name string) string {
	most := p.Width * 0.36
	if p.width(name) <= most {
		return name
	}
	letters := []rune(name)
	for len(letters) > 1 && p.width(string(letters)+"…") > most {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

// width is that of words, in CSS pixels.
func (p *picture) width(words string) float64 { return p.Y.Tick.Label.Width(words).Points() }

// amount writes an amount, in few characters where there is little room for many.
func (p *picture) amount(d decimal.Decimal) string {
	words := whole(d)
	if p.Class == narrow.Class && len(words) > len("1,000,000") {
		return short(number(d))
	}
	return words
}

// short names an amount in few characters: 950, 12k, 3.5M.
func short(v float64) string {
	for _, unit := range []struct {
		size float64
		name string
	}{{1e12, "T"}, {1e9, "B"}, {1e6, "M"}, {1e3, "k"}} {
		if math.Abs(v) >= unit.size {
			return digits(v/unit.size) + unit.name
		}
	}
	return digits(v)
}

func digits(v float64) string {
	return proper(strconv.FormatFloat(v+0, 'g', 4, 64)) // 0 and −0 are one
}

// hundredths names a share: 85 %.
func hundredths(v float64) string { return digits(100*v) + " %" }
