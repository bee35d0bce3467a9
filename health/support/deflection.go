package support

import (
	"strconv"

	"metrics.internal/success"
)

// A Deflection sets what customers looked up for themselves against what they
// asked.
type Deflection struct {
	SelfService int `json:"self_service"` // sessions, or customers, served by documentation, community or bot without a ticket
	Tickets     int `json:"tickets"`      // tickets, or customers with tickets
}

// Validate reports, as [success.Errors], counts that are negative
// ([success.ErrNegative]).
func (d Deflection) Validate() error {
	var faults success.Errors
	negative := func(field string, n int) {
		if n < 0 {
			faults.Add(&success.InputError{Record: "deflection", Index: -1, Field: field, Value: strconv.Itoa(n), Err: success.ErrNegative})
		}
	}
	negative("SelfService", d.SelfService)
	negative("Tickets", d.Tickets)
	return faults.Err()
}

// Add returns the deflection of both.
func (d Deflection) Add(e Deflection) Deflection {
	return Deflection{d.SelfService + e.SelfService, d.Tickets + e.Tickets}
}

// Ratio returns how many are served without a ticket for each one with:
// SelfService / Tickets, the "self-service score". It may exceed 1, and is
// undefined without tickets.
func (d Deflection) Ratio() success.Ratio { return success.RatioOf(d.SelfService, d.Tickets) }

// Rate returns the share that is served without a ticket: SelfService /
// (SelfService + Tickets). It is undefined when there are neither.
func (d Deflection) Rate() success.Ratio {
	return success.RatioOf(d.SelfService, d.SelfService+d.Tickets)
}
