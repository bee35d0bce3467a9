package survey

import (
	"metrics.internal/success"
	"metrics.internal/success/internal/wire"
)

// AppendBinary appends the counts to b as bytes, to be sent to where they are
// merged. Equal counts are equal bytes: 5 of them below 128 answers of each sort,
// 24 at most.
//
// Counts that are negative ([success.ErrNegative]) or together more than 2⁵⁰
// ([success.ErrRange]) are errors, and b is then returned as it was.
func (n NPS) AppendBinary(b []byte) ([]byte, error) {
	w := wire.NewWriter(b, wire.NPS)
	n.fields(w)
	return w.Done(n.checkWhole)
}

// MarshalBinary returns what [NPS.AppendBinary] appends.
func (n NPS) MarshalBinary() ([]byte, error) { return n.AppendBinary(nil) }

// UnmarshalBinary reads what [NPS.AppendBinary] writes, in place of what n held,
// and nothing else: any other data is reported, as [success.Errors], and leaves n
// as it is.
func (n *NPS) UnmarshalBinary(data []byte) error {
	var read NPS
	r := wire.NewReader(data, wire.NPS)
	read.fields(r)
	err := r.Done(read.checkWhole)
	if err == nil {
		*n = read
	}
	return err
}

func (n *NPS) fields(f wire.Fields) {
	f.Int64("Detractors", &n.Detractors)
	f.Int64("Passives", &n.Passives)
	f.Int64("Promoters", &n.Promoters)
}

func (n *NPS) checkWhole(faults *success.Errors) { n.check(wire.NPS.String(), faults) }
