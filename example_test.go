package success_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

func ExampleDate() {
	start := success.MustDate("2024-01-31")
	fmt.Println(start, start.AddDays(1), start.AddMonths(1), start.AddMonths(2))
	fmt.Println(success.Date{}, success.Date{}.IsZero())
	// Output:
	// 2024-01-31 2024-02-01 2024-02-29 2024-03-31
	// none true
}

func ExampleNewDate() {
	fmt.Println(success.NewDate(2024, time.February, 29))
	fmt.Println(success.NewDate(2023, time.February, 29))
	// Output:
	// 2024-02-29 <nil>
	// none success: 2023-02-29 is not a day like 2006-01-02 between the years 1 and 9999
}

func ExampleParseDate() {
	d, err := success.ParseDate("2024-02-29")
	fmt.Println(d, err)
	_, err = success.ParseDate("29.02.2024")
	fmt.Println(err)
	// Output:
	// 2024-02-29 <nil>
	// success: 29.02.2024 is not a day like 2006-01-02 between the years 1 and 9999
}

func ExampleMustDate() {
	fmt.Println(success.MustDate("2024-02-29").Weekday())
	// Output: Thursday
}

// Late in the evening in New York it is the next day in UTC already.
func ExampleDateOf() {
	newYork := time.FixedZone("EST", -5*60*60)
	closed := time.Date(2024, time.March, 31, 22, 0, 0, 0, newYork)
	fmt.Println(success.DateOf(closed), success.DateOf(closed.UTC()))
	// Output: 2024-03-31 2024-04-01
}

func ExampleDate_IsZero() {
	openEnded := success.Contract{ID: "C-1", Start: success.MustDate("2024-01-01")}
	fmt.Println(openEnded.End.IsZero(), openEnded.Start.IsZero())
	// Output: true false
}

func ExampleDate_Before() {
	fmt.Println(success.MustDate("2024-02-29").Before(success.MustDate("2024-03-01")))
	// Output: true
}

func ExampleDate_After() {
	fmt.Println(success.MustDate("2024-02-29").After(success.MustDate("2024-02-29")))
	// Output: false
}

func ExampleDate_Compare() {
	a, b := success.MustDate("2024-02-29"), success.MustDate("2024-03-01")
	fmt.Println(a.Compare(b), a.Compare(a), b.Compare(a))
	// Output: -1 0 1
}

func ExampleDate_Sub() {
	fmt.Println(success.MustDate("2024-03-01").Sub(success.MustDate("2024-02-01")))
	// Output: 29
}

func ExampleDate_AddDays() {
	fmt.Println(success.MustDate("2023-12-31").AddDays(60))
	// Output: 2024-02-29
}

// Count months from one anchor: two steps of a month lose the 31st, one step of
// two months does not.
func ExampleDate_AddMonths() {
	start := success.MustDate("2023-01-31")
	fmt.Println(start.AddMonths(1).AddMonths(1))
	fmt.Println(start.AddMonths(2))
	// Output:
	// 2023-03-28
	// 2023-03-31
}

func ExampleDate_Civil() {
	year, month, day := success.MustDate("2024-02-29").Civil()
	fmt.Println(day, month, year)
	// Output: 29 February 2024
}

func ExampleDate_Year() {
	fmt.Println(success.MustDate("2024-02-29").Year())
	// Output: 2024
}

func ExampleDate_Ordinal() {
	fmt.Println(success.MustDate("0001-01-01").Ordinal(), success.MustDate("2024-02-29").Ordinal(), success.Date{}.Ordinal())
	// Output: 1 738945 0
}

func ExampleFromOrdinal() {
	fmt.Println(success.FromOrdinal(738945), success.FromOrdinal(0))
	// Output: 2024-02-29 none
}

func ExampleDate_Weekday() {
	fmt.Println(success.MustDate("2024-02-29").Weekday())
	// Output: Thursday
}

func ExampleDate_Time() {
	fmt.Println(success.MustDate("2024-02-29").Time(time.UTC).Format(time.RFC1123))
	// Output: Thu, 29 Feb 2024 00:00:00 UTC
}

func ExampleDate_String() {
	fmt.Println(success.MustDate("2024-02-29").String(), success.Date{}.String())
	// Output: 2024-02-29 none
}

func ExampleDate_GoString() {
	fmt.Printf("%#v\n", success.MustDate("2024-02-29"))
	// Output: success.MustDate("2024-02-29")
}

func ExampleDate_MarshalText() {
	byDay, err := json.Marshal(map[success.Date]int{success.MustDate("2024-02-29"): 3})
	fmt.Println(string(byDay), err)
	// Output: {"2024-02-29":3} <nil>
}

