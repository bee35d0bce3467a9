//go:build !unix

package main

import "time"

// ownCPU returns nothing: how long the processors have worked is unknown.
func ownCPU() time.Duration { return 0 }
