package main

import (
	"os"
	"strconv"
	"strings"
	"time"
)

// cpu returns how long the processors have worked for a process, 0 when that is
// unknown. Of another than this one it sees the first thread, which is all that a
// process of PostgreSQL has.
func cpu(process string) time.Duration {
	if process == self {
		return ownCPU()
	}
	text, err := os.ReadFile("/proc/" + process + "/schedstat")
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(text), " ")
	nanos, _ := strconv.ParseInt(first, 10, 64)
	return time.Duration(nanos)
}
