package mail

// The tags that a signed message needs (X.690, 8.1.2), with the bit that says "made of others" where it is always set.
const (
	tagInteger        = 0x02
	tagOctets         = 0x04
	tagOID            = 0x06
	tagSequence       = 0x30
	tagSet            = 0x31
	tagOctetsInPieces = 0x24
	tagExplicit0      = 0xa0
)

// deepestBER is how deep values of a length that is not known may be nested.
const deepestBER = 8

// ber is one value of X.690: its tag, and what is inside. Where the length is not known beforehand, inside goes on to
// the two zeros that end it and is without them.
type ber struct {
	tag    byte
	inside []byte
}

// readBER reads the value that b begins with. Each byte is looked at once for each level of unknown length above it.
func readBER(b []byte, depth int) (v ber, rest []byte, ok bool) {
	if len(b) < 2 || b[0]&0x1f == 0x1f || depth > deepestBER { // tags of several bytes do not occur here
		return v, nil, false
	}
	v.tag = b[0]
	n, b := int(b[1]), b[2:]
	switch {
	case n == 0x80: // ends with two zeros (8.1.3.6)
		return readToEnd(v, b, depth)
	case n > 0x80:
		count := n - 0x80
		if count > 4 || count > len(b) {
			return v, nil, false
		}
		n = 0
		for _, c := range b[:count] {
			n = n<<8 | int(c)
		}
		b = b[count:]
	}
	if n < 0 || n > len(b) {
		return v, nil, false
	}
	v.inside = b[:n]
	return v, b[n:], true
}

func readToEnd(v ber, b []byte, depth int) (ber, []byte, bool) {
	if v.tag&0x20 == 0 { // only what is made of others may be of unknown length
		return v, nil, false
	}
	for at := b; ; {
		if len(at) < 2 {
			return v, nil, false
		}
		if at[0] == 0 && at[1] == 0 {
			v.inside = b[:len(b)-len(at)]
			return v, at[2:], true
		}
		var ok bool
		if _, at, ok = readBER(at, depth+1); !ok {
			return v, nil, false
		}
	}
}

// octets puts an octet string together that may be in pieces (8.7.3).
func octets(v ber, out []byte, depth int) ([]byte, bool) {
	switch {
	case v.tag == tagOctets:
		return append(out, v.inside...), true
	case v.tag != tagOctetsInPieces || depth > deepestBER:
		return nil, false
	}
	for rest := v.inside; len(rest) > 0; {
		piece, after, ok := readBER(rest, depth+1)
		if !ok {
			return nil, false
		}
		if out, ok = octets(piece, out, depth+1); !ok {
			return nil, false
		}
		rest = after
	}
	return out, true
}
