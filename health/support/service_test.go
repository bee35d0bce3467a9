package support_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health/support"
	"metrics.internal/success/internal/refusal"
	"pgregory.net/rapid"
)

func review(ratings ...support.Rating) support.Review { return support.Review{Ratings: ratings} }

func score(t testing.TB, r support.Rubric, reviews ...support.Review) support.Quality {
	t.Helper()
	q, err := r.Review(reviews)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// Published scores of five reviews, as they were rounded; and the ratings by
// which weights of 100, 10 and 1 make them.
func TestH12(t *testing.T) { // H12
	plain := support.Rubric{Categories: []support.Category{{Name: "all", Weight: 1}}}
	var reviews []support.Review
	for _, s := range []float64{1, .0991, .6396, .9099, 0} {
		reviews = append(reviews, review(support.Rating{Category: "all", Score: s}))
	}
	q := score(t, plain, reviews...)
	if v, ok := q.Score().Float64(); !ok || math.Abs(v-0.52972) > 1e-12 || q.Reviews != 5 || q.Critical != 0 {
		t.Errorf("%+v: %v", q, v)
	}
	weighted := support.Rubric{Categories: []support.Category{
		{Name: "solution", Weight: 100}, {Name: "tone", Weight: 10}, {Name: "grammar", Weight: 1}, {Name: "privacy", Weight: 1, Critical: true},
	}}
	rate := func(solution, tone, grammar float64) support.Review {
		return review(support.Rating{Category: "grammar", Score: grammar}, support.Rating{Category: "solution", Score: solution}, support.Rating{Category: "tone", Score: tone})
	}
	breach := rate(1, 1, 1)
	breach.Ratings = append(breach.Ratings, support.Rating{Category: "privacy", Score: 0})
	for _, c := range []struct {
		review support.Review
		want   float64
	}{{rate(1, 1, 1), 100}, {rate(0, 1, 1), 9.91}, {rate(.6, 1, 1), 63.96}, {rate(1, 0, 1), 90.99}, {breach, 0}} {
		if v, _ := score(t, weighted, c.review).Score().Float64(); math.Abs(100*v-c.want) > 0.005 {
			t.Errorf("%+v: %v, want %v", c.review, 100*v, c.want)
		}
	}
}

func TestCritical(t *testing.T) {
	categories := []support.Category{{Name: "a", Weight: 3}, {Name: "b", Weight: 1, Critical: true}}
	for _, c := range []struct {
		failBelow, b float64
		want         float64
		critical     int
	}{
		{0, 0.5, 0.875, 0}, {0, 0.4999, 0, 1}, {0.8, 0.8, 0.95, 0}, {0.8, 0.7, 0, 1}, {1, 1, 1, 0}, {1, 0.999, 0, 1},
	} {
		q := score(t, support.Rubric{Categories: categories, FailBelow: c.failBelow}, review(support.Rating{Category: "a", Score: 1}, support.Rating{Category: "b", Score: c.b}))
		if v, ok := q.Score().Float64(); !ok || math.Abs(v-c.want) > 1e-12 || q.Critical != c.critical || q.Reviews != 1 {
			t.Errorf("%+v: %+v %v", c, q, v)
		}
	}
	if q := score(t, support.Rubric{Categories: categories}, review(support.Rating{Category: "a", Score: 0})); q.Score() != figure(0) || q.Critical != 0 {
		t.Errorf("a category that is not critical failed: %+v", q)
	}
	if q := score(t, support.Rubric{Categories: categories}); q.Score().Defined() {
		t.Errorf("no reviews score %v", q.Score())
	}
}

// Scores lie between the worst and the best rating, weights count against each
// other only, and parts add up.
func TestQualityLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scale := rapid.SampledFrom([]float64{1, 0.001, 1e6}).Draw(t, "scale")
		var rubric, scaled support.Rubric
		for i := range rapid.IntRange(1, 5).Draw(t, "categories") {
			c := support.Category{Name: fmt.Sprint(i), Weight: rapid.Float64Range(0.1, 10).Draw(t, "weight")}
			rubric.Categories = append(rubric.Categories, c)
			c.Weight *= scale
			scaled.Categories = append(scaled.Categories, c)
		}
		var reviews []support.Review
		for range rapid.IntRange(1, 6).Draw(t, "reviews") {
			r, low, high := support.Review{}, 1.0, 0.0
			for _, c := range rubric.Categories[:rapid.IntRange(1, len(rubric.Categories)).Draw(t, "rated")] {
				s := rapid.Float64Range(0, 1).Draw(t, "score")
				r.Ratings = append(r.Ratings, support.Rating{Category: c.Name, Score: s})
				low, high = min(low, s), max(high, s)
			}
			reviews = append(reviews, r)
			q, err := rubric.Review([]support.Review{r})
			if v, _ := q.Score().Float64(); err != nil || v < low-1e-12 || v > high+1e-12 {
				t.Fatalf("%v of %+v, %v", v, r, err)
			}
		}
		cut := rapid.IntRange(0, len(reviews)).Draw(t, "cut")
		whole, err := rubric.Review(reviews)
		first, err1 := scaled.Review(reviews[cut:])
		second, err2 := scaled.Review(reviews[:cut])
		a, _ := whole.Score().Float64()
		b, _ := first.Add(second).Score().Float64()
		if math.Abs(a-b) > 1e-9 || err != nil || err1 != nil || err2 != nil {
			t.Fatalf("%v, in parts %v", a, b)
		}
	})
}

