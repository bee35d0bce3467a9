package retention_test

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/retention"
	"pgregory.net/rapid"
)

// stream yields contracts and then, unless it is nil, an error, and more after
// it, as nobody should look at.
func stream(contracts []success.Contract, err error) iter.Seq2[success.Contract, error] {
	return func(yield func(success.Contract, error) bool) {
		for _, c := range contracts {
			if !yield(c, nil) {
				return
			}
		}
		if err != nil && yield(success.Contract{}, err) {
			panic("read on after an error")
		}
	}
}

// inParts builds a book of contracts in parts of a size.
func inParts(contracts []success.Contract, options retention.Options, size int) (*retention.Book, error) {
	b := retention.NewBuilder(options)
	for part := range slices.Chunk(contracts, size) {
		part = slices.Clone(part)
		b.Append(part...)
		clear(part) // the builder keeps nothing of it
	}
	return b.Book()
}

// TestBuilder holds that it makes no difference how contracts come. The oracle
// and all other laws draw a way, too.
func TestBuilder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{})
		p := w.drawPeriod(t)
		whole, err := retention.NewBook(w.contracts, w.options)
		want := answersOf(t, must(t, whole, err), p)
		parts, err := inParts(w.contracts, w.options, rapid.IntRange(1, 9).Draw(t, "size"))
		same(t, "in parts", want, answersOf(t, must(t, parts, err), p))
		streamed, err := retention.StreamBook(stream(w.contracts, nil), w.options)
		same(t, "streamed", want, answersOf(t, must(t, streamed, err), p))
	})
}

// TestBuilderRefuses holds that bad input is refused in the same words, however
// it comes.
func TestBuilderRefuses(t *testing.T) {
	for _, tt := range refusals() {
		g := goodInput()
		tt.change(&g)
		_, want := retention.NewBook(g.contracts, g.options)
		parts, got := inParts(g.contracts, g.options, 1)
		if fmt.Sprint(got) != fmt.Sprint(want) || (parts == nil) != (got != nil) {
			t.Errorf("%s, in parts: %v, want %v", tt.name, got, want)
		}
		streamed, got := retention.StreamBook(stream(g.contracts, nil), g.options)
		if fmt.Sprint(got) != fmt.Sprint(want) || (streamed == nil) != (got != nil) {
			t.Errorf("%s, streamed: %v, want %v", tt.name, got, want)
		}
	}
}

// TestManyParts crosses the bounds of everything that is held in pieces, with
// columns that are first used late, or early only.
func TestManyParts(t *testing.T) {
	contracts := generated(150_000, shapes()[0])
	for i := range contracts {
		c := &contracts[i]
		switch {
		case i < 10:
			c.Currency, c.Product = "USD", "Desk"
		case i == 70_000:
			c.Quantity = 3
		case i > 140_000:
			c.Product, c.Quantity = "Vault", int64(i%3)
		}
		c.Currency = "USD"
		if i == 131_073 {
			c.Currency = "EUR"
		}
	}
	options := retention.Options{Currency: "EUR", Rates: []retention.Rate{{Currency: "USD", Date: day("2020-01-01"), Rate: dec("0.9")}}}
	p := success.Year(2022)
	ask := func(b *retention.Book, err error) (cuts []retention.Cut, lines []retention.Line) {
		must(t, b, err)
		for _, key := range keys() {
			cut, err := b.Cut(p, key)
			cuts = append(cuts, must(t, cut, err))
		}
		lines, err = b.Lines(p)
		return cuts, must(t, lines, err)[:2000]
	}
	want, largest := ask(retention.NewBook(contracts, options))
	for _, size := range []int{4096, 70_001} {
		cuts, lines := ask(inParts(contracts, options, size))
		same(t, fmt.Sprint("cuts, parts of ", size), want, cuts)
		same(t, fmt.Sprint("lines, parts of ", size), largest, lines)
	}
	cuts, lines := ask(retention.StreamBook(stream(contracts, nil), options))
	same(t, "cuts, streamed", want, cuts)
	same(t, "lines, streamed", largest, lines)
}

// TestLongIdentifiers: identifiers of millions of bytes are told apart as others
// are, from empty ones too.
func TestLongIdentifiers(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	contract := func(id, account string) success.Contract {
		return success.Contract{
			ID: success.ContractID(id), Account: success.AccountID(account), Start: day("2023-01-01"), Price: dec("1200"), Term: success.Months(12),
		}
	}
	contracts := []success.Contract{
		contract("1", long), contract("2", long+"y"), contract("3", long+"z"), contract("4", long[1:]), contract("5", long+"y"),
		contract(long+"1", "a"), contract(long+"2", "b"), contract(long[1:], "c"),
	}
	book, err := retention.StreamBook(stream(contracts, nil), retention.Options{})
	must(t, book, err)
	lines, err := book.Lines(success.Year(2024))
	must(t, lines, err)
	if len(lines) != 7 {
		t.Errorf("%d accounts, want 7", len(lines))
	}
	contracts = append(contracts, contract(long+"2", "d"), contract("", long), contract("6", ""))
	_, err = retention.StreamBook(stream(contracts, nil), retention.Options{})
	want := []string{"contract[8].ID duplicate", "contract[9].ID missing", "contract[10].Account missing"}
	if got := faultsOf(t, err); !slices.Equal(got, want) {
		t.Errorf("faults %v, want %v", got, want)
	}
}

// TestBrokenStream: an error of a stream is reported with its position, and is
// the end of it.
func TestBrokenStream(t *testing.T) {
	broken := errors.New("connection reset")
	contracts := generated(300, shapes()[0])
	contracts[3].Price = dec("1e400") // beside the point, when the rest is not known
	for _, n := range []int{0, 1, 127, 128, 129, 300} {
		book, err := retention.StreamBook(stream(contracts[:n], broken), retention.Options{Workers: -1})
		var fault *success.InputError
		if book != nil || !errors.Is(err, broken) || !errors.As(err, &fault) || fault.Index != n || fault.Record != "contract" {
			t.Errorf("after %d: %v and %v", n, book, err)
		}
	}
	if book, err := retention.StreamBook(stream(nil, nil), retention.Options{}); err != nil || book.Len() != 0 {
		t.Errorf("an empty stream: %v and %v", book, err)
	}
}

// TestBuilderStartsAfresh: a builder that gave its book, or refused to, has no
// contracts.
func TestBuilderStartsAfresh(t *testing.T) {
	good, bad := goodInput(), goodInput()
	bad.contracts[1].Price = dec("1e400")
	b := retention.NewBuilder(good.options)
	b.Append(bad.contracts...)
	if _, err := b.Book(); err == nil {
		t.Fatal("a book of bad contracts")
	}
	var books []*retention.Book
	for range 2 {
		b.Append(good.contracts[:1]...)
		b.Append()
		b.Append(good.contracts[1:]...)
		book, err := b.Book()
		books = append(books, must(t, book, err))
	}
	if empty, err := b.Book(); err != nil || empty.Len() != 0 {
		t.Errorf("after its books: %v and %v", empty, err)
	}
	same(t, "the second book", answersOf(t, books[0], success.Year(2024)), answersOf(t, books[1], success.Year(2024)))
}
