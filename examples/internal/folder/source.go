package folder

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

const (
	maxField  = 64 << 10 // bytes
	maxRecord = 1 << 20  // bytes
)

var errLong = errors.New("the record is too long")

// A source hands out the bytes of a file a line at a time at most, so that a CSV
// reader on top of it has read exactly the lines of its record, and no more of a
// record than maxRecord.
type source struct {
	r      *bufio.Reader
	lines  int    // handed out whole
	first  int    // the line that the record begins on, 0 before it does
	head   string // of the line, before the record begins
	spent  int    // bytes of the record
	quotes int    // of them; an odd number means that a quoted field is open
	ended  bool
}

func newSource(r io.Reader) *source {
	s := &source{r: bufio.NewReaderSize(r, maxField)}
	if bom, _ := s.r.Peek(3); string(bom) == "\ufeff" {
		s.r.Discard(3)
	}
	return s
}

// begin forgets the record before.
func (s *source) begin() { s.first, s.head, s.spent, s.quotes = 0, "", 0, 0 }

// line returns the line that the record begins on.
func (s *source) line() int {
	if s.first == 0 {
		return s.lines + 1
	}
	return s.first
}

// Read hands out the rest of the line, or as much of it as there is room for.
func (s *source) Read(p []byte) (int, error) {
	if s.spent >= maxRecord {
		return 0, errLong
	}
	chunk, err := s.chunk(min(len(p), maxRecord-s.spent))
	if err != nil {
		return 0, err
	}
	if s.first == 0 {
		s.look(chunk)
	}
	s.take(chunk)
	copy(p, chunk)
	s.r.Discard(len(chunk))
	return len(chunk), nil
}

// look looks for the first line that is not empty.
func (s *source) look(chunk []byte) {
	s.head += string(chunk[:min(len(chunk), len("\r\n"))])
	switch s.head {
	case "\r": // there may be more of it
	case "\n", "\r\n":
		s.head = ""
	default:
		s.first = s.lines + 1
	}
}

// chunk looks ahead as far as the end of the line, but no further than most.
func (s *source) chunk(most int) ([]byte, error) {
	if _, err := s.r.Peek(1); err != nil {
		s.ended = true
		return nil, err
	}
	chunk, _ := s.r.Peek(min(s.r.Buffered(), most))
	if i := bytes.IndexByte(chunk, '\n'); i >= 0 {
		chunk = chunk[:i+1]
	}
	return chunk, nil
}

// open reports whether the file has ended within a quoted field.
func (s *source) open() bool { return s.ended && s.quotes%2 == 1 }

// take counts a chunk as handed out.
func (s *source) take(chunk []byte) {
	s.spent += len(chunk)
	s.quotes += bytes.Count(chunk, []byte{'"'})
	if bytes.HasSuffix(chunk, []byte{'\n'}) {
		s.lines++
	}
}

// skip goes on behind the line that ends a record that is too long.
func (s *source) skip() {
	for {
		chunk, err := s.chunk(maxField)
		if err != nil {
			return
		}
		s.take(chunk)
		line := bytes.HasSuffix(chunk, []byte{'\n'})
		s.r.Discard(len(chunk))
		if line && s.quotes%2 == 0 {
			return
		}
	}
}