func TestBadReviews(t *testing.T) {
	_, err := support.Rubric{FailBelow: -1}.Review([]support.Review{{}})
	refusal.Check(t, "nothing", err, fault("Ratings", success.ErrMissing), fault("FailBelow", success.ErrRange), fault("Categories", success.ErrMissing))
	_, err = support.Rubric{FailBelow: 1.01, Categories: []support.Category{{Name: "", Weight: 1}, {Name: "a", Weight: 0}, {Name: "a", Weight: math.NaN()}, {Name: "b", Weight: -1}, {Name: "c", Weight: math.Inf(1)}}}.Review(nil)
	refusal.Check(t, "categories", err, fault("Name", success.ErrMissing), fault("Weight", success.ErrRange), fault("Name", success.ErrDuplicate),
		fault("Weight", success.ErrRange), fault("Weight", success.ErrRange), fault("Weight", success.ErrRange), fault("FailBelow", success.ErrRange))
	_, err = support.Rubric{FailBelow: math.NaN(), Categories: []support.Category{{Name: "a", Weight: 1e100}}}.Review([]support.Review{
		review(support.Rating{Category: "a", Score: 1}),
		review(support.Rating{Category: "a", Score: -0.01}, support.Rating{Category: "a", Score: 1.01}),
		review(support.Rating{Category: "b", Score: math.NaN()}),
	})
	refusal.Check(t, "ratings", err, fault("Score", success.ErrRange), fault("Category", success.ErrDuplicate), fault("Score", success.ErrRange),
		fault("Category", success.ErrUnknown), fault("Score", success.ErrRange), fault("FailBelow", success.ErrRange))
}

func TestDeflection(t *testing.T) {
	d := support.Deflection{SelfService: 300, Tickets: 50}.Add(support.Deflection{SelfService: 100, Tickets: 50})
	if d.Ratio().String() != "400%" || d.Rate().String() != "80%" || d.Validate() != nil {
		t.Errorf("%+v: %v, %v", d, d.Ratio(), d.Rate())
	}
	if (support.Deflection{}).Rate().Defined() || (support.Deflection{SelfService: 3}).Ratio().Defined() {
		t.Error("defined without tickets")
	}
	refusal.Check(t, "counts", support.Deflection{SelfService: -1, Tickets: -1}.Validate(), fault("SelfService", success.ErrNegative), fault("Tickets", success.ErrNegative))
}

func pays(account success.AccountID, amount string) support.Revenue {
	return support.Revenue{Account: account, Amount: decimal.RequireFromString(amount)}
}

func TestIssues(t *testing.T) {
	mentions := []support.Mention{
		{"A", "login"}, {"A", "login"}, {"A", "login"}, {"B", "export"}, {"C", "export"}, {"D", "billing"}, {"E", "billing"}, {"A", "sso"}, {"F", "api"},
	}
	revenues := []support.Revenue{pays("A", "1000.000001"), pays("B", "0.1"), pays("C", "0.2"), pays("D", "5"), pays("G", "9999")}
	for rank, want := range map[support.Rank]string{
		support.ByAccounts: "billing 2 2 5 1, export 2 2 0.3 0, login 1 3 1000.000001 0, sso 1 1 1000.000001 0, api 1 1 0 1, ",
		support.ByRevenue:  "login 1 3 1000.000001 0, sso 1 1 1000.000001 0, billing 2 2 5 1, export 2 2 0.3 0, api 1 1 0 1, ",
	} {
		issues, err := support.IssuesOf(mentions, revenues, rank)
		got := ""
		for _, i := range issues {
			got += fmt.Sprint(i.Name, " ", i.Accounts, " ", i.Mentions, " ", i.Revenue, " ", i.Unpriced, ", ")
		}
		if got != want || err != nil {
			t.Errorf("%v:\n got %s\nwant %s (%v)", rank, got, want, err)
		}
	}
	if got := fmt.Sprint(support.ByAccounts, support.ByRevenue, support.Rank(2)); got != "accounts revenue unknown 2" {
		t.Error(got)
	}
	if issues, err := support.IssuesOf(nil, revenues, support.ByAccounts); len(issues) != 0 || err != nil {
		t.Error(issues, err)
	}
}

