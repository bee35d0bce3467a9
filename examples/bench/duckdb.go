package main

import (
	"bufio"
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

//go:embed duckdb.mjs
var duckdbScript []byte

// duckdbPackage is what npm installs.
const duckdbPackage = "@duckdb/node-api"

// installTime is how long npm may take.
const installTime = 2 * time.Minute

func duckdbDialect() dialect {
	return dialect{table: "contracts", date: "DATE ", times: "CAST(12 // months AS DECIMAL(2,0))"}
}

// install puts DuckDB and the script into the user's cache, unless it is there, and
// returns the script.
func install(ctx context.Context) (script string, err error) {
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			return "", errors.New(program + " is not installed")
		}
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "success-bench")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	script = filepath.Join(dir, "duckdb.mjs")
	if err := os.WriteFile(script, duckdbScript, 0o644); err != nil {
		return "", err
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", filepath.FromSlash(duckdbPackage))); err == nil {
		return script, nil
	}
	ctx, cancel := context.WithTimeout(ctx, installTime)
	defer cancel()
	_, err = output(exec.CommandContext(ctx, "npm", "install", "--prefix", dir, "--no-audit", "--no-fund", "--loglevel=error", duckdbPackage))
	return script, err
}

func csvFile(j job) string { return filepath.Join(j.Dir, fmt.Sprintf("%s-%d.csv", j.Shape, j.Size)) }

// export writes the contracts as CSV.
func export(j job) (err error) {
	f, err := os.Create(csvFile(j))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "id,account,starts,ends,price,months")
	all := flow(j.Size, j.Shape)
	if j.Shape == sorted {
		all = stream(company(j.Size, j.Shape))
	}
	for c := range all {
		end, err := c.End.MarshalText() // nothing for none
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s,%s,%s,%s,%s,%d\n", c.ID, c.Account, c.Start, end, c.Price.StringFixed(2), c.Term.Count)
	}
	return w.Flush()
}

// node does a job of DuckDB.
func node(ctx context.Context, script string, j job) (r result, err error) {
	r.Job = j
	d := duckdbDialect()
	query := ""
	if j.Work != load {
		query = d.query(periods(j.Work))
	}
	text, err := json.Marshal(map[string]any{"file": csvFile(j), "table": d.table, "query": query, "runs": j.Runs, "enough": enough.Milliseconds()})
	if err != nil {
		return r, err
	}
	said, err := output(exec.CommandContext(ctx, "node", script, string(text)))
	if err != nil {
		return r, fmt.Errorf("%v: %w", j, cmp.Or(ctx.Err(), err))
	}
	var found struct {
		Times, CPU []time.Duration
		Rise       int64
		Rows       [][]string
	}
	if err := json.Unmarshal(said, &found); err != nil {
		return r, err
	}
	r.Times, r.CPU, r.Rise = found.Times, found.CPU, found.Rise
	for _, row := range found.Rows {
		f, err := parseFigures(row, d.scale)
		if err != nil {
			return r, err
		}
		r.Figures = append(r.Figures, f)
	}
	return r, nil
}
