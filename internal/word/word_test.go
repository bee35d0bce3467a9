package word_test

import (
	"errors"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/internal/word"
)

func TestWords(t *testing.T) {
	words := []string{"none", "some"}
	for i, want := range map[uint8]string{0: "none", 1: "some", 2: "unknown 2", 255: "unknown 255"} {
		if got := word.Of(words, i); got != want {
			t.Errorf("%d is %q, want %q", i, got, want)
		}
		text, err := word.Marshal(words, i)
		if i > 1 {
			if text != nil || !errors.Is(err, success.ErrUnknown) {
				t.Errorf("%d is marshalled as %q, %v", i, text, err)
			}
			continue
		}
		back := uint8(9)
		if again := word.Read(words, text, &back); err != nil || again != nil || back != i {
			t.Errorf("%d comes back from %q as %d, %v, %v", i, text, back, err, again)
		}
	}
	kept := uint8(9)
	if err := word.Read(words, []byte("Some"), &kept); kept != 9 || !errors.Is(err, success.ErrUnknown) {
		t.Errorf("a word that is not among them makes %d, %v", kept, err)
	}
}