// The order of mentions and revenues does not matter, and an issue is what a
// loop over all accounts finds.
func TestIssueLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"a", "b", "c", "d"})
		mentions := rapid.SliceOf(rapid.Custom(func(t *rapid.T) support.Mention {
			return support.Mention{Account: success.AccountID(name.Draw(t, "account")), Issue: name.Draw(t, "issue")}
		})).Draw(t, "mentions")
		var revenues []support.Revenue
		for _, account := range []success.AccountID{"a", "b", "c"} {
			revenues = append(revenues, support.Revenue{Account: account, Amount: decimal.New(rapid.Int64Range(0, 1e12).Draw(t, "amount"), -6)})
		}
		rank := support.Rank(rapid.IntRange(0, 1).Draw(t, "rank"))
		issues, err := support.IssuesOf(mentions, revenues, rank)
		other, err2 := support.IssuesOf(rapid.Permutation(mentions).Draw(t, "order"), rapid.Permutation(revenues).Draw(t, "order"), rank)
		if err != nil || err2 != nil || len(issues) != len(other) {
			t.Fatal(err, err2)
		}
		for i, issue := range issues {
			naive := support.Issue{Name: issue.Name}
			for _, account := range []success.AccountID{"a", "b", "c", "d"} {
				n := 0
				for _, m := range mentions {
					if m.Account == account && m.Issue == issue.Name {
						n++
					}
				}
				naive.Mentions += n
				if n > 0 {
					naive.Accounts++
					if account == "d" {
						naive.Unpriced++
					}
					for _, r := range revenues {
						if r.Account == account {
							naive.Revenue = naive.Revenue.Add(r.Amount)
						}
					}
				}
			}
			for _, got := range []support.Issue{issue, other[i]} {
				if !got.Revenue.Equal(naive.Revenue) || got.Name != naive.Name || got.Accounts != naive.Accounts || got.Mentions != naive.Mentions || got.Unpriced != naive.Unpriced {
					t.Fatalf("%+v, want %+v", got, naive)
				}
			}
		}
	})
}

func TestBadIssues(t *testing.T) {
	_, err := support.IssuesOf([]support.Mention{{}}, []support.Revenue{{}, pays("A", "1"), pays("A", "-1"), pays("B", "9e12"), pays("C", "-1e99")}, 2)
	refusal.Check(t, "issues", err, fault("Account", success.ErrMissing), fault("Issue", success.ErrMissing), fault("", success.ErrUnknown),
		fault("Account", success.ErrMissing), fault("Account", success.ErrDuplicate), fault("Amount", success.ErrNegative), fault("Amount", success.ErrRange), fault("Amount", success.ErrNegative))
	if _, err := support.IssuesOf(nil, []support.Revenue{pays("A", "8999999999999.999999"), pays("B", "0")}, support.ByRevenue); err != nil {
		t.Error(err)
	}
}

func BenchmarkIssuesOf(b *testing.B) {
	mentions := make([]support.Mention, 100_000)
	var revenues []support.Revenue
	for i := range mentions {
		mentions[i] = support.Mention{Account: success.AccountID(fmt.Sprint(i % 5000)), Issue: fmt.Sprint(i % 97)}
		if i < 5000 {
			revenues = append(revenues, support.Revenue{Account: mentions[i].Account, Amount: decimal.NewFromInt(int64(i))})
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if issues, err := support.IssuesOf(mentions, revenues, support.ByRevenue); err != nil || len(issues) != 97 {
			b.Fatal(len(issues), err)
		}
	}
}

func BenchmarkRubric(b *testing.B) {
	r := support.Rubric{Categories: []support.Category{{Name: "solution", Weight: 100}, {Name: "tone", Weight: 10}}}
	reviews := make([]support.Review, 10_000)
	for i := range reviews {
		reviews[i] = review(support.Rating{Category: "tone", Score: 1}, support.Rating{Category: "solution", Score: float64(i%5) / 4})
	}
	b.ReportAllocs()
	for b.Loop() {
		score(b, r, reviews...)
	}
}
