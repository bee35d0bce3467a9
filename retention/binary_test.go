package retention_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	refused "metrics.internal/success/internal/refusal"
	"metrics.internal/success/internal/wire/wiretest"
	"metrics.internal/success/retention"
	"pgregory.net/rapid"
)

// The largest sizes that are documented, less those of currencies.
const (
	movementSize = 316
	snapshotSize = 41
	renewalsSize = 113
)

// sent are the results of one shard that can be sent.
type sent struct {
	movements []retention.Movement
	renewals  []retention.Renewals
	snapshot  retention.Snapshot
}

func (a *answers) sent() sent {
	s := sent{append(slices.Clone(a.Months), a.Movement), []retention.Renewals{a.Renewals}, a.Opening}
	for _, cut := range a.Cuts {
		for _, row := range cut.Rows {
			s.movements, s.renewals = append(s.movements, row.Movement), append(s.renewals, row.Renewals)
		}
	}
	return s
}

// TestSent: every movement, snapshot and renewals of a book comes back from its
// bytes, which are the same again.
func TestSent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{})
		a := w.answers(t, w.drawPeriod(t))
		s := a.sent()
		for _, m := range s.movements {
			data := wiretest.Written(t, &m, movementSize+len(m.Currency))
			back := wiretest.Read[retention.Movement](t, data)
			same(t, "movement", m, *back)
			if again := wiretest.Written(t, back, len(data)); string(again) != string(data) {
				t.Fatalf("%x, then %x", data, again)
			}
		}
		for _, r := range s.renewals {
			same(t, "renewals", r, *wiretest.Read[retention.Renewals](t, wiretest.Written(t, &r, renewalsSize+len(r.Currency))))
		}
		same(t, "snapshot", s.snapshot, *wiretest.Read[retention.Snapshot](t, wiretest.Written(t, &s.snapshot, snapshotSize+len(s.snapshot.Currency))))
	})
}

// TestSentShards: shards merge to the same whether they were sent or not, to the
// last byte and in either order.
func TestSentShards(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{})
		w.options.Currency = newOracle(w.contracts, w.options).reporting
		p := w.drawPeriod(t)
		shards := w.shards(t)
		var a, b sent
		for i, s := range []*sent{&a, &b} {
			book := shards[i].book(t)
			m, err := book.Between(p)
			s.movements = []retention.Movement{must(t, m, err)}
			r, err := book.Renewals(p)
			s.renewals = []retention.Renewals{must(t, r, err)}
			s.snapshot, err = book.On(p.From)
			must(t, s, err)
		}
		merged(t, a.movements[0], b.movements[0], retention.Movement.Merge)
		merged(t, a.renewals[0], b.renewals[0], retention.Renewals.Merge)
		merged(t, a.snapshot, b.snapshot, retention.Snapshot.Merge)
	})
}

// merged checks that what was sent merges to what was not.
func merged[T any, P wiretest.Value[T]](t *rapid.T, a, b T, merge func(T, T) (T, error)) {
	here, err := merge(a, b)
	must(t, here, err)
	sentA := wiretest.Read[T, P](t, wiretest.Written(t, P(&a), 1000))
	sentB := wiretest.Read[T, P](t, wiretest.Written(t, P(&b), 1000))
	there, err := merge(*sentB, *sentA)
	must(t, there, err)
	same(t, "merged", here, there)
	if x, y := wiretest.Written(t, P(&here), 1000), wiretest.Written(t, P(&there), 1000); string(x) != string(y) {
		t.Fatalf("%x, sent %x", x, y)
	}
}

// wiredMovement is a movement with every field set, and amounts of all sizes.
func wiredMovement() retention.Movement {
	return retention.Movement{
		Period: success.Year(2025), Currency: "EUR",
		Amounts: retention.Amounts{
			Opening: dec("20400"), New: dec("600"), Reactivation: dec("1800.5"), Expansion: dec("3000"),
			Contraction: dec("200"), Churn: dec("6000"), FX: dec("-0.000001"), Closing: dec("19600.499999"),
		},
		Accounts: retention.Counts{
			Opening: 400, New: 1, Reactivated: 2, Churned: 50, Closing: 353, Upgraded: 1, Downgraded: 3, Flat: 346,
			Free: 4, FromFree: 1, Absorbed: 5,
		},
		Kept: dec("14200"), UpgradedOpening: dec("12000"), DowngradedOpening: dec("1200"), FlatOpening: dec("1200"),
		IncludeReactivation: true,
	}
}

