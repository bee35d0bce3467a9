// Package split shares amounts of money among people, channels or parties so
// that the parts add up to the amount, to the last unit.
//
//	parts, err := split.Split(amount, []int64{40, 20, 40}, split.Digits("EUR"))
//
// It is the method of the largest remainder in minor units of a currency: each
// party gets the whole units of its exact share, and the units that are left go
// one each to those with the largest remainders, of equal ones to the first. So
//
//   - the parts add up to the amount, whatever it is;
//   - each part is less than one unit away from the exact share;
//   - a weight of zero gets nothing;
//   - the sign comes last: the parts of −V are those of V, negated.
//
// The method is not monotone: the part of somebody may shrink by a unit when the
// amount grows by one. Refunds are therefore never split by splitting what is
// left again, which could pay somebody, but as amounts of their own over the
// balances that remain; see [Adjust].
//
// [Split] and [Adjust] take decimals, [Append] takes whole units, for loops over
// many amounts. Weights are whole numbers; [AppendWeights] makes such of
// float64, [Digits] knows the minor units of currencies.
package split
