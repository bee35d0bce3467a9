package report

import (
	"fmt"
	"strings"

	"metrics.internal/success/health/alert"
)

// advice returns what the section suggests to do next.
func (h *Health) advice() []string {
	var advice []string
	for _, say := range []func() string{h.adviseRisk, h.adviseUnknown, h.adviseTickets, h.adviseChampions} {
		if text := say(); text != "" {
			advice = append(advice, text)
		}
	}
	if h.Tiers != nil {
		advice = append(advice, h.Tiers.advice()...)
	}
	return advice
}

func (h *Health) adviseRisk() string {
	if h.card == nil {
		return ""
	}
	atRisk := h.atRisk()
	var largest []scored // of equal revenue, the worse
	for _, a := range h.scores {
		if atRisk[a.Account] {
			largest = append(largest, a)
		}
	}
	if len(largest) == 0 {
		return ""
	}
	sortByRevenue(largest)
	var names []string
	for _, a := range largest[:min(3, len(largest))] {
		name := h.name(a.Account)
		if reasons := a.Reasons(); len(reasons) > 0 {
			name += " (" + reasons[0].Name + ")"
		}
		names = append(names, name)
	}
	return fmt.Sprintf("Call those at risk, %s: %s.", Plural(len(largest), "account"), strings.Join(names, ", "))
}

func (h *Health) adviseUnknown() string {
	if h.card == nil || len(h.scores) == 0 {
		return ""
	}
	unknown := h.Exposures[len(h.Exposures)-1]
	if 2*unknown.Accounts <= len(h.scores) {
		return ""
	}
	return fmt.Sprintf("Find out how customers are: too little is known of %d of %d to say.", unknown.Accounts, len(h.scores))
}

func (h *Health) adviseTickets() string {
	if h.support == nil || h.support.times.Resolution.Open == 0 {
		return ""
	}
	return fmt.Sprintf("Answer what is still open: %s of the period.", Plural(h.support.times.Resolution.Open, "ticket"))
}

func (h *Health) adviseChampions() string {
	if h.card == nil {
		return ""
	}
	var names []string
	for _, a := range h.alerts.Open() {
		if a.Kind == alert.ChampionLeft {
			names = append(names, h.name(a.Account))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("Find a new champion where the last one has left: %s.", strings.Join(names[:min(3, len(names))], ", "))
}
