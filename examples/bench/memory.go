package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
)

// A gauge tells how far the resident memory of a process rises. It knows only where
// the system has /proc.
type gauge struct {
	process string
	base    int64
}

// newGauge begins at what the process has now.
func newGauge(process string) gauge {
	os.WriteFile("/proc/"+process+"/clear_refs", []byte("5"), 0) // sets VmHWM to VmRSS; where it cannot, the peak is an upper bound
	return gauge{process, resident(process, "VmRSS")}
}

// rise returns by how many bytes the process was larger at its peak, 0 when that is
// unknown.
func (g gauge) rise() int64 {
	if g.base == 0 {
		return 0
	}
	return max(0, resident(g.process, "VmHWM")-g.base)
}

func resident(process, field string) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%s/status", process))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, field+":"); ok {
			kilobytes, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			return kilobytes << 10
		}
	}
	return 0
}

// heap returns the bytes that are in use after everything unused was collected and
// given back.
func heap() int64 {
	runtime.GC()
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
