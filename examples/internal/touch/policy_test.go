package touch

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestExample holds that nobody can take the example for advice.
func TestExample(t *testing.T) {
	p, err := Policy(fstest.MapFS{})
	if err != nil || !strings.HasPrefix(p.Note, "EXAMPLE") || len(p.Tiers) != 4 {
		t.Error(p, err)
	}
}

func TestBadPolicy(t *testing.T) {
	if _, err := Policy(fstest.MapFS{file: {Data: []byte("{}")}}); err == nil || !strings.HasPrefix(err.Error(), "tiers.json: policy.Tiers: is missing") {
		t.Error(err)
	}
	if _, err := Policy(fstest.MapFS{file + "/inside": {}}); err == nil {
		t.Error("a directory is no policy")
	}
}
