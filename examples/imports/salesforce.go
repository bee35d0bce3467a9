package imports

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// SalesforceOptions say how a CSV file of Salesforce is to be read.
type SalesforceOptions struct {
	Sources map[string]attribution.Source // what the company's own words in LeadSource mean, whatever their case; before those of [Salesforce]
	Zone    *time.Location                // of CloseDate, and of times without a zone; nil is UTC
}

// Salesforce turns opportunities of Salesforce into deals and, where they have a
// LeadSource, leads. The export is CSV with the API names of the fields as
// columns, in any order, as the Data Loader and the Data Export write it.
//
//	Id, AccountId                  the deal and its account; an opportunity without one is left out
//	Account.Name                   of the account, if there is such a column
//	IsWon, IsClosed                won; closed and not won is lost, anything else open
//	Amount, CurrencyIsoCode        what it is worth; without an amount a lost one is worth 0, and
//	                               others are left out
//	CreatedDate                    when it became a deal, and when its lead was submitted
//	CloseDate                      the end of that day, of what is closed; of what is open it is a
//	                               guess and not used. One that closed before it was created is left out
//	OwnerId                        who in sales it belongs to
//	IsDeleted                      left out
//	LeadSource                     where its lead, of the same ID, came from:
//
//	Web, Phone Inquiry                            [attribution.Self]
//	Partner, Partner Referral, Seminar - Partner  [attribution.Partner]
//	Customer Referral, External Referral,         [attribution.Referral]
//	  Word of mouth
//	Cold Call, Purchased List                     [attribution.Sales]
//	Advertisement, Customer Event, Direct Mail,   [attribution.Marketing]
//	  Email, Google AdWords, Public Relations,
//	  Seminar - Internal, Social Media,
//	  Trade Show, Webinar
//	Employee Referral, Other, anything else       [attribution.Other]
//
// A word that is none of these is noted. No standard word says that somebody in
// service noticed the need; companies that keep service-qualified leads have one
// of their own, to be named in the options. Such a lead refers to no
// interaction, which the export does not have, and is not accepted until it does.
//
// Source: Salesforce Object Reference, "Opportunity"; Salesforce Help,
// "Opportunity Fields".
func Salesforce(r io.Reader, options SalesforceOptions) (Result, error) {
	s := newSink()
	sources := s.salesforceSources(options.Sources)
	zone := located(options.Zone)
	required := []string{"id", "accountid", "isclosed", "iswon", "amount", "createddate", "closedate"}
	err := s.rows(r, joined, required, func(r row) { s.salesforceRow(r, sources, zone) })
	if err != nil {
		return Result{}, err
	}
	return s.end()
}

// joined leaves out what is between words: AccountId and Account ID are one.
func joined(plain string) string { return strings.ReplaceAll(plain, "_", "") }

func (s *sink) salesforceRow(r row, sources map[string]attribution.Source, zone *time.Location) {
	before := s.faults.Count
	d := readSalesforce(r, zone)
	word := r.text("leadsource")
	deleted := r.flag("isdeleted")
	s.once(r.at, "opportunity", string(d.ID))
	if s.faults.Count != before {
		return
	}
	if deleted {
		s.leaveOut(r.at, string(d.ID), "is deleted")
		return
	}
	if word != "" {
		d.Lead = attribution.LeadID(d.ID)
	}
	if s.crmDeal(r.at, d) && word != "" {
		s.lead(r.at, attribution.Lead{ID: d.Lead, Account: d.Account, Source: s.sourceOf(word, sources), At: d.Opened})
	}
}

func readSalesforce(r row, zone *time.Location) (d crmDeal) {
	d.ID, d.Account = attribution.DealID(r.need("id")), success.AccountID(r.text("accountid"))
	d.accountName, d.Owner = r.text("accountname"), r.text("ownerid")
	d.worth, d.priced = r.amount("amount")
	d.Currency = strings.ToUpper(r.text("currencyisocode"))
	r.need("isclosed")
	r.need("iswon")
	switch closed, won := r.flag("isclosed"), r.flag("iswon"); {
	case won && !closed:
		r.fault("iswon", r.text("iswon"), fmt.Errorf("%w: it is not closed", success.ErrOrder))
	case won:
		d.Status = attribution.Won
	case closed:
		d.Status = attribution.Lost
	}
	d.crmTimes(r, "createddate", "closedate", zone)
	return d
}

// salesforceSources returns the company's own words in small letters.
func (s *sink) salesforceSources(own map[string]attribution.Source) map[string]attribution.Source {
	sources := map[string]attribution.Source{}
	for _, word := range slices.Sorted(maps.Keys(own)) {
		source, key := own[word], strings.ToLower(word)
		at := place{"options", -1}
		if source == attribution.SourceUnknown || source > attribution.Other {
			s.fault(at, "Sources", word, success.ErrUnknown)
		}
		if other, again := sources[key]; again && other != source {
			s.fault(at, "Sources", word, success.ErrDuplicate)
		}
		sources[key] = source
	}
	return sources
}

// sourceOf returns what a word in LeadSource means.
func (s *sink) sourceOf(word string, own map[string]attribution.Source) attribution.Source {
	key := strings.ToLower(word)
	if source, ok := own[key]; ok {
		return source
	}
	source := standardSource(key)
	if source == attribution.SourceUnknown {
		s.note("LeadSource %q is not known, and taken for other", word)
		return attribution.Other
	}
	return source
}

func standardSource(word string) attribution.Source {
	switch word {
	case "web", "phone inquiry":
		return attribution.Self
	case "partner", "partner referral", "seminar - partner":
		return attribution.Partner
	case "customer referral", "external referral", "word of mouth":
		return attribution.Referral
	case "cold call", "purchased list":
		return attribution.Sales
	case "advertisement", "customer event", "direct mail", "email", "google adwords",
		"public relations", "seminar - internal", "social media", "trade show", "webinar":
		return attribution.Marketing
	case "employee referral", "other":
		return attribution.Other
	}
	return attribution.SourceUnknown
}
