package health

import "math/bits"

// halvings are the coefficients of 2^−f, (ln 2)ⁿ/n! in units of 2⁻⁶³, with which
// it is off by less than 10⁻¹⁷. Nothing writes to them.
var halvings = [...]uint64{
	0x8000000000000000, 0x58b90bfbe8e7bcd6, 0x1ebfbdff82c58ea8, 0x71ac235c1282fe3, 0x13b2ab6fba4e773,
	0x2bb0ffcf14ce62, 0x50c244be1b1e2, 0x7ff2ff1622c3, 0xb160111d2e4, 0xda929e9caf, 0xf267a8ac6, 0xf465639b,
	0xe1deb28, 0xc0b0ca, 0x98a4b, 0x70dc, 0x4e4, 0x33, 0x2,
}

// decayed returns 100 × 0.5^(age/half) in millionths, rounded half to even, in
// whole numbers: a float would differ from machine to machine.
func decayed(age, half uint64) int64 {
	times := age / half
	if times >= 28 {
		return 0 // less than half a millionth
	}
	f, _ := bits.Div64(age%half, 0, half) // the rest of a half-life, in units of 2⁻⁶⁴
	left := uint64(0)
	for n := len(halvings) - 1; n >= 0; n-- {
		step, _ := bits.Mul64(f, left)
		left = halvings[n] - step
	}
	return product(left, highest).over(wide{1 << times >> 1, 1 << 63 << times})
}