func wiredRenewals() retention.Renewals {
	return retention.Renewals{
		Period: success.Year(2025), Currency: "EUR", Due: 300, Early: 1, OnTime: 2, Late: 3, Overdue: 4, Lapsed: 290,
		Base: dec("18000"), Kept: dec("12000"), Renewed: dec("15000.25"),
	}
}

func wiredSnapshot() retention.Snapshot {
	return retention.Snapshot{Date: day("2025-12-31"), Currency: "EUR", ARR: dec("19600"), Customers: 300, Free: 2}
}

// TestWireForm: the form does not change unnoticed.
func TestWireForm(t *testing.T) {
	m, r, s := wiredMovement(), wiredRenewals(), wiredSnapshot()
	wiretest.Golden(t, wiretest.Written(t, &m, 84), `
		0101 b48f2d a1922d 03455552
		1101cc 110106 0b024655 130103 110102 130106 020101 0105049047e51f
		9003 01 02 32 e102 01 03 da02 04 01 05
		11018e 13010c 11010c 11010c 01`)
	wiretest.Golden(t, wiretest.Written(t, &r, 84), `
		0301 b48f2d a1922d 03455552 ac02 01 02 03 04 a202 130112 13010c 09 03 16e379`)
	wiretest.Golden(t, wiretest.Written(t, &s, 84), `0201 a0922d 03455552 1101c4 ac02 02`)
}

// TestWireGarbled: no bytes harm.
func TestWireGarbled(t *testing.T) {
	m, r, s := wiredMovement(), wiredRenewals(), wiredSnapshot()
	wiretest.Garbled[retention.Movement](t, wiretest.Written(t, &m, movementSize))
	wiretest.Garbled[retention.Renewals](t, wiretest.Written(t, &r, renewalsSize))
	wiretest.Garbled[retention.Snapshot](t, wiretest.Written(t, &s, snapshotSize))
	wiretest.Garbled[retention.Movement](t, wiretest.Written(t, new(retention.Movement), movementSize))
}

