//go:build !race

package folder_test

const floodRows = 1_000_000
