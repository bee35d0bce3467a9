package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// report prints what was measured, and then what disagrees as an error.
func (b *bench) report(w io.Writer) error {
	fmt.Fprintf(w, "%s, %s/%s, %d cores, median of %d\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), b.runs)
	for _, size := range b.sizes {
		for _, shape := range b.shapes {
			if err := b.times(w, size, shape); err != nil {
				return err
			}
		}
		if err := b.weights(w, size); err != nil {
			return err
		}
		if err := b.ratios(w, size); err != nil {
			return err
		}
	}
	if err := b.growth(w); err != nil {
		return err
	}
	b.picture(w)
	if b.svg != "" {
		if err := os.WriteFile(b.svg, b.drawing(), 0o666); err != nil {
			return err
		}
	}
	if err := b.disagreements(); err != nil {
		return fmt.Errorf("not all agree\n%w", err)
	}
	if !b.whole {
		return nil
	}
	_, err := fmt.Fprintln(w, "\nAll agree to the cent.")
	return err
}

// grouped writes a number with commas.
func grouped(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func describe(shape string) string {
	switch shape {
	case sorted:
		return "contracts, sorted by account"
	case long:
		return "contracts, 36-byte identifiers"
	case skewed:
		return "contracts, half of them in ten accounts"
	case other:
		return "accounts, deals or spans"
	}
	return "contracts, random order"
}

func newColumns(w io.Writer, head ...string) *tabwriter.Writer {
	columns := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(columns, strings.Join(head, "\t")+"\t")
	return columns
}

func milliseconds(d time.Duration) string {
	ms := d.Seconds() * 1000
	return strconv.FormatFloat(ms, 'f', max(0, 3-len(strconv.Itoa(int(ms)))), 64)
}

func megabytes(n int64) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f", float64(n)/1e6)
}

// times prints the time and the memory of each job of a company.
func (b *bench) times(w io.Writer, size int, shape string) error {
	if shape == other && size > biggestSQL {
		return nil
	}
	fmt.Fprintf(w, "\n%s %s\n", grouped(size), describe(shape))
	columns := newColumns(w, "engine", "work", "ms", "CPU ms", "ns each", "memory MB")
	for _, r := range b.results {
		if r.Job.Size == size && r.Job.Shape == shape {
			each := float64(r.median().Nanoseconds()) / float64(size)
			fmt.Fprintf(columns, "%s\t%s\t%s\t%s\t%.1f\t%s\t\n", r.Job.Engine, r.Job.Work, milliseconds(r.median()), milliseconds(median(r.CPU)), each, megabytes(r.Rise))
		}
	}
	return columns.Flush()
}

// weights prints what a finished book takes.
func (b *bench) weights(w io.Writer, size int) error {
	r, ok := b.find(key{ours, flowing, random, size})
	if !ok || r.Book == 0 {
		return nil
	}
	accounts := float64(size / 3)
	ids := float64(idSize(random)) * (float64(size) + accounts)
	all := float64(r.Book)
	fmt.Fprintf(w, "\nThe book of %s contracts takes %.1f MB: %.1f bytes a contract, %.1f of them without the bytes of identifiers.\n",
		grouped(size), all/1e6, all/float64(size), (all-ids)/float64(size))
	_, err := fmt.Fprintf(w, "Building it from rows that nobody holds takes %s MB at its peak, %.2f times the book; the bar is 2.2 at 1e7.\n",
		megabytes(r.Rise), float64(r.Rise)/all)
	return err
}
