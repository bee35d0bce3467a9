package split

import "strings"

// Digits returns how many decimal digits the minor unit of a currency has: 2 for
// EUR, 0 for JPY, 3 for KWD. It does not matter whether the code is in capitals.
// The empty text, codes that are not in the standard and those that have no minor
// unit there, such as gold, count as having 2.
//
// Source: ISO 4217, list one, minor units.
func Digits(currency string) int {
	switch strings.ToUpper(currency) {
	case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF":
		return 0
	case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND":
		return 3
	case "CLF", "UYW":
		return 4
	}
	return 2
}
