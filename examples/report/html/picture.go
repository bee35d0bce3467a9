package main

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	plottext "gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// A frame is what a picture is drawn for: the style sheet shows the one that fits
// best, and never smaller than 19/20 of its size, so that text stays readable.
type frame struct {
	Class string
	Width float64 // in CSS pixels
}

var (
	narrow = frame{"narrow", 264}
	wide   = frame{"wide", 560}
	full   = frame{"full", 1080}
)

// size is that of all text in pictures, in CSS pixels.
const size = 13

// A picture is a plot that is being made for a frame.
type picture struct {
	*plot.Plot
	frame
	err error
}

// newPicture returns a picture without anything but its axes.
func newPicture(f frame) *picture {
	p := &picture{Plot: plot.New(), frame: f}
	p.BackgroundColor = nil
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.LineStyle = draw.LineStyle{Color: grid, Width: 1}
		axis.Tick.LineStyle = axis.LineStyle
		axis.Tick.Length = 4
		axis.Padding = 0
		axis.Tick.Label.Font, axis.Tick.Label.Color = sans(), muted
		axis.Label.TextStyle.Font, axis.Label.TextStyle.Color = sans(), muted
		axis.Label.Padding = 2
	}
	return p
}

func sans() font.Font { return font.Font{Typeface: "Liberation", Variant: "Sans", Size: size} }

// svg returns the picture, of a height, with what it says in words.
func (p *picture) svg(height float64, words string) (template.HTML, error) {
	if p.err != nil {
		return "", p.err
	}
	canvas := vgsvg.New(vg.Length(p.Width), vg.Length(height))
	p.Draw(draw.New(canvas))
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		return "", err
	}
	_, body, found := bytes.Cut(b.Bytes(), []byte("<svg"))
	_, body, closed := bytes.Cut(body, []byte(">"))
	body, _, ended := bytes.Cut(body, []byte("</svg>"))
	if !found || !closed || !ended {
		return "", errors.New("the plot is no SVG")
	}
	open := fmt.Sprintf(`<svg class="%s" viewBox="0 0 %g %g" role="img" aria-label="%s">`,
		p.Class, p.Width, height, template.HTMLEscapeString(words))
	return template.HTML(open + string(measured(inked(body))) + "</svg>"), nil
}

func (p *picture) plot(plotter plot.Plotter, err error) {
	if err != nil {
		p.err = errors.Join(p.err, err)
		return
	}
	p.Add(plotter)
}

// area fills a polygon.
func (p *picture) area(corners plotter.XYs, k ink) {
	polygon, err := plotter.NewPolygon(corners)
	if err == nil {
		polygon.Color, polygon.LineStyle.Width = k, 0
	}
	p.plot(polygon, err)
}

// block fills a rectangle between two corners.
func (p *picture) block(x0, y0, x1, y1 float64, k ink) {
	p.area(plotter.XYs{{X: x0, Y: y0}, {X: x0, Y: y1}, {X: x1, Y: y1}, {X: x1, Y: y0}}, k)
}

// line joins points.
func (p *picture) line(points plotter.XYs, k ink, width vg.Length, dashes ...vg.Length) {
	line, err := plotter.NewLine(points)
	if err == nil {
		line.LineStyle = draw.LineStyle{Color: k, Width: width, Dashes: dashes}
	}
	p.plot(line, err)
}

// stairs joins points by going to the right before going up or down.
func (p *picture) stairs(points plotter.XYs, k ink, width vg.Length) {
	line, err := plotter.NewLine(points)
	if err == nil {
		line.LineStyle, line.StepStyle = draw.LineStyle{Color: k, Width: width}, plotter.PostStep
	}
	p.plot(line, err)
}

// marks draws a glyph at points.
func (p *picture) marks(points plotter.XYs, k ink, shape draw.GlyphDrawer) {
	scatter, err := plotter.NewScatter(points)
	if err == nil {
		scatter.GlyphStyle = draw.GlyphStyle{Color: k, Radius: 4, Shape: shape}
	}
	p.plot(scatter, err)
}

// lift puts digits in the middle of a line, which has room below for letters that go
// under it.
const lift = 2

// write writes a text beside a point: to its right, to its left or over it.
func (p *picture) write(x, y float64, words string, k ink, align draw.XAlignment) {
	labels, err := plotter.NewLabels(plotter.XYLabels{XYs: plotter.XYs{{X: x, Y: y}}, Labels: []string{words}})
	if err == nil {
		labels.TextStyle[0] = plottext.Style{Color: k, Font: sans(), XAlign: align, YAlign: draw.YCenter, Handler: plot.DefaultTextHandler}
		labels.Offset.Y = lift
		switch align {
		case draw.XLeft:
			labels.Offset.X = 5
		case draw.XRight:
			labels.Offset.X = -5
		}
	}
	p.plot(labels, err)
}

// hatched is a rectangle that is hatched: what is in it is not known yet.
type hatched struct{ x0, y0, x1, y1 float64 }

// Plot draws lines that rise to the right, 5 apart.
func (h hatched) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	left, right, bottom, top := x(h.x0), x(h.x1), y(h.y0), y(h.y1)
	style := draw.LineStyle{Color: hatch, Width: 1}
	for from := left - (top - bottom) + 5; from < right; from += 5 {
		x0, x1 := max(left, from), min(right, from+top-bottom)
		c.StrokeLine2(style, x0, bottom+x0-from, x1, bottom+x1-from)
	}
	c.StrokeLines(style, []vg.Point{{X: left, Y: bottom}, {X: right, Y: bottom}, {X: right, Y: top}, {X: left, Y: top}, {X: left, Y: bottom}})
}
