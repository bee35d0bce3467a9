package main

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A server answers questions about the company that was loaded last. A reload
// puts a new one in its place in one step: a request sees the old company or the
// new one, never some of both.
type server struct {
	now  atomic.Pointer[company]
	load func(version int) (*company, error)
	one  sync.Mutex // reload at a time
	log  *slog.Logger
}

// newServer loads a company.
func newServer(load func(version int) (*company, error), log *slog.Logger) (*server, error) {
	s := &server{load: load, log: log}
	_, err := s.reload()
	return s, err
}

// reload loads the company again. When that fails the last one stays.
func (s *server) reload() (*company, error) {
	s.one.Lock()
	defer s.one.Unlock()
	version := 0
	if c := s.now.Load(); c != nil {
		version = c.version + 1
	}
	c, err := s.load(version)
	if err != nil {
		return nil, err
	}
	s.now.Store(c)
	s.log.Info("loaded", "version", c.version, "contracts", c.book.Len(), "as_of", c.asOf.String())
	return c, nil
}

// maxBody and timeout bound what a request may cost.
const (
	maxBody = 1 << 10
	timeout = 10 * time.Second
)

// handler returns the routes.
func (s *server) handler() http.Handler {
	routes := http.NewServeMux()
	ask := func(question func(*company, *http.Request) (any, error)) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			answer, err := question(s.now.Load(), r)
			s.reply(w, r, answer, err)
		}
	}
	routes.HandleFunc("GET /nrr", ask((*company).rates))
	routes.HandleFunc("GET /lines", ask((*company).lines))
	routes.HandleFunc("GET /health", ask((*company).scores))
	routes.HandleFunc("GET /healthz", ask((*company).alive))
	routes.HandleFunc("POST /reload", func(w http.ResponseWriter, r *http.Request) {
		c, err := s.reload()
		if err != nil {
			s.reply(w, r, nil, refused{err})
			return
		}
		answer, err := c.alive(r)
		s.reply(w, r, answer, err)
	})
	late := `{"error":"took longer than ` + timeout.String() + `"}`
	return http.MaxBytesHandler(http.TimeoutHandler(routes, timeout, late), maxBody)
}

// refused is an error of the one who asks.
type refused struct{ error }

func (r refused) Unwrap() error { return r.error }

// reply writes an answer or an error as JSON, and logs it.
func (s *server) reply(w http.ResponseWriter, r *http.Request, answer any, err error) {
	status := http.StatusOK
	if err != nil {
		status = http.StatusInternalServerError
		if errors.As(err, &refused{}) {
			status = http.StatusUnprocessableEntity
		}
		answer = map[string][]string{"errors": strings.Split(err.Error(), "\n")}
	}
	body, fault := json.Marshal(answer)
	if fault != nil {
		status, body = http.StatusInternalServerError, []byte(`{"errors":["the answer cannot be written"]}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(append(body, '\n'))
	s.log.Info("asked", "method", r.Method, "path", r.URL.Path, "status", status, "bytes", len(body))
}
