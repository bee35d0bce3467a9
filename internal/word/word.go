// Package word gives enumerations their words.
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
	return nil, fmt.Errorf("success: %d %w", i, success.ErrUnknown)
}

// Read sets into to the value of a word; one that is not among them is an error
// and leaves it as it is.
func Read[T ~uint8](words []string, text []byte, into *T) error {
	i := slices.Index(words, string(text))
	if i < 0 {
		return fmt.Errorf("success: %.40q %w", text, success.ErrUnknown)
	}
	*into = T(i)
	return nil
}
