package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/examples/internal/sample"
)

// printed returns what the program prints for its arguments.
func printed(t *testing.T, args ...string) (string, error) {
	t.Helper()
	set := flag.NewFlagSet("beam", flag.ContinueOnError)
	f := define(set)
	if err := set.Parse(args); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	err := run(context.Background(), f, &b)
	return b.String(), err
}

// both prints with the engine and without, and wants the same page.
func both(t *testing.T, args ...string) string {
	t.Helper()
	page, err := printed(t, args...)
	if err != nil {
		t.Fatal(err)
	}
	direct, err := printed(t, append(args, "-direct")...)
	if err != nil {
		t.Fatal(err)
	}
	if page != direct {
		t.Errorf("the engine says\n%s\none process says\n%s", page, direct)
	}
	return page
}

func TestPage(t *testing.T) {
	page := both(t, "-n", "300")
	for _, text := range []string{"2025-01-01 to 2025-12-31", "NRR ", "2025-12", "at risk", "service", "unattributed", "together"} {
		if !strings.Contains(page, text) {
			t.Errorf("no %q in\n%s", text, page)
		}
	}
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, sample.Files()); err != nil {
		t.Fatal(err)
	}
	if page := both(t, "-dir", dir, "-currency", sample.Currency); !strings.Contains(page, sample.Currency) {
		t.Error(page)
	}
	if _, err := printed(t, "-dir", t.TempDir()); err == nil {
		t.Error("an empty folder has a page")
	}
}

// jsonLines writes records into files, a line each.
func jsonLines[T any](t *testing.T, dir, name string, records []T, files int) {
	t.Helper()
	for k := range files {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		for _, r := range share(records, k, files) {
			if err := e.Encode(r); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d.jsonl", name, k)), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLines(t *testing.T) {
	contracts, sales := everything(t, Company{300, 7})
	dir := t.TempDir()
	jsonLines(t, dir, "contracts", contracts, 3)
	jsonLines(t, dir, "sales", sales, 2)
	args := []string{"-contracts", filepath.Join(dir, "contracts-*.jsonl"), "-sales", filepath.Join(dir, "sales-*.jsonl")}
	got, err := printed(t, args...)
	if err != nil {
		t.Fatal(err)
	}
	want, err := printed(t, "-n", "300", "-direct")
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	jsonLines(t, dir, "contracts", []map[string]any{{"id": "X1", "account": "A1", "price": "a lot"}}, 1)
	jsonLines(t, dir, "sales", []map[string]any{{"id": "X2"}}, 1)
	_, err = printed(t, args...)
	if err == nil || !strings.Contains(err.Error(), "contract X1 of A1") || !strings.Contains(err.Error(), "sale X2") {
		t.Errorf("unreadable lines: %v", err)
	}
}

// TestOut writes the result as JSON, the same with the engine and without.
func TestOut(t *testing.T) {
	dir := t.TempDir()
	engine, direct := filepath.Join(dir, "engine.json"), filepath.Join(dir, "direct.json")
	if _, err := printed(t, "-n", "90", "-out", engine); err != nil {
		t.Fatal(err)
	}
	if _, err := printed(t, "-n", "90", "-direct", "-out", direct); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(engine)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(direct)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(bytes.TrimSpace(got), bytes.TrimSpace(want)) || len(got) < 1000 {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestRefused(t *testing.T) {
	for _, args := range [][]string{
		{"-buckets", "0"}, {"-shards", "0"}, {"-n", "-1"}, {"-year", "0"},
		{"-dir", ".", "-contracts", "x"}, {"-contracts", "x", "-direct"},
	} {
		if _, err := printed(t, args...); err == nil {
			t.Errorf("%v is not refused", args)
		}
	}
}

// TestCompanyIsTheSame makes a company in any number of shares.
func TestCompanyIsTheSame(t *testing.T) {
	c := Company{100, 3}
	whole := map[success.ContractID]success.Contract{}
	c.share(0, 1, func(k success.Contract) { whole[k.ID] = k }, func(Sale) {})
	parts := 0
	for k := range 7 {
		c.share(k, 7, func(k success.Contract) { same(t, k, whole[k.ID]); parts++ }, func(Sale) {})
	}
	if parts != 100 || len(whole) != 100 {
		t.Errorf("%d of %d", parts, len(whole))
	}
}
