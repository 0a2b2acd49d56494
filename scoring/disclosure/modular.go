package disclosure

import "math/bits"

// prime is 2^61 − 1. What is a linear combination over the rationals is one modulo the prime too, unless the
// prime divides a minor of a matrix of zeros and ones. With a prime of 61 bits that is not to be met with; the
// other error, to take for a combination what is none, would only hide a group more.
const prime = 1<<61 - 1

func addMod(a, b uint64) uint64 {
	if a += b; a >= prime {
		a -= prime
	}
	return a
}

func negMod(a uint64) uint64 {
	if a == 0 {
		return 0
	}
	return prime - a
}

func mulMod(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	// 2^61 is 1 modulo the prime.
	return addMod(low&prime, (low>>61|high<<3)%prime)
}

// inverse is a to the power of prime − 2 (Fermat).
func inverse(a uint64) uint64 {
	out := uint64(1)
	for e := uint64(prime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			out = mulMod(out, a)
		}
		a = mulMod(a, a)
	}
	return out
}

// sequence is a fixed sequence of numbers below prime that look random (xorshift; Marsaglia 2003).
type sequence uint64

func (s *sequence) next() uint64 {
	x := uint64(*s)
	x ^= x << 13
	x ^= x >> 7
	x ^= x << 17
	*s = sequence(x)
	return x % prime
}
