//go:build !unix

package server

import "context"

// A Server is a PostgreSQL of its own; there is none on this system.
type Server struct{}

// Start returns [ErrNone].
func Start(context.Context) (*Server, error) { return nil, ErrNone }

// URL returns what connects to the server.
func (s *Server) URL() string { return "" }

// Process returns the id of the server's main process.
func (s *Server) Process() int { return 0 }

// Stop ends the server.
func (s *Server) Stop() error { return nil }
