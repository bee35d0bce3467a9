package survival_test

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/cohort/survival"
	"metrics.internal/success/internal/refusal"
	"metrics.internal/success/internal/wire/wiretest"
)

// Tables come back from their bytes and give the same tests; shards merge to the
// same whether they were sent or not, to the same bytes in any order.
func TestTableSent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		send := func(table *survival.Table) *survival.Table {
			return wiretest.Read[survival.Table](t, wiretest.Written(t, table, 1<<20))
		}
		var whole, first, second survival.Table
		for i, s := range drawSpans(t, "account", rapid.Bool().Draw(t, "late entry")) {
			subject := survival.Subject{
				Span:    s,
				Group:   []string{"month", "year", ""}[min(i, rapid.IntRange(0, 2).Draw(t, "group"))],
				Stratum: rapid.SampledFrom([]string{"", "small", "large"}).Draw(t, "stratum"),
			}
			part := rapid.SampledFrom([]*survival.Table{&first, &second}).Draw(t, "part")
			for _, table := range []*survival.Table{&whole, part} {
				if err := table.Add(subject); err != nil {
					t.Fatal(err)
				}
			}
		}
		first.AddCounts("nobody", "small", new(survival.Counts))
		merged := send(&second)
		merged.Merge(send(&first))
		for _, table := range []*survival.Table{send(&whole), merged} {
			for _, kind := range []survival.Weighting{{}, {Kind: survival.GehanWilcoxon}} {
				want, err1 := whole.LogRank(kind)
				got, err2 := table.LogRank(kind)
				if !reflect.DeepEqual(want, got) || fmt.Sprint(err1) != fmt.Sprint(err2) {
					t.Fatalf("%+v, %v, sent %+v, %v", want, err1, got, err2)
				}
			}
			if x, y := wiretest.Written(t, &whole, 1<<20), wiretest.Written(t, table, 1<<20); !slices.Equal(x, y) {
				t.Fatalf("%x, sent %x", x, y)
			}
		}
	})
}

func wiredTable(t testing.TB) *survival.Table {
	table := new(survival.Table)
	table.AddCounts("year", "large", wired(t))
	table.AddCounts("month", "small", counted(t, spans(1)))
	table.AddCounts("year", "small", counted(t, spans(-1)))
	table.AddCounts("nobody", "small", new(survival.Counts))
	return table
}

// TestTableForm: the form does not change unnoticed. A group takes 58 bytes beside
// its names and counts.
func TestTableForm(t *testing.T) {
	room := strings.Repeat("00", 56)
	wiretest.Golden(t, wiretest.Written(t, wiredTable(t), 300), "0801 03"+
		"056c61726765 0479656172"+room+"06 0100 0000 00ad02 0000 0000 0201 04 00020001 03 0000ab02"+
		"05736d616c6c 056d6f6e7468"+room+"02 0000 0001 00 00"+
		"05736d616c6c 0479656172"+room+"02 0000 0100 00 00")
	wiretest.Golden(t, wiretest.Written(t, new(survival.Table), 3), "0801 00")
}

func TestTableGarbled(t *testing.T) {
	table := new(survival.Table)
	table.AddCounts("y", "l", wired(t))
	table.AddCounts("m", "s", counted(t, spans(1)))
	wiretest.Garbled[survival.Table](t, wiretest.Written(t, table, 200))
}

// groups are the bytes of a table of so many groups of one account, in strata of
// some each.
func groups(n, each int) []byte {
	data := binary.AppendUvarint([]byte{8, 1}, uint64(n))
	for i := range n {
		data = append(data, 2, byte(i/each/250), byte(i/each%250), 2, byte(i%each/250), byte(i%each%250))
		data = append(append(data, make([]byte, 56)...), 1, 0, 1, 0, 0)
	}
	return data
}

// TestTableMemory: the smallest groups take no more memory than they should,
// whether there is one in each stratum or all are in one.
func TestTableMemory(t *testing.T) {
	good := wiretest.Written(t, wiredTable(t), 300)
	for _, n := range []int{900, 1793, 7169} { // where maps have just grown
		for _, each := range []int{1, 9, n} {
			if !wiretest.Law[survival.Table](t, good, groups(n, each)) {
				t.Errorf("%d groups, %d in a stratum, are refused", n, each)
			}
		}
	}
	if wiretest.Law[survival.Table](t, good, append([]byte{8, 1, 0xff, 0x7f}, make([]byte, 1000)...)) {
		t.Error("groups are read from nothing")
	}
}

