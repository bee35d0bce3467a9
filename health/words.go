package health

import (
	"fmt"
	"slices"
	"strconv"

	"metrics.internal/success"
)

// The words of the enumerations are functions, not variables, so that nothing
// can change them. The first is that of the zero value.

func word(words []string, i uint8) string {
	if int(i) < len(words) {
		return words[i]
	}
	return "unknown " + strconv.Itoa(int(i))
}

func marshalWord(words []string, i uint8) ([]byte, error) {
	if int(i) < len(words) {
		return []byte(words[i]), nil
	}
	return nil, fmt.Errorf("health: %d %w", i, success.ErrUnknown)
}

func unmarshalWord(words []string, text []byte) (uint8, error) {
	if i := slices.Index(words, string(text)); i >= 0 {
		return uint8(i), nil
	}
	return 0, fmt.Errorf("health: %.40q %w", text, success.ErrUnknown)
}
