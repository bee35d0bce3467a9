package main

import (
	"encoding/json"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/cohort/survival"
	"metrics.internal/success/retention"
)

func encodeMovement(m retention.Movement) ([]byte, error) { return m.MarshalBinary() }

func decodeMovement(data []byte) (m retention.Movement, err error) {
	err = m.UnmarshalBinary(data)
	return m, err
}

func encodeSnapshot(s retention.Snapshot) ([]byte, error) { return s.MarshalBinary() }

func decodeSnapshot(data []byte) (s retention.Snapshot, err error) {
	err = s.UnmarshalBinary(data)
	return s, err
}

func encodeRenewals(r retention.Renewals) ([]byte, error) { return r.MarshalBinary() }

func decodeRenewals(data []byte) (r retention.Renewals, err error) {
	err = r.UnmarshalBinary(data)
	return r, err
}

// A Stay is how long accounts stayed, as counts that add up. They are behind a
// pointer because counts must not be copied, and the SDK copies elements.
type Stay struct {
	Counts *survival.Counts // nil is none
}

func encodeStay(s Stay) ([]byte, error) {
	if s.Counts == nil {
		s.Counts = new(survival.Counts)
	}
	return s.Counts.MarshalBinary()
}

func decodeStay(data []byte) (Stay, error) {
	s := Stay{new(survival.Counts)}
	err := s.Counts.UnmarshalBinary(data)
	return s, err
}

// Tables have no bytes of their own yet. Their JSON has all counts and every digit
// of their money, but not how long each lead took and how deals differ.
func encodeTable(t attribution.Table) ([]byte, error) { return json.Marshal(t) }

func decodeTable(data []byte) (attribution.Table, error) { return fromJSON[attribution.Table](data) }

func encodeFaults(f Faults) ([]byte, error) { return json.Marshal(f) }

func decodeFaults(data []byte) (Faults, error) { return fromJSON[Faults](data) }

func encodeContract(c success.Contract) ([]byte, error) { return json.Marshal(c) }

func decodeContract(data []byte) (success.Contract, error) { return fromJSON[success.Contract](data) }

func encodeSale(s Sale) ([]byte, error) { return json.Marshal(s) }

func decodeSale(data []byte) (Sale, error) { return fromJSON[Sale](data) }

func encodeLink(l Link) ([]byte, error) { return json.Marshal(l) }

func decodeLink(data []byte) (Link, error) { return fromJSON[Link](data) }

func fromJSON[T any](data []byte) (v T, err error) {
	err = json.Unmarshal(data, &v)
	return v, err
}
