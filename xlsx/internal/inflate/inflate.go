// Package inflate unpacks a whole deflate stream (RFC 1951) that lies in memory, into memory, several times as
// quickly as an inflater can that is fed and emptied piece by piece. It is for the caller who knows how long the
// result is, holds it against a checksum, and has another inflater to ask where this one says no.
//
// It is here because reading a return is to cost at most a tenth of what excelize takes, and unpacking is the largest
// part of that. With klauspost/compress in its place, a whole part at once into one buffer, reading takes 1.3 to 1.5
// times as long (BenchmarkReadReturn of package xlsx, two runs of each by turns).
package inflate

import (
	"encoding/binary"
	"math/bits"
)

var le = binary.LittleEndian

// Slack is how many bytes of room the result needs beyond its length: matches are copied in pairs of steps of 16 bytes.
const Slack = maxMatch + 2*step

const (
	maxMatch = 258
	step     = 16
	// ahead is the number of bytes that one round of decoding may look at.
	ahead = 16
)

// Inflater holds the tables of a block. The zero value is ready; it is not for several goroutines at once.
type Inflater struct {
	lit  [litRoom]uint32
	dist [distRoom]uint32
	pre  [preRoom]uint32
	// lens are the lengths of a block's codes.
	lens [maxLit + maxDist]uint8
	// fixed says that lit and dist are those of the fixed codes.
	fixed bool
}

// Inflate unpacks the stream that src begins with and that is n bytes long, and says whether that came to exactly
// size bytes, which are then the first of dst. dst is to be Slack bytes longer. What follows the stream in src is not
// looked at as data, but the further src goes on, the longer the quick way can be used. A stream that is broken, or
// odd in a way that no packer makes, is refused: then dst holds anything.
func (f *Inflater) Inflate(dst []byte, size int, src []byte, n int) bool {
	if n > len(src) || size < 0 || len(dst) < size+Slack {
		return false
	}
	r := reader{src: src}
	at := 0
	for {
		r.refill()
		last, kind := r.bits&1, r.bits>>1&3
		r.drop(3)
		ok := false
		switch kind {
		case 0:
			at, ok = r.stored(dst, size, at)
		case 1:
			f.useFixed()
			at, ok = f.block(&r, dst, size, at)
		case 2:
			f.fixed = false
			if f.dynamic(&r) {
				at, ok = f.block(&r, dst, size, at)
			}
		}
		if !ok || r.used() > n {
			return false
		}
		if last == 1 {
			return at == size && r.used() == n
		}
	}
}

// reader gives the bits of a stream. Beyond the end of src it gives zeros; used tells.
type reader struct {
	src  []byte
	pos  int    // next byte to take
	bits uint64 // those taken and not yet dropped, the next one lowest
	left uint   // how many of them count
}

// refill takes bytes until there are at least 56 bits.
func (r *reader) refill() {
	if r.pos+8 <= len(r.src) {
		r.bits |= le.Uint64(r.src[r.pos:]) << (r.left & 63)
		r.pos += int((63 - r.left) >> 3)
		r.left |= 56
		return
	}
	for r.left < 56 {
		if r.pos < len(r.src) {
			r.bits |= uint64(r.src[r.pos]) << r.left
		}
		r.pos++
		r.left += 8
	}
}

func (r *reader) drop(n uint) { r.bits >>= n & 63; r.left -= n }

// take gives and drops n bits.
func (r *reader) take(n uint) uint { v := uint(r.bits) & (1<<n - 1); r.drop(n); return v }

// used is the number of bytes of which a bit was dropped.
func (r *reader) used() int { return r.pos - int(r.left>>3) }

// stored copies a block that is not packed (RFC 1951, 3.2.4).
func (r *reader) stored(dst []byte, size, at int) (int, bool) {
	r.pos = r.used()
	r.bits, r.left = 0, 0
	if r.pos+4 > len(r.src) {
		return at, false
	}
	n := int(le.Uint16(r.src[r.pos:]))
	if n^0xFFFF != int(le.Uint16(r.src[r.pos+2:])) || r.pos+4+n > len(r.src) || at+n > size {
		return at, false
	}
	r.pos += 4
	copy(dst[at:], r.src[r.pos:r.pos+n])
	r.pos += n
	return at + n, true
}

