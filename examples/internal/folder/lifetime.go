package folder

import (
	"metrics.internal/success"
	"metrics.internal/success/cohort/help"
	"metrics.internal/success/cohort/survival"
	"metrics.internal/success/retention"
)

// A Lifetime is an account from the day it first paid to the one on which it paid
// no longer, whatever lies between.
type Lifetime struct {
	Account success.AccountID
	Start   success.Date
	Left    success.Date // none while it pays
}

// Lifetimes returns the lifetime of every account that ever paid before a day.
func Lifetimes(book *retention.Book, asOf success.Date) ([]Lifetime, error) {
	var all []Lifetime
	for h, err := range book.Histories(success.Period{From: success.FromOrdinal(1), To: asOf}) {
		if err != nil {
			return nil, err
		}
		l := Lifetime{Account: h.Account}
		for _, step := range h.Steps {
			if l.Left = (success.Date{}); step.Micros == 0 {
				l.Left = step.Date
			} else if l.Start.IsZero() {
				l.Start = step.Date
			}
		}
		all = append(all, l)
	}
	return all, nil
}

// Span returns how long the account stayed: to the day after its last paid one,
// or censored on a day that it still pays on.
func (l Lifetime) Span(asOf success.Date) survival.Span {
	if l.Left.IsZero() {
		return survival.Span{Days: asOf.Sub(l.Start)}
	}
	return survival.Span{Days: l.Left.Sub(l.Start), Left: true}
}

// Helped returns the lifetimes with the day help began, compared within
// segments. Help that began when an account had left counts as none; after is
// how many have such.
func (f *Folder) Helped(lifetimes []Lifetime) (accounts []help.Account, after int) {
	began := f.helpBegan()
	segments := map[success.AccountID]string{}
	for _, a := range f.Accounts {
		segments[a.ID] = a.Segment
	}
	for _, l := range lifetimes {
		a := help.Account{ID: l.Account, Start: l.Start, Left: l.Left, Stratum: segments[l.Account], Began: began[l.Account]}
		if !a.Left.IsZero() && !a.Began.Before(a.Left) {
			a.Began = success.Date{}
			after++
		}
		accounts = append(accounts, a)
	}
	return accounts, after
}

// helpBegan returns the day on which help began for each account, or for one that
// it has absorbed.
func (f *Folder) helpBegan() map[success.AccountID]success.Date {
	into := map[success.AccountID]success.AccountID{}
	for _, m := range f.Mergers {
		into[m.From] = m.To
	}
	began := map[success.AccountID]success.Date{}
	for _, h := range f.Help {
		account := h.Account
		for into[account] != "" {
			account = into[account]
		}
		if first := began[account]; first.IsZero() || h.Began.Before(first) {
			began[account] = h.Began
		}
	}
	return began
}
