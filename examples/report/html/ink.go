package main

import (
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strconv"

	"gonum.org/v1/plot"
	plottext "gonum.org/v1/plot/text"
)

// An ink is a colour by what it is for. What it looks like, in light and in dark,
// says style.css: there is a variable for each.
type ink uint8

// The inks. Those from cell0 and ratio0 on are the steps of heat maps, with what is
// written on them.
const (
	text ink = iota + 1 // black, which is 0, is what the library leaves out
	muted
	grid
	surface
	total
	gain
	loss
	first
	second
	band
	hatch
	part0
	part1
	part2
	part3
	part4
	others
	nobody
	cell0
	cell1
	cell2
	cell3
	cell4
	cell5
	cell6
	onCell0
	onCell1
	onCell2
	onCell3
	onCell4
	onCell5
	onCell6
	ratio0
	ratio1
	ratio2
	ratio3
	ratio4
	ratio5
	ratio6
	onRatio0
	onRatio1
	onRatio2
	onRatio3
	onRatio4
	onRatio5
	onRatio6
	inks // how many there are
)

// Variable returns the CSS variable of the ink.
func (k ink) Variable() string {
	names := []string{
		text: "text", muted: "muted", grid: "grid", surface: "surface", total: "total", gain: "gain", loss: "loss",
		first: "first", second: "second", band: "band", hatch: "hatch", others: "others", nobody: "nobody",
	}
	for from, name := range map[ink]string{part0: "part", cell0: "cell", onCell0: "on-cell", ratio0: "ratio", onRatio0: "on-ratio"} {
		if n := int(k) - int(from); n >= 0 && n < 7 && (from != part0 || n < 5) {
			return "--" + name + strconv.Itoa(n)
		}
	}
	return "--" + names[k]
}

// Style sets the variable of a swatch to the ink.
func (k ink) Style() template.CSS { return template.CSS("--ink: var(" + k.Variable() + ")") }

// RGBA makes the ink a colour, which the library writes as it is and [colours]
// finds again.
func (k ink) RGBA() (r, g, b, a uint32) { return 0, 0, uint32(k) * 0x101, 0xffff }

var (
	styles  = regexp.MustCompile(`style="[^"]*"`) // a quote within text is written as an entity
	colours = regexp.MustCompile(`#0000([0-9A-F]{2})`)
	fonts   = regexp.MustCompile(`font-family:[^;]*;font-variant:[^;]*;font-weight:[^;]*;font-style:[^;]*;`)
	texts   = regexp.MustCompile(`(?s)<text ([^>]*)>([^<]*)</text>`)
)

// measured gives every text the length it was laid out for, so that another font
// than the one that the library measured moves nothing.
func measured(svg []byte) []byte {
	style := plottext.Style{Font: sans(), Handler: plot.DefaultTextHandler}
	return texts.ReplaceAllFunc(svg, func(element []byte) []byte {
		parts := texts.FindSubmatch(element)
		length := style.Width(html.UnescapeString(string(parts[2]))).Points()
		return fmt.Appendf(nil, `<text %s textLength="%.4g" lengthAdjust="spacingAndGlyphs">%s</text>`, parts[1], length, parts[2])
	})
}

// inked puts the variables of inks in the place of colours, and leaves fonts to the
// style sheet.
func inked(svg []byte) []byte {
	return styles.ReplaceAllFunc(svg, func(style []byte) []byte {
		style = fonts.ReplaceAll(style, nil)
		return colours.ReplaceAllFunc(style, func(colour []byte) []byte {
			k, err := strconv.ParseUint(string(colour[len("#0000"):]), 16, 8)
			if err != nil || k >= uint64(inks) {
				return colour
			}
			return fmt.Appendf(nil, "var(%s)", ink(k).Variable())
		})
	})
}
