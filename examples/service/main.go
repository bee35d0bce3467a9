// Service keeps a company's book in memory and answers questions about it over
// HTTP, as JSON.
//
//	go run ./examples/service                                  # asks itself, prints, stops
//	go run ./examples/service -addr localhost:8080 -dir DIR    # serves until interrupted
//
//	GET  /nrr?from=2025-01-01&to=2026-01-01    rates and movements
//	GET  /lines?from=…&to=…&limit=10           who moved, the largest first
//	GET  /health                               scores of the customers of today
//	GET  /healthz                              whether it is there
//	POST /reload                               read the folder again
//
// A folder with a fault is refused as a whole, with every fault in the answer,
// and the last good one goes on answering. The service has no users and no
// passwords: put it behind what has.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"metrics.internal/success/examples/internal/sample"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "service:", err)
		os.Exit(1)
	}
}

// run is the command.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("service", flag.ContinueOnError)
	flags.SetOutput(stderr)
	addr := flags.String("addr", "", "serve on this `address`, such as localhost:8080 (default: ask itself and stop)")
	dir := flags.String("dir", "", "read the CSV files of this `folder` (default: a sample company)")
	currency := flags.String("currency", "", "report in this `currency` (default: the only one there is)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var fsys fs.FS = os.DirFS(*dir)
	if *dir == "" {
		fsys = sample.Files()
		if *currency == "" {
			*currency = sample.Currency
		}
	}
	s, err := newServer(func(version int) (*company, error) { return load(fsys, *currency, version) },
		slog.New(slog.NewJSONHandler(stderr, nil)))
	if err != nil {
		return err
	}
	at := *addr
	if at == "" {
		at = "127.0.0.1:0"
	}
	listener, err := net.Listen("tcp", at)
	if err != nil {
		return err
	}
	if *addr == "" {
		return s.demonstrate(ctx, listener, stdout)
	}
	return s.serve(ctx, listener)
}

// serve answers until ctx is done, and lets those who are being answered finish.
func (s *server) serve(ctx context.Context, listener net.Listener) error {
	web := &http.Server{
		Handler:           s.handler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       timeout,
		WriteTimeout:      2 * timeout,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	s.log.Info("serving", "address", listener.Addr().String())
	served := make(chan error, 1)
	go func() { served <- web.Serve(listener) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	s.log.Info("stopping")
	last, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return web.Shutdown(last)
}

// demonstrate serves, asks a few questions, and prints them with the answers.
func (s *server) demonstrate(ctx context.Context, listener net.Listener, stdout io.Writer) error {
	ctx, stop := context.WithCancel(ctx)
	served := make(chan error, 1)
	go func() { served <- s.serve(ctx, listener) }()
	var failed error
	for _, path := range []string{"/healthz", "/nrr?from=2025-01-01&to=2026-01-01", "/lines?limit=2", "/nrr?from=2025-13-01"} {
		if failed = show(ctx, stdout, "http://"+listener.Addr().String(), path); failed != nil {
			break
		}
	}
	stop()
	return errors.Join(failed, <-served)
}

func show(ctx context.Context, stdout io.Writer, base, path string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+path, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "GET %s\n%s\n%s\n", path, answer.Status, body)
	return err
}