func ExampleDate_UnmarshalText() {
	var d success.Date
	fmt.Println(d.UnmarshalText([]byte("2024-02-29")), d)
	// Output: <nil> 2024-02-29
}

func ExampleDate_MarshalJSON() {
	data, err := json.Marshal([]success.Date{success.MustDate("2024-02-29"), {}})
	fmt.Println(string(data), err)
	// Output: ["2024-02-29",null] <nil>
}

func ExampleDate_UnmarshalJSON() {
	var days []success.Date
	err := json.Unmarshal([]byte(`["2024-02-29", null, ""]`), &days)
	fmt.Println(days, err)
	// Output: [2024-02-29 none none] <nil>
}

func ExamplePeriod() {
	half := success.Period{From: success.MustDate("2024-01-01"), To: success.MustDate("2024-07-01")}
	fmt.Println(half, half.Days())
	// Output: [2024-01-01, 2024-07-01) 182
}

func ExampleYear() {
	fmt.Println(success.Year(2024))
	// Output: [2024-01-01, 2025-01-01)
}

func ExampleQuarter() {
	fmt.Println(success.Quarter(2024, 3))
	// Output: [2024-07-01, 2024-10-01)
}

func ExampleMonth() {
	fmt.Println(success.Month(2024, time.December))
	// Output: [2024-12-01, 2025-01-01)
}

func ExamplePeriod_Days() {
	fmt.Println(success.Year(2024).Days(), success.Year(2025).Days())
	// Output: 366 365
}

func ExamplePeriod_Contains() {
	february := success.Month(2024, time.February)
	fmt.Println(february.Contains(success.MustDate("2024-02-29")), february.Contains(success.MustDate("2024-03-01")))
	// Output: true false
}

func ExamplePeriod_Months() {
	p := success.Period{From: success.MustDate("2024-01-15"), To: success.MustDate("2024-03-10")}
	for _, month := range p.Months() {
		fmt.Println(month)
	}
	// Output:
	// [2024-01-15, 2024-02-01)
	// [2024-02-01, 2024-03-01)
	// [2024-03-01, 2024-03-10)
}

func ExamplePeriod_Quarters() {
	fmt.Println(success.Period{From: success.MustDate("2024-01-01"), To: success.MustDate("2024-07-01")}.Quarters())
	// Output: [[2024-01-01, 2024-04-01) [2024-04-01, 2024-07-01)]
}

func ExamplePeriod_Years() {
	fmt.Println(success.Period{From: success.MustDate("2023-07-01"), To: success.MustDate("2024-07-01")}.Years())
	// Output: [[2023-07-01, 2024-01-01) [2024-01-01, 2024-07-01)]
}

func ExamplePeriod_Validate() {
	p := success.Period{From: success.MustDate("2024-03-01"), To: success.MustDate("2024-02-01")}
	fmt.Println(p.Validate())
	// Output: period.To: 2024-02-01 is not after From 2024-03-01
}

func ExamplePeriod_String() {
	fmt.Println(success.Month(2024, time.February).String())
	// Output: [2024-02-01, 2024-03-01)
}

// Two thirds are exact until they are printed.
func ExampleRatio() {
	retained := success.RatioOf(2, 3)
	value, ok := retained.Value(4)
	fmt.Println(retained, value, ok)
	fmt.Println(success.Ratio{}, success.Ratio{}.Defined())
	// Output:
	// 66.7% 0.6667 true
	// n/a false
}

func ExampleRatioOf() {
	fmt.Println(success.RatioOf(45, 50))
	// Output: 90%
}

func ExampleRatio_Defined() {
	fmt.Println(success.RatioOf(0, 5).Defined(), success.RatioOf(0, 0).Defined())
	// Output: true false
}

// The rate of both regions is not the mean of theirs.
func ExampleRatio_Add() {
	north, south := success.RatioOf(9, 10), success.RatioOf(45, 90)
	fmt.Println(north, south, north.Add(south))
	// Output: 90% 50% 54%
}

func ExampleRatio_Value() {
	perAccount := success.Ratio{Num: decimal.NewFromInt(10_000), Den: decimal.NewFromInt(3)}
	fmt.Println(perAccount.Value(2))
	// Output: 3333.33 true
}

func ExampleRatio_Float64() {
	fmt.Println(success.RatioOf(1, 3).Float64())
	// Output: 0.3333333333333333 true
}

func ExampleRatio_String() {
	fmt.Println(success.RatioOf(39, 40).String(), success.RatioOf(1, 0).String())
	// Output: 97.5% n/a
}

