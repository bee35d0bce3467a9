package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/examples/internal/sample"
)

// Build reads the folder, or the sample company, and makes the report of it. Notes on
// what was left out are written to stderr, and if that is a terminal the progress of
// what takes long. Reading ends with ctx.
func (o *Options) Build(ctx context.Context, stderr io.Writer) (*Report, error) {
	var fsys fs.FS = sample.Files()
	if o.dir != "" {
		fsys = os.DirFS(o.dir)
	} else if o.currency == "" {
		o.currency = sample.Currency
	}
	f, err := folder.Read(fsys, progress(ctx, stderr, isTerminal(stderr), time.Now()))
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err // the path is one within the folder
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.dir, err)
	}
	for _, note := range f.Notes {
		fmt.Fprintln(stderr, "note:", note)
	}
	switch err := f.Check(f.Options(o.currency, o.grace)); {
	case errors.Is(err, folder.ErrCurrency):
		return nil, wrongUsage("%w: use -currency", err)
	case err != nil:
		return nil, fmt.Errorf("the folder is refused\n%w", err)
	}
	if f.Newest().IsZero() && o.to.IsZero() && o.asOf.IsZero() {
		return nil, wrongUsage("nothing in the folder has a date: use -to")
	}
	period, asOf := folder.Span(f.Newest(), o.asOf, o.from, o.to)
	if period.Validate() != nil {
		return nil, wrongUsage("the period %v is empty: use -from and -to", period)
	}
	return newReport(o, source{Folder: f.Known(asOf), files: fsys, period: period, asOf: asOf}, stderr)
}

// progress tells a terminal of files that take longer than a second to read, once a
// second, until ctx ends.
func progress(ctx context.Context, stderr io.Writer, terminal bool, last time.Time) folder.Progress {
	return func(file string, rows int) error {
		if now := time.Now(); terminal && now.Sub(last) > time.Second {
			last = now
			fmt.Fprintf(stderr, "reading %s: %d rows\n", file, rows)
		}
		return context.Cause(ctx)
	}
}

// isTerminal reports whether somebody may be looking at what is written to w.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
