package support_test

import (
	"fmt"

	"metrics.internal/success/health/support"
)

func ExampleDeflection_Add() {
	bot := support.Deflection{SelfService: 300, Tickets: 60}
	pages := support.Deflection{SelfService: 100, Tickets: 40}
	both := bot.Add(pages)
	fmt.Println(both.SelfService, "served,", both.Tickets, "tickets:", both.Rate())
	// Output: 400 served, 100 tickets: 80%
}

// What share of those who look for help find it without a ticket?
func ExampleDeflection_Rate() {
	fmt.Println(support.Deflection{SelfService: 75, Tickets: 25}.Rate())
	fmt.Println(support.Deflection{}.Rate())
	// Output:
	// 75%
	// n/a
}

// How many find help for themselves for each ticket that is written?
func ExampleDeflection_Ratio() {
	score := support.Deflection{SelfService: 75, Tickets: 25}.Ratio()
	times, _ := score.Float64()
	fmt.Println(times, "for one ticket")
	fmt.Println(support.Deflection{SelfService: 75}.Ratio())
	// Output:
	// 3 for one ticket
	// n/a
}

func ExampleDeflection_Validate() {
	fmt.Println(support.Deflection{SelfService: 75}.Validate())
	fmt.Println(support.Deflection{SelfService: 75, Tickets: -25}.Validate())
	// Output:
	// <nil>
	// deflection.Tickets: -25 is negative
}

// Shares of two teams do not add up; their counts do.
func ExampleFirstContact_Add() {
	north := support.FirstContact{Resolved: 9, Not: 1}
	south := support.FirstContact{Resolved: 10, Not: 20, TooEarly: 4}
	both := north.Add(south)
	fmt.Println(north.Rate(), "and", south.Rate(), "are together", both.Rate(), "with", both.TooEarly, "too early to tell")
	// Output: 90% and 33.3% are together 47.5% with 4 too early to tell
}

// Tickets that are too early to judge are in neither part of the rate.
func ExampleFirstContact_Rate() {
	fmt.Println(support.FirstContact{Resolved: 3, Not: 1, TooEarly: 96}.Rate())
	fmt.Println(support.FirstContact{TooEarly: 96}.Rate())
	// Output:
	// 75%
	// n/a
}

func ExampleMix_Add() {
	june := support.Mix{Reactive: 60, Proactive: 20}
	july := support.Mix{Reactive: 40, Proactive: 80, Unknown: 7}
	fmt.Println(june.Share(), july.Share(), june.Add(july).Share())
	// Output: 25% 66.7% 50%
}

// How many threads do we start for each one that a customer starts?
func ExampleMix_Ratio() {
	ratio, ok := support.Mix{Reactive: 80, Proactive: 20, Unknown: 11}.Ratio().Float64()
	fmt.Println(ratio, ok)
	fmt.Println(support.Mix{Proactive: 20}.Ratio())
	// Output:
	// 0.25 true
	// n/a
}

// Which share of the threads did we start? Automated mail does not count as ours.
func ExampleMix_Share() {
	fmt.Println(support.Mix{Reactive: 80, Proactive: 20, Automated: 500}.Share())
	// Output: 20%
}

func ExampleTouches_Add() {
	email := support.Touches{One: 6, Two: 4}
	chat := support.Touches{None: 5, One: 14, More: 1, Open: 2}
	both := email.Add(chat)
	fmt.Println(both.One, "of", both.None+both.One+both.Two+both.More, "solved at one touch,", both.Open, "open")
	// Output: 20 of 30 solved at one touch, 2 open
}

// What share of the solved tickets took one reply? Those closed without any are not among them.
func ExampleTouches_OneTouch() {
	fmt.Println(support.Touches{None: 1, One: 6, Two: 2, More: 1, Open: 40}.OneTouch())
	fmt.Println(support.Touches{Open: 40}.OneTouch())
	// Output:
	// 60%
	// n/a
}
