//go:build unix

package server

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// TestStart: it answers while it runs, and nothing is left when it has stopped.
func TestStart(t *testing.T) {
	s, err := Start(t.Context())
	if errors.Is(err, ErrNone) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), s.URL())
	if err != nil {
		t.Fatal(err)
	}
	var two int
	if err := conn.QueryRow(t.Context(), "SELECT 1 + 1").Scan(&two); err != nil || two != 2 {
		t.Errorf("1 + 1 = %d, %v", two, err)
	}
	if err := errors.Join(s.Stop(), s.Stop()); err != nil {
		t.Error(err)
	}
	if conn.Ping(t.Context()) == nil {
		t.Error("it answers after it was stopped")
	}
	if _, err := os.Stat(s.dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s: %v", s.dir, err)
	}
}

// TestStartCancelled: a start that is cancelled leaves nothing either, however far
// it has come.
func TestStartCancelled(t *testing.T) {
	dir, err := os.MkdirTemp("", "cancelled-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil { // the server is another user
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", dir)
	for _, after := range []time.Duration{0, 100 * time.Millisecond, 500 * time.Millisecond} {
		ctx, cancel := context.WithTimeout(t.Context(), after)
		s, err := Start(ctx)
		cancel()
		switch {
		case errors.Is(err, ErrNone):
			t.Skip(err)
		case err == nil: // it was quick
			err = s.Stop()
		case errors.Is(err, context.DeadlineExceeded):
			err = nil
		}
		if err != nil {
			t.Errorf("after %v: %v", after, err)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("after %v: left %v, %v", after, left, err)
		}
	}
}

func TestNewest(t *testing.T) {
	dir := t.TempDir()
	if got := newest(dir + "/*/bin/postgres"); got != "" {
		t.Errorf("%q where there is none", got)
	}
	for _, version := range []string{"9", "15", "13"} {
		os.MkdirAll(dir+"/"+version+"/bin", 0o777)
		if err := os.WriteFile(dir+"/"+version+"/bin/postgres", nil, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := newest(dir+"/*/bin/postgres"), dir+"/15/bin/postgres"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
