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

// part is a part of the package: the same in all returns, or with pieces of text that are each recipient's own.
type part struct {
	name string
	// filled are its texts in pieces: one, or for the sheet that is filled in one for each sample.
	filled [][]piece
	// sums are the check sums of their first pieces.
	sums []uint32
}

// piece is a piece of text as recipient 0 has it. One that is the same for all is compressed by itself (RFC 1951, section 3.2:
// blocks can follow each other); own is one in which the recipient's name, id, reference and seal stand.
type piece struct {
	text       string
	own        bool
	compressed []byte
}

// write writes the part of recipient i. What is its own is not compressed (section 3.2.4), so that its length is the same.
func (p *part) write(w *zip.Writer, i int, own *strings.Replacer) error {
	var raw []byte
	sum, size := uint32(0), 0
	for k, x := range p.filled[i%len(p.filled)] {
		text := x.text
		if x.own {
			text = own.Replace(text)
			for at := 0; at < len(text); at += 0xffff {
				block := text[at:min(at+0xffff, len(text))]
				raw = append(raw, 0)
				raw = binary.LittleEndian.AppendUint16(raw, uint16(len(block)))
				raw = binary.LittleEndian.AppendUint16(raw, ^uint16(len(block)))
				raw = append(raw, block...)
			}
		} else if raw = append(raw, x.compressed...); k == 0 {
			sum, size = p.sums[i%len(p.sums)], len(text)
			continue
		}
		sum, size = crc32.Update(sum, crc32.IEEETable, []byte(text)), size+len(text)
	}
	dst, err := w.CreateRaw(&zip.FileHeader{Name: p.name, Method: zip.Deflate, CRC32: sum, CompressedSize64: uint64(len(raw)), UncompressedSize64: uint64(size)})
	if err != nil {
		return err
	}
	_, err = dst.Write(raw)
	return err
}

// partsOf finds in which places the workbooks of two recipients differ, and prepares the parts of all others. filled are those
// of the first with answers, in which the text said is each recipient's own.
func partsOf(one, other []byte, filled [][]byte, said string) ([]part, error) {
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
		head, tail := around(a, b)
		own := a[head : len(a)-tail]
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
			before, after := text[:len(text)-tail], text[len(text)-tail:]
			before, ok := strings.CutSuffix(before, own)
			if !ok {
				return nil, fmt.Errorf("%s: what is filled in stands behind what is the recipient's own", f.Name)
			}
			var pieces []piece
			if start, rest, ok := strings.Cut(before, said); ok {
				pieces = append(pieces, piece{text: start}, piece{text: said, own: true})
				before = rest
			}
			pieces = append(pieces, piece{text: before}, piece{text: own, own: true}, piece{text: after})
			for k := range pieces {
				if !pieces[k].own {
					pieces[k].compressed = deflated(pieces[k].text, k == len(pieces)-1)
				}
			}
			p.filled = append(p.filled, pieces)
			p.sums = append(p.sums, crc32.ChecksumIEEE([]byte(pieces[0].text)))
		}
		out = append(out, p)
	}
	return out, nil
}

// around is how long the texts are the same at their beginning and at their end, less a little, since two recipients may have the
// same letter where a third has another.
func around(a, b string) (head, tail int) {
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