// TestWireRefused: what cannot be the movement, renewals or snapshot of a book is
// not sent; its parts are named.
func TestWireRefused(t *testing.T) {
	huge := decimal.New(1, 2_000_000_000)
	for name, c := range map[string]struct {
		change func(m *retention.Movement)
		fault  refused.Fault
	}{
		"no start":           {func(m *retention.Movement) { m.Period.From = success.Date{} }, refused.Of("Period", success.ErrOrder)},
		"backwards":          {func(m *retention.Movement) { m.Period.To = m.Period.From }, refused.Of("Period", success.ErrOrder)},
		"closing":            {func(m *retention.Movement) { m.Closing = dec("19600.5") }, refused.Of("Closing", success.ErrRange)},
		"fx":                 {func(m *retention.Movement) { m.FX = dec("0.000001") }, refused.Of("Closing", success.ErrRange)},
		"kept":               {func(m *retention.Movement) { m.Kept = dec("14200.000001") }, refused.Of("Kept", success.ErrRange)},
		"kept less":          {func(m *retention.Movement) { m.Kept = dec("14199.999999") }, refused.Of("Kept", success.ErrRange)},
		"flat":               {func(m *retention.Movement) { m.FlatOpening = dec("1201") }, refused.Of("FlatOpening", success.ErrRange)},
		"upgraded":           {func(m *retention.Movement) { m.UpgradedOpening = dec("12001") }, refused.Of("FlatOpening", success.ErrRange)},
		"downgraded":         {func(m *retention.Movement) { m.DowngradedOpening = dec("1201") }, refused.Of("FlatOpening", success.ErrRange)},
		"closing customers":  {func(m *retention.Movement) { m.Accounts.Closing++ }, refused.Of("Accounts.Closing", success.ErrRange)},
		"new customers":      {func(m *retention.Movement) { m.Accounts.New++ }, refused.Of("Accounts.Closing", success.ErrRange)},
		"returned customers": {func(m *retention.Movement) { m.Accounts.Reactivated++ }, refused.Of("Accounts.Closing", success.ErrRange)},
		"flat customers":     {func(m *retention.Movement) { m.Accounts.Flat-- }, refused.Of("Accounts.Flat", success.ErrRange)},
		"upgraded customers": {func(m *retention.Movement) { m.Accounts.Upgraded++ }, refused.Of("Accounts.Flat", success.ErrRange)},
		"downgraded more":    {func(m *retention.Movement) { m.Accounts.Downgraded++ }, refused.Of("Accounts.Flat", success.ErrRange)},
		"from free":          {func(m *retention.Movement) { m.Accounts.FromFree = 2 }, refused.Of("Accounts.FromFree", success.ErrRange)},
		"negative count":     {func(m *retention.Movement) { m.Accounts.Absorbed = -1 }, refused.Of("Accounts.Absorbed", success.ErrNegative)},
		"endless count":      {func(m *retention.Movement) { m.Accounts.Free = 1<<50 + 1 }, refused.Of("Accounts.Free", success.ErrRange)},
		"endless amount":     {func(m *retention.Movement) { m.New = huge }, refused.Of("New", success.ErrRange)},
		"fine amount":        {func(m *retention.Movement) { m.FX = dec("0.0000001") }, refused.Of("FX", success.ErrRange)},
		"negative":           {func(m *retention.Movement) { m.New, m.FX = dec("-1"), dec("600.999999") }, refused.Of("New", success.ErrNegative)},
		"negative returns":   {func(m *retention.Movement) { m.Reactivation, m.FX = dec("-1"), dec("1801.499999") }, refused.Of("Reactivation", success.ErrNegative)},
		"negative expansion": {func(m *retention.Movement) { m.Expansion, m.FX = dec("-1"), dec("3000.999999") }, refused.Of("Expansion", success.ErrNegative)},
		"negative loss": {func(m *retention.Movement) { m.Contraction, m.Kept, m.FX = dec("-1"), dec("14401"), dec("-201.000001") },
			refused.Of("Contraction", success.ErrNegative)},
		"negative churn": {func(m *retention.Movement) {
			m.Churn, m.Kept, m.FlatOpening, m.FX = dec("-1"), dec("20201"), dec("7201"), dec("-6001.000001")
		}, refused.Of("Churn", success.ErrNegative)},
		"negative close": {func(m *retention.Movement) { m.Closing, m.FX = dec("-1"), dec("-19601.5") }, refused.Of("Closing", success.ErrNegative)},
		"negative kept": {func(m *retention.Movement) {
			m.Contraction, m.Kept, m.FX = dec("14401"), dec("-1"), dec("14200.999999")
		}, refused.Of("Kept", success.ErrNegative)},
		"negative upgraded":   {func(m *retention.Movement) { m.UpgradedOpening, m.FlatOpening = dec("-1"), dec("13201") }, refused.Of("UpgradedOpening", success.ErrNegative)},
		"negative downgraded": {func(m *retention.Movement) { m.DowngradedOpening, m.FlatOpening = dec("-1"), dec("2401") }, refused.Of("DowngradedOpening", success.ErrNegative)},
		"negative flat":       {func(m *retention.Movement) { m.UpgradedOpening, m.FlatOpening = dec("13201"), dec("-1") }, refused.Of("FlatOpening", success.ErrNegative)},
	} {
		m := wiredMovement()
		c.change(&m)
		unsent(t, name, &m, c.fault)
	}
	m := wiredMovement()
	m.Opening, m.Churn, m.Kept = dec("-1"), dec("-14401"), dec("14200")
	m.FX = dec("-0.000001")
	unsent(t, "negative opening", &m, refused.Of("Opening", success.ErrNegative), refused.Of("Churn", success.ErrNegative))
}

