package check_test

import (
	"testing"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
)

// TestDoor: faults name the record and its position, and only what is wrong is
// one.
func TestDoor(t *testing.T) {
	var faults success.Errors
	d := check.At("deal", 3, &faults)
	d.Need("ID", "D1")
	d.NeedTime("At", time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC))
	if faults.Count != 0 {
		t.Error(faults.Err())
	}
	d.Need("ID", "")
	d.NeedTime("At", time.Time{})
	d.NeedTime("At", time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC))
	check.At("options", -1, &faults).Add("Level", "2", success.ErrRange)
	want := "4 faults\n\tdeal[3].ID: is missing\n\tdeal[3].At: is missing\n\tdeal[3].At: 10000-01-01T00:00:00Z is out of range\n\toptions.Level: 2 is out of range"
	if got := faults.Err().Error(); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
