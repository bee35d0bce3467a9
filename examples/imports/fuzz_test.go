package imports_test

import (
	"reflect"
	"testing"

	"metrics.internal/success/examples/imports"
	"metrics.internal/success/retention"
)

// FuzzImports gives every function whatever there is: it never panics, it
// returns either records that pass their own checks or faults, and twice the
// same. What is made of subscriptions is a book, unless rates are missing.
func FuzzImports(f *testing.F) {
	for _, name := range []string{"stripe.json", "chargebee.csv", "salesforce.csv", "hubspot.csv", "zendesk.json"} {
		data := fixture(f, name)
		f.Add(data)
		f.Add(data[:len(data)/2])
	}
	for _, export := range []string{
		basic, page(ticket(``, ``)), chargebee("trial_end=2024-02-01", "pause_date=2024-03-01", "resume_date=9999-12-31"), salesforce(), hubspot(),
		with(basic, `"cancel_at": 253402300799, "trial_end": -62135596800, "discount": {"id": "d", "start": 1, "coupon": {"id": "c", "duration": "once", "amount_off": 5, "currency": "usd"}}`),
		`[[]]`, `[{"items": []}]`, `{"data": {}}`, `null`, "\"a\"\"\n", "a|b,\x00\n,",
	} {
		f.Add([]byte(export))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for name, read := range readers() {
			result, err := read(open(data))
			again, _ := read(open(data))
			if !reflect.DeepEqual(lines(result.Contracts), lines(again.Contracts)) || !reflect.DeepEqual(result.LeftOut, again.LeftOut) || !reflect.DeepEqual(result.Unused, again.Unused) {
				t.Errorf("%s: not twice the same", name)
			}
			if err != nil {
				if len(faults(t, err)) == 0 || !reflect.DeepEqual(result, imports.Result{}) {
					t.Errorf("%s: %v, with a result", name, err)
				}
				continue
			}
			valid(t, result)
			isBook(t, result)
		}
	})
}

// isBook fails for contracts in one currency that are no book.
func isBook(t *testing.T, result imports.Result) {
	t.Helper()
	currencies := map[string]bool{}
	for _, c := range result.Contracts {
		currencies[c.Currency] = true
	}
	if len(currencies) > 1 {
		return
	}
	if _, err := retention.NewBook(result.Contracts, retention.Options{Accounts: result.Accounts}); err != nil {
		t.Error(err)
	}
}
