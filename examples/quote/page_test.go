package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template"
	"time"
)

// TestPage says that README.md is what page.tmpl and the figures of the program
// make, so that a figure of the page cannot be another than the library's.
func TestPage(t *testing.T) {
	by, of := figures(t)
	used := map[string]bool{}
	find := func(id string) figure {
		f, ok := by[id]
		if !ok {
			t.Errorf("page.tmpl asks for %q", id)
		}
		used[id] = true
		return f
	}
	page, err := template.New("page.tmpl").Funcs(template.FuncMap{
		"v":    func(id string) string { return strings.Join(find(id).values, " ") },
		"at":   func(id, head string) string { return find(id).values[slices.Index(of[id].heads, head)] },
		"row":  func(id string) string { return strings.Join(find(id).values, " | ") },
		"head": func(id string) string { return strings.Join(of[id].heads, " | ") },
		"n":    func(id string) string { return find(id).name },
		"days": func() int { return int(window / (24 * time.Hour)) },
		"c":    func(id string) string { return code(find(id).call) },
	}).ParseFiles("page.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	var made bytes.Buffer
	if err := page.Execute(&made, nil); err != nil {
		t.Fatal(err)
	}
	golden(t, "README.md", made.String())
	for _, id := range slices.Sorted(maps.Keys(by)) {
		if !used[id] {
			t.Errorf("the page does not tell %s apart", id)
		}
	}
}

// code returns a call as the page shows it.
func code(call string) string {
	if own, found := strings.CutPrefix(call, "no call: "); found {
		return "no call; `" + own + "` here"
	}
	return "`" + call + "`"
}

var (
	action = regexp.MustCompile(`\{\{[^}]*\}\}`)
	fence  = regexp.MustCompile("(?s)```.*?```")
	span   = regexp.MustCompile("`[^`]+`")
	number = regexp.MustCompile(`[0-9][0-9.,/]*[0-9]|[0-9]`)
)

// plain are the numbers that the page has of its own: years, ages in months, and
// the level of intervals.
var plain = []string{"2024", "2025", "12", "14", "95"}

// TestNoLooseNumber says that page.tmpl has no figure of its own, which nothing
// would hold against the library.
func TestNoLooseNumber(t *testing.T) {
	text := read(t, "page.tmpl")
	for _, re := range []*regexp.Regexp{action, fence, span} {
		text = re.ReplaceAllString(text, "")
	}
	if len(action.FindAllString(read(t, "page.tmpl"), -1)) < 100 {
		t.Error("hardly a figure is asked for")
	}
	for _, n := range number.FindAllString(text, -1) {
		if !slices.Contains(plain, n) {
			t.Errorf("%s is written by hand", n)
		}
	}
}

// TestCode says that the code of the page is in the program, line for line.
func TestCode(t *testing.T) {
	var source strings.Builder
	for _, name := range sources(t) {
		source.WriteString(read(t, name))
	}
	text := action.ReplaceAllString(read(t, "page.tmpl"), "")
	blocks := fence.FindAllString(text, -1)
	if len(blocks) == 0 {
		t.Error("no code")
	}
	for _, block := range blocks {
		for line := range strings.Lines(block) {
			line = strings.TrimSpace(line)
			if !strings.HasPrefix(line, "```") && !strings.HasPrefix(line, "go run ") && !strings.Contains(source.String(), line) {
				t.Errorf("the program does not say %s", line)
			}
		}
	}
	for _, s := range span.FindAllString(fence.ReplaceAllString(text, ""), -1) {
		s = strings.Trim(s, "`")
		_, here := os.Stat(s)
		_, there := os.Stat(filepath.Join("..", "..", s))
		if here != nil && there != nil && !strings.Contains(source.String(), s) {
			t.Errorf("there is no %s in the program, and no such file", s)
		}
	}
}

// TestAnchors says that the links within the page lead to a heading.
func TestAnchors(t *testing.T) {
	page := read(t, "README.md")
	headings := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^## (.+)$`).FindAllStringSubmatch(page, -1) {
		headings[strings.ReplaceAll(strings.ToLower(m[1]), " ", "-")] = true
	}
	links := regexp.MustCompile(`\]\(#([^)]*)\)`).FindAllStringSubmatch(page, -1)
	if len(links) == 0 {
		t.Error("no links")
	}
	for _, m := range links {
		if !headings[m[1]] {
			t.Errorf("no heading for #%s", m[1])
		}
	}
}

// TestCalls says that the call that is shown for a figure is the one that gave it:
// the code of the argument after it, or of what a variable in there was set to.
func TestCalls(t *testing.T) {
	by, _ := figures(t)
	shown := map[string]bool{}
	for _, name := range sources(t) {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
				checkCalls(t, f, by, shown)
			}
		}
	}
	for id, f := range by {
		if f.call != "" && !shown[id] {
			t.Errorf("nobody knows whether %s gave %s", f.call, id)
		}
	}
}

func checkCalls(t *testing.T, f *ast.FuncDecl, by map[string]figure, shown map[string]bool) {
	set := map[string]string{} // what variables are set to
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				set[text(left)] = text(n.Rhs[min(i, len(n.Rhs)-1)])
			}
		case *ast.CallExpr:
			checkCall(t, n.Args, by, set, shown)
		case *ast.CompositeLit:
			checkCall(t, n.Elts, by, set, shown)
		}
		return true
	})
}

// checkCall checks an id, a name, the call that is shown and the value.
func checkCall(t *testing.T, args []ast.Expr, by map[string]figure, set map[string]string, shown map[string]bool) {
	if len(args) < 4 {
		return
	}
	id, ok1 := literal(args[0])
	call, ok2 := literal(args[2])
	if !ok1 || !ok2 || call == "" || call != by[id].call {
		return // not the arguments of a figure
	}
	shown[id] = true
	call = strings.TrimPrefix(call, "no call: ")
	ok := text(args[3]) == call
	ast.Inspect(args[3], func(n ast.Node) bool {
		if name, is := n.(*ast.Ident); is {
			from := set[name.Name]
			ok = ok || from == call || from == "must("+call+")"
		}
		return true
	})
	if !ok {
		t.Errorf("%s: %s is shown for %s", id, call, text(args[3]))
	}
}

func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(l.Value)
	return s, err == nil
}

// text is the code of an expression.
func text(e ast.Expr) string {
	var b strings.Builder
	_ = printer.Fprint(&b, token.NewFileSet(), e) // a strings.Builder takes it all
	return b.String()
}

// sources are the files of the program.
func sources(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(files, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
