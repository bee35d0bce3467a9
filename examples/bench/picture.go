package main

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"
)

// A line is what a work costs by size.
type line struct {
	name  string
	sizes []int
	times []time.Duration
}

// lines are one year in companies of random order, by engine.
func (b *bench) lines() (lines []line) {
	for _, l := range []struct{ name, engine, work string }{
		{"our book", ours, asked},
		{"ours, one shot", ours, slice},
		{"DuckDB", duckdb, asked},
		{"naive Go", decimals, asked},
		{"PostgreSQL", postgres, asked},
		{"SQLite", sqlite, asked},
	} {
		found := line{name: l.name}
		for _, size := range slices.Sorted(slices.Values(b.sizes)) {
			if r, ok := b.find(key{l.engine, l.work, random, size}); ok {
				found.sizes, found.times = append(found.sizes, size), append(found.times, r.median())
			}
		}
		if len(found.sizes) > 0 {
			lines = append(lines, found)
		}
	}
	return lines
}

// perDecade is how many signs a factor of ten is long.
const perDecade = 8

// picture prints times as bars, on a scale where a factor of ten is a step.
func (b *bench) picture(w io.Writer) {
	all := b.lines()
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(w, "\nOne year, random order: from 0.1 ms, %d signs for each factor of ten\n", perDecade)
	for _, size := range slices.Sorted(slices.Values(b.sizes)) {
		fmt.Fprintf(w, "%s contracts\n", grouped(size))
		for _, l := range all {
			i := slices.Index(l.sizes, size)
			if i < 0 {
				continue
			}
			signs := int(math.Round(perDecade * math.Log10(l.times[i].Seconds()*1e4)))
			fmt.Fprintf(w, "  %-14s %s %s ms\n", l.name, strings.Repeat("▇", max(1, signs)), milliseconds(l.times[i]))
		}
	}
}

// Sizes of the drawing.
const (
	width, height = 720, 440
	left, right   = 70, 130
	top, bottom   = 30, 50
)

// drawing is an SVG of time against size, both by factors of ten.
func (b *bench) drawing() []byte {
	all := b.lines()
	low, high := math.Inf(1), math.Inf(-1)
	for _, l := range all {
		for _, t := range l.times {
			low, high = min(low, math.Floor(decade(t))), max(high, math.Ceil(decade(t)))
		}
	}
	first := math.Log10(float64(slices.Min(b.sizes)))
	span := max(1, math.Log10(float64(slices.Max(b.sizes)))-first)
	x := func(size int) float64 {
		return left + (width-left-right)*(math.Log10(float64(size))-first)/span
	}
	y := func(decade float64) float64 { return height - bottom - (height-top-bottom)*(decade-low)/(high-low) }
	var svg bytes.Buffer
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">`+"\n", width, height)
	fmt.Fprintf(&svg, `<rect width="%d" height="%d" fill="#fff"/><text x="%d" y="18">One year of movements: time by contracts, both by factors of ten</text>`+"\n", width, height, left)
	for step := low; step <= high; step++ {
		fmt.Fprintf(&svg, `<path d="M%d %.1fH%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%v ms</text>`+"\n",
			left, y(step), width-right, left-8, y(step)+4, math.Pow(10, step))
	}
	for _, size := range b.sizes {
		fmt.Fprintf(&svg, `<text x="%.1f" y="%d" text-anchor="middle">%s</text>`+"\n", x(size), height-bottom+24, grouped(size))
	}
	for i, l := range all {
		l.draw(&svg, []string{"#0b6e4f", "#3a9d78", "#b8860b", "#c0392b", "#34618f", "#7a4e9c"}[i], x, y)
	}
	svg.WriteString("</svg>\n")
	return svg.Bytes()
}

// decade is the logarithm of milliseconds.
func decade(t time.Duration) float64 { return math.Log10(t.Seconds() * 1000) }

func (l line) draw(svg io.Writer, colour string, x func(int) float64, y func(float64) float64) {
	points := make([]string, len(l.sizes))
	for i, size := range l.sizes {
		points[i] = fmt.Sprintf("%.1f,%.1f", x(size), y(decade(l.times[i])))
		fmt.Fprintf(svg, `<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>`, x(size), y(decade(l.times[i])), colour)
	}
	last := len(l.sizes) - 1
	fmt.Fprintf(svg, `<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>`, strings.Join(points, " "), colour)
	fmt.Fprintf(svg, `<text x="%.1f" y="%.1f" fill="%s">%s</text>`+"\n", x(l.sizes[last])+8, y(decade(l.times[last]))+4, colour, l.name)
}
