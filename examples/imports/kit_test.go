package imports_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"metrics.internal/success"
	"metrics.internal/success/examples/imports"
)

// lines writes contracts so that they can be read side by side.
func lines(contracts []success.Contract) (all []string) {
	for _, c := range contracts {
		line := fmt.Sprintf("%s %s %s to %s: %d × %s %s per %s", c.ID, c.Account, c.Start, c.End, c.Units(), c.Price, c.Currency, c.Term)
		if c.Credits != "" {
			line += " credits " + string(c.Credits)
		}
		all = append(all, line)
	}
	return all
}

func omissions(result imports.Result) (all []string) {
	for _, o := range result.LeftOut {
		all = append(all, o.String())
	}
	return all
}

// faults returns the lines of an error that is [success.Errors].
func faults(t *testing.T, err error) (all []string) {
	t.Helper()
	var found *success.Errors
	if err != nil && !errors.As(err, &found) {
		t.Fatalf("%v is no list of faults", err)
	}
	if found != nil {
		for _, f := range found.Faults {
			all = append(all, f.Error())
		}
	}
	return all
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if d := cmp.Diff(slices.Concat(want, []string{}), slices.Concat(got, []string{})); d != "" {
		t.Errorf("%s (−want +got):\n%s", what, d)
	}
}

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// valid fails for records that do not pass their own check.
func valid(t *testing.T, result imports.Result) {
	t.Helper()
	var faults success.Errors
	for i, a := range result.Accounts {
		a.Check(i, &faults)
	}
	for i := range result.Contracts {
		result.Contracts[i].Check(i, &faults)
	}
	for i := range result.Interactions {
		result.Interactions[i].Check(i, &faults)
	}
	for i := range result.Deals {
		result.Deals[i].Check(i, &faults)
	}
	for i := range result.Leads {
		result.Leads[i].Check(i, &faults)
	}
	if err := faults.Err(); err != nil {
		t.Error(err)
	}
}

func open(data []byte) *bytes.Reader { return bytes.NewReader(data) }

func text(s string) *strings.Reader { return strings.NewReader(s) }

// readers are the functions of the package, each with options that it takes.
func readers() map[string]func(io.Reader) (imports.Result, error) {
	return map[string]func(io.Reader) (imports.Result, error){
		"stripe":  imports.Stripe,
		"zendesk": imports.Zendesk,
		"chargebee": func(r io.Reader) (imports.Result, error) {
			return imports.Chargebee(r, imports.ChargebeeOptions{Amounts: imports.MajorUnits})
		},
		"salesforce": func(r io.Reader) (imports.Result, error) {
			return imports.Salesforce(r, imports.SalesforceOptions{})
		},
		"hubspot": func(r io.Reader) (imports.Result, error) {
			return imports.HubSpot(r, imports.HubSpotOptions{})
		},
	}
}
