package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func journeys(t *testing.T, want int, args ...string) (out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if got := run(args, &stdout, &stderr); got != want {
		t.Fatalf("%v: status %d, want %d\n%s", args, got, want, &stderr)
	}
	return stdout.String(), stderr.String()
}

func file(t *testing.T, name, text string) string {
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestCSV can be checked by hand: see A9 of package journey, of which these are the
// paths. By rates, a pair is worth 3/4 or 1/2 and all three 2/3, which makes values
// of 31/72, 13/72 and 4/72, times 6 wins each.
func TestCSV(t *testing.T) {
	out, _ := journeys(t, 0, "-file", file(t, "paths.csv", "a>b,3,1,300\na > c,1,1,100\n,1,4\n"))
	const want = `4 journeys won, 2 lost: 66.7%
1 won and 4 lost met no key and teach nothing

Credit in wins
    key  first  last  linear     U  Shapley  Markov 1  Markov 2  Markov 3  rate Shapley
      a   4.00  0.00    2.00  2.00     2.00      2.00      2.00      2.00          2.58
      b   0.00  3.00    1.50  1.50     1.50      1.50      1.50      1.50          1.08
      c   0.00  1.00    0.50  0.50     0.50      0.50      0.50      0.50          0.33
  total   4.00  4.00    4.00  4.00     4.00      4.00      4.00      4.00          4.00

Credit in revenue
    key   first    last  linear       U  Shapley  Markov 1  Markov 2  Markov 3  rate Shapley
      a  400.00    0.00  200.00  200.00   200.00    200.00    200.00    200.00        258.33
      b    0.00  300.00  150.00  150.00   150.00    150.00    150.00    150.00        108.33
      c    0.00  100.00   50.00   50.00    50.00     50.00     50.00     50.00         33.33
  total  400.00  400.00  400.00  400.00   400.00    400.00    400.00    400.00        400.00
`
	if out != want {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
}

// TestJSON has four keys, of which 2 has half of the effects and the others, among
// them the empty text, a sixth each.
func TestJSON(t *testing.T) {
	out, _ := journeys(t, 0, "-file", file(t, "journeys.JSON", `[[2, 10], [2], ["", "2"], ["x y"], []]`), "-most", "2")
	const want = `4 journeys won, 0 lost: 100%
1 won and 0 lost met no key and teach nothing

Credit in wins
     key  first  last  linear     U  Shapley  Markov 1  Markov 2  Markov 3
       2   2.00  2.00    2.00  2.00     2.00      2.00      2.00      2.00
  (none)   1.00  0.00    0.50  0.50     0.50      0.67      0.67      0.67
  2 more   1.00  2.00    1.50  1.50     1.50      1.33      1.33      1.33
   total   4.00  4.00    4.00  4.00     4.00      4.00      4.00      4.00

Without rate Shapley: no journey was lost
`
	if out != want {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
}

// TestSample has journeys that the models see differently: of those who met the
// newsletter many are lost, which only rates show.
func TestSample(t *testing.T) {
	out, errs := journeys(t, 0)
	for _, line := range []string{
		"120 journeys won, 374 lost: 24.3%\n20 won and 200 lost met no key",
		"        ticket   44.00   27.00   37.17   36.50    38.00 ",
		"    newsletter   17.00    7.00   11.67   11.80    10.67 ",
		"-28.21\n",
		"         total  120.00  120.00  120.00  120.00   120.00    120.00    120.00    120.00        120.00\n",
	} {
		if !strings.Contains(out, line) {
			t.Errorf("no %q in\n%s", line, out)
		}
	}
	if errs != "" {
		t.Error(errs)
	}
}

func TestManyKeys(t *testing.T) {
	var b strings.Builder
	for c := 'a'; c <= 'u'; c++ {
		b.WriteString(string(c) + ",1,1\n")
	}
	out, _ := journeys(t, 0, "-file", file(t, "paths.csv", b.String()))
	if !strings.Contains(out, "Without rate Shapley: paths.Keys: 21 is more than the 20") || strings.Contains(out, "more  ") {
		t.Error(out)
	}
}

func TestRefused(t *testing.T) {
	for what, c := range map[string]struct {
		status int
		says   string
		args   []string
	}{
		"a flag":          {2, "flag provided but not defined", []string{"-x"}},
		"an argument":     {2, "paths.csv is not a flag; use -file", []string{"paths.csv"}},
		"nothing":         {2, "-most 0 shows nothing", []string{"-most", "0"}},
		"help":            {0, "-file file", []string{"-h"}},
		"no file":         {1, "no such file", []string{"-file", filepath.Join(t.TempDir(), "x.csv")}},
		"an empty file":   {1, "empty.csv: paths.Won: is 0", []string{"-file", file(t, "empty.csv", "")}},
		"two cells":       {1, "p.csv:2: 2 cells", []string{"-file", file(t, "p.csv", "path,won,lost\na,1\n")}},
		"five cells":      {1, "p.csv:1: 5 cells", []string{"-file", file(t, "p.csv", "a,1,1,1,1\n")}},
		"no counts":       {1, "p.csv:1: won: \"x\" is no count\nlost: \"y\" is no count\nrevenue: \"z\" is no amount", []string{"-file", file(t, "p.csv", "a,x,y,z\n")}},
		"every line":      {1, "p.csv:3: lost", []string{"-file", file(t, "p.csv", "a,x,1\nb,1,1\nc,1,y\n")}},
		"below 0":         {1, "p.csv:3: won: -1 is negative", []string{"-file", file(t, "p.csv", "path,won,lost\na,1,1\nb,-1,1\n")}},
		"a quote":         {1, "p.csv: parse error on line 1", []string{"-file", file(t, "p.csv", "a\"b,1,1\n")}},
		"no JSON":         {1, "p.json: ", []string{"-file", file(t, "p.json", "[[1")}},
		"no channel":      {1, "p.json: {} is neither", []string{"-file", file(t, "p.json", "[[{}]]")}},
		"null":            {1, "p.json: null is neither", []string{"-file", file(t, "p.json", "[[null]]")}},
		"more":            {1, "p.json: there is more", []string{"-file", file(t, "p.json", "[[1]] 2")}},
		"only empty ones": {1, "paths.Won: is 0", []string{"-file", file(t, "p.json", "[[]]")}},
	} {
		if _, errs := journeys(t, c.status, c.args...); !strings.Contains(errs, c.says) {
			t.Errorf("%s: %q does not say %q", what, errs, c.says)
		}
	}
}

func TestLabel(t *testing.T) {
	for key, want := range map[string]string{"": `""`, "a": "a", "a b": "a b", "ä": "ä", "a\tb": `"a\tb"`, "`": "`", `"`: `"\""`, "\x00": `"\x00"`} {
		if got := label(key); got != want {
			t.Errorf("%q: %s, want %s", key, got, want)
		}
	}
}
