// Journeys answers: which channels earn the credit for what was won, and how much
// does the answer depend on the model?
//
//	go run ./examples/journeys                     # made-up journeys
//	go run ./examples/journeys -file paths.csv     # lines like  ticket>webinar,won,lost,revenue
//	go run ./examples/journeys -file journeys.json # an array of arrays of channels
//
// It shows what each key earns by every model side by side. A line of the CSV file
// is a path: its keys in order, how many journeys took it and won, how many lost
// and, if known, what the won ones brought in together. A journey of the JSON file
// counts as won.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the command, and returns its exit status: 0 for credit, 1 for a file that
// was refused and 2 for wrong usage.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("journeys", flag.ContinueOnError)
	flags.SetOutput(stderr)
	file := flags.String("file", "", "read the journeys of this CSV or JSON `file` (default: made-up ones)")
	most := flags.Int("most", 25, "show as `many` keys, those with most credit first")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case flags.NArg() > 0:
		fmt.Fprintf(stderr, "journeys: %s is not a flag; use -file for the file\n", flags.Arg(0))
		return 2
	case *most < 1:
		fmt.Fprintf(stderr, "journeys: -most %d shows nothing\n", *most)
		return 2
	}
	if err := show(stdout, *file, *most); err != nil {
		fmt.Fprintln(stderr, "journeys:", err)
		return 1
	}
	return 0
}

func show(stdout io.Writer, file string, most int) error {
	paths, err := read(file)
	if err != nil {
		return err
	}
	t, err := newTable(paths)
	if err != nil {
		return err
	}
	t.show(stdout, most)
	return nil
}

// read returns the paths of a file, and made-up ones without a file.
func read(file string) (*source, error) {
	if file == "" {
		return readCSV("sample", strings.NewReader(sample))
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(file)
	if strings.EqualFold(filepath.Ext(file), ".json") {
		return readJSON(name, bytes.NewReader(text))
	}
	return readCSV(name, bytes.NewReader(text))
}

// sample is made up: what customers met before they chose a larger plan, or not.
const sample = `path,won,lost,revenue
ticket,12,60,14400
ticket>health check,18,22,32400
ticket>health check>webinar,14,10,28000
webinar,9,45,10800
webinar>newsletter,4,38,4400
newsletter,3,90,2700
newsletter>webinar>ticket,8,14,11200
newsletter>newsletter>sales call,6,30,9000
sales call,10,40,16000
sales call>ticket>health check,11,5,24200
community>ticket,7,9,9100
community>ticket>community,5,4,7000
health check>sales call,13,7,29900
,20,200,18000
`
