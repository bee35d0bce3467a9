package main

import (
	"fmt"
	"io"
	"slices"
	"time"
)

// A bar is how many times as long something has to take as ours, at the least, with
// a million contracts on two idle cores.
type bar struct {
	what         string
	engine, work string // of the other
	ours, shape  string
	least        float64
}

func bars() []bar {
	return []bar{
		{"one year, unsorted slice, one shot", decimals, asked, slice, random, 6},
		{"one year, unsorted slice, one shot", duckdb, asked, slice, random, 1.3},
		{"one year, sorted slice, one shot", decimals, asked, slice, sorted, 25},
		{"one year, built book", decimals, asked, asked, random, 90},
		{"one year, built book", duckdb, asked, asked, random, 20},
		{"one year, built book", sqlite, asked, asked, random, 0},
		{"one year, built book", postgres, asked, asked, random, 0},
		{"one year, built book, 2 workers", ours, asked, askedBy2, random, 0},
		{"36 months, built book", decimals, monthly, monthly, random, 400},
		{"36 months, built book", duckdb, monthly, monthly, random, 50},
		{"36 months, built book", sqlite, monthly, monthly, random, 0},
		{"36 months, built book", postgres, monthly, monthly, random, 0},
		{"36 months, built book, 2 workers", ours, monthly, monthlyBy, random, 0},
		{"scores of 8 measures, records", decimals, score, score, other, 50},
		{"scores of 8 measures, columns", decimals, score, scoreColumns, other, 50},
		{"linear credit, records in no order", decimals, linear, linear, other, 12},
		{"linear credit, columns", decimals, linear, linearColumns, other, 12},
		{"decaying credit, records in no order", decimals, decay, decay, other, 20},
		{"decaying credit, columns", decimals, decay, decayColumns, other, 20},
		{"Kaplan–Meier, records", decimals, staying, staying, other, 10},
		{"Kaplan–Meier, columns", decimals, staying, survivalColumns, other, 20},
	}
}

// buildLimit is how many nanoseconds a contract may take.
const buildLimit = 300

// verdict says whether something is as it should be.
func verdict(met bool) string {
	if met {
		return "met"
	}
	return "missed"
}

// ratios prints how many times as long others take.
func (b *bench) ratios(w io.Writer, size int) error {
	fmt.Fprintf(w, "\nHow many times as long as ours, %s of each (the bars are for 1,000,000)\n", grouped(size))
	columns := newColumns(w, "work", "other", "ratio", "of CPU", "bar", "")
	for _, r := range bars() {
		other, there := b.find(key{r.engine, r.work, r.shape, size})
		own, here := b.find(key{ours, r.ours, r.shape, size})
		if !there || !here {
			continue
		}
		ratio := float64(other.median()) / float64(own.median())
		least, met := "–", ""
		if r.least > 0 {
			least, met = fmt.Sprint("≥ ", r.least), verdict(ratio >= r.least)
		}
		fmt.Fprintf(columns, "%s\t%s\t%.1f\t%s\t%s\t%s\t\n", r.what, r.engine, ratio, times(median(other.CPU), median(own.CPU)), least, met)
	}
	if own, ok := b.find(key{ours, build, random, size}); ok {
		each := float64(own.median()) / float64(size)
		fmt.Fprintf(columns, "building, ns/contract\tours\t%.0f\t%.0f\t≤ %d\t%s\t\n", each, float64(median(own.CPU))/float64(size), buildLimit, verdict(each <= buildLimit))
	}
	return columns.Flush()
}

// times says how many times as long one time is as another.
func times(a, b time.Duration) string {
	if a == 0 || b == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f", float64(a)/float64(b))
}

// growth prints how much more a contract costs in the largest company than in the
// smallest.
func (b *bench) growth(w io.Writer) error {
	small, large := slices.Min(b.sizes), slices.Max(b.sizes)
	if small == large {
		return nil
	}
	fmt.Fprintf(w, "\nTime per contract, %s against %s contracts\n", grouped(large), grouped(small))
	columns := newColumns(w, "work", "ratio", "bar", "")
	for _, g := range []struct {
		work string
		most float64
	}{{build, 1.6}, {slice, 1.4}, {asked, 1.3}, {monthly, 1.3}} {
		few, there := b.find(key{ours, g.work, random, small})
		many, here := b.find(key{ours, g.work, random, large})
		if there && here {
			ratio := float64(many.median()) / float64(large) / (float64(few.median()) / float64(small))
			fmt.Fprintf(columns, "%s\t%.2f\t≤ %v\t%s\t\n", g.work, ratio, g.most, verdict(ratio <= g.most))
		}
	}
	return columns.Flush()
}