// unsent checks that a value is refused for its faults, and leaves the bytes.
func unsent[T any, P wiretest.Value[T]](t *testing.T, name string, v P, faults ...refused.Fault) {
	t.Helper()
	b, err := v.AppendBinary([]byte("before"))
	refused.Check(t, name, err, faults...)
	if string(b) != "before" {
		t.Errorf("%s: %q", name, b)
	}
}

func TestWireRefusedRenewals(t *testing.T) {
	for name, c := range map[string]struct {
		change func(r *retention.Renewals)
		fault  refused.Fault
	}{
		"backwards":    {func(r *retention.Renewals) { r.Period.To = r.Period.From }, refused.Of("Period", success.ErrOrder)},
		"early":        {func(r *retention.Renewals) { r.Early += 5 }, refused.Of("Early + OnTime + Late + Lapsed", success.ErrRange)},
		"on time":      {func(r *retention.Renewals) { r.OnTime += 5 }, refused.Of("Early + OnTime + Late + Lapsed", success.ErrRange)},
		"late":         {func(r *retention.Renewals) { r.Late += 5 }, refused.Of("Early + OnTime + Late + Lapsed", success.ErrRange)},
		"lapsed":       {func(r *retention.Renewals) { r.Lapsed += 5 }, refused.Of("Early + OnTime + Late + Lapsed", success.ErrRange)},
		"negative":     {func(r *retention.Renewals) { r.Overdue = -1 }, refused.Of("Overdue", success.ErrNegative)},
		"kept":         {func(r *retention.Renewals) { r.Kept = dec("15000.250001") }, refused.Of("Kept", success.ErrRange)},
		"below zero":   {func(r *retention.Renewals) { r.Kept = dec("-1") }, refused.Of("Kept", success.ErrNegative)},
		"base":         {func(r *retention.Renewals) { r.Base = dec("-0.000001") }, refused.Of("Base", success.ErrNegative)},
		"endless base": {func(r *retention.Renewals) { r.Base = decimal.New(1, 400) }, refused.Of("Base", success.ErrRange)},
	} {
		r := wiredRenewals()
		c.change(&r)
		unsent(t, name, &r, c.fault)
	}
	r := wiredRenewals()
	r.Overdue, r.Lapsed, r.Kept = 1<<50, 294, r.Renewed
	wiretest.Written(t, &r, renewalsSize)
	s := wiredSnapshot()
	s.ARR = dec("-1")
	unsent(t, "negative revenue", &s, refused.Of("ARR", success.ErrNegative))
	s.ARR, s.Customers = dec("1e33"), -1
	unsent(t, "all faults", &s, refused.Of("ARR", success.ErrRange), refused.Of("Customers", success.ErrNegative))
}

// TestWireFaultOfData: bytes that hold a value that cannot be are refused as it
// would be.
func TestWireFaultOfData(t *testing.T) {
	m := wiredMovement()
	data := wiretest.Written(t, &m, movementSize)
	m.Accounts.Free++
	for i, b := range wiretest.Written(t, &m, movementSize) {
		if b != data[i] { // 4 free
			data[i+1] = 2 // from free, of one new
			break
		}
	}
	refused.Check(t, "from free", new(retention.Movement).UnmarshalBinary(data), refused.Of("Accounts.FromFree", success.ErrRange))
	s := wiredSnapshot()
	text := string(wiretest.Written(t, &s, snapshotSize))
	data = []byte(strings.Replace(text, "\x03EUR", "\x7fEUR", 1))
	refused.Check(t, "currency", s.UnmarshalBinary(data), refused.Of("Currency", success.ErrMissing))
}

func FuzzUnmarshalMovement(f *testing.F) {
	m := wiredMovement()
	data, err := m.MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	wiretest.Fuzz[retention.Movement](f, data, nil, data[:20])
}

func FuzzUnmarshalRenewals(f *testing.F) {
	r := wiredRenewals()
	data, err := r.MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	wiretest.Fuzz[retention.Renewals](f, data, nil, data[:20])
}

func BenchmarkMovementBinary(b *testing.B) {
	m := wiredMovement()
	b.ReportAllocs()
	var data []byte
	for b.Loop() {
		data, _ = m.AppendBinary(data[:0])
		if err := m.UnmarshalBinary(data); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(data)), "bytes")
}
