package credit

import "metrics.internal/success"

const maxOrder = 3

func (b *Book) learn(m *Model, index int, faults *success.Errors) []float64 { return nil }
