package main

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

// TestMain lets the test be the command, for the processes that it starts.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "-job" {
		os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// TestRun: everything that is there agrees on small companies of all shapes.
func TestRun(t *testing.T) {
	var stdout, stderr bytes.Buffer
	svg := filepath.Join(t.TempDir(), "cost.svg")
	if status := run(t.Context(), strings.Fields("-sizes 1e2,2500 -runs 2 -duckdb=false -svg "+svg), &stdout, &stderr); status != statusAgree {
		t.Fatalf("exit status %d\n%s", status, &stderr)
	}
	for _, text := range []string{
		"2,500 contracts, random order", "2,500 contracts, sorted by account", "36-byte identifiers", "half of them in ten accounts", "deals or spans", "Kaplan–Meier",
		"ours", "naive Go", "SQLite", "without DuckDB: -duckdb=false", "≥ 400", "≤ 1.6", "bytes a contract", "\nAll agree to the cent.\n",
	} {
		if !strings.Contains(stdout.String(), text) {
			t.Errorf("no %q in\n%s", text, &stdout)
		}
	}
	drawn, err := os.ReadFile(svg)
	if err != nil || !strings.Contains(string(drawn), "our book") || strings.Contains(string(drawn), "NaN") {
		t.Errorf("%s, %v", drawn, err)
	}
	wellFormed(t, drawn)
}

