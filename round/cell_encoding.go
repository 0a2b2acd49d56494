package round

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/rubric-project/rubric/internal/text"
)

// decodeText turns the bytes of a text file into text without a byte order mark.
func decodeText(file string, data []byte) (string, *Problem) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case text.IsUTF16(data):
		return decodeUTF16(file, data)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return "", &Problem{Place: file, Message: "this is a workbook (or another packed file), not CSV",
			Remedy: "give a workbook the ending .xlsx, or save the list as CSV"}
	case len(data) >= 2 && data[0] != 0 && data[1] == 0:
		return decodeUTF16(file, data)
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		line, column := position(data, i)
		return "", &Problem{Place: at(file, line, column), Message: "this is not a text file", Remedy: "save the list as CSV UTF-8 or as .xlsx"}
	}
	if utf8.Valid(data) {
		return string(data), nil
	}
	i := 0
	for i < len(data) {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		i += n
	}
	line, column := position(data, i)
	p := &Problem{Place: at(file, line, column), Message: "the file is not saved as UTF-8",
		Remedy: "in Excel choose Save As, 'CSV UTF-8 (Comma delimited)'; or save the list as .xlsx"}
	if shown, ok := asWindows1252(lineAround(data, i)); ok {
		p.Kind = ProblemEncoding
		p.Message += fmt.Sprintf("; it seems to be in the older encoding Windows-1252, where the line would be %s", quote(shown))
	}
	return "", p
}

func decodeUTF16(file string, data []byte) (string, *Problem) {
	decoded, ok := text.FromUTF16(data)
	if !ok {
		return "", &Problem{Place: file, Message: "the file ends in the middle of a character: it was cut off", Remedy: "save the list again as CSV UTF-8 or as .xlsx"}
	}
	if i := strings.IndexAny(decoded, "\x00\ufffd"); i >= 0 {
		line, column := position([]byte(decoded), i)
		return "", &Problem{Place: at(file, line, column), Message: "there is a character that cannot be read", Remedy: "save the list again as CSV UTF-8 or as .xlsx"}
	}
	return decoded, nil
}

// position is the line and column, both from 1, of a byte.
func position(data []byte, i int) (line, column int) {
	before := data[:i]
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte{'\n'}) + 1, utf8.RuneCount(before[start:]) + 1
}

func lineAround(data []byte, i int) []byte {
	start := bytes.LastIndexByte(data[:i], '\n') + 1
	end := len(data)
	if n := bytes.IndexByte(data[i:], '\n'); n >= 0 {
		end = i + n
	}
	return bytes.TrimSpace(data[start:min(end, start+120)])
}

// Windows1252 is what the encoding of older Windows programs is called.
const Windows1252 = "windows-1252"

// FromWindows1252 is a text in UTF-8 that is in the encoding Windows-1252, for a person who has said that it is. ok is false
// where it cannot be: some bytes mean nothing there.
func FromWindows1252(data []byte) (content []byte, ok bool) {
	s, ok := asWindows1252(data)
	return []byte(s), ok
}

// asWindows1252 reads the bytes in the encoding of older Windows programs in Western Europe and America.
// It is not certain to be the right one, and so only shown.
func asWindows1252(b []byte) (string, bool) {
	s, err := charmap.Windows1252.NewDecoder().Bytes(b)
	return string(s), err == nil && !bytes.ContainsRune(s, utf8.RuneError)
}
