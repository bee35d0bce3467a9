package retention

import (
	"errors"
	"fmt"
	"math"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

// Amounts are the parts of a movement, as annual recurring revenue unless said
// otherwise. Each is 0 or more, but FX may have either sign, and
//
//	Opening + New + Reactivation + Expansion − Contraction − Churn + FX = Closing
type Amounts struct {
	Opening      decimal.Decimal `json:"opening"`      // at the close of the day before From, at the rates of From
	New          decimal.Decimal `json:"new"`          // of those who never paid before
	Reactivation decimal.Decimal `json:"reactivation"` // of those who came back
	Expansion    decimal.Decimal `json:"expansion"`    // of those who pay more than before
	Contraction  decimal.Decimal `json:"contraction"`  // of those who pay less, but still pay
	Churn        decimal.Decimal `json:"churn"`        // of those who left: what they paid at the opening
	FX           decimal.Decimal `json:"fx"`           // the closing at the rates of To less the closing at the rates of From
	Closing      decimal.Decimal `json:"closing"`      // at the close of the day before To, at the rates of To
}

// Monthly returns a twelfth of each amount, rounded half away from zero to the
// given places: MRR for ARR. The parts are rounded one by one, so printed ones
// may miss their printed sum by a unit of the last place each.
func (a Amounts) Monthly(places int32) Amounts {
	return a.each(func(d decimal.Decimal) decimal.Decimal { return d.DivRound(decimal.NewFromInt(12), places) })
}

// Net returns Closing − Opening, which chains: the net of adjoining periods is
// the sum of theirs.
func (a Amounts) Net() decimal.Decimal { return a.Closing.Sub(a.Opening) }

func (a Amounts) each(f func(decimal.Decimal) decimal.Decimal) Amounts {
	return Amounts{
		f(a.Opening), f(a.New), f(a.Reactivation), f(a.Expansion),
		f(a.Contraction), f(a.Churn), f(a.FX), f(a.Closing),
	}
}

func (a Amounts) add(b Amounts) Amounts {
	return Amounts{
		a.Opening.Add(b.Opening), a.New.Add(b.New), a.Reactivation.Add(b.Reactivation), a.Expansion.Add(b.Expansion),
		a.Contraction.Add(b.Contraction), a.Churn.Add(b.Churn), a.FX.Add(b.FX), a.Closing.Add(b.Closing),
	}
}

// Counts are how many accounts, or products or contracts at a finer [Grain], a
// movement is made of. Opening + New + Reactivated − Churned = Closing, and
// Opening − Churned = Upgraded + Downgraded + Flat.
type Counts struct {
	Opening     int `json:"opening"`     // customers at the opening
	New         int `json:"new"`         // never customers before
	Reactivated int `json:"reactivated"` // customers again
	Churned     int `json:"churned"`     // customers no longer
	Closing     int `json:"closing"`     // customers at the close
	Upgraded    int `json:"upgraded"`    // kept, paying more
	Downgraded  int `json:"downgraded"`  // kept, paying less
	Flat        int `json:"flat"`        // kept, paying the same
	Free        int `json:"free"`        // with an active contract at the close, but no revenue
	FromFree    int `json:"from_free"`   // of New: free on the day before they first paid
	Absorbed    int `json:"absorbed"`    // customers at the opening that mergers of the period made part of another: previous Closing − Absorbed = Opening
}

func (c Counts) add(d Counts) Counts {
	return Counts{
		c.Opening + d.Opening, c.New + d.New, c.Reactivated + d.Reactivated, c.Churned + d.Churned,
		c.Closing + d.Closing, c.Upgraded + d.Upgraded, c.Downgraded + d.Downgraded, c.Flat + d.Flat,
		c.Free + d.Free, c.FromFree + d.FromFree, c.Absorbed + d.Absorbed,
	}
}

// A Movement compares the recurring revenue at the two ends of a period. Every
// rate of the period is a method of it. Movements of shards that keep accounts
// whole add up with [Movement.Merge].
type Movement struct {
	Period   success.Period
	Currency string // of the amounts; empty when the contracts name none
	Amounts
	Accounts Counts

	Kept              decimal.Decimal // Σ min(opening, closing) over accounts, at the rates of From
	UpgradedOpening   decimal.Decimal // opening revenue of the upgraded
	DowngradedOpening decimal.Decimal // opening revenue of the downgraded
	FlatOpening       decimal.Decimal // opening revenue of the flat

	IncludeReactivation bool // [Movement.NRR] counts Reactivation as kept
}

var errMerge = errors.New("retention: only results of the same period, currency and options merge")

// Merge returns the movement of both shards together. It is an error if they
// differ in period, currency or IncludeReactivation. The shards must not share
// an account, nor separate accounts that merge.
func (m Movement) Merge(n Movement) (Movement, error) {
	if m.Period != n.Period || m.Currency != n.Currency || m.IncludeReactivation != n.IncludeReactivation {
		return Movement{}, fmt.Errorf("%w: %v %s and %v %s", errMerge, m.Period, m.Currency, n.Period, n.Currency)
	}
	m.Amounts = m.Amounts.add(n.Amounts)
	m.Accounts = m.Accounts.add(n.Accounts)
	m.Kept = m.Kept.Add(n.Kept)
	m.UpgradedOpening = m.UpgradedOpening.Add(n.UpgradedOpening)
	m.DowngradedOpening = m.DowngradedOpening.Add(n.DowngradedOpening)
	m.FlatOpening = m.FlatOpening.Add(n.FlatOpening)
	return m, nil
}

// NRR returns net revenue retention: the share of the opening revenue that the
// same accounts pay at the close.
//
//	(Opening + Expansion − Contraction − Churn) / Opening
//
// It may exceed 1. New accounts never enter it, reactivated ones only with
// IncludeReactivation. With no opening revenue it is undefined.
func (m Movement) NRR() success.Ratio {
	num := m.Opening.Add(m.Expansion).Sub(m.Contraction).Sub(m.Churn)
	if m.IncludeReactivation {
		num = num.Add(m.Reactivation)
	}
	return success.Ratio{Num: num, Den: m.Opening}
}

// GRR returns gross revenue retention: the share of the opening revenue that is
// still paid, each account counted up to what it paid at the opening.
//
//	Σ min(opening, closing) / Σ opening
//
// It lies between 0 and the smaller of 1 and NRR. It is not the smaller of the
// totals, which would let one account's growth hide another's loss. With no
// opening revenue it is undefined.
func (m Movement) GRR() success.Ratio { return m.share(m.Kept) }

// LogoRetention returns the share of the opening customers that still are
// customers at the close, between 0 and 1.
func (m Movement) LogoRetention() success.Ratio {
	return success.RatioOf(m.Accounts.Opening-m.Accounts.Churned, m.Accounts.Opening)
}

// LogoChurn returns the share of the opening customers that are customers no
// longer, 1 − [Movement.LogoRetention].
func (m Movement) LogoChurn() success.Ratio {
	return success.RatioOf(m.Accounts.Churned, m.Accounts.Opening)
}

// GrossRevenueChurn returns (Contraction + Churn) / Opening, between 0 and 1.
func (m Movement) GrossRevenueChurn() success.Ratio { return m.share(m.Contraction.Add(m.Churn)) }

// NetRevenueChurn returns (Contraction + Churn − Expansion) / Opening. It is
// negative when expansion outweighs the losses.
func (m Movement) NetRevenueChurn() success.Ratio {
	return m.share(m.Contraction.Add(m.Churn).Sub(m.Expansion))
}

// ExpansionRate returns Expansion / Opening. It may exceed 1.
func (m Movement) ExpansionRate() success.Ratio { return m.share(m.Expansion) }

// ContractionRate returns Contraction / Opening, between 0 and 1.
func (m Movement) ContractionRate() success.Ratio { return m.share(m.Contraction) }

// UpgradeRate returns the share of the retained customers that pay more at the
// close than at the opening.
func (m Movement) UpgradeRate() success.Ratio { return m.ofRetained(m.Accounts.Upgraded) }

// DowngradeRate returns the share of the retained customers that pay less.
func (m Movement) DowngradeRate() success.Ratio { return m.ofRetained(m.Accounts.Downgraded) }

// FlatRate returns the share of the retained customers that pay the same.
func (m Movement) FlatRate() success.Ratio { return m.ofRetained(m.Accounts.Flat) }

// UpgradeRevenueRate returns the share of the retained customers' opening
// revenue that belongs to those who pay more at the close.
func (m Movement) UpgradeRevenueRate() success.Ratio { return m.ofRetainedRevenue(m.UpgradedOpening) }

// DowngradeRevenueRate returns the share of the retained customers' opening
// revenue that belongs to those who pay less.
func (m Movement) DowngradeRevenueRate() success.Ratio {
	return m.ofRetainedRevenue(m.DowngradedOpening)
}

// FlatRevenueRate returns the share of the retained customers' opening revenue
// that belongs to those who pay the same.
func (m Movement) FlatRevenueRate() success.Ratio { return m.ofRetainedRevenue(m.FlatOpening) }

// QuickRatio returns what was won for each unit lost:
//
//	(New + Reactivation + Expansion) / (Contraction + Churn)
//
// Without losses it is undefined, not infinite.
func (m Movement) QuickRatio() success.Ratio {
	return success.Ratio{
		Num: m.New.Add(m.Reactivation).Add(m.Expansion),
		Den: m.Contraction.Add(m.Churn),
	}
}

// ARPA returns the annual recurring revenue per customer at the close, in the
// reporting currency at the rates of To. Without customers it is undefined.
func (m Movement) ARPA() success.Ratio {
	return success.Ratio{Num: m.Closing, Den: decimal.NewFromInt(int64(m.Accounts.Closing))}
}

// MonthlyARPA returns a twelfth of [Movement.ARPA].
func (m Movement) MonthlyARPA() success.Ratio {
	return success.Ratio{Num: m.Closing, Den: decimal.NewFromInt(12 * int64(m.Accounts.Closing))}
}

func (m Movement) share(of decimal.Decimal) success.Ratio {
	return success.Ratio{Num: of, Den: m.Opening}
}

func (m Movement) ofRetained(n int) success.Ratio {
	return success.RatioOf(n, m.Accounts.Opening-m.Accounts.Churned)
}

func (m Movement) ofRetainedRevenue(of decimal.Decimal) success.Ratio {
	return success.Ratio{Num: of, Den: m.Opening.Sub(m.Churn)}
}

// Annualize estimates the churn of a year from the churn c of a number of days,
// as if it went on at the same pace:
//
//	1 − (1 − c)^(365/days)
//
// It is an estimate, hence a float64. ok is false when the churn is undefined
// or outside 0 to 1, or when days is not positive.
func Annualize(churn success.Ratio, days int) (yearly float64, ok bool) {
	c, ok := churn.Float64()
	if !ok || c < 0 || c > 1 || days <= 0 {
		return 0, false
	}
	return 1 - math.Pow(1-c, 365/float64(days)), true
}
