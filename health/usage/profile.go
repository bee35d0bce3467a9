package usage

import (
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// An Activity is what was counted of an account's use within one period. All
// numbers are of that period; 0 means that there was none.
type Activity struct {
	Days              int64 // days of the period
	ActiveDays        int64 // days of it on which somebody used the product
	ActiveUsers       int64 // different people who did
	Uses              int64 // how often, in sessions, actions or any unit that is the same throughout
	FeaturesUsed      int64 // different features used
	FeaturesAvailable int64 // features the account could have used
	SeatsUsed         int64 // seats in use, which may be more than were bought
	SeatsBought       int64 // seats paid for
}

// A Profile is how broadly and how deeply an account uses a product. What there
// is nothing to measure by is undefined.
type Profile struct {
	Features     success.Ratio `json:"features"`       // breadth: features used of those available, 0 to 1
	Seats        success.Ratio `json:"seats"`          // breadth: seats used of those bought; above 1 when more are in use
	PerUser      success.Ratio `json:"uses_per_user"`  // depth: uses per active user
	PerDay       success.Ratio `json:"uses_per_day"`   // depth: uses per active day
	Frequency    success.Ratio `json:"frequency"`      // active days of the days of the period, 0 to 1
	UsersPerSeat success.Ratio `json:"users_per_seat"` // active users per seat bought: seats that are given out but idle do not count
}

// ProfileOf returns the profile of an account:
//
//	Features    = FeaturesUsed / FeaturesAvailable
//	Seats       = SeatsUsed / SeatsBought
//	PerUser     = Uses / ActiveUsers
//	PerDay      = Uses / ActiveDays
//	Frequency   = ActiveDays / Days
//	UsersPerSeat = ActiveUsers / SeatsBought
//
// Breadth is of things, depth of people and days: many users who look in once
// are broad, few who work in it all day are deep. Depth is per *active* user and
// day, so that idle seats lower breadth and not depth.
//
// Negative numbers are errors ([success.ErrNegative]), and so are more features
// used than available, more active days than days, and fewer uses than active
// users or days ([success.ErrRange]).
func ProfileOf(a Activity) (Profile, error) {
	var faults success.Errors
	a.check(&faults)
	if err := faults.Err(); err != nil {
		return Profile{}, err
	}
	return Profile{
		Features:     ratio(a.FeaturesUsed, a.FeaturesAvailable),
		Seats:        ratio(a.SeatsUsed, a.SeatsBought),
		PerUser:      ratio(a.Uses, a.ActiveUsers),
		PerDay:       ratio(a.Uses, a.ActiveDays),
		Frequency:    ratio(a.ActiveDays, a.Days),
		UsersPerSeat: ratio(a.ActiveUsers, a.SeatsBought),
	}, nil
}

func ratio(num, den int64) success.Ratio {
	return success.Ratio{Num: decimal.NewFromInt(num), Den: decimal.NewFromInt(den)}
}

func (a Activity) check(faults *success.Errors) {
	add := func(field string, value int64, err error) {
		faults.Add(&success.InputError{Record: "activity", Index: -1, Field: field, Value: strconv.FormatInt(value, 10), Err: err})
	}
	for _, n := range []struct {
		field string
		value int64
	}{
		{"Days", a.Days}, {"ActiveDays", a.ActiveDays}, {"ActiveUsers", a.ActiveUsers}, {"Uses", a.Uses},
		{"FeaturesUsed", a.FeaturesUsed}, {"FeaturesAvailable", a.FeaturesAvailable},
		{"SeatsUsed", a.SeatsUsed}, {"SeatsBought", a.SeatsBought},
	} {
		if n.value < 0 {
			add(n.field, n.value, success.ErrNegative)
		}
	}
	if a.FeaturesAvailable >= 0 && a.FeaturesUsed > a.FeaturesAvailable {
		add("FeaturesUsed", a.FeaturesUsed, fault.New(success.ErrRange, "is more than FeaturesAvailable %d", a.FeaturesAvailable))
	}
	if a.Days >= 0 && a.ActiveDays > a.Days {
		add("ActiveDays", a.ActiveDays, fault.New(success.ErrRange, "is more than Days %d", a.Days))
	}
	if least := max(a.ActiveUsers, a.ActiveDays); a.Uses >= 0 && a.Uses < least {
		add("Uses", a.Uses, fault.New(success.ErrRange, "is less than the %d active users or days", least))
	}
}
