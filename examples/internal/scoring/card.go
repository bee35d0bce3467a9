// Package scoring says how well the accounts of a data folder are, by a scorecard
// whose measures it feeds from the files there are. An account that the files say
// nothing about is missing in a measure, which is not 0.
//
// The measures that it can feed, as of a day, are:
//
//   - usage (usage.csv): use in the last whole month / median of up to six months
//     before, and at least three. Of several kinds of use the one that fell most. A
//     base below 20 says nothing.
//   - usage.NAME: the same of the rows with that measure, such as usage.logins.
//   - overdue (usage.csv): days since the last use / the account's own median gap
//     between days with use. Of several kinds of use the one least overdue.
//   - tickets (interactions.csv): tickets of the last 90 days.
//   - open_tickets (interactions.csv): tickets that are not solved.
//   - days_since_touch (interactions.csv): days since we last began an interaction.
//   - csat (surveys.csv): mean satisfaction of the last 180 days, 0 for the lowest
//     answer of the scale to 1 for the highest.
//   - nps (surveys.csv): net promoter score of the last 365 days, −1 to 1.
//   - goals (goals.csv): attainment of the goals that were due, 0 to 1.
//   - contacts (contacts.csv): people who are still there.
//   - champion (contacts.csv): 1 if one of them has the role "champion", else 0.
//
// A ticket is an interaction that we did not begin and that is no self-service.
// Answers on effort (ces) feed nothing: the file does not say which end is good.
//
// Where a file, or a kind of use in it, ends before the day, its measures are of the
// day it ends on, and grow old from there.
package scoring

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"metrics.internal/success/health"
)

// file is the one of a data folder that holds a scorecard.
const file = "scorecard.json"

// example is the scorecard of folders that have none. Its numbers are no
// recommendation.
//
//go:embed scorecard.json
var example []byte

// Card returns the scorecard of a folder, or the example when it has none, and
// whether it is the example.
func Card(fsys fs.FS) (card *health.Scorecard, isExample bool, err error) {
	data, err := fs.ReadFile(fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		card, err = parse(example)
		return card, true, err
	}
	if err != nil {
		return nil, false, err
	}
	card, err = parse(data)
	if err != nil {
		return nil, false, fmt.Errorf("%s: %w", file, err)
	}
	return card, false, nil
}

func parse(data []byte) (*health.Scorecard, error) {
	definition, err := health.ParseDefinition(data)
	if err != nil {
		return nil, err
	}
	card, err := health.New(definition)
	if err != nil {
		return nil, err
	}
	return card, errors.Join(unfed(definition)...)
}

// names are the measures that can be fed, but for usage.NAME.
func names() []string {
	return []string{usageName, overdueName, ticketsName, openName, touchName, csatName, npsName, goalsName, contactsName, championName}
}

// unfed finds the measures that nothing can be fed into.
func unfed(d health.Definition) (faults []error) {
	for _, group := range d.Groups {
		for _, m := range group.Measures {
			kind, isKind := strings.CutPrefix(m.Name, usageName+".")
			switch {
			case !slices.Contains(names(), m.Name) && (!isKind || kind == ""):
				faults = append(faults, fmt.Errorf("measure %s is none of %s and %s.NAME", m.Name, strings.Join(names(), ", "), usageName))
			case m.Curve.Kind == health.OwnGrowth || m.Curve.Kind == health.OwnPercentile:
				faults = append(faults, fmt.Errorf("measure %s: curve %s needs a history, which is not fed", m.Name, m.Curve.Kind))
			case m.Curve.Kind == health.RatioToTarget && m.Curve.Target.IsZero():
				faults = append(faults, fmt.Errorf("measure %s: curve %s needs a target, as none comes with the values", m.Name, m.Curve.Kind))
			}
		}
	}
	return faults
}
