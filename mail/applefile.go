package mail

import (
	"bytes"
	"encoding/binary"
)

// isAppleDouble knows what macOS keeps beside a file: icons and the like, no content (RFC 1740, appendix B).
func isAppleDouble(b []byte) bool { return bytes.HasPrefix(b, []byte{0, 5, 0x16, 7}) }

func isAppleSingle(b []byte) bool { return bytes.HasPrefix(b, []byte{0, 5, 0x16, 0}) }

// appleData is the file itself out of AppleSingle, which packs both into one (RFC 1740, appendix A): after 26 bytes
// come the entries, each with its kind, offset and length; kind 1 is the data.
func appleData(b []byte) (data []byte, ok bool) {
	if len(b) < 26 {
		return nil, false
	}
	for i := range int(binary.BigEndian.Uint16(b[24:])) {
		at := 26 + 12*i
		if at+12 > len(b) {
			return nil, false
		}
		kind, from, size := binary.BigEndian.Uint32(b[at:]), uint64(binary.BigEndian.Uint32(b[at+4:])), uint64(binary.BigEndian.Uint32(b[at+8:]))
		if kind == 1 {
			if from+size > uint64(len(b)) {
				return nil, false
			}
			return b[from : from+size], true
		}
	}
	return nil, false
}
