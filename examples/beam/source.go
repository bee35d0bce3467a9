package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/textio"
	"metrics.internal/success"
	"metrics.internal/success/examples/internal/folder"
)

// An input is where records come from, as shards in no order.
type input interface {
	read(s beam.Scope) records
	load() ([]success.Contract, []Sale, error) // all of them, into this process
}

// records are what an input reads.
type records struct {
	contracts beam.PCollection // of success.Contract
	sales     beam.PCollection // of Sale
	faults    beam.PCollection // of Faults: what could not be read
}

// A generated input is a company that every shard makes a share of.
type generated struct {
	company Company
	shards  int
}

func (g generated) read(s beam.Scope) records {
	s = s.Scope("Generate")
	shards := make([]int, g.shards)
	for i := range shards {
		shards[i] = i
	}
	contracts, sales := beam.ParDo2(s, &generate{g.company, g.shards}, beam.Reshuffle(s, beam.CreateList(s, shards)))
	return records{contracts, sales, beam.CreateList(s, []Faults{})}
}

func (g generated) load() (contracts []success.Contract, sales []Sale, err error) {
	g.company.share(0, 1, func(c success.Contract) { contracts = append(contracts, c) }, func(s Sale) { sales = append(sales, s) })
	return contracts, sales, nil
}

// generate makes one share of a company.
type generate struct {
	Company Company
	Shards  int
}

func (f *generate) ProcessElement(shard int, contract func(success.Contract), sale func(Sale)) {
	f.Company.share(shard, f.Shards, contract, sale)
}

// A held input is in this process already. It travels inside the pipeline's graph,
// which is right for what fits one machine.
type held struct {
	contracts []success.Contract
	sales     []Sale
	shards    int
}

func (h held) read(s beam.Scope) records {
	s = s.Scope("Held")
	contracts, sales := make([]beam.PCollection, h.shards), make([]beam.PCollection, h.shards)
	for k := range h.shards {
		contracts[k] = beam.CreateList(s, share(h.contracts, k, h.shards))
		sales[k] = beam.CreateList(s, share(h.sales, k, h.shards))
	}
	return records{beam.Flatten(s, contracts...), beam.Flatten(s, sales...), beam.CreateList(s, []Faults{})}
}

func (h held) load() ([]success.Contract, []Sale, error) { return h.contracts, h.sales, nil }

// share returns every n-th element, from k on.
func share[T any](all []T, k, n int) []T {
	part := []T{}
	for i := k; i < len(all); i += n {
		part = append(part, all[i])
	}
	return part
}

// openFolder reads a data folder, checks all of it, and sets the question's rates and
// mergers to what the folder knows.
func openFolder(dir string, shards int, q *Question) (held, error) {
	f, err := folder.Read(os.DirFS(dir), nil)
	if err != nil {
		return held{}, err
	}
	options := f.Options(q.Currency, 0)
	if err := f.Check(options); err != nil {
		return held{}, err
	}
	q.Currency, q.Rates, q.Mergers = options.Currency, options.Rates, options.Mergers
	sales, _ := f.Sales(q.Currency)
	return held{f.Contracts, salesOf(sales), shards}, nil
}

// A lines input is files of JSON, a record a line, wherever the SDK can read: a
// record is what encoding/json makes of a success.Contract or of a Sale.
type lines struct {
	contracts, sales string // patterns of file names; empty is none
}

func (l lines) read(s beam.Scope) records {
	s = s.Scope("Lines")
	contracts, broken := beam.ParDo2(s, &readContract{}, text(s, l.contracts))
	sales, also := beam.ParDo2(s, &readSale{}, text(s, l.sales))
	return records{contracts, sales, beam.Flatten(s, broken, also)}
}

func text(s beam.Scope, pattern string) beam.PCollection {
	if pattern == "" {
		return beam.CreateList(s, []string{})
	}
	return textio.Read(s, pattern)
}

func (l lines) load() ([]success.Contract, []Sale, error) {
	return nil, nil, fmt.Errorf("lines are read by the engine only: -direct takes a generated company or a folder")
}

type readContract struct{}

func (*readContract) ProcessElement(line string, contract func(success.Contract), faults func(Faults)) {
	c, err := fromJSON[success.Contract]([]byte(line))
	if err != nil {
		faults(unreadable("contract", line, err))
		return
	}
	contract(c)
}

type readSale struct{}

func (*readSale) ProcessElement(line string, sale func(Sale), faults func(Faults)) {
	s, err := fromJSON[Sale]([]byte(line))
	if err == nil && s == (Sale{}) {
		err = fmt.Errorf("is none of lead, deal, adjustment and interaction")
	}
	if err != nil {
		faults(unreadable("sale", line, err))
		return
	}
	sale(s)
}

// unreadable returns the fault of a line, with its ID and account as far as
// they can be made out.
func unreadable(record, line string, err error) Faults {
	var who struct {
		ID      string `json:"id"`
		Account string `json:"account"`
	}
	if json.Unmarshal([]byte(line), &who) != nil {
		who.ID = ""
	}
	if len(line) > 80 {
		line = line[:80] + "…"
	}
	return Faults{[]Fault{{Record: record, ID: who.ID, Account: who.Account, Value: line, Problem: err.Error()}}, 1}
}
