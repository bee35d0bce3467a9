package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"metrics.internal/success/examples/postgres/server"
)

func runs(t *testing.T, ctx context.Context, args ...string) (status int, stdout, stderr string) {
	var out, err bytes.Buffer
	status = run(ctx, args, &out, &err)
	return status, out.String(), err.String()
}

// TestRun: without flags, a table of twelve months and their sum.
func TestRun(t *testing.T) {
	status, stdout, stderr := runs(t, t.Context())
	if status != statusTable || !strings.HasPrefix(stderr, "reading ") {
		t.Fatalf("exit status %d\n%s", status, stderr)
	}
	want, err := os.ReadFile("testdata/year.txt")
	if err != nil {
		t.Fatal(err)
	}
	if stdout != string(want) {
		t.Errorf("\n%s\nwant\n%s", stdout, want)
	}
}

// TestDatabase: a server that is there already is seeded once, and then read.
func TestDatabase(t *testing.T) {
	own, err := server.Start(t.Context())
	if errors.Is(err, server.ErrNone) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer own.Stop()
	if status, _, stderr := runs(t, t.Context(), "-database", own.URL()); status != statusRefused || !strings.Contains(stderr, "does not exist") {
		t.Errorf("without tables: exit status %d, %s", status, stderr)
	}
	status, first, stderr := runs(t, t.Context(), "-database", own.URL(), "-seed")
	if status != statusTable {
		t.Errorf("seeding: exit status %d, %s", status, stderr)
	}
	status, second, stderr := runs(t, t.Context(), "-database", own.URL(), "-currency", "EUR")
	if status != statusTable || first != second {
		t.Errorf("reading: exit status %d, %s\n%s\nwant\n%s", status, stderr, second, first)
	}
}

func TestRefused(t *testing.T) {
	done, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		ctx    context.Context
		args   string
		status int
		says   string
	}{
		{t.Context(), "-h", statusTable, "Usage"},
		{t.Context(), "-nothing", statusUsage, "not defined"},
		{t.Context(), "folder", statusUsage, "folder is not a flag"},
		{t.Context(), "-from 2025-01-01 -to 2024-01-01", statusUsage, "2024-01-01"},
		{t.Context(), "-database postgres://nobody@127.0.0.1:1/none", statusRefused, "connect"},
		{done, "", statusRefused, "cancel"},
	} {
		status, stdout, stderr := runs(t, c.ctx, strings.Fields(c.args)...)
		if status != c.status || stdout != "" || !strings.Contains(stderr, c.says) {
			t.Errorf("%s: exit status %d, %s", c.args, status, stderr)
		}
	}
}
