// Package arch holds the rules of the module that no compiler checks, as tests:
// which package may import which, and what code without I/O, clock and mutable
// state may not do.
package arch_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module  = "metrics.internal/success"
	decimal = "github.com/shopspring/decimal"
	compare = "github.com/google/go-cmp"
	rapid   = "pgregory.net/rapid"
	top     = "../.." // the module's directory
)

// mayImport says, by the first directory of a package, which directories of the
// module and which other modules it may import. Imports point one way.
func mayImport() map[string][]string {
	return map[string][]string{
		".":           {decimal, "internal"},
		"internal":    {decimal, "internal", "."},
		"retention":   {decimal, "internal", ".", "retention"},
		"health":      {decimal, "internal", ".", "health"},
		"attribution": {decimal, "internal", ".", "attribution"},
		"cohort":      {decimal, "internal", ".", "cohort", "retention"},
		"examples":    {decimal, "examples", ".", "retention", "health", "attribution", "cohort"},
	}
}

// forTests says what the tests of any package may import besides.
func forTests() []string {
	return []string{decimal, compare, rapid, ".", "internal", "retention", "health", "attribution", "cohort"}
}

// impure are packages of the standard library that do I/O, log, know the machine
// or are random.
func impure() []string {
	return []string{
		"os", "net", "io/fs", "io/ioutil", "embed", "path/filepath", "log", "flag", "syscall", "plugin",
		"math/rand", "crypto/rand", "database/sql", "expvar", "runtime", "testing", "unsafe",
	}
}

// impureNames are names of otherwise harmless packages.
func impureNames() map[string][]string {
	return map[string][]string{
		"time": {"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker", "Local", "LoadLocation"},
		"fmt":  {"Print", "Printf", "Println", "Scan", "Scanf", "Scanln"},
		decimal: {"Avg", "DivisionPrecision", "MarshalJSONWithoutQuotes", "ExpMaxIterations",
			"PowPrecisionNegativeExponent"}, // mutable, or depend on what is
	}
}

// seeded are the names of math/rand/v2 that do not touch its global source.
func seeded() []string { return []string{"New", "NewPCG", "PCG", "Rand", "Source", "NewZipf", "Zipf"} }

// A file is a Go file of the module.
type file struct {
	dir     string // slashed, from the module's directory
	name    string
	test    bool
	library bool // not an example
	set     *token.FileSet
	syntax  *ast.File
}

func (f *file) root() string {
	first, _, _ := strings.Cut(f.dir, "/")
	return first
}

// inside returns the first directory of an import path of the module.
func inside(path string) (dir string, ok bool) {
	if path == module {
		return ".", true
	}
	rest, ok := strings.CutPrefix(path, module+"/")
	dir, _, _ = strings.Cut(rest, "/")
	return dir, ok
}

func parse(name, source string) (*file, error) {
	set := token.NewFileSet()
	syntax, err := parser.ParseFile(set, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	dir := path.Dir(name)
	f := &file{dir: dir, name: name, test: strings.HasSuffix(name, "_test.go"), set: set, syntax: syntax}
	f.library = f.root() != "examples"
	return f, nil
}

// helpers returns the internal packages that are there for tests: those that
// import testing.
func helpers(files []*file) map[string]bool {
	dirs := map[string]bool{}
	for _, f := range files {
		if !f.test && slices.Contains(f.imports(), "testing") && slices.Contains(strings.Split(f.dir, "/"), "internal") {
			dirs[f.dir] = true
		}
	}
	return dirs
}

// faults returns what is against the rules in a file, given the helpers of
// tests.
func (f *file) faults(helpers map[string]bool) []string {
	f.test = f.test || helpers[f.dir]
	faults := f.checkImports(helpers)
	if f.library && !f.test {
		faults = append(faults, f.checkPurity()...)
	}
	return faults
}

func (f *file) checkImports(helpers map[string]bool) (faults []string) {
	allowed, known := mayImport()[f.root()]
	if !known {
		return []string{f.name + ": a package in a place that no rule speaks of"}
	}
	if f.test {
		allowed = append(allowed, forTests()...)
	}
	for _, path := range f.imports() {
		dir, own := inside(path)
		standard := !strings.Contains(strings.Split(path, "/")[0], ".")
		switch {
		case own && !f.test && helpers[strings.TrimPrefix(path, module+"/")]:
			faults = append(faults, f.name+": imports "+path+", which is for tests")
		case own && slices.Contains(allowed, dir):
		case !own && standard:
		case !own && slices.ContainsFunc(allowed, func(m string) bool { return path == m || strings.HasPrefix(path, m+"/") }):
		default:
			faults = append(faults, f.name+": imports "+path)
		}
	}
	return faults
}

// imports returns the import paths of a file, in its order.
func (f *file) imports() (paths []string) {
	for _, spec := range f.syntax.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		paths = append(paths, path)
	}
	return paths
}