// block unpacks a block's data with the tables of f.
func (f *Inflater) block(r *reader, dst []byte, size, at int) (int, bool) {
	src, pos, hold, left := r.src, r.pos, r.bits, r.left
	for {
		if pos > len(src)-ahead {
			*r = reader{src, pos, hold, left}
			return f.slowly(r, dst, size, at)
		}
		hold |= le.Uint64(src[pos:]) << (left & 63)
		pos += int((63 - left) >> 3)
		left |= 56
		e := f.lit[hold&(1<<litBits-1)]
	next:
		// Up to four literals of at most 11 bits each, then there may not be enough for a length and a distance.
		if e&literal != 0 {
			if at >= size {
				return at, false
			}
			hold >>= e & 63
			left -= uint(e & 63)
			dst[at] = byte(e >> 16)
			at++
			if e = f.lit[hold&(1<<litBits-1)]; e&literal != 0 {
				hold >>= e & 63
				left -= uint(e & 63)
				dst[at] = byte(e >> 16)
				at++
				if e = f.lit[hold&(1<<litBits-1)]; e&literal != 0 {
					hold >>= e & 63
					left -= uint(e & 63)
					dst[at] = byte(e >> 16)
					at++
					if e = f.lit[hold&(1<<litBits-1)]; e&literal != 0 {
						hold >>= e & 63
						left -= uint(e & 63)
						dst[at] = byte(e >> 16)
						at++
						continue
					}
				}
			}
			hold |= le.Uint64(src[pos:]) << (left & 63)
			pos += int((63 - left) >> 3)
			left |= 56
		}
		if e&special != 0 {
			if e&pointer != 0 {
				hold >>= litBits
				left -= litBits
				e = f.lit[(uint(e>>16)+uint(hold)&(1<<(e&63)-1))%litRoom]
				if e&literal != 0 {
					hold >>= e & 63
					left -= uint(e & 63)
					if at >= size {
						return at, false
					}
					dst[at] = byte(e >> 16)
					at++
					continue
				}
			}
			if e&special != 0 {
				hold >>= e & 63
				left -= uint(e & 63)
				*r = reader{src, pos, hold, left}
				return at, e&end != 0 && at <= size
			}
		}
		length := int(e>>16 + uint32(hold)&(1<<(e&63)-1)>>(e>>8&15))
		hold >>= e & 63
		left -= uint(e & 63)
		d := f.dist[hold&(1<<distBits-1)]
		if d&pointer != 0 {
			hold >>= distBits
			left -= distBits
			d = f.dist[(uint(d>>16)+uint(hold)&(1<<(d&63)-1))%distRoom]
		}
		if d&special != 0 {
			return at, false
		}
		back := int(d>>16 + uint32(hold)&(1<<(d&63)-1)>>(d>>8&15))
		hold >>= d & 63
		left -= uint(d & 63)
		if back > at || at+length > size {
			return at, false
		}
		to := at + length
		if back >= step && pos <= len(src)-ahead {
			// The next entry is on its way while bytes are copied.
			hold |= le.Uint64(src[pos:]) << (left & 63)
			pos += int((63 - left) >> 3)
			left |= 56
			e = f.lit[hold&(1<<litBits-1)]
			// Two steps are taken in any case: most matches are no longer, and a branch that goes now this way, now that
			// costs more than a step. What is written beyond the match is written again.
			from := at - back
			for {
				s, t := dst[from:from+2*step:from+2*step], dst[at:at+2*step:at+2*step]
				x, y := le.Uint64(s), le.Uint64(s[8:])
				le.PutUint64(t, x)
				le.PutUint64(t[8:], y)
				x, y = le.Uint64(s[16:]), le.Uint64(s[24:])
				le.PutUint64(t[16:], x)
				le.PutUint64(t[24:], y)
				from += 2 * step
				at += 2 * step
				if at >= to {
					break
				}
			}
			at = to
			goto next
		}
		for ; at < to; at++ {
			dst[at] = dst[at-back]
		}
	}
}

// slowly is block without looking ahead, for the end of the source.
func (f *Inflater) slowly(r *reader, dst []byte, size, at int) (int, bool) {
	for {
		r.refill()
		if r.used() > len(r.src) {
			return at, false
		}
		e := f.lit[r.bits&(1<<litBits-1)]
		if e&pointer != 0 && e&literal == 0 {
			r.drop(litBits)
			e = f.lit[(uint(e>>16)+uint(r.bits)&(1<<(e&63)-1))%litRoom]
		}
		if e&literal != 0 {
			if at >= size {
				return at, false
			}
			r.drop(uint(e & 63))
			dst[at] = byte(e >> 16)
			at++
			continue
		}
		if e&special != 0 {
			r.drop(uint(e & 63))
			return at, e&end != 0
		}
		length := int(e>>16 + uint32(r.bits)&(1<<(e&63)-1)>>(e>>8&15))
		r.drop(uint(e & 63))
		r.refill()
		d := f.dist[r.bits&(1<<distBits-1)]
		if d&pointer != 0 {
			r.drop(distBits)
			d = f.dist[(uint(d>>16)+uint(r.bits)&(1<<(d&63)-1))%distRoom]
		}
		if d&special != 0 {
			return at, false
		}
		back := int(d>>16 + uint32(r.bits)&(1<<(d&63)-1)>>(d>>8&15))
		r.drop(uint(d & 63))
		if back > at || at+length > size {
			return at, false
		}
		for to := at + length; at < to; at++ {
			dst[at] = dst[at-back]
		}
	}
}

// reversed turns the lowest n bits of a code round: codes are packed from their highest bit on.
func reversed(code uint32, n uint) uint32 { return bits.Reverse32(code) >> (32 - n) }
