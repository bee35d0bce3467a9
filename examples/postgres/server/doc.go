// Package server starts a PostgreSQL that belongs to one program: in a temporary
// directory, on a free port of the loopback interface, as long as the program
// wants it.
package server

import "errors"

// ErrNone says that no PostgreSQL is installed where Debian's packages put it.
var ErrNone = errors.New("no PostgreSQL is installed")
