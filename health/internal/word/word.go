// Package word gives the enumerations of health their words.
//
// The words of an enumeration are a function that returns them, not a variable,
// so that nothing can change them. The first is that of the zero value.
package word

import (
	"fmt"
	"slices"
	"strconv"

	"metrics.internal/success"
)

// Of returns the word of i, and "unknown 7" for a value that has none.
func Of(words []string, i uint8) string {
	if int(i) < len(words) {
		return words[i]
	}
	return "unknown " + strconv.Itoa(int(i))
}

// Marshal returns the word of i as text; a value that has none is an error.
func Marshal(words []string, i uint8) ([]byte, error) {
	if int(i) < len(words) {
		return []byte(words[i]), nil
	}
	return nil, fmt.Errorf("health: %d %w", i, success.ErrUnknown)
}

// Unmarshal returns the value of a word; one that is not among them is an error.
func Unmarshal(words []string, text []byte) (uint8, error) {
	if i := slices.Index(words, string(text)); i >= 0 {
		return uint8(i), nil
	}
	return 0, fmt.Errorf("health: %.40q %w", text, success.ErrUnknown)
}
