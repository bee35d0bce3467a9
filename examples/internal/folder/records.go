package folder

import (
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

// A Survey is one answer of a customer.
type Survey struct {
	Account         success.AccountID
	At              time.Time
	Kind            string // nps, csat or ces
	Score           int
	Scale           int // the best, or with ces the other end
	Agent           string
	Interaction     success.InteractionID
	MentionsService bool
}

// A Usage is how much of something an account used on a day.
type Usage struct {
	Account success.AccountID
	Date    success.Date
	Measure string
	Value   decimal.Decimal
}

// A Goal is what an account wanted to reach, and when it did.
type Goal struct {
	Account  success.AccountID
	Goal     string
	Start    success.Date
	Due      success.Date
	Achieved success.Date // none when it was not
	State    string       // in the words of the file
}

// A Contact is a person at an account.
type Contact struct {
	Account success.AccountID
	Contact string
	Role    string
	Since   success.Date
	Until   success.Date // none while there
}

// A Help says when customer success first worked with an account.
type Help struct {
	Account success.AccountID
	Began   success.Date
}
