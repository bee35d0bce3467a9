package split

import "math/big"

// splitWide splits by weights whose sum does not fit 64 bits.
func splitWide(parts []int64, abs uint64, weights []int64) {
	for i, part := range splitBig(new(big.Int).SetUint64(abs), bigs(weights)) {
		parts[i] = int64(part.Uint64())
	}
}

func bigs(numbers []int64) []*big.Int {
	all := make([]*big.Int, len(numbers))
	for i, x := range numbers {
		all[i] = big.NewInt(x)
	}
	return all
}

// splitBig splits an amount of at least 0 by weights of at least 0, of which one
// is above unless the amount is 0.
func splitBig(amount *big.Int, weights []*big.Int) []*big.Int {
	parts, rest := make([]*big.Int, len(weights)), make([]*big.Int, len(weights))
	sum, left := addUp(weights), new(big.Int).Set(amount)
	if sum.Sign() == 0 {
		sum.SetInt64(1)
	}
	for i, w := range weights {
		product := new(big.Int).Mul(amount, w)
		parts[i], rest[i] = product.QuoRem(product, sum, new(big.Int))
		left.Sub(left, parts[i])
	}
	if left.Sign() == 0 {
		return parts
	}
	one := big.NewInt(1)
	for _, i := range ranked(len(parts), func(i, j int) int { return rest[j].Cmp(rest[i]) })[:left.Int64()] {
		parts[i].Add(parts[i], one)
	}
	return parts
}

func addUp(numbers []*big.Int) *big.Int {
	sum := new(big.Int)
	for _, x := range numbers {
		sum.Add(sum, x)
	}
	return sum
}
