// Command beam computes a year of a company from records in many shards, on
// Apache Beam: NRR and the movements of every month, how long accounts stay, and
// what service-qualified leads and other sources brought in. It runs on the
// engine in this process, or on Flink, Spark or Dataflow; see README.md.
//
//	go run . -n 100000
//
// # Shape of the pipeline
//
// The library's results of parts of a company add up to those of the whole, digit
// for digit, as long as no account is in two parts. So the records are brought
// together by account, and everything after that is sums:
//
//	contracts ─ bucket ─ GroupByKey ─ a book per bucket ─┬─ movements by period ─ sum ─┐
//	                                                     ├─ snapshots ─────────── sum ─┤
//	                                                     ├─ renewals ──────────── sum ─┤
//	                                                     ├─ lengths of stay ───── sum ─┤
//	leads, deals,                                        │                             ├─ result
//	interactions, ─ join ─ bucket ─ GroupByKey ─ tables ─┼─ by source ─────────── sum ─┤
//	adjustments                                          └─ faults ────────────── sum ─┘
//
// A bucket is a batch of whole accounts, by a hash of the account: one shuffle of
// the contracts, then books small enough for any worker. What leaves a bucket is a
// few kilobytes, however many contracts it has, and every sum is a CombineFn, which
// engines apply before they shuffle. Accounts that were merged share a bucket.
//
// Leads hang on interactions, deals on leads and adjustments on deals, by ID, so
// each is first sent to what it refers to, and from there to its bucket.
//
// Records that no figure can be made of come out as faults with their ID and
// account. With any, there are no figures, as everywhere in this library, and the
// exit status is 1.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"
	"metrics.internal/success"
)

// flags are those of this program. The engines have theirs beside them.
type flags struct {
	contracts, sales, dir, out, currency string
	n, shards, buckets, year             int
	seed                                 uint64
	direct                               bool
}

func define(set *flag.FlagSet) *flags {
	var f flags
	set.IntVar(&f.n, "n", 2000, "contracts of the generated company")
	set.Uint64Var(&f.seed, "seed", 7, "of the generated company")
	set.IntVar(&f.shards, "shards", 8, "parts in which a generated company or a folder is read")
	set.IntVar(&f.buckets, "buckets", 16, "batches of whole accounts; about 10,000 contracts each is a good size")
	set.IntVar(&f.year, "year", 2025, "to ask about")
	set.StringVar(&f.currency, "currency", "", "to report in; needed where records are in several")
	set.StringVar(&f.dir, "dir", "", "folder of CSV files to read instead, as examples/report does")
	set.StringVar(&f.contracts, "contracts", "", "files of contracts to read instead, JSON lines, such as gs://bucket/contracts-*.jsonl")
	set.StringVar(&f.sales, "sales", "", "files of leads, deals, adjustments and interactions, JSON lines, beside -contracts")
	set.StringVar(&f.out, "out", "", "file to write the result to, as JSON; where the engine is elsewhere, one that its workers can write")
	set.BoolVar(&f.direct, "direct", false, "answer in this process without Beam, to compare")
	return &f
}

func main() {
	f := define(flag.CommandLine)
	flag.Usage = usage
	flag.Parse()
	beam.Init()
	err := run(context.Background(), f, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func usage() {
	w := flag.CommandLine.Output()
	fmt.Fprint(w, `Computes a year of a company from records in many shards, on Apache Beam.

By default on the engine in this process. To send it elsewhere, with -out and
input that the workers can reach:

  -runner flink    -endpoint HOST:8099
  -runner spark    -endpoint HOST:8099
  -runner dataflow -project P -region R -staging_location gs://BUCKET/staging

None of these was tried with this program; README.md says more about each. All flags, those of the engines among them:

`)
	flag.PrintDefaults()
}

// run answers what the flags ask.
func run(ctx context.Context, f *flags, w io.Writer) error {
	q, from, err := f.ask()
	if err != nil {
		return err
	}
	if f.direct {
		return answer(f, q, from, w)
	}
	out := f.out
	if out == "" {
		dir, err := os.MkdirTemp("", "beam")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		out = filepath.Join(dir, "result.json")
	}
	p, s := beam.NewPipelineWithRoot()
	flow(s, from, q, out)
	if err := beamx.Run(ctx, p); err != nil {
		return err
	}
	data, err := fetch(ctx, out)
	if err != nil {
		return fmt.Errorf("reading the result back: %w; an engine elsewhere needs -out", err)
	}
	return page(data, w)
}

// fetch reads a file wherever the SDK can.
func fetch(ctx context.Context, name string) ([]byte, error) {
	fs, err := filesystem.New(ctx, name)
	if err != nil {
		return nil, err
	}
	defer fs.Close()
	return filesystem.Read(ctx, fs, name)
}

// ask returns the question and where its records are.
func (f *flags) ask() (q Question, from input, err error) {
	if f.n < 0 || f.shards < 1 || f.buckets < 1 || f.year < 1 || f.year > 9998 {
		return q, nil, errors.New("-n must be 0 or more, -shards and -buckets 1 or more, -year between 1 and 9998")
	}
	q = Question{Period: success.Year(f.year), Currency: f.currency, Buckets: f.buckets}
	switch {
	case f.dir != "" && f.contracts+f.sales != "":
		return q, nil, errors.New("-dir and -contracts or -sales are two inputs; name one")
	case f.dir != "":
		from, err = openFolder(f.dir, f.shards, &q)
	case f.contracts+f.sales != "":
		from = lines{f.contracts, f.sales}
	default:
		from = generated{Company{f.n, f.seed}, f.shards}
	}
	if err != nil {
		return q, nil, err
	}
	return q, from, q.check()
}

// answer answers without an engine.
func answer(f *flags, q Question, from input, w io.Writer) error {
	contracts, sales, err := from.load()
	if err != nil {
		return err
	}
	result, err := direct(contracts, sales, q)
	if err != nil {
		return err
	}
	data, err := json.Marshal(result)
	if err != nil {
		return err
	}
	if f.out != "" {
		if err := os.WriteFile(f.out, append(data, '\n'), 0o644); err != nil {
			return err
		}
	}
	return page(data, w)
}

// page prints a result, or returns its faults.
func page(data []byte, w io.Writer) error {
	var r Result
	if err := json.Unmarshal(data, &r); err != nil {
		return err
	}
	if r.Faults.Count > 0 {
		return r.Faults
	}
	show(w, r)
	return nil
}
