package backtest

import (
	"math"
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/internal/wire"
)

// maxAccounts is how many accounts a ranking that is sent may have: the pairs of
// as many can be counted.
const maxAccounts = math.MaxUint32

// AppendBinary appends the ranking to b as bytes, to be sent to where it is merged.
// Rankings of the same accounts are the same bytes, however they were merged. Of n
// accounts with k different scores they are at most
//
//	8 + 12·k + n/128
//
// bytes, since a score of many digits takes 10; a whole number up to 8,191 takes 4
// or fewer, and a million accounts with such scores up to 100 are some 700 bytes.
//
// More than 2³² − 1 accounts are reported ([success.ErrRange]), and b is then
// returned as it was.
func (r Ranking) AppendBinary(b []byte) ([]byte, error) {
	w := wire.NewWriter(b, wire.Ranking)
	scale := r.scale
	if len(r.ties) == 0 {
		scale = health.Health // that of nobody does not matter
	}
	w.Count("Scale", int64(scale), int64(health.Risk))
	w.Len(len(r.ties))
	for _, t := range r.ties {
		w.Float(t.score)
		w.Count("Left", int64(t.left), maxAccounts)
		w.Count("Stayed", int64(t.stayed), maxAccounts)
	}
	return w.Done(r.check)
}

// MarshalBinary returns what [Ranking.AppendBinary] appends.
func (r Ranking) MarshalBinary() ([]byte, error) { return r.AppendBinary(nil) }

// UnmarshalBinary reads what [Ranking.AppendBinary] writes, in place of what r
// was, and nothing else: any other data is reported, as [success.Errors], and
// leaves r as it is. Among that are scores that are not finite or not in order
// from worst to best, each once. It allocates no more than eight times the size of
// the data, and the rounding of an allocation.
func (r *Ranking) UnmarshalBinary(data []byte) error {
	in := wire.NewReader(data, wire.Ranking)
	read := readRanking(in)
	err := in.Done(read.check)
	if err == nil {
		*r = read
	}
	return err
}

func readRanking(in *wire.Reader) Ranking {
	r := Ranking{scale: health.Scale(in.Count("Scale", int64(health.Risk)))}
	n := in.Len("Scores", min(maxAccounts, math.MaxInt), 3)
	if n == 0 {
		if r.scale != health.Health {
			in.Refuse("Scale", r.scale.String(), fault.New(success.ErrRange, "is the scale of nobody"))
		}
		return Ranking{}
	}
	r.ties = make([]tie, n)
	for i := range r.ties {
		t := &r.ties[i]
		t.score = in.Float("Score")
		t.left, t.stayed = readAccounts(in, "Left"), readAccounts(in, "Stayed")
		r.left, r.stayed = r.left+t.left, r.stayed+t.stayed
		switch {
		case t.accounts() == 0:
			in.Refuse("Score", check.Number(t.score), fault.New(success.ErrMissing, "is the score of nobody"))
			return r
		case i > 0 && !r.worse(r.ties[i-1].score, t.score):
			in.Refuse("Score", check.Number(t.score), fault.New(success.ErrOrder, "does not follow %s", check.Number(r.ties[i-1].score)))
			return r
		}
	}
	return r
}

func readAccounts(in *wire.Reader, field string) int {
	return int(in.Count(field, min(maxAccounts, math.MaxInt)))
}

// worse reports whether score a is worse than b.
func (r *Ranking) worse(a, b float64) bool {
	if r.scale == health.Risk {
		return a > b
	}
	return a < b
}

func (r *Ranking) check(faults *success.Errors) {
	if n := int64(r.left) + int64(r.stayed); n > maxAccounts {
		faults.Add(wire.Ranking.Fault("Accounts", strconv.FormatInt(n, 10), fault.New(success.ErrRange, "are more than 2³² − 1")))
	}
}
