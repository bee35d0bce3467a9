package survey_test

import (
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/health/survey"
	"metrics.internal/success/internal/refusal"
	"metrics.internal/success/internal/wire/wiretest"
	"pgregory.net/rapid"
)

// npsSize is the documented size of counts.
const npsSize = 24

// TestNPSSent: counts come back from their bytes, and parts merge to the same
// whether they were sent or not.
func TestNPSSent(t *testing.T) { rapid.Check(t, checkNPSSent) }

func checkNPSSent(t *rapid.T) {
	send := func(n survey.NPS) survey.NPS {
		return *wiretest.Read[survey.NPS](t, wiretest.Written(t, &n, npsSize))
	}
	a, b := drawNPS(t, "a"), drawNPS(t, "b")
	if send(a) != a {
		t.Fatalf("%+v, sent %+v", a, send(a))
	}
	here, there := a, send(b)
	here.Merge(b)
	there.Merge(send(a))
	if here != there || here.Score().String() != there.Score().String() {
		t.Fatalf("%+v, sent %+v", here, there)
	}
}

// TestNPSForm: the form does not change unnoticed.
func TestNPSForm(t *testing.T) {
	for want, n := range map[string]survey.NPS{
		"0501 00 00 00":                           {},
		"0501 7f 01 8001":                         {Detractors: 127, Passives: 1, Promoters: 128},
		"0501 00 8080808080808002 00":             {Passives: 1 << 50},
		"0501 8080808080808001 ffffffffffff7f 01": {Detractors: 1 << 49, Passives: 1<<49 - 1, Promoters: 1},
	} {
		wiretest.Golden(t, wiretest.Written(t, &n, npsSize), want)
	}
}

func TestNPSGarbled(t *testing.T) {
	n := survey.NPS{Detractors: 1, Passives: 1000, Promoters: 1 << 40}
	wiretest.Garbled[survey.NPS](t, wiretest.Written(t, &n, npsSize))
}

// TestNPSUnsent: what cannot be is neither sent nor read.
func TestNPSUnsent(t *testing.T) {
	for name, c := range map[string]struct {
		n      survey.NPS
		faults []refusal.Fault
	}{
		"negative": {survey.NPS{Detractors: -1, Passives: -2}, []refusal.Fault{refusal.Of("Detractors", success.ErrNegative), refusal.Of("Passives", success.ErrNegative)}},
		"large":    {survey.NPS{Promoters: 1<<50 + 1}, []refusal.Fault{refusal.Of("Promoters", success.ErrRange)}},
		"together": {survey.NPS{Passives: 1, Promoters: 1 << 50}, []refusal.Fault{refusal.Of("Promoters", success.ErrRange)}},
	} {
		b, err := c.n.AppendBinary([]byte("before"))
		refusal.Check(t, name, err, c.faults...)
		if string(b) != "before" {
			t.Errorf("%s: %q", name, b)
		}
	}
	var n survey.NPS
	for data, f := range map[string]refusal.Fault{
		"\x05\x01\x00\x01\x80\x80\x80\x80\x80\x80\x80\x02": refusal.Of("Promoters", success.ErrRange),
		"\x05\x01\x81\x80\x80\x80\x80\x80\x80\x02\x00\x00": refusal.Of("Detractors", success.ErrRange),
		"\x05\x01\x00\x80":     refusal.Of("Passives", success.ErrMissing),
		"\x05\x01\x00\x80\x00": refusal.Of("Passives", success.ErrRange),
		"\x06\x01\x00\x00\x00": refusal.Of("", success.ErrUnknown),
	} {
		refusal.Check(t, data, n.UnmarshalBinary([]byte(data)), f)
		if n != (survey.NPS{}) {
			t.Errorf("%x leaves %+v", data, n)
		}
	}
}

func FuzzUnmarshalNPS(f *testing.F) {
	wiretest.Fuzz[survey.NPS](f, []byte{5, 1, 0, 1, 2}, nil, []byte("\x05\x01\xac\x02\x00\xff\x7f"))
}

func BenchmarkNPSBinary(b *testing.B) {
	n := survey.NPS{Detractors: 120, Passives: 1000, Promoters: 3000}
	b.ReportAllocs()
	var data []byte
	for b.Loop() {
		data, _ = n.AppendBinary(data[:0])
		if err := n.UnmarshalBinary(data); err != nil {
			b.Fatal(err)
		}
	}
}
