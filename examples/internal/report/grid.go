package report

import (
	"strings"
	"unicode/utf8"
)

// A grid is a table whose columns are as wide as what is in them. The first
// column is aligned on the left, and those in left too; the others, which hold
// numbers, on the right. Where a row is too wide for the page, the first column
// gives way.
type grid struct {
	rows  [][]string
	codes []string // of colour, by row
	left  map[int]bool
}

// newGrid returns a grid with a row of headings, if there are any.
func newGrid(headings ...string) *grid {
	g := &grid{left: map[int]bool{0: true}}
	if len(headings) > 0 {
		g.add(headings...)
	}
	return g
}

func (g *grid) add(cells ...string) { g.addStyled("", cells...) }

func (g *grid) addStyled(code string, cells ...string) {
	g.rows = append(g.rows, cells)
	g.codes = append(g.codes, code)
}

// gap is what stands before each column.
const gap = "  "

// minFirst is the width below which the first column does not give way.
const minFirst = 8

// write writes the grid to a page.
func (g *grid) write(p *page) {
	widths := g.widths(p)
	for i, row := range g.rows {
		line := ""
		for j, cell := range row {
			cell = fit(cell, widths[j])
			pad := strings.Repeat(" ", widths[j]-utf8.RuneCountInString(cell))
			if g.left[j] {
				line += gap + cell + pad
			} else {
				line += gap + pad + cell
			}
		}
		p.styled(g.codes[i], line)
	}
}

// widths makes the cells fit to be shown and returns how wide each column is.
func (g *grid) widths(p *page) []int {
	widths := make([]int, len(g.rows[0]))
	for _, row := range g.rows {
		for j, cell := range row {
			row[j] = p.plain(cell)
			widths[j] = max(widths[j], utf8.RuneCountInString(row[j]))
		}
	}
	rest := 0
	for _, w := range widths {
		rest += len(gap) + w
	}
	if over := rest - width; over > 0 {
		widths[0] = max(min(widths[0], minFirst), widths[0]-over)
	}
	return widths
}
