package alert_test

import (
	"encoding/json"
	"fmt"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/health/alert"
)

func ExampleNext() {
	day := success.MustDate
	fernhill := alert.Reading{
		Account: "Fernhill", Revenue: decimal.NewFromInt(18_000),
		BandBefore: "green", Band: "yellow",
		Overdue: success.RatioOf(20, 7), Seats: success.RatioOf(12, 40),
		Renewal: day("2025-08-01"),
	}
	var state alert.State
	for _, date := range []string{"2025-06-28", "2025-06-29", "2025-06-30"} {
		if date == "2025-06-30" {
			fernhill.Overdue = success.RatioOf(0, 7) // they were back
		}
		var err error
		if state, err = alert.Next(state, []alert.Reading{fernhill}, day(date), alert.Policy{}); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(date)
		for _, a := range state.Alerts {
			fmt.Println(" ", a.Status, a.Severity, a.Kind, "·", a.Evidence)
		}
	}
	// Output:
	// 2025-06-28
	//   opened warning band drop · band fell from green to yellow
	//   opened warning overdue usage · 20 days since the last use where 7 would be ideal: 2.9 times as long
	//   opened warning renewal at risk · renewal on 2025-08-01, in 34 days, while yellow
	// 2025-06-29
	//   kept warning band drop · band fell from green to yellow
	//   kept warning overdue usage · 20 days since the last use where 7 would be ideal: 2.9 times as long
	//   kept warning renewal at risk · renewal on 2025-08-01, in 33 days, while yellow
	// 2025-06-30
	//   kept warning band drop · band fell from green to yellow
	//   closed warning overdue usage · 20 days since the last use where 7 would be ideal: 2.9 times as long
	//   kept warning renewal at risk · renewal on 2025-08-01, in 32 days, while yellow
}

// A state is stored and read again between runs.
func ExampleState() {
	day := success.MustDate("2025-06-30")
	state, err := alert.Next(alert.State{}, []alert.Reading{{
		Account: "Marlowe", Revenue: decimal.NewFromInt(900), Contacts: success.RatioOf(100, 82),
	}}, day, alert.Policy{})
	if err != nil {
		fmt.Println(err)
		return
	}
	text, err := json.MarshalIndent(state, "", "  ")
	fmt.Println(string(text), err)
	var stored alert.State
	fmt.Println(json.Unmarshal(text, &stored), stored.Alerts[0].Kind)
	// Output:
	// {
	//   "as_of": "2025-06-30",
	//   "alerts": [
	//     {
	//       "account": "Marlowe",
	//       "kind": "single contact",
	//       "severity": "notice",
	//       "evidence": "1.22 effective contacts",
	//       "at_stake": "900",
	//       "opened": "2025-06-30",
	//       "confirmed": "2025-06-30",
	//       "reason": "not closed",
	//       "status": "opened"
	//     }
	//   ]
	// } <nil>
	// <nil> single contact
}

// accounts returns what is known of three accounts.
func accounts() []alert.Reading {
	reading := func(account success.AccountID, revenue int64, band string) alert.Reading {
		return alert.Reading{Account: account, Revenue: decimal.NewFromInt(revenue), BandBefore: "green", Band: band}
	}
	return []alert.Reading{reading("Fernhill", 18_000, "yellow"), reading("Marlowe", 900, "red"), reading("Oakridge", 5_000, "green")}
}

func ExampleState_Open() {
	state, err := alert.Next(alert.State{}, accounts(), success.MustDate("2025-06-30"), alert.Policy{})
	for _, a := range state.Open() {
		fmt.Println(a.Severity, a.Account, a.AtStake)
	}
	fmt.Println(err)
	// Output:
	// critical Marlowe 900
	// warning Fernhill 18000
	// <nil>
}

func ExampleState_With() {
	state, err := alert.Next(alert.State{}, accounts(), success.MustDate("2025-06-30"), alert.Policy{})
	fmt.Println(len(state.With(alert.Opened)), "new and", len(state.With(alert.Kept)), "old", err)
	// Output: 2 new and 0 old <nil>
}

func ExampleState_AtStake() {
	state, err := alert.Next(alert.State{}, accounts(), success.MustDate("2025-06-30"), alert.Policy{})
	fmt.Println(state.AtStake(), err)
	// Output: 18900 <nil>
}