func wellFormed(t *testing.T, data []byte) {
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestUsage(t *testing.T) {
	for args, want := range map[string]int{
		"-h": statusAgree, "-sizes 99": statusUsage, "-sizes many": statusUsage, "-sizes 1e2.5": statusUsage, "-shapes round": statusUsage,
		"-runs 0": statusUsage, "1e5": statusUsage, "-job {": statusFailed, `-job {"Engine":"abacus"}`: statusFailed,
	} {
		var stdout, stderr bytes.Buffer
		if got := run(t.Context(), strings.Fields(args), &stdout, &stderr); got != want || stdout.Len() > 0 || stderr.Len() == 0 {
			t.Errorf("%s: exit status %d, want %d\n%s%s", args, got, want, &stdout, &stderr)
		}
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	t.Setenv("TMPDIR", t.TempDir())
	if status := run(ctx, []string{"-duckdb=false"}, io.Discard, io.Discard); status != statusFailed {
		t.Errorf("exit status %d", status)
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

// TestDisagreements: an answer that is a cent off is found, and so is one that
// nothing can be compared with.
func TestDisagreements(t *testing.T) {
	right := figures{1, 2, 3, 4, 5, 6, 7, 8, false}
	partly := figures{Opening: 1, Kept: 8, Partly: true}
	wrong := right
	wrong.Churn++
	one := func(engine string, f ...figures) result {
		return result{Job: job{Engine: engine, Work: asked, Shape: random, Size: 100}, Figures: f}
	}
	for name, c := range map[string]struct {
		results []result
		agree   bool
	}{
		"same":       {[]result{one(ours, right), one(sqlite, right), one(decimals, partly)}, true},
		"a cent off": {[]result{one(ours, right), one(sqlite, wrong)}, false},
		"kept":       {[]result{one(ours, right), one(decimals, figures{Opening: 1, Kept: 9, Partly: true})}, false},
		"a month":    {[]result{one(ours, right), one(sqlite, right, right)}, false},
		"alone":      {[]result{one(sqlite, right)}, false},
	} {
		if err := (&bench{results: c.results}).disagreements(); (err == nil) != c.agree {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, c := range map[string]struct {
		a, b  map[string]float64
		agree bool
	}{
		"same":       {map[string]float64{"all": 7}, map[string]float64{"all": 7, "x": 1}, true},
		"off":        {map[string]float64{"all": 7}, map[string]float64{"all": 8}, false},
		"near":       {map[string]float64{"all": 7}, map[string]float64{"all": 7.4}, true},
		"undefined":  {map[string]float64{"all": math.NaN()}, map[string]float64{"all": 7}, false},
		"not shared": {map[string]float64{"x": 7}, map[string]float64{"all": 7}, false},
		"none":       {map[string]float64{"x": 7}, nil, false},
	} {
		if what := stray(c.a, c.b, 0.5); (what == "") != c.agree {
			t.Errorf("%s: %q", name, what)
		}
	}
	if differ([]figures{right}, []figures{right, right}) == "" {
		t.Error("one period agrees with two")
	}
}

// TestPart: what was measured before a failure is printed, without saying that all
// agree.
func TestPart(t *testing.T) {
	var stdout bytes.Buffer
	b := &bench{options: options{sizes: []int{100, 1000}, shapes: shapes(), runs: 1}, results: []result{{
		Job: job{Engine: ours, Work: asked, Shape: random, Size: 100}, Times: []time.Duration{time.Millisecond}, CPU: []time.Duration{0}, Figures: []figures{{}},
	}}}
	if err := b.report(&stdout); err != nil || !strings.Contains(stdout.String(), "1.00") || strings.Contains(stdout.String(), "agree") {
		t.Errorf("%v\n%s", err, &stdout)
	}
}

func TestCents(t *testing.T) {
	if got, err := cents(decimal.RequireFromString("-12.3")); err != nil || got != -1230 {
		t.Errorf("%d, %v", got, err)
	}
	for _, columns := range [][]string{{"0.001", "0", "0", "0", "0", "0", "0", "0"}, {"1"}, {"one", "0", "0", "0", "0", "0", "0", "0"}} {
		if f, err := parseFigures(columns, 0); err == nil {
			t.Errorf("%q is read as %+v", columns, f)
		}
	}
}

// TestCompany: companies are always the same, valid and of their shape, and their
// movements are of every kind, so that agreeing on them means something.
func TestCompany(t *testing.T) {
	const n = 3000
	for _, shape := range []string{random, sorted, long, skewed} {
		all := company(n, shape)
		count := map[success.AccountID]int{}
		for i, c := range all {
			if err := c.Validate(); err != nil || len(c.ID) != idSize(shape) || len(c.Account) != idSize(shape) {
				t.Fatalf("%s: %+v, %v", shape, c, err)
			}
			if shape == sorted && i > 0 && c.Account < all[i-1].Account {
				t.Fatalf("%s comes after %s", c.Account, all[i-1].Account)
			}
			count[c.Account]++
		}
		few := 0
		for i := range 10 {
			few += count[success.AccountID(identifier('a', i, idSize(shape)))]
		}
		if skew := few > n/2; skew != (shape == skewed) {
			t.Errorf("%s: %d contracts in ten accounts", shape, few)
		}
		for _, work := range []string{slice, streamed, monthly} {
			task, err := prepareOurs(job{Work: work, Shape: shape, Size: n})
			if err != nil {
				t.Fatal(err)
			}
			a, err := task.run()
			if err != nil {
				t.Fatal(err)
			}
			f := a.figures[len(a.figures)-1]
			if min(f.Opening, f.New, f.Back, f.Expansion, f.Contraction, f.Churn, f.Closing, f.Kept) <= 0 {
				t.Errorf("%s, %s: %+v", shape, work, f)
			}
		}
	}
}

func TestMedian(t *testing.T) {
	for want, times := range map[time.Duration][]time.Duration{3: {9, 1, 3}, 5: {5}, 7: {7, 2}} {
		if got := median(times); got != want {
			t.Errorf("median of %v is %v", times, got)
		}
	}
}

// TestCPU: work is seen, and waiting is not.
func TestCPU(t *testing.T) {
	before := cpu(self)
	if before == 0 {
		t.Skip("unknown on this system")
	}
	time.Sleep(300 * time.Millisecond)
	slept := cpu(self) - before
	for began := time.Now(); time.Since(began) < 10*time.Second && cpu(self)-before < slept+100*time.Millisecond; {
	}
	if worked := cpu(self) - before; worked < slept+100*time.Millisecond || slept > 200*time.Millisecond {
		t.Errorf("%v asleep, %v at work", slept, worked-slept)
	}
	if got := cpu("no process"); got != 0 {
		t.Errorf("%v", got)
	}
}

// TestGauge: 64 MB that were written to are seen where there is /proc.
func TestGauge(t *testing.T) {
	g := newGauge("self")
	if g.base == 0 {
		t.Skip("no /proc")
	}
	block := make([]byte, 64<<20)
	for i := range block {
		block[i] = 1
	}
	if rise := g.rise(); rise < 48<<20 {
		t.Errorf("%d bytes of %d", rise, len(block))
	}
}
