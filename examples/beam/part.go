package main

import (
	"encoding/json"
	"fmt"

	"metrics.internal/success/attribution"
	"metrics.internal/success/retention"
)

// A Part is a sum that is finished, as bytes, on its way to be put together with
// the others. It is made of kinds that need no coder.
type Part struct {
	Kind string
	Data []byte
}

const (
	partNone     = "none" // there is always one, so that there always is a result
	partMovement = "movement"
	partSnapshot = "snapshot"
	partRenewals = "renewals"
	partStay     = "stay"
	partTable    = "table"
	partFaults   = "faults"
)

func part(kind string, data []byte, err error) (Part, error) { return Part{kind, data}, err }

type movementPart struct{}

func (*movementPart) ProcessElement(_ string, m retention.Movement) (Part, error) {
	data, err := encodeMovement(m)
	return part(partMovement, data, err)
}

type snapshotPart struct{}

func (*snapshotPart) ProcessElement(s retention.Snapshot) (Part, error) {
	data, err := encodeSnapshot(s)
	return part(partSnapshot, data, err)
}

type renewalsPart struct{}

func (*renewalsPart) ProcessElement(r retention.Renewals) (Part, error) {
	data, err := encodeRenewals(r)
	return part(partRenewals, data, err)
}

type stayPart struct{}

func (*stayPart) ProcessElement(s Stay) (Part, error) {
	data, err := encodeStay(s)
	return part(partStay, data, err)
}

type tablePart struct{}

func (*tablePart) ProcessElement(t attribution.Table) (Part, error) {
	data, err := encodeTable(t)
	return part(partTable, data, err)
}

type faultPart struct{}

func (*faultPart) ProcessElement(f Faults) (Part, error) {
	data, err := encodeFaults(f)
	return part(partFaults, data, err)
}

// assemble makes the result of all parts, as one line of JSON.
type assemble struct{ Question Question }

func (f *assemble) ProcessElement(_ int, next func(*Part) bool) (string, error) {
	var a Answers
	var table attribution.Table
	var faults Faults
	for _, p := range collect(next) {
		if err := p.into(&a, &table, &faults); err != nil {
			return "", fmt.Errorf("%s: %w", p.Kind, err)
		}
	}
	result, err := resultOf(&f.Question, a, table, faults)
	if err != nil {
		return "", err
	}
	line, err := json.Marshal(result)
	return string(line), err
}

// into puts a part where it belongs. There is one of every kind, but for
// movements and faults.
func (p Part) into(a *Answers, table *attribution.Table, faults *Faults) (err error) {
	switch p.Kind {
	case partMovement:
		var m retention.Movement
		m, err = decodeMovement(p.Data)
		a.Movements = append(a.Movements, m)
	case partSnapshot:
		a.Snapshot, err = decodeSnapshot(p.Data)
	case partRenewals:
		a.Renewals, err = decodeRenewals(p.Data)
	case partStay:
		a.Stay, err = decodeStay(p.Data)
	case partTable:
		*table, err = decodeTable(p.Data)
	case partFaults:
		var f Faults
		f, err = decodeFaults(p.Data)
		*faults = faults.merge(f)
	}
	return err
}
