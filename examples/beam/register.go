package main

import (
	"reflect"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/retention"
)

// Workers find steps and coders by name, so all of them are registered before the
// program looks at its flags. The generic functions of the SDK's package register
// would save some reflection for every element; they make this program twice
// as large, and minutes slower to compile.
func init() {
	for _, step := range []any{
		generate{},
		readContract{},
		readSale{},
		bucketContract{},
		askContracts{},
		linkSale{},
		joinSales{},
		askBucketSales{},
		holdContract{},
		holdSale{},
		findTwins{},
		sumMovements{},
		sumSnapshots{},
		sumRenewals{},
		sumStays{},
		sumTables{},
		sumFaults{},
		movementPart{},
		snapshotPart{},
		renewalsPart{},
		stayPart{},
		tablePart{},
		faultPart{},
		assemble{},
	} {
		beam.RegisterType(reflect.TypeOf(step))
	}
	registerCoders()
}

// Left to itself the SDK encodes a struct by its exported fields of kinds it
// knows. It leaves out unexported fields and those of type decimal.Decimal and
// *big.Int, without a word, and does not look for MarshalBinary. So every type
// that crosses from one step to another has its coder here: accumulators of the
// library as the bytes they make of themselves, records as JSON, in which a
// decimal is its digits.
func registerCoders() {
	registerCoder[retention.Movement](encodeMovement, decodeMovement)
	registerCoder[retention.Snapshot](encodeSnapshot, decodeSnapshot)
	registerCoder[retention.Renewals](encodeRenewals, decodeRenewals)
	registerCoder[Stay](encodeStay, decodeStay)
	registerCoder[attribution.Table](encodeTable, decodeTable)
	registerCoder[Faults](encodeFaults, decodeFaults)
	registerCoder[success.Contract](encodeContract, decodeContract)
	registerCoder[Sale](encodeSale, decodeSale)
	registerCoder[Link](encodeLink, decodeLink)
}

func registerCoder[T any](encode func(T) ([]byte, error), decode func([]byte) (T, error)) {
	beam.RegisterFunction(encode)
	beam.RegisterFunction(decode)
	beam.RegisterCoder(reflect.TypeFor[T](), encode, decode)
}
