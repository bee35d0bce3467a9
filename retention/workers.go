package retention

import (
	"slices"
	"sync"
)

// maxWorkers is the largest number of workers that may be asked for.
const maxWorkers = 1024

// A share is the units that one worker sees to.
type share struct{ from, to int32 }

// shares cuts the units into one share for each worker, of about as many
// contracts each.
func (b *Book) shares() []share {
	units := b.units()
	shares := make([]share, min(max(1, b.options.Workers), max(1, int(units))))
	from := int32(0)
	for k := range shares {
		slots := int64(b.Len()) * int64(k+1) / int64(len(shares))
		to, _ := slices.BinarySearch(b.firstSlot, int32(slots))
		shares[k] = share{from, min(int32(to), units)}
		from = shares[k].to
	}
	shares[len(shares)-1].to = units // those without contracts, too
	return shares
}

// together lets work see to all shares at the same time, and returns when it is
// done with all of them.
func together(shares []share, work func(k int, s share)) {
	var others sync.WaitGroup
	for k, s := range shares[1:] {
		others.Go(func() { work(k+1, s) })
	}
	work(0, shares[0])
	others.Wait()
}
