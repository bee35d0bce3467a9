package success

import "metrics.internal/success/internal/fault"

// An AccountID identifies an account.
type AccountID string

// An Account is a customer, or somebody who might become one.
type Account struct {
	ID        AccountID `json:"id"`                  // unique within one call
	Name      string    `json:"name,omitempty"`      // for people to read
	Segment   string    `json:"segment,omitempty"`   // the group it is reported in
	Owner     string    `json:"owner,omitempty"`     // the customer success manager who looks after it
	SignedUp  Date      `json:"signed_up,omitzero"`  // none when unknown
	Strategic bool      `json:"strategic,omitempty"` // kept in person whatever it pays
	Parent    AccountID `json:"parent,omitempty"`    // the account of the group it belongs to; empty when it stands alone
}

// Validate reports, as [Errors], a missing ID ([ErrMissing]) and an account that
// is its own parent ([ErrOrder]).
func (a Account) Validate() error {
	var faults Errors
	a.Check(-1, &faults)
	return faults.Err()
}

// Check adds what [Account.Validate] reports to faults, for the account at a
// position of a slice.
func (a Account) Check(index int, faults *Errors) {
	if a.ID == "" {
		faults.Add(&InputError{"account", index, "ID", "", ErrMissing})
	} else if a.Parent == a.ID {
		faults.Add(&InputError{"account", index, "Parent", string(a.Parent), fault.New(ErrOrder, "is the account itself")})
	}
}
