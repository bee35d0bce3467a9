package main

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
)

var declared = regexp.MustCompile(`(--[\w-]+): #([0-9a-f]{6});`)

// themes returns the colours of the style sheet, in light and in dark.
func themes(t *testing.T) map[string]map[string]string {
	t.Helper()
	light, dark, found := strings.Cut(styleSheet, "prefers-color-scheme: dark")
	if !found {
		t.Fatal("no dark theme")
	}
	all := map[string]map[string]string{"light": {}, "dark": {}}
	for name, css := range map[string]string{"light": light, "dark": dark} {
		for _, m := range declared.FindAllStringSubmatch(css, -1) {
			all[name][m[1]] = m[2]
		}
	}
	return all
}

// luminance returns the relative luminance of a colour, as WCAG 2 defines it.
func luminance(colour string) float64 {
	var rgb [3]int
	fmt.Sscanf(colour, "%02x%02x%02x", &rgb[0], &rgb[1], &rgb[2])
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		c := float64(rgb[i]) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func contrast(a, b string) float64 {
	x, y := luminance(a)+0.05, luminance(b)+0.05
	return max(x, y) / min(x, y)
}

// TestContrast holds text to 4.5:1 and marks to 3:1 of what is behind them (WCAG 2,
// AA), in light and in dark.
func TestContrast(t *testing.T) {
	type pair struct {
		over, under string
		least       float64
	}
	var pairs []pair
	for _, under := range []string{"--page", "--surface"} {
		pairs = append(pairs, pair{"--text", under, 4.5}, pair{"--muted", under, 4.5}, pair{"--link", under, 4.5})
	}
	for _, mark := range []string{"total", "gain", "loss", "first", "second", "hatch", "others", "nobody", "part0", "part1", "part2", "part3", "part4"} {
		pairs = append(pairs, pair{"--" + mark, "--surface", 3})
	}
	pairs = append(pairs, pair{"--first", "--band", 3})
	for i := range 7 {
		pairs = append(pairs, pair{fmt.Sprint("--on-cell", i), fmt.Sprint("--cell", i), 4.5}, pair{fmt.Sprint("--on-ratio", i), fmt.Sprint("--ratio", i), 4.5})
	}
	for theme, colours := range themes(t) {
		for _, p := range pairs {
			if got := contrast(colours[p.over], colours[p.under]); got < p.least {
				t.Errorf("%s: %s on %s is %.2f:1, not %.1f:1", theme, p.over, p.under, got, p.least)
			}
		}
	}
}

// TestInks finds every ink in both themes.
func TestInks(t *testing.T) {
	for theme, colours := range themes(t) {
		seen := map[string]bool{}
		for k := text; k < inks; k++ {
			name := k.Variable()
			if colours[name] == "" || seen[name] {
				t.Errorf("%s: no %s, or two inks of the name", theme, name)
			}
			seen[name] = true
		}
	}
}

// TestInked replaces the colours of inks, and nothing that a text says.
func TestInked(t *testing.T) {
	got := string(inked([]byte(`<path style="fill:#000001;stroke:#0000FF" /><text style="font-family:A;font-variant:b;font-weight:c;font-style:d;font-size:13px;fill:#000002">#000001 style=&#34;fill:#000001&#34;</text>`)))
	want := `<path style="fill:var(--text);stroke:#0000FF" /><text style="font-size:13px;fill:var(--muted)">#000001 style=&#34;fill:#000001&#34;</text>`
	if got != want {
		t.Error(got)
	}
}
