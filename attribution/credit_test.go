package attribution_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/credit"
)

// TestInfluencedIsMore holds that no model credits a key with more than the
// revenue of the deals that it touched, as won and after refunds, and that every
// model shares what the pipeline has.
func TestInfluencedIsMore(t *testing.T) { rapid.Check(t, checkInfluenced) }

func checkInfluenced(t *rapid.T) {
	r, o, p := draw(t)
	window := time.Duration(rapid.IntRange(0, 100).Draw(t, "days")) * 24 * time.Hour
	if rapid.Bool().Draw(t, "in runs") {
		r.Touches = append(r.Touches, r.Touches...)
		p = must[*attribution.Pipeline](t)(attribution.NewPipeline(r, o))
	}
	asWon := r
	asWon.Adjustments = nil
	o.AsOf = p.AsOf()
	q := must[*attribution.Pipeline](t)(attribution.NewPipeline(asWon, o))
	net, total := influencedOf(must[attribution.Influenced](t)(p.Influenced(always, window)))
	gross, won := influencedOf(must[attribution.Influenced](t)(q.Influenced(always, window)))

	deals := must[[]attribution.Deal](t)(p.Closed(always))
	changes := must[[]attribution.Adjustment](t)(p.Adjustments(always))
	book := must[*credit.Book](t)(credit.NewBook(credit.Records{Deals: deals, Adjustments: changes, Touches: r.Touches}, credit.Options{Window: window}))
	for _, split := range must[[]*credit.Split](t)(book.Split(modelsFor(net)...)) {
		for _, c := range split.Totals {
			if !c.Revenue.Net.Equal(total[c.Currency]) || !c.Revenue.Gross.Equal(won[c.Currency]) {
				t.Fatalf("%s shares %+v, not %v of %v %s", split.Model, c.Revenue, total[c.Currency], won[c.Currency], c.Currency)
			}
			for _, s := range append(c.Keys, credit.Share{Key: attribution.Unattributed, Revenue: c.Unattributed}) {
				at := [2]string{s.Key, c.Currency}
				if s.Revenue.Net.GreaterThan(net[at]) || s.Revenue.Gross.GreaterThan(gross[at]) {
					t.Fatalf("%s gives %v %+v, of %v that it touched, %v as won", split.Model, at, s.Revenue, net[at], gross[at])
				}
			}
		}
	}
}

// influencedOf returns the net revenue by key and currency, and all of a currency.
func influencedOf(i attribution.Influenced) (rows map[[2]string]decimal.Decimal, total map[string]decimal.Decimal) {
	rows, total = map[[2]string]decimal.Decimal{}, map[string]decimal.Decimal{}
	for _, r := range i.Rows {
		rows[[2]string{r.Key, r.Currency}] = r.Net
	}
	for _, r := range i.Total {
		total[r.Currency] = r.Net
	}
	return rows, total
}

// modelsFor returns all models, without those that learn when no deal that was
// won was touched.
func modelsFor(touched map[[2]string]decimal.Decimal) []credit.Model {
	models := []credit.Model{
		credit.First(), credit.Last(), credit.LastNonKey("mail"), credit.Linear(), credit.U(), credit.J(), credit.InverseJ(),
		credit.UMilestones(), credit.W(), credit.FullPath(), credit.TimeDecay(credit.DefaultHalfLife),
	}
	for at := range touched {
		if at[0] != attribution.Unattributed {
			return append(models, credit.Markov(1), credit.Markov(2), credit.Shapley())
		}
	}
	return models
}