func (f *file) checkPurity() (faults []string) {
	for _, path := range f.imports() {
		if f.root() == "cohort" && path == "math/rand/v2" {
			continue // the bootstrap's, seeded by the caller
		}
		if slices.ContainsFunc(impure(), func(p string) bool { return path == p || strings.HasPrefix(path, p+"/") }) {
			faults = append(faults, f.name+": imports "+path)
		}
	}
	for _, decl := range f.syntax.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			faults = append(faults, f.checkFunc(d)...)
		case *ast.GenDecl:
			faults = append(faults, f.checkVars(d)...)
		}
	}
	return append(faults, f.checkNames()...)
}

func (f *file) checkFunc(d *ast.FuncDecl) (faults []string) {
	if d.Name.Name == "init" && d.Recv == nil {
		faults = append(faults, f.at(d)+"init")
	}
	ast.Inspect(d, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		name, ok := call.Fun.(*ast.Ident)
		if ok && (name.Name == "panic" && !strings.HasPrefix(d.Name.Name, "Must") || name.Name == "print" || name.Name == "println") {
			faults = append(faults, f.at(call)+name.Name)
		}
		return true
	})
	return faults
}

// checkVars lets through the variables of a package that nobody changes: errors,
// and unexported ones whose comment says so.
func (f *file) checkVars(d *ast.GenDecl) (faults []string) {
	if d.Tok != token.VAR {
		return nil
	}
	for _, spec := range d.Specs {
		s := spec.(*ast.ValueSpec)
		comment := d.Doc.Text() + s.Doc.Text()
		readOnly := strings.Contains(comment, "read-only") || strings.Contains(comment, "Nothing writes to")
		for i, name := range s.Names {
			sentinel := strings.HasPrefix(strings.ToLower(name.Name), "err") && i < len(s.Values) && isError(s.Values[i])
			if name.Name != "_" && !sentinel && !(readOnly && !name.IsExported()) {
				faults = append(faults, f.at(s)+"variable "+name.Name)
			}
		}
	}
	return faults
}

// isError reports whether an expression makes an error.
func isError(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	s, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	pkg, _ := s.X.(*ast.Ident)
	return pkg != nil && slices.Contains([]string{"errors.New", "fmt.Errorf", "fault.New"}, pkg.Name+"."+s.Sel.Name)
}

// checkNames looks at the names taken from other packages.
func (f *file) checkNames() (faults []string) {
	paths := map[string]string{}
	for _, spec := range f.syntax.Imports {
		p, _ := strconv.Unquote(spec.Path.Value)
		name := path.Base(p)
		if name == "v2" {
			name = path.Base(path.Dir(p))
		}
		if spec.Name != nil {
			name = spec.Name.Name
		}
		paths[name] = p
	}
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		x, _ := s.X.(*ast.Ident)
		switch {
		case x != nil && slices.Contains(impureNames()[paths[x.Name]], s.Sel.Name),
			x != nil && paths[x.Name] == "math/rand/v2" && !slices.Contains(seeded(), s.Sel.Name):
			faults = append(faults, f.at(s)+x.Name+"."+s.Sel.Name)
		case s.Sel.Name == "Div" && (x == nil || paths[x.Name] == ""):
			faults = append(faults, f.at(s)+"Div, whose precision is a variable that anybody may set")
		}
		return true
	})
	return faults
}

func (f *file) at(n ast.Node) string {
	return f.name + ":" + strconv.Itoa(f.set.Position(n.Pos()).Line) + ": "
}

