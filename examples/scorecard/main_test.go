package main

import (
	"io"
	"strings"
	"testing"

	"metrics.internal/success"
)

// Oakvale is Green by what is known, but not for sure; Pinecroft scores well, and
// its sponsor is unhappy; of Rowanby too little is known.
func Example() {
	main()
	// Output:
	// account    score  range         known  band              top reason
	// Fernhill   98.1   98.1 to 98.1  100%   Green for sure    days_since_contact (−1.9)
	// Marlowe    56.0   56.0 to 56.0  100%   Yellow for sure   logins (−16.5)
	// Oakvale    76.0   48.9 to 83.9  65%    Green             features (−12.5)
	// Pinecroft  83.7   83.7 to 83.7  100%   Red by exception  unhappy sponsor (−33.7)
	// Rowanby    9.9    1.5 to 86.5   15%    Unknown           days_since_contact (−90.1)
	// Thornley   18.9   18.9 to 18.9  100%   Red for sure      logins (−24.0)
}

func TestFaults(t *testing.T) {
	day := success.MustDate("2025-06-30")
	for _, tt := range []struct{ name, definition, portfolio, want string }{
		{"no JSON", "x", portfolio, "definition"},
		{"no scorecard", "{}", portfolio, "definition.Version: is missing"},
		{"no number", string(definition), "account,logins\nFernhill,many\n", "Fernhill: logins"},
		{"no measure", string(definition), "account,logouts\nFernhill,3\n", "Fernhill: input[0].Measure: logouts is unknown"},
		{"no table", string(definition), "account,logins\nFernhill\n", "wrong number of fields"},
	} {
		err := run(io.Discard, []byte(tt.definition), tt.portfolio, day)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}