func ExampleReading() {
	_, err := alert.Next(alert.State{}, []alert.Reading{
		{Account: "Fernhill", Band: "blue"},
		{Account: "Fernhill", Revenue: decimal.NewFromInt(-1)},
	}, success.MustDate("2025-06-30"), alert.Policy{})
	fmt.Println(err)
	// Output:
	// 3 faults
	// 	reading[0].Band: blue is unknown
	// 	reading[1].Revenue: -1 is negative
	// 	reading[1].Account: Fernhill is that of reading 0 too
}

// Bands of one's own, and no alerts on seats.
func ExamplePolicy() {
	policy := alert.Policy{
		Bands: []string{"critical", "poor", "fair", "good"}, Good: "fair", Drop: 2,
		Off: []alert.Kind{alert.SeatsFull},
	}
	state, err := alert.Next(alert.State{}, []alert.Reading{
		{Account: "Fernhill", BandBefore: "good", Band: "fair", Seats: success.RatioOf(40, 40)},
		{Account: "Marlowe", BandBefore: "good", Band: "poor"},
	}, success.MustDate("2025-06-30"), policy)
	for _, a := range state.Alerts {
		fmt.Println(a.Account, a.Kind, "·", a.Evidence)
	}
	fmt.Println(err)
	// Output:
	// Marlowe band drop · band fell from good to poor
	// <nil>
}

func ExamplePolicy_Validate() {
	fmt.Println(alert.Policy{Good: "blue", CoolDown: -1}.Validate())
	// Output:
	// 2 faults
	// 	policy.Good: blue is unknown
	// 	policy.CoolDown: -1 is negative
}

func ExampleAlert_Open() {
	day := success.MustDate("2025-06-30")
	fmt.Println(alert.Alert{Opened: day}.Open(), alert.Alert{Opened: day, Closed: day}.Open())
	// Output: true false
}

func ExampleKey_Compare() {
	a := alert.Key{Account: "Fernhill", Kind: alert.GoalMissed, Subject: "first campaign"}
	b := alert.Key{Account: "Fernhill", Kind: alert.SeatsFull}
	fmt.Println(a.Compare(b), b.Compare(a), a.Compare(a))
	// Output: -1 1 0
}

func ExampleKind_String() {
	fmt.Println(alert.RenewalAtRisk)
	// Output: renewal at risk
}

func ExampleKind_MarshalText() {
	text, err := alert.BandDrop.MarshalText()
	fmt.Println(string(text), err)
	// Output: band drop <nil>
}

func ExampleKind_UnmarshalText() {
	var k alert.Kind
	fmt.Println(k.UnmarshalText([]byte("usage fall")), k == alert.UsageFall)
	// Output: <nil> true
}

func ExampleSeverity_String() {
	fmt.Println(alert.Notice, alert.Warning, alert.Critical)
	// Output: notice warning critical
}

func ExampleSeverity_MarshalText() {
	text, err := alert.Critical.MarshalText()
	fmt.Println(string(text), err)
	// Output: critical <nil>
}

func ExampleSeverity_UnmarshalText() {
	var s alert.Severity
	fmt.Println(s.UnmarshalText([]byte("warning")), s > alert.Notice)
	// Output: <nil> true
}

func ExampleStatus_String() {
	fmt.Println(alert.Suppressed)
	// Output: suppressed
}

func ExampleStatus_MarshalText() {
	text, err := alert.Unconfirmed.MarshalText()
	fmt.Println(string(text), err)
	// Output: unconfirmed <nil>
}

func ExampleStatus_UnmarshalText() {
	var s alert.Status
	fmt.Println(s.UnmarshalText([]byte("kept")), s == alert.Kept)
	// Output: <nil> true
}

func ExampleReason_String() {
	fmt.Println(alert.Resolved, "or", alert.RuleOff)
	// Output: resolved or rule off
}

func ExampleReason_MarshalText() {
	text, err := alert.Ended.MarshalText()
	fmt.Println(string(text), err)
	// Output: ended <nil>
}

func ExampleReason_UnmarshalText() {
	var r alert.Reason
	fmt.Println(r.UnmarshalText([]byte("resolved")), r == alert.Resolved)
	// Output: <nil> true
}
