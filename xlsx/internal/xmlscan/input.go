package xmlscan

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
)

// fill reads more of the document, keeping what stands from keep on, and says whether there was more.
// Indexes into buf change: keep becomes 0, and pos moves with it.
func (s *Scanner) fill(keep int) (bool, error) {
	if s.ended {
		return false, nil
	}
	if keep > 0 {
		copy(s.buf, s.buf[keep:s.have])
		s.pos -= keep
		s.end -= keep
		s.have -= keep
	}
	if s.have == len(s.buf) {
		if len(s.buf) > 2*MaxText {
			return false, refuse.New(models.FileOverLimit, "a piece of its XML is longer than %d bytes", MaxText)
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for {
		n, err := s.in.Read(s.buf[s.have:])
		s.have += n
		if errors.Is(err, io.EOF) {
			s.ended = true
		} else if err != nil {
			return false, err
		}
		had := s.end
		if s.end, err = checked(s.buf[:s.have], s.end); err != nil {
			return false, err
		}
		if s.end > had {
			return true, nil
		}
		if s.ended {
			return false, nil
		}
	}
}

// checked checks the characters of b from i on and gives the index up to which they are complete and allowed.
func checked(b []byte, i int) (int, error) {
	const (
		ones  = 0x0101010101010101
		highs = 0x8080808080808080
	)
	for i < len(b) {
		for i+32 <= len(b) { // 32 printable ASCII bytes at a time, and then eight
			v := b[i : i+32 : i+32]
			w, x := binary.LittleEndian.Uint64(v), binary.LittleEndian.Uint64(v[8:])
			y, z := binary.LittleEndian.Uint64(v[16:]), binary.LittleEndian.Uint64(v[24:])
			if (w|(w-0x20*ones)|x|(x-0x20*ones)|y|(y-0x20*ones)|z|(z-0x20*ones))&highs != 0 {
				break
			}
			i += 32
		}
		for i+8 <= len(b) {
			w := binary.LittleEndian.Uint64(b[i:])
			if (w|(w-0x20*ones))&highs != 0 {
				break
			}
			i += 8
		}
		for stop := min(i+8, len(b)); i < stop; {
			c := b[i]
			if c < utf8.RuneSelf {
				if c < 0x20 && c != '\n' && c != '\r' && c != '\t' {
					return i, refuse.Damaged("its XML holds a control character, which is not allowed")
				}
				i++
				continue
			}
			if !utf8.FullRune(b[i:]) {
				return i, nil
			}
			r, n := utf8.DecodeRune(b[i:])
			if r == utf8.RuneError && n == 1 || !IsChar(r) {
				return i, refuse.Damaged("its text is not valid UTF-8")
			}
			i += n
		}
	}
	return i, nil
}

// begin looks at the first bytes: byte order mark, encoding, XML declaration.
func (s *Scanner) begin() error {
	s.any = true
	if s.ended && !s.beginBytes() {
		s.Reset(bytes.NewReader(s.buf), s.spaces)
		s.any = true
	}
	if s.ended {
		var err error
		if s.end, err = checked(s.buf, 0); err != nil {
			return err
		}
		return s.xmlDeclaration(false)
	}
	var head [4]byte
	n, err := io.ReadFull(s.in, head[:])
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return err
	}
	var rest io.Reader
	wide := false
	switch h := string(head[:n]); {
	case n == 0:
		return refuse.Damaged("it is empty")
	case strings.HasPrefix(h, "\xEF\xBB\xBF"):
		rest = io.MultiReader(bytes.NewReader(head[3:n]), s.in)
	case strings.HasPrefix(h, "\xFF\xFE"):
		rest, wide = &utf16Reader{in: io.MultiReader(bytes.NewReader(head[2:n]), s.in), order: binary.LittleEndian}, true
	case strings.HasPrefix(h, "\xFE\xFF"):
		rest, wide = &utf16Reader{in: io.MultiReader(bytes.NewReader(head[2:n]), s.in), order: binary.BigEndian}, true
	case h[0] == 0 || n > 1 && h[1] == 0:
		return refuse.New(models.FileSheetUnsupported, "its XML is in an encoding that is not read")
	default:
		s.have = copy(s.buf, h)
		rest = s.in
	}
	s.in = rest
	if s.end, err = checked(s.buf[:s.have], 0); err != nil {
		return err
	}
	return s.xmlDeclaration(wide)
}

// beginBytes looks at the first bytes of a document that lies in memory, and says whether it is plain UTF-8.
func (s *Scanner) beginBytes() bool {
	if bytes.HasPrefix(s.buf, []byte("\xEF\xBB\xBF")) {
		s.buf = s.buf[3:]
		s.have = len(s.buf)
		return true
	}
	return len(s.buf) > 1 && s.buf[0] != 0 && s.buf[1] != 0 && s.buf[0] < 0xFE
}

// usual are the XML declarations that nearly all programs write.
var usual = []string{`<?xml version="1.0" encoding="UTF-8"?>`, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`}

// xmlDeclaration takes <?xml version="1.0" encoding="UTF-8" standalone="yes"?> where there is one.
func (s *Scanner) xmlDeclaration(wide bool) error {
	for s.end < 6 {
		more, err := s.fill(0)
		if err != nil {
			return err
		}
		if !more {
			return nil
		}
	}
	for _, u := range usual {
		if !wide && s.end >= len(u) && string(s.buf[:len(u)]) == u {
			s.pos = len(u)
			return nil
		}
	}
	if string(s.buf[:5]) != "<?xml" || !isSpace(s.buf[5]) {
		return nil
	}
	n, err := s.find("?>", 5, 1024)
	if err != nil {
		return err
	}
	version, rest, ok := pseudo(s.buf[5:n], "version")
	if !ok || version != "1.0" {
		return refuse.New(models.FileSheetUnsupported, "its XML is of a version that is not read")
	}
	if encoding, after, ok := pseudo(rest, "encoding"); ok {
		rest = after
		want := "UTF-8"
		if wide {
			want = "UTF-16"
		}
		if !isNamed(encoding, want) {
			return refuse.New(models.FileSheetUnsupported, "its XML says that its encoding is %q, and is in %s", encoding, want)
		}
	}
	if alone, after, ok := pseudo(rest, "standalone"); ok {
		rest = after
		if alone != "yes" && alone != "no" {
			return refuse.Damaged("its XML declaration is not well-formed")
		}
	}
	if len(bytes.Trim(rest, " \t\r\n")) > 0 {
		return refuse.Damaged("its XML declaration is not well-formed")
	}
	s.pos = n + 2
	return nil
}

// isNamed says whether a name stands for an encoding. Some programs write it without its dash; what is US-ASCII is UTF-8
// too, if its bytes are below 128, which who reads them finds out: any others have to be UTF-8.
func isNamed(name, encoding string) bool {
	if strings.EqualFold(name, encoding) || strings.EqualFold(name, strings.ReplaceAll(encoding, "-", "")) {
		return true
	}
	return encoding == "UTF-8" && (strings.EqualFold(name, "US-ASCII") || strings.EqualFold(name, "ASCII"))
}

// pseudo takes name="value" from the start of b, which begins with white space.
func pseudo(b []byte, name string) (value string, rest []byte, ok bool) {
	t := bytes.TrimLeft(b, " \t\r\n")
	if len(t) == len(b) || !bytes.HasPrefix(t, []byte(name)) {
		return "", b, false
	}
	t = bytes.TrimLeft(t[len(name):], " \t\r\n")
	if len(t) == 0 || t[0] != '=' {
		return "", b, false
	}
	t = bytes.TrimLeft(t[1:], " \t\r\n")
	if len(t) == 0 || t[0] != '"' && t[0] != '\'' {
		return "", b, false
	}
	n := bytes.IndexByte(t[1:], t[0])
	if n < 0 {
		return "", b, false
	}
	return string(t[1 : n+1]), t[n+2:], true
}

// utf16Reader gives UTF-16 as UTF-8.
type utf16Reader struct {
	in    io.Reader
	order binary.ByteOrder
	out   []byte
	raw   [4096]byte
	left  int // bytes of raw that wait for their other half
	err   error
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.out) == 0 {
		if u.err != nil {
			return 0, u.err
		}
		n, err := u.in.Read(u.raw[u.left:])
		n += u.left
		i := 0
		for ; i+2 <= n; i += 2 {
			r := rune(u.order.Uint16(u.raw[i:]))
			if utf16.IsSurrogate(r) {
				if i+4 > n {
					break
				}
				r = utf16.DecodeRune(r, rune(u.order.Uint16(u.raw[i+2:])))
				if r == utf8.RuneError {
					return 0, refuse.Damaged("its text is not valid UTF-16")
				}
				i += 2
			}
			u.out = utf8.AppendRune(u.out, r)
		}
		u.left = copy(u.raw[:], u.raw[i:n])
		if errors.Is(err, io.EOF) && u.left > 0 {
			err = refuse.Damaged("the text ends within a character")
		}
		u.err = err
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}
