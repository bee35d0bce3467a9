//go:build race

package folder_test

// floodRows is smaller where every access to memory is watched.
const floodRows = 100_000
