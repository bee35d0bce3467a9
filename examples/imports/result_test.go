package imports_test

import (
	"fmt"

	"metrics.internal/success/examples/imports"
)

func ExampleOmission_String() {
	fmt.Println(imports.Omission{Record: "line", Index: 12, ID: "006A4", Reason: "names no account"})
	// Output:
	// line[12] 006A4: names no account
}