// files parses every Go file of the module, but not of modules nested in it.
func files(t *testing.T) (all []*file) {
	t.Helper()
	err := filepath.WalkDir(top, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(top, p)
		name = filepath.ToSlash(name)
		if d.IsDir() {
			_, nested := os.Stat(filepath.Join(p, "go.mod"))
			if name != "." && (nested == nil || strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		source, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		f, err := parse(name, string(source))
		all = append(all, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestRules holds every file to the rules.
func TestRules(t *testing.T) {
	seen := map[string]bool{}
	all := files(t)
	helpers := helpers(all)
	for _, f := range all {
		seen[f.root()] = true
		for _, fault := range f.faults(helpers) {
			t.Error(fault)
		}
	}
	for _, dir := range []string{".", "internal", "retention", "examples"} {
		if !seen[dir] {
			t.Errorf("no file of %s was looked at, only of %v", dir, slices.Sorted(maps.Keys(seen)))
		}
	}
}

// TestRulesCanFail gives the rules files that break them, and some that do not.
func TestRulesCanFail(t *testing.T) {
	helper, err := parse("internal/golden/x.go", `package p; import "testing"`)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, source, want string }{
		{"retention/x.go", `import "metrics.internal/success/cohort"`, "imports metrics.internal/success/cohort"},
		{"cohort/x.go", `import "metrics.internal/success/retention"`, ""},
		{"cohort/x.go", `import "metrics.internal/success/health"`, "imports metrics.internal/success/health"},
		{"health/tier/x.go", `import "metrics.internal/success/health"`, ""},
		{"x.go", `import "metrics.internal/success/retention"`, "imports metrics.internal/success/retention"},
		{"x.go", `import "metrics.internal/success/internal/exact"`, ""},
		{"retention/x.go", `import "metrics.internal/success/examples/internal/folder"`, "imports metrics.internal/success/examples/internal/folder"},
		{"retention/x.go", `import "pgregory.net/rapid"`, "imports pgregory.net/rapid"},
		{"retention/x_test.go", `import "pgregory.net/rapid"`, ""},
		{"retention/x_test.go", `import "github.com/google/go-cmp/cmp"`, ""},
		{"retention/x_test.go", `import "example.com/assert"`, "imports example.com/assert"},
		{"examples/nrr/x.go", `import "os"`, ""},
		{"examples/nrr/x.go", `import "metrics.internal/success/internal/exact"`, "imports metrics.internal/success/internal/exact"},
		{"cohort/x.go", `import "metrics.internal/success/internal/golden"`, "which is for tests"},
		{"cohort/x_test.go", `import "metrics.internal/success/internal/golden"`, ""},
		{"internal/golden/y.go", `import "os"`, ""},
		{"cohort/x.go", `import "testing"`, "imports testing"},
		{"util/x.go", ``, "a package in a place that no rule speaks of"},
		{"retention/x.go", `import "os"`, "imports os"},
		{"retention/x.go", `import "net/http"`, "imports net/http"},
		{"retention/x.go", `import "io/fs"`, "imports io/fs"},
		{"retention/x.go", `import "log/slog"`, "imports log/slog"},
		{"retention/x.go", `import "math/rand/v2"`, "imports math/rand/v2"},
		{"retention/x_test.go", `import ("os"; "math/rand/v2"; "time"); var x = time.Now()`, ""},
		{"cohort/x.go", `import "math/rand/v2"; func f() int { return rand.New(rand.NewPCG(1, 2)).IntN(3) }`, ""},
		{"cohort/x.go", `import "math/rand/v2"; func f() int { return rand.IntN(3) }`, "rand.IntN"},
		{"cohort/x.go", `import "math/rand"`, "imports math/rand"},
		{"retention/x.go", `import "time"; func f() time.Time { return time.Now() }`, "time.Now"},
		{"retention/x.go", `import clock "time"; func f() any { return clock.Now }`, "clock.Now"},
		{"retention/x.go", `import "time"; func f() any { return time.UTC }`, ""},
		{"retention/x.go", `import "time"; func f() any { return time.Local }`, "time.Local"},
		{"retention/x.go", `import "fmt"; func f() { fmt.Println() }`, "fmt.Println"},
		{"retention/x.go", `func init() {}`, "init"},
		{"retention/x.go", `type T int; func (T) init() {}`, ""},
		{"retention/x.go", `func f() { panic(1) }`, "panic"},
		{"retention/x.go", `func MustF() { panic(1) }`, ""},
		{"retention/x.go", `func f() { println() }`, "println"},
		{"retention/x.go", `var cache = map[int]int{}`, "variable cache"},
		{"retention/x.go", `var a, b int`, "variable a"},
		{"retention/x.go", "// pow holds powers. Nothing writes to it.\nvar pow = []int{1}", ""},
		{"retention/x.go", "// Pow holds powers. Nothing writes to it.\nvar Pow = []int{1}", "variable Pow"},
		{"retention/x.go", `import "errors"; var ErrX = errors.New("x")`, ""},
		{"retention/x.go", `var errX error`, "variable errX"},
		{"retention/x.go", `var _ error = nil`, ""},
		{"retention/x.go", `import "github.com/shopspring/decimal"; func f(d decimal.Decimal) any { return d.Div(d) }`, "Div"},
		{"retention/x.go", `import "github.com/shopspring/decimal"; func f(d decimal.Decimal) any { return d.DivRound(d, 2) }`, ""},
		{"retention/x.go", `import "metrics.internal/success/internal/exact"; func f() any { return exact.Div }`, ""},
		{"retention/x.go", `import "github.com/shopspring/decimal"; func f(d decimal.Decimal) any { return decimal.Avg(d) }`, "decimal.Avg"},
	} {
		f, err := parse(test.name, "package p\n"+test.source)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(f.faults(helpers([]*file{helper, f})), "\n")
		if test.want == "" && got != "" || !strings.Contains(got, test.want) {
			t.Errorf("%s: %s: %q, not %q", test.name, test.source, got, test.want)
		}
	}
}
