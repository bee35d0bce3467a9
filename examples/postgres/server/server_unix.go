//go:build unix

package server

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// How long things may take before they are given up.
const (
	startTime = 60 * time.Second
	stopTime  = 10 * time.Second
	pollTime  = 50 * time.Millisecond
)

const owner = "success" // of the database, not a user of the machine

// A Server is a PostgreSQL of its own, in a temporary directory.
type Server struct {
	url     string
	dir     string
	process *exec.Cmd
	exited  chan struct{} // closed when the process has ended
	said    bytes.Buffer  // what the process wrote; to be read after exited
}

// Start makes an empty database in a temporary directory and starts the newest
// PostgreSQL installed on a free port of the loopback interface, protected by a
// password that nobody else knows. Since PostgreSQL refuses to run as root, root
// starts it as the user postgres. The error is [ErrNone] when none is installed.
//
// The server must be stopped. It goes on when ctx is done after the start.
func Start(ctx context.Context) (*Server, error) {
	bin := newest("/usr/lib/postgresql/*/bin/postgres")
	if bin == "" {
		return nil, ErrNone
	}
	dir, err := os.MkdirTemp("", "success-postgres-")
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir}
	if err := s.start(ctx, filepath.Dir(bin)); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

// URL returns what connects to the server.
func (s *Server) URL() string { return s.url }

// Process returns the id of the server's main process; those that serve are its
// children.
func (s *Server) Process() int { return s.process.Process.Pid }

// Stop ends the server and removes its directory. It is safe to call twice.
func (s *Server) Stop() error {
	if s.process != nil {
		s.process.Process.Signal(syscall.SIGINT) // ends connections too
		select {
		case <-s.exited:
		case <-time.After(stopTime):
			s.process.Process.Kill()
			<-s.exited
		}
		s.process = nil
	}
	return os.RemoveAll(s.dir)
}

// newest returns the installed program of the highest version, nothing when none
// is installed.
func newest(pattern string) string {
	found, _ := filepath.Glob(pattern) // the pattern is well formed
	version := func(path string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path)))) // 0 when it is no number
		return n
	}
	if len(found) == 0 {
		return ""
	}
	return slices.MaxFunc(found, func(a, b string) int { return cmp.Compare(version(a), version(b)) })
}

func (s *Server) start(ctx context.Context, bin string) error {
	attributes, err := unprivileged(s.dir)
	if err != nil {
		return err
	}
	password := rand.Text()
	if err := s.create(ctx, bin, password, attributes); err != nil {
		return err
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	s.url = (&url.URL{Scheme: "postgres", User: url.UserPassword(owner, password), Host: address, Path: "postgres"}).String()
	process := exec.Command(filepath.Join(bin, "postgres"), "-D", filepath.Join(s.dir, "data"),
		"-h", "127.0.0.1", "-p", strconv.Itoa(port), "-k", "", "-c", "fsync=off")
	process.Dir, process.SysProcAttr = s.dir, attributes
	process.Stdout, process.Stderr = &s.said, &s.said
	if err := process.Start(); err != nil {
		return err
	}
	s.process, s.exited = process, make(chan struct{})
	go func() {
		process.Wait()
		close(s.exited)
	}()
	return s.ready(ctx)
}

// unprivileged gives dir to the user that the server will run as, and returns what
// makes a process run as that. Processes get a group of their own, so that an
// interrupt from the terminal reaches only the program, which stops them.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	attributes := &syscall.SysProcAttr{Setpgid: true}
	if os.Geteuid() != 0 {
		return attributes, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("root cannot run PostgreSQL: %w", err)
	}
	uid, fault := strconv.ParseUint(u.Uid, 10, 32)
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err := errors.Join(fault, err, os.Chown(dir, int(uid), int(gid))); err != nil {
		return nil, err
	}
	attributes.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attributes, nil
}

// create makes the empty database.
func (s *Server) create(ctx context.Context, bin, password string, attributes *syscall.SysProcAttr) error {
	file := filepath.Join(s.dir, "password")
	if err := os.WriteFile(file, []byte(password), 0o600); err != nil {
		return err
	}
	if c := attributes.Credential; c != nil {
		if err := os.Chown(file, int(c.Uid), int(c.Gid)); err != nil {
			return err
		}
	}
	initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", filepath.Join(s.dir, "data"),
		"-U", owner, "--auth=scram-sha-256", "--pwfile="+file, "--encoding=UTF8", "--locale=C", "--no-sync")
	initdb.Dir, initdb.SysProcAttr = s.dir, attributes
	initdb.Cancel = func() error { return syscall.Kill(-initdb.Process.Pid, syscall.SIGKILL) } // its children too
	initdb.WaitDelay = stopTime
	said, err := initdb.CombinedOutput()
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return fmt.Errorf("initdb: %w\n%s", err, said)
	}
	return os.Remove(file)
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// ready waits until the server answers.
func (s *Server) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.url)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-s.exited:
			return fmt.Errorf("PostgreSQL ended: %s", s.said.Bytes())
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL does not answer: %w", err)
		case <-time.After(pollTime):
		}
	}
}