// TestTableRefused: bytes of tables that cannot be.
func TestTableRefused(t *testing.T) {
	room := strings.Repeat("\x00", 56)
	group := func(stratum, name, counts string) string {
		return string(rune(len(stratum))) + stratum + string(rune(len(name))) + name + room + counts
	}
	const one = "\x01\x00\x01\x00\x00"
	many := "\x01\x00" + string(binary.AppendUvarint(nil, 1<<62)) + "\x00\x00"
	for _, c := range []struct {
		name, body string
		fault      refusal.Fault
	}{
		{"two groups", "\x02" + group("", "a", one) + group("", "b", one), refusal.Fault{}},
		{"two strata", "\x02" + group("a", "b", one) + group("b", "a", one), refusal.Fault{}},
		{"the same group", "\x02" + group("", "a", one) + group("", "a", one), fault("Group", success.ErrOrder)},
		{"groups out of order", "\x02" + group("", "b", one) + group("", "a", one), fault("Group", success.ErrOrder)},
		{"strata out of order", "\x02" + group("b", "a", one) + group("a", "b", one), fault("Group", success.ErrOrder)},
		{"nobody", "\x01" + group("", "long enough", "\x00\x00\x00"), fault("Group", success.ErrMissing)},
		{"taken room", "\x01" + strings.Replace(group("", "a", one), room, room[1:]+"\x01", 1), fault("Group", success.ErrRange)},
		{"counts that cannot be", "\x01" + group("", "a", "\x01\x00\x01\x00\x01\x01"), fault("Weight", success.ErrRange)},
		{"counts of the second", "\x02" + group("", "a", one) + group("", "b", "\x01\x00\x01\x00\x01\x01"), fault("Weight", success.ErrRange)},
		{"as many as can be", "\x01" + group("", "a", many), refusal.Fault{}},
		{"one more", "\x02" + group("", "a", many) + group("", "b", one), fault("Accounts", success.ErrRange)},
	} {
		table := wiredTable(t)
		before := wiretest.Written(t, table, 300)
		err := table.UnmarshalBinary([]byte("\x08\x01" + c.body))
		if c.fault.Kind == nil {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		refusal.Check(t, c.name, err, c.fault)
		if after := wiretest.Written(t, table, 300); !slices.Equal(before, after) {
			t.Errorf("%s: %x", c.name, after)
		}
	}
}

// TestTableUnsent: more accounts than a number holds are not sent.
func TestTableUnsent(t *testing.T) {
	most := counted(t, []survival.Span{{Days: 1, Weight: survival.MaxWeight}})
	for range 32 {
		most.Merge(sent(t, most)) // 2³² times 10⁹ in the end
	}
	table := new(survival.Table)
	table.AddCounts("a", "", most)
	table.AddCounts("b", "", counted(t, spans(1)))
	if len(wiretest.Written(t, table, 200)) < 100 {
		t.Error("not both groups are sent")
	}
	table.AddCounts("b", "", most)
	b, err := table.AppendBinary([]byte("before"))
	refusal.Check(t, "more than 2⁶²", err, fault("Accounts", success.ErrRange))
	if string(b) != "before" {
		t.Errorf("%q", b)
	}
}

func FuzzUnmarshalTable(f *testing.F) {
	good, err := wiredTable(f).MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	wiretest.Fuzz[survival.Table](f, good, groups(3, 2), []byte{8, 1, 0})
}

// Each shard sends its table as bytes; whoever collects them merges.
func ExampleTable_MarshalBinary() {
	var all survival.Table
	for range 2 { // as if two shards had the same customers
		shard, err := contracts()
		if err != nil {
			fmt.Println(err)
			return
		}
		data, err := shard.MarshalBinary()
		if err != nil {
			fmt.Println(err)
			return
		}
		var sent survival.Table
		if err := sent.UnmarshalBinary(data); err != nil {
			fmt.Println(err)
			return
		}
		all.Merge(&sent)
	}
	test, err := all.LogRank(survival.Weighting{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, g := range test.Groups {
		fmt.Printf("%s: %d accounts, %.0f left\n", g.Name, g.Accounts, g.Observed)
	}
	// Output:
	// month: 10 accounts, 8 left
	// year: 12 accounts, 6 left
}
