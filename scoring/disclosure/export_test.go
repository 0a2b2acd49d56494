package disclosure

// TrySame has so many of the same groups tried one by one, until back is called.
func TrySame(n int) (back func()) {
	was := triedSame
	triedSame = n
	return func() { triedSame = was }
}
