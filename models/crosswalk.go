package models

// WalkKind says how criteria go on.
type WalkKind string

// The kinds of entries.
const (
	WalkSame    WalkKind = "same"    // one criterion under the same ref, its wording perhaps changed
	WalkRenamed WalkKind = "renamed" // one criterion under another ref
	WalkSplit   WalkKind = "split"   // one became several
	WalkMerged  WalkKind = "merged"  // several became one
	WalkNew     WalkKind = "new"     // was not there before
	WalkRetired WalkKind = "retired" // is not there any more
)

// Walked is the choice c with its number as steps says; n/a and blank stay.
func (c Choice) Walked(steps map[int]int) Choice {
	if n, ok := c.Number(); ok {
		return At(steps[n])
	}
	return c
}
