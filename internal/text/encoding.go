package text

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// FromUTF16 turns text in UTF-16 into UTF-8. A byte order mark says which half of a unit comes first and is taken away;
// without one the lower half does, as Windows writes it. ok is false where the text ends in the middle of a unit. Halves of
// pairs that stand alone become U+FFFD.
func FromUTF16(data []byte) (s string, ok bool) {
	order := binary.ByteOrder(binary.LittleEndian)
	switch {
	case bytes.HasPrefix(data, littleMark):
		data = data[2:]
	case bytes.HasPrefix(data, bigMark):
		data, order = data[2:], binary.BigEndian
	}
	if len(data)%2 != 0 {
		return "", false
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units)), true
}

var littleMark, bigMark = []byte{0xFF, 0xFE}, []byte{0xFE, 0xFF}

// IsUTF16 says whether a byte order mark says so.
func IsUTF16(data []byte) bool {
	return bytes.HasPrefix(data, littleMark) || bytes.HasPrefix(data, bigMark)
}

// Plain is a text file as it is compared and counted: in UTF-8 where it was saved as UTF-16, and with plain line ends, which
// editors and version control turn into those of Windows and back. A file that is so already is returned as it is.
func Plain(data []byte) []byte {
	if IsUTF16(data) {
		if s, ok := FromUTF16(data); ok {
			data = []byte(s)
		}
	}
	if !bytes.Contains(data, []byte("\r\n")) {
		return data
	}
	return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
}