func ExampleRatio_MarshalJSON() {
	data, err := json.Marshal([]success.Ratio{success.RatioOf(39, 40), success.RatioOf(1, 0)})
	fmt.Println(string(data), err)
	// Output: ["0.9750000000",null] <nil>
}

func ExampleRatio_UnmarshalJSON() {
	var rates []success.Ratio
	err := json.Unmarshal([]byte(`["0.9750000000", null, 0.5]`), &rates)
	fmt.Println(rates, err)
	// Output: [97.5% n/a 50%] <nil>
}

func ExampleRatio_MarshalText() {
	text, err := success.RatioOf(39, 40).MarshalText()
	fmt.Println(string(text), err)
	// Output: 0.9750000000 <nil>
}

func ExampleRatio_UnmarshalText() {
	var r success.Ratio
	fmt.Println(r.UnmarshalText([]byte("0.975")), r)
	// Output: <nil> 97.5%
}

func ExampleInputError() {
	contracts := []success.Contract{{
		ID: "C-1", Account: "acme", Start: success.MustDate("2024-03-01"), End: success.MustDate("2024-02-01"),
		Price: decimal.NewFromInt(100), Term: success.Months(1),
	}}
	var faults success.Errors
	contracts[0].Check(0, &faults)

	var fault *success.InputError
	if errors.As(faults.Err(), &fault) {
		fmt.Println(fault.Record, fault.Index, fault.Field, fault.Value)
		fmt.Println(fault)
	}
	// Output:
	// contract 0 End 2024-02-01
	// contract[0].End: 2024-02-01 is not after Start 2024-03-01
}

func ExampleInputError_Error() {
	fault := &success.InputError{Record: "rate", Index: 2, Field: "Rate", Value: "-1.1", Err: success.ErrNegative}
	fmt.Println(fault.Error())
	// Output: rate[2].Rate: -1.1 is negative
}

func ExampleInputError_Unwrap() {
	fault := &success.InputError{Record: "rate", Index: 2, Field: "Rate", Value: "-1.1", Err: success.ErrNegative}
	fmt.Println(errors.Is(fault, success.ErrNegative), errors.Is(fault, success.ErrMissing))
	// Output: true false
}

// Everything that is wrong comes back at once.
func ExampleErrors() {
	err := success.Contract{ID: "C-1", Term: success.Months(-1), Quantity: -5}.Validate()
	fmt.Println(err)

	var faults *success.Errors
	fmt.Println(errors.As(err, &faults), faults.Count, faults.Faults[3].Field)
	// Output:
	// 4 faults
	// 	contract.Account: is missing
	// 	contract.Start: is missing
	// 	contract.Term: -1 months is negative
	// 	contract.Quantity: -5 is negative
	// true 4 Quantity
}

func ExampleErrors_Add() {
	var faults success.Errors
	faults.Add(&success.InputError{Record: "deal", Index: 7, Field: "Amount", Value: "-5", Err: success.ErrNegative})
	faults.Add(&success.InputError{Record: "deal", Index: 2, Field: "ID", Err: success.ErrMissing})
	fmt.Println(faults.Err())
	// Output:
	// 2 faults
	// 	deal[2].ID: is missing
	// 	deal[7].Amount: -5 is negative
}

func ExampleErrors_Merge() {
	var all, some success.Errors
	some.Add(&success.InputError{Record: "deal", Index: 2, Field: "ID", Err: success.ErrMissing})
	all.Merge(&some)
	fmt.Println(all.Count, all.Err())
	// Output: 1 deal[2].ID: is missing
}

func ExampleErrors_Err() {
	var faults success.Errors
	fmt.Println(faults.Err() == nil)
	// Output: true
}

func ExampleErrors_Error() {
	var faults success.Errors
	for i := range 12 {
		faults.Add(&success.InputError{Record: "deal", Index: i, Field: "ID", Err: success.ErrMissing})
	}
	fmt.Println(faults.Error())
	// Output:
	// 12 faults
	// 	deal[0].ID: is missing
	// 	deal[1].ID: is missing
	// 	deal[2].ID: is missing
	// 	deal[3].ID: is missing
	// 	deal[4].ID: is missing
	// 	deal[5].ID: is missing
	// 	deal[6].ID: is missing
	// 	deal[7].ID: is missing
	// 	deal[8].ID: is missing
	// 	deal[9].ID: is missing
	// 	and 2 more
}

func ExampleErrors_Unwrap() {
	err := success.Contract{}.Validate()
	fmt.Println(errors.Is(err, success.ErrMissing), errors.Is(err, success.ErrRange))
	// Output: true false
}
