package touch

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"

	"metrics.internal/success/health/tier"
)

// file is the one of a data folder that holds a policy.
const file = "tiers.json"

// example is the policy of folders that have none. Its numbers are no
// recommendation.
//
//go:embed tiers.json
var example []byte

// Policy reads the policy of a folder, or the example when it has none.
func Policy(fsys fs.FS) (tier.Policy, error) {
	data, err := fs.ReadFile(fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return tier.Parse(example)
	}
	if err != nil {
		return tier.Policy{}, err
	}
	p, err := tier.Parse(data)
	if err != nil {
		return p, fmt.Errorf("%s: %w", file, err)
	}
	return p, nil
}
