package inflate

// The tables: the next bits of the stream lead to an entry. Codes that are longer than a table's index lead to a
// second table behind it. The room is what the longest codes can need (zlib's enough.c: 2,342 and 402 for 11 and 8
// bits), rounded up to powers of two.
const (
	litBits  = 11
	distBits = 8
	preBits  = 7

	litRoom  = 1 << 12
	distRoom = 1 << 9
	preRoom  = 1 << preBits

	maxLit  = 288
	maxDist = 32
	maxPre  = 19
	maxBits = 15
)

// An entry: the lowest six bits are how many bits to drop, extra bits included, the four from bit 8 how many of them
// are the code. From bit 16 on stands the byte, the lowest length or distance, or where the second table begins.
const (
	literal = 1 << 31
	special = 1 << 15 // neither literal nor length
	pointer = 1 << 14 // to a second table, whose index has the lowest six bits' number of bits
	end     = 1 << 13 // of the block
)

// litEntry and distEntry are the entries for symbols, but for the length of the code.
var litEntry, distEntry, preEntry = entries()

func entries() (lit [maxLit]uint32, dist [maxDist]uint32, pre [maxPre]uint32) {
	for i := range lit {
		switch {
		case i < 256:
			lit[i] = literal | uint32(i)<<16
		case i == 256:
			lit[i] = special | end
		default:
			lit[i] = special // 286 and 287 stand for nothing
		}
	}
	base := uint32(3)
	for i := range 28 { // RFC 1951, 3.2.5
		extra := uint32(0)
		if i >= 8 {
			extra = uint32(i/4 - 1)
		}
		lit[257+i] = base<<16 | extra
		base += 1 << extra
	}
	lit[285] = maxMatch << 16
	base = 1
	for i := range dist {
		extra := uint32(0)
		if i >= 4 {
			extra = uint32(i/2 - 1)
		}
		dist[i] = base<<16 | extra
		base += 1 << extra
		if i >= 30 {
			dist[i] = special
		}
	}
	for i := range pre {
		pre[i] = uint32(i) << 16
	}
	return lit, dist, pre
}

// build makes the table of the codes with the given lengths, which have to be complete: each sequence of bits is a
// code. Only the one distance that a block needs may stand alone.
func build(table []uint32, size uint, lens []uint8, entry []uint32) bool {
	var count [maxBits + 1]int
	for _, n := range lens {
		count[n]++
	}
	count[0] = 0
	used, most := 0, uint(0)
	var first [maxBits + 2]int // where the codes of a length begin in order
	for n := 1; n <= maxBits; n++ {
		used += count[n] << (maxBits - n)
		first[n+1] = first[n] + count[n]
		if count[n] > 0 {
			most = uint(n)
		}
	}
	// The table grows with the codes: it has an entry for each sequence of as many bits as the last code has, and
	// doubles where codes get longer, since what comes after a code does not change what it stands for.
	known := uint(1)
	if used != 1<<maxBits {
		// RFC 1951, 3.2.7: one distance code of one bit, or none at all if there are only literals.
		if used > 1<<(maxBits-1) || most > 1 || len(entry) != maxDist {
			return false
		}
		table[0], table[1] = special, special
	}
	grow := func(to uint) {
		for ; known < to; known++ {
			copy(table[1<<known:2<<known], table[:1<<known])
		}
	}
	var order [maxLit]uint16
	for i, n := range lens {
		if n > 0 {
			order[first[n]] = uint16(i)
			first[n]++
		}
	}
	free := 1 << size
	code, had := uint32(0), uint(0)
	prefix, from, room := ^uint32(0), 0, uint(0) // of the second table
	for _, i := range order[:first[most]] {
		n := uint(lens[i])
		code <<= n - had
		had = n
		back := reversed(code, n)
		code++
		if n <= size {
			if known < n {
				grow(n)
			}
			table[back] = entry[i] + uint32(n)<<8 + uint32(n)
			count[n]--
			continue
		}
		grow(size)
		if p := back & (1<<size - 1); p != prefix {
			// As large as the codes need that are left for it.
			room = n - size
			for free := 1<<room - count[n]; free > 0 && room+size < most; {
				room++
				free = free<<1 - count[room+size]
			}
			if free+1<<room > len(table) {
				return false
			}
			prefix, from = p, free
			free += 1 << room
			table[p] = special | pointer | uint32(from)<<16 | uint32(room)
		}
		e := entry[i] + uint32(n-size)<<8 + uint32(n-size)
		for at := int(back >> size); at < 1<<room; at += 1 << (n - size) {
			table[from+at] = e
		}
		count[n]--
	}
	grow(size)
	return true
}

// preOrder is the order in which the lengths of the first code are written (RFC 1951, 3.2.7).
var preOrder = [maxPre]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// dynamic reads the codes of a block that brings its own.
func (f *Inflater) dynamic(r *reader) bool {
	r.refill()
	lits, dists, pres := int(r.take(5))+257, int(r.take(5))+1, int(r.take(4))+4
	if lits > 286 || dists > 30 {
		return false
	}
	var lens [maxPre]uint8
	for _, i := range preOrder[:pres] {
		if r.left < 3 {
			r.refill()
		}
		lens[i] = uint8(r.take(3))
	}
	if !build(f.pre[:], preBits, lens[:], preEntry[:]) {
		return false
	}
	all := f.lens[:lits+dists]
	for i := 0; i < len(all); {
		r.refill()
		e := f.pre[r.bits&(preRoom-1)]
		r.drop(uint(e & 63))
		n, value, again := e>>16, uint8(0), 0
		switch {
		case n < 16:
			all[i] = uint8(n)
			i++
			continue
		case n == 16:
			if i == 0 {
				return false
			}
			value, again = all[i-1], 3+int(r.take(2))
		case n == 17:
			again = 3 + int(r.take(3))
		default:
			again = 11 + int(r.take(7))
		}
		if i+again > len(all) {
			return false
		}
		for ; again > 0; again-- {
			all[i] = value
			i++
		}
	}
	return all[256] > 0 && build(f.lit[:], litBits, all[:lits], litEntry[:]) && build(f.dist[:], distBits, all[lits:], distEntry[:])
}

// useFixed makes the tables of the codes that all know (RFC 1951, 3.2.6).
func (f *Inflater) useFixed() {
	if f.fixed {
		return
	}
	lens := &f.lens
	for i := range lens {
		switch {
		case i < 144:
			lens[i] = 8
		case i < 256:
			lens[i] = 9
		case i < 280:
			lens[i] = 7
		case i < maxLit:
			lens[i] = 8
		default:
			lens[i] = 5
		}
	}
	f.fixed = build(f.lit[:], litBits, lens[:maxLit], litEntry[:]) && build(f.dist[:], distBits, lens[maxLit:], distEntry[:])
}
