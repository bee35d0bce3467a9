package imports

import (
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// A Stage is one of a pipeline of deals.
type Stage struct {
	Pipeline string // empty for every pipeline
	Name     string // as the export has it, whatever its case
}

// HubSpotOptions say how a CSV file of HubSpot is to be read.
type HubSpotOptions struct {
	Won  []Stage        // stages of deals that are won; without any, Closed Won of every pipeline
	Lost []Stage        // stages of deals that are lost; without any, Closed Lost of every pipeline
	Zone *time.Location // of times, which HubSpot writes without; nil is UTC
}

var errStage = errors.New("is a stage of deals that are won and of deals that are lost")

// HubSpot turns deals of HubSpot into deals of ours. The export is CSV with the
// names of properties as columns, in any order.
//
//	Record ID                         the deal
//	Associated Company IDs (Primary)  the account or, without this column,
//	Associated Company IDs            that, if it is one; a deal of no company or several is left out
//	Associated Company (Primary),     names the account where it is one
//	  Associated Company
//	Pipeline, Deal Stage              won, lost or, in any other stage, open; see [HubSpotOptions]
//	Amount, Currency                  what it is worth; without an amount a lost one is worth 0, and
//	                                  others are left out
//	Create Date                       when it became a deal
//	Close Date                        when it was closed; while it is open this is a guess and not
//	                                  used. One that closed before it was created is left out
//	Deal owner                        who in sales it belongs to
//
// A stage in the options that no deal is in is noted, since it may be misspelt.
//
// Source: HubSpot Knowledge Base, "Export your records", "HubSpot's default deal
// properties" and "Set up and customize your deal pipelines and deal stages".
func HubSpot(r io.Reader, options HubSpotOptions) (Result, error) {
	s := newSink()
	won := newStages(options.Won, "Closed Won", "closedwon")
	lost := newStages(options.Lost, "Closed Lost", "closedlost")
	for _, stage := range options.Won {
		if lost.overlap(stage) {
			s.fault(place{"options", -1}, "Won", stage.Name, errStage)
		}
	}
	zone := located(options.Zone)
	required := []string{"record_id", "deal_stage", "amount", "create_date", "close_date", "associated_company_ids|associated_company_ids_primary"}
	err := s.rows(r, same, required, func(r row) { s.hubspotRow(r, won, lost, zone) })
	if err != nil {
		return Result{}, err
	}
	for _, stage := range append(won.unseen(options.Won), lost.unseen(options.Lost)...) {
		s.note("no deal is in stage %q", stage.Name)
	}
	return s.end()
}

func (s *sink) hubspotRow(r row, won, lost *stages, zone *time.Location) {
	before := s.faults.Count
	var d crmDeal
	var companies int
	d.ID = attribution.DealID(r.need("record_id"))
	d.Account, d.accountName, companies = hubspotCompany(r)
	d.Owner, d.Currency = r.text("deal_owner"), strings.ToUpper(r.text("currency"))
	d.worth, d.priced = r.amount("amount")
	switch pipeline, stage := r.text("pipeline"), r.need("deal_stage"); {
	case won.has(pipeline, stage):
		d.Status = attribution.Won
	case lost.has(pipeline, stage):
		d.Status = attribution.Lost
	}
	d.crmTimes(r, "create_date", "close_date", zone)
	s.once(r.at, "deal", string(d.ID))
	switch {
	case s.faults.Count != before:
	case companies > 1:
		s.leaveOut(r.at, string(d.ID), "is of %d companies, none of which is the primary one", companies)
	default:
		s.crmDeal(r.at, d)
	}
}

// hubspotCompany returns the company of a deal, and how many there are when it
// is not clear which.
func hubspotCompany(r row) (id success.AccountID, name string, n int) {
	primary, all := r.text("associated_company_ids_primary"), listed(r.text("associated_company_ids"))
	primaryName, names := r.text("associated_company_primary"), r.text("associated_company")
	switch {
	case primary != "":
		return success.AccountID(primary), primaryName, 1
	case len(all) == 1:
		return success.AccountID(all[0]), names, 1
	}
	return "", "", len(all)
}

// listed returns what a list like "1; 2" holds, each once.
func listed(text string) (all []string) {
	seen := map[string]bool{}
	for part := range strings.SplitSeq(text, ";") {
		if part = strings.TrimSpace(part); part != "" && !seen[part] {
			seen[part] = true
			all = append(all, part)
		}
	}
	return all
}

// stages are those of deals that are won, or lost.
type stages struct {
	all  []Stage
	seen map[int]bool
}

func newStages(given []Stage, standard ...string) *stages {
	s := &stages{all: slices.Clone(given), seen: map[int]bool{}}
	if len(given) == 0 {
		for _, name := range standard {
			s.all = append(s.all, Stage{Name: name})
		}
	}
	return s
}

// has reports whether a stage of a pipeline is among them.
func (s *stages) has(pipeline, name string) (found bool) {
	for i, stage := range s.all {
		if strings.EqualFold(stage.Name, name) && (stage.Pipeline == "" || strings.EqualFold(stage.Pipeline, pipeline)) {
			s.seen[i], found = true, true
		}
	}
	return found
}

// overlap reports whether a deal may be in a stage and in one of these.
func (s *stages) overlap(other Stage) bool {
	for _, stage := range s.all {
		if strings.EqualFold(stage.Name, other.Name) &&
			(stage.Pipeline == "" || other.Pipeline == "" || strings.EqualFold(stage.Pipeline, other.Pipeline)) {
			return true
		}
	}
	return false
}

// unseen returns which of the stages that were given no deal is in.
func (s *stages) unseen(given []Stage) (all []Stage) {
	for i, stage := range given {
		if !s.seen[i] {
			all = append(all, stage)
		}
	}
	return all
}
