package models

// Walked is the choice c with its number as steps says; n/a and blank stay.
func (c Choice) Walked(steps map[int]int) Choice {
	if n, ok := c.Number(); ok {
		return At(steps[n])
	}
	return c
}
