package report

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"
)

// width is how many characters a line has at most.
const width = 100

// A style says what the reader's screen can show.
type style struct {
	ascii  bool // nothing but ASCII
	colour bool
}

// styleOf looks at where the report goes and at the environment.
func styleOf(w io.Writer, ascii bool) style {
	dumb := os.Getenv("TERM") == "dumb"
	s := style{ascii: ascii || dumb || !utf8Locale()}
	s.colour = !dumb && os.Getenv("NO_COLOR") == "" && isTerminal(w)
	return s
}

func utf8Locale() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value := os.Getenv(name); value != "" {
			value = strings.ToLower(strings.ReplaceAll(value, "-", ""))
			return strings.HasSuffix(value, "utf8")
		}
	}
	return false
}

// A page is written to line by line, in a style.
type page struct {
	w io.Writer
	style
}

func newPage(w io.Writer, s style) *page { return &page{w, s} }

// line writes one line, cut to the width of the page. Errors are left to the
// buffer underneath.
func (p *page) line(text string) {
	fmt.Fprintln(p.w, strings.TrimRight(fit(p.plain(text), width), " "))
}

// styled is like line, with a colour code of ANSI terminals around it, if there
// is one.
func (p *page) styled(code, text string) {
	if !p.colour || code == "" {
		p.line(text)
		return
	}
	fmt.Fprintf(p.w, "\x1b[%sm%s\x1b[0m\n", code, strings.TrimRight(fit(p.plain(text), width), " "))
}

const (
	bold  = "1"
	red   = "31"
	green = "32"
)

// words writes a line of parts, leaving out empty ones.
func (p *page) words(parts ...string) { p.line(p.joined(parts)) }

// headline is like words, in bold and on as many lines as it takes.
func (p *page) headline(parts ...string) {
	for len(parts) > 0 {
		n := len(parts)
		for n > 1 && utf8.RuneCountInString(p.joined(parts[:n])) > width {
			n--
		}
		p.styled(bold, p.joined(parts[:n]))
		parts = parts[n:]
	}
}

func (p *page) joined(parts []string) string {
	var given []string
	for _, part := range parts {
		if part != "" {
			given = append(given, part)
		}
	}
	return strings.Join(given, " · ")
}

func (p *page) heading(text string) {
	p.line("")
	p.styled(bold, text)
}

// text writes a paragraph, indented and wrapped to the width of the page.
func (p *page) text(text string) {
	for _, line := range wrap(text, width-len(gap)) {
		p.line(gap + line)
	}
}

// numbered writes a list, each item wrapped to the width of the page.
func (p *page) numbered(items []string) {
	for i, item := range items {
		number := fmt.Sprintf("%2d. ", i+1)
		for _, line := range wrap(item, width-len(number)) {
			p.line(number + line)
			number = strings.Repeat(" ", len(number))
		}
	}
}

// asciiOf are the ASCII stand-ins of what the report writes itself.
var asciiOf = strings.NewReplacer("·", "|", "−", "-", "…", "~", "→", "->", "±", "~", "▁", "_", "▂", ".", "▃", ":", "▄", "-", "▅", "=", "▆", "+", "▇", "*", "█", "#")

// plain makes text fit to be shown: control characters, which could do anything
// to a terminal, are replaced, and so is what is not ASCII if it has to be.
func (p *page) plain(text string) string {
	if p.ascii {
		text = asciiOf.Replace(text)
	}
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || p.ascii && r > unicode.MaxASCII {
			return '?'
		}
		return r
	}, text)
}

// fit cuts text to a number of characters.
func fit(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "~"
}

// wrap breaks text between words.
func wrap(text string, most int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > most:
			lines = append(lines, line)
			line = word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}
