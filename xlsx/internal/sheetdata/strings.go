package sheetdata

import (
	"bytes"
	"io"

	"github.com/klauspost/compress/s2"
)

const sstNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

// Strings is the workbook's table of shared strings (ECMA-376 part 1, 18.4). What it is given is kept packed,
// so that the texts of a large round do not lie in memory.
type Strings struct {
	index  map[string]int
	n      int
	buf    []byte
	packed bytes.Buffer
	packer *s2.Writer
}

// NewStrings makes an empty table.
func NewStrings() *Strings {
	s := &Strings{index: map[string]int{}}
	s.packer = s2.NewWriter(&s.packed, s2.WriterConcurrency(1))
	return s
}

// Repeated is the index of a text that is likely to come again; the same text has the same index.
func (s *Strings) Repeated(text string) int {
	if i, ok := s.index[text]; ok {
		return i
	}
	i := s.Once(text)
	s.index[text] = i
	return i
}

// Once is the index of a text that is not likely to come again: it is added without being looked up. What a
// cell cannot hold is cut off; call Clean first to know.
func (s *Strings) Once(text string) int {
	text, _ = Clean(text)
	s.buf = append(s.buf, "<si><t"...)
	if keepsSpace(text) {
		s.buf = append(s.buf, ` xml:space="preserve"`...)
	}
	s.buf = append(s.buf, '>')
	s.buf = append(appendText(s.buf, text), "</t></si>"...)
	if len(s.buf) > 1<<15 {
		s.flush()
	}
	s.n++
	return s.n - 1
}

// A write to a bytes.Buffer does not fail, so neither does packing into one.
func (s *Strings) flush() {
	_, _ = s.packer.Write(s.buf)
	s.buf = s.buf[:0]
}

// WriteTo writes the part xl/sharedStrings.xml. The table must not be added to afterwards.
func (s *Strings) WriteTo(w io.Writer) (int64, error) {
	s.flush()
	if err := s.packer.Close(); err != nil {
		return 0, err
	}
	var total int64
	for _, r := range []io.Reader{
		bytes.NewReader([]byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<sst xmlns="` + sstNamespace + `">`)),
		s2.NewReader(&s.packed),
		bytes.NewReader([]byte(`</sst>`)),
	} {
		n, err := io.Copy(w, r)
		total += n
		if err != nil {
			return total, err
		}
	}
	return total, nil
}
