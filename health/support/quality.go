package support

import (
	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// A Category is one thing that reviewers of conversations rate.
type Category struct {
	Name     string
	Weight   float64 // against the other categories; positive
	Critical bool    // failing it fails the whole review
}

// A Rating is what a reviewer says of one category: from 0, the worst, to 1. A
// category that did not apply has no rating.
type Rating struct {
	Category string
	Score    float64
}

// A Review is what a peer says of one conversation.
type Review struct {
	Ratings []Rating // of different categories, at least one
}

// A Rubric is how reviews are scored.
type Rubric struct {
	Categories []Category // of different names, at least one
	FailBelow  float64    // scores below it fail a critical category, in (0, 1]; 0 means 0.5
}

// A Quality sums up reviews. Qualities of parts add up.
type Quality struct {
	Reviews  int // scored
	Critical int // of Reviews, that failed in a critical category
	sum      float64
}

// Score returns the mean score of the reviews, from 0 to 1. It is undefined
// without any.
func (q Quality) Score() success.Figure { return success.FigureOf(q.sum / float64(q.Reviews)) }

// Add returns the quality of both.
func (q Quality) Add(r Quality) Quality {
	return Quality{q.Reviews + r.Reviews, q.Critical + r.Critical, q.sum + r.sum}
}

// Review returns the quality of reviews. The score of one is
//
//	Σ weight × score / Σ weight
//
// over the categories that were rated, and 0 when one that is critical failed.
// All reviews count alike.
//
// It reports, as [success.Errors], a rubric without categories, categories
// without a name, and reviews without ratings ([success.ErrMissing]); two
// categories, or ratings of a review, of one name ([success.ErrDuplicate]);
// ratings of no category ([success.ErrUnknown]); and weights that are not
// positive, scores outside [0, 1] and a FailBelow outside them
// ([success.ErrRange]).
func (r Rubric) Review(reviews []Review) (Quality, error) {
	var faults success.Errors
	categories := r.check(&faults)
	for i, review := range reviews {
		review.check(i, categories, &faults)
	}
	if err := faults.Err(); err != nil {
		return Quality{}, err
	}
	var q Quality
	for _, review := range reviews {
		q = q.Add(r.score(review, categories))
	}
	return q, nil
}

func (r *Rubric) check(faults *success.Errors) map[string]Category {
	if r.FailBelow == 0 {
		r.FailBelow = 0.5
	}
	if !(r.FailBelow > 0 && r.FailBelow <= 1) {
		faults.Add(&success.InputError{Record: "rubric", Index: -1, Field: "FailBelow", Value: check.Number(r.FailBelow), Err: success.ErrRange})
	}
	if len(r.Categories) == 0 {
		faults.Add(&success.InputError{Record: "rubric", Index: -1, Field: "Categories", Err: success.ErrMissing})
	}
	categories := make(map[string]Category, len(r.Categories))
	for i, c := range r.Categories {
		if c.Name == "" {
			faults.Add(&success.InputError{Record: "category", Index: i, Field: "Name", Err: success.ErrMissing})
		} else if _, again := categories[c.Name]; again {
			faults.Add(&success.InputError{Record: "category", Index: i, Field: "Name", Value: c.Name, Err: success.ErrDuplicate})
		}
		if !(c.Weight > 0 && c.Weight <= maxWeight) {
			faults.Add(&success.InputError{Record: "category", Index: i, Field: "Weight", Value: check.Number(c.Weight), Err: fault.New(success.ErrRange, "is not above 0 and at most %g", maxWeight)})
		}
		categories[c.Name] = c
	}
	return categories
}

// maxWeight keeps sums of weights within what a float64 holds.
const maxWeight = 1e100

func (r *Review) check(index int, categories map[string]Category, faults *success.Errors) {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "review", Index: index, Field: field, Value: value, Err: err})
	}
	if len(r.Ratings) == 0 {
		add("Ratings", "", success.ErrMissing)
	}
	seen := make(map[string]bool, len(r.Ratings))
	for _, rating := range r.Ratings {
		if _, known := categories[rating.Category]; !known {
			add("Category", rating.Category, success.ErrUnknown)
		} else if seen[rating.Category] {
			add("Category", rating.Category, success.ErrDuplicate)
		}
		seen[rating.Category] = true
		if !(rating.Score >= 0 && rating.Score <= 1) {
			add("Score", check.Number(rating.Score), fault.New(success.ErrRange, "is not from 0 to 1"))
		}
	}
}

// score returns the quality of one review.
func (r *Rubric) score(review Review, categories map[string]Category) Quality {
	var sum, weights float64
	for _, rating := range review.Ratings {
		c := categories[rating.Category]
		if c.Critical && rating.Score < r.FailBelow {
			return Quality{Reviews: 1, Critical: 1}
		}
		sum += c.Weight * rating.Score
		weights += c.Weight
	}
	return Quality{Reviews: 1, sum: min(1, sum/weights)}
}
