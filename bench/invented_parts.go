package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/xlsx/assessment"
)

// part is a part of the package: the same in all returns, or with a piece of text that is each recipient's own.
type part struct {
	name string
	// filled are the texts around the piece, compressed: one, or for the sheet that is filled in one for each sample.
	filled []around
	// piece is the recipient's own, as recipient 0 has it; "" where there is none.
	piece string
}

// around is a text before a recipient's own piece and one after it, each compressed by itself (RFC 1951, section 3.2: blocks
// can follow each other). The first has its check sum, the second its text, which a check sum over the whole needs.
type around struct {
	before, after []byte
	sum           uint32
	size          int
	rest          string
}

// write writes the part of recipient i. Its own piece is not compressed (section 3.2.4), so that its length is the same.
func (p *part) write(w *zip.Writer, i int, own *strings.Replacer) error {
	a := &p.filled[i%len(p.filled)]
	piece := own.Replace(p.piece)
	raw := slices.Clone(a.before)
	for at := 0; at < len(piece); at += 0xffff {
		block := piece[at:min(at+0xffff, len(piece))]
		raw = append(raw, 0)
		raw = binary.LittleEndian.AppendUint16(raw, uint16(len(block)))
		raw = binary.LittleEndian.AppendUint16(raw, ^uint16(len(block)))
		raw = append(raw, block...)
	}
	raw = append(raw, a.after...)
	sum := crc32.Update(crc32.Update(a.sum, crc32.IEEETable, []byte(piece)), crc32.IEEETable, []byte(a.rest))
	dst, err := w.CreateRaw(&zip.FileHeader{Name: p.name, Method: zip.Deflate, CRC32: sum, CompressedSize64: uint64(len(raw)),
		UncompressedSize64: uint64(a.size + len(piece) + len(a.rest))})
	if err != nil {
		return err
	}
	_, err = dst.Write(raw)
	return err
}

// partsOf finds in which places the workbooks of two recipients differ, and prepares the parts of all others. filled are those
// of the first with answers.
func partsOf(one, other []byte, filled [][]byte) ([]part, error) {
	x, y, err := twoBooks(one, other)
	if err != nil {
		return nil, err
	}
	names, err := sheetNames(x)
	if err != nil {
		return nil, err
	}
	sheet := fmt.Sprintf("xl/worksheets/sheet%d.xml", slices.Index(names, assessment.SheetAssessment)+1)
	var out []part
	for k, f := range x.File {
		a, err := textOf(f)
		if err != nil {
			return nil, err
		}
		b, err := textOf(y.File[k])
		if err != nil {
			return nil, err
		}
		p := part{name: f.Name}
		head, tail := piece(a, b)
		p.piece = a[head : len(a)-tail]
		texts := []string{a}
		if f.Name == sheet {
			texts = nil
			for _, book := range filled {
				z, _, err := twoBooks(book, book)
				if err != nil {
					return nil, err
				}
				text, err := textOf(z.File[k])
				if err != nil {
					return nil, err
				}
				texts = append(texts, text)
			}
		}
		for _, text := range texts {
			if len(p.piece) > 0 && !strings.HasSuffix(text[:len(text)-tail], p.piece) {
				return nil, fmt.Errorf("%s: what is filled in stands behind what is the recipient's own", f.Name)
			}
			before, after := text[:len(text)-tail-len(p.piece)], text[len(text)-tail:]
			p.filled = append(p.filled, around{deflated(before, false), deflated(after, true), crc32.ChecksumIEEE([]byte(before)), len(before), after})
		}
		out = append(out, p)
	}
	return out, nil
}

// piece is how long the texts are the same at their beginning and at their end, less a little, since two recipients may have the
// same letter where a third has another.
func piece(a, b string) (head, tail int) {
	if a == b {
		return len(a), 0
	}
	for head < min(len(a), len(b)) && a[head] == b[head] {
		head++
	}
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	const margin = 100
	return max(0, head-margin), max(0, tail-margin)
}

func deflated(text string, last bool) []byte {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, 6)
	io.WriteString(w, text)
	if last {
		w.Close()
	} else {
		w.Flush()
	}
	return b.Bytes()
}

func twoBooks(a, b []byte) (x, y *zip.Reader, err error) {
	if x, err = zip.NewReader(bytes.NewReader(a), int64(len(a))); err != nil {
		return nil, nil, err
	}
	y, err = zip.NewReader(bytes.NewReader(b), int64(len(b)))
	return x, y, err
}

func textOf(f *zip.File) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(r)
	return string(b), err
}
