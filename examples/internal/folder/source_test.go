package folder

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawText draws a file of few characters, those that CSV is made of.
func drawText(t *rapid.T) string {
	pieces := []string{"a", ",", "\n", `"`, `""`, "\r\n", "\r", "\n\n", ",\"x\ny\",", "é"}
	return strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "pieces"), "")
}

// records reads all records, and what is wrong with those that cannot be read.
func records(r io.Reader, line func() int) (all []string) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = -1
	for {
		fields, err := in.Read()
		if err == io.EOF {
			return all
		}
		if err != nil {
			syntax := err.(*csv.ParseError)
			all = append(all, fmt.Sprintf("%d: %v", syntax.StartLine, syntax.Err))
			continue
		}
		at, _ := in.FieldPos(0)
		all = append(all, fmt.Sprintf("%d: %q", at, fields))
	}
}

// TestSource says that reading through a source, in whatever pieces, gives what
// encoding/csv reads from the text, and the line that it says.
func TestSource(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t)
		want := records(strings.NewReader(text), nil)
		var r io.Reader = strings.NewReader(text)
		if rapid.Bool().Draw(t, "byte by byte") {
			r = iotest.OneByteReader(r)
		}
		src := newSource(r)
		in := newRecords(src)
		var got []string
		for {
			src.begin()
			fields, err := in.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				got = append(got, fmt.Sprintf("%d: %v", src.line(), err.(*csv.ParseError).Err))
				continue
			}
			got = append(got, fmt.Sprintf("%d: %q", src.line(), fields))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q (-want +got)\n%s", text, diff)
		}
	})
}

// FuzzRead reads any text as each of the files: it must not panic, must give the
// same faults twice and name lines that are there.
func FuzzRead(f *testing.F) {
	for _, table := range tables() {
		header := strings.Join(append(append([]string{}, table.required...), table.optional...), ",")
		f.Add(header+"\n\"a\nb\",A1,2024-01-01,1,1\n", table.file)
		f.Add("\ufeff"+header+"\r\nC1,A1,2024-01-01,1e400,12\r\nC1,,,,\"\n", table.file)
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		known := false
		for _, table := range tables() {
			known = known || table.file == name
		}
		if !known {
			t.Skip()
		}
		fsys := fstest.MapFS{name: {Data: []byte(text)}}
		if name != "deals.csv" {
			fsys["deals.csv"] = &fstest.MapFile{Data: []byte("id,account,opened,status,amount\n")}
		}
		first, again := check(t, fsys), check(t, fsys)
		if first != again {
			t.Errorf("%s\nthen %s", first, again)
		}
	})
}

func check(t *testing.T, fsys fstest.MapFS) string {
	f, err := Read(fsys, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = f.Check(f.Options("", 0))
	faults, ok := err.(*Faults)
	if !ok {
		return fmt.Sprint(err)
	}
	for _, fault := range faults.Kept {
		lines := strings.Count(string(fsys[fault.File].Data), "\n") + 1
		if fault.Line < 1 || fault.Line > lines {
			t.Errorf("line of %v in a file of %d", fault, lines)
		}
	}
	return err.Error()
}
