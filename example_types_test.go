package success_test

import (
	"fmt"

	"metrics.internal/success"
)

// The IDs of accounts, contracts and interactions are types of their own: none can
// be taken for another.
func ExampleAccountID() {
	revenue := map[success.AccountID]int{"acme": 4320, "globex": 900}
	contract := success.Contract{ID: "C-1042", Account: "acme"}
	fmt.Println(revenue[contract.Account])
	// Output: 4320
}

// A contract names the one that it renews by its ID.
func ExampleContractID() {
	first := success.Contract{ID: "C-1042"}
	second := success.Contract{ID: "C-2077", Renews: first.ID}
	fmt.Println(second.ID, "renews", second.Renews)
	// Output: C-2077 renews C-1042
}

func ExampleInteractionID() {
	closed := map[success.InteractionID]bool{"T-77": true}
	for _, i := range []success.Interaction{{ID: "T-77"}, {ID: "T-78"}} {
		fmt.Println(i.ID, "closed:", closed[i.ID])
	}
	// Output:
	// T-77 closed: true
	// T-78 closed: false
}
