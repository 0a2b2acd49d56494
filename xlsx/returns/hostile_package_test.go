package returns_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

const (
	sheet2   = "xl/worksheets/sheet2.xml"
	strings1 = "xl/sharedStrings.xml"
	book     = "xl/workbook.xml"
	types    = "[Content_Types].xml"
)

// packed makes a package in which f has changed the entries.
func packed(f func(p []trybook.Entry) []trybook.Entry) func(*base) []byte {
	return func(b *base) []byte { return trybook.Pack(f(b.parts()), trybook.Packing{}) }
}

// on makes a package in which f has changed one entry.
func on(name string, f func(p *trybook.Entry)) func(*base) []byte {
	return packed(func(p []trybook.Entry) []trybook.Entry { f(&p[trybook.Find(p, name)]); return p })
}

func with(k trybook.Packing) func(*base) []byte {
	return func(b *base) []byte { return trybook.Pack(b.parts(), k) }
}

// bytesAt changes the finished file.
func bytesAt(f func(b []byte) []byte) func(*base) []byte {
	return func(b *base) []byte { return f(trybook.Pack(b.parts(), trybook.Packing{})) }
}

func hostilePackages() []damaged {
	const class = "package"
	add := func(p ...trybook.Entry) func(*base) []byte {
		return packed(func(all []trybook.Entry) []trybook.Entry { return append(all, p...) })
	}
	other := func(name string) trybook.Entry { return trybook.NewPart(name, []byte("<a/>")) }
	list := []damaged{
		{name: "repacked as it is", make: packed(func(p []trybook.Entry) []trybook.Entry { return p }), want: same()},
		{name: "all parts stored", make: packed(func(p []trybook.Entry) []trybook.Entry {
			for i := range p {
				p[i].Stored = true
			}
			return p
		}), want: same()},
		{name: "parts in another order", make: packed(func(p []trybook.Entry) []trybook.Entry {
			for i, j := 0, len(p)-1; i < j; i, j = i+1, j-1 {
				p[i], p[j] = p[j], p[i]
			}
			return p
		}), want: same()},
		{name: "zip64 directory and sizes", make: func(b *base) []byte {
			p := b.parts()
			for i := range p {
				p[i].Zip64 = true
			}
			return trybook.Pack(p, trybook.Packing{Zip64: true})
		}, want: same()},
		{name: "a comment", make: with(trybook.Packing{Comment: []byte("made by a program")}), want: same()},
		{name: "zeros after the end", make: with(trybook.Packing{After: make([]byte, 512)}), want: same(models.FileNotStandard)},
		{name: "line ends after the end", make: with(trybook.Packing{After: []byte("\r\n\r\n")}), want: same(models.FileNotStandard)},
		{name: "text after the end", make: with(trybook.Packing{After: []byte("-- \r\nsent from a phone")}), want: refused(models.FileDamaged)},
		{name: "text before the start", make: with(trybook.Packing{Before: []byte("PK?Content-Type: application/zip\r\n\r\n")}), want: refused(models.FileDamaged)},
		{name: "mail header before the start", make: func(b *base) []byte {
			return append([]byte("Content-Type: application/zip\r\n\r\n"), b.whole...)
		}, want: refused(models.FileDamaged)},
		{name: "bytes between two parts", make: on(sheet2, func(p *trybook.Entry) { p.Gap = []byte("hidden") }), want: refused(models.FileDamaged)},
		{name: "a part hidden between two parts", make: packed(func(p []trybook.Entry) []trybook.Entry {
			p[trybook.Find(p, sheet2)].Gap = trybook.Pack([]trybook.Entry{trybook.NewPart(sheet2, []byte("<a/>"))}, trybook.Packing{})[:60]
			return p
		}), want: refused(models.FileDamaged)},
		{name: "bytes before the directory", make: packed(func(p []trybook.Entry) []trybook.Entry { p[len(p)-1].Gap = []byte("hidden"); return p }), want: refused(models.FileDamaged)},
		{name: "checksum of a sheet does not fit", make: on(sheet2, func(p *trybook.Entry) { p.HasCRC, p.Crc = true, 1 }), want: refused(models.FileDamaged)},
		{name: "checksum of the texts does not fit", make: on(strings1, func(p *trybook.Entry) { p.HasCRC, p.Crc = true, 1 }), want: refused(models.FileDamaged)},
		{name: "checksum of a picture does not fit", make: on("xl/charts/chart1.xml", func(p *trybook.Entry) { p.HasCRC, p.Crc = true, 1 }), want: same()},
		{name: "checksums of header and directory differ", make: on(sheet2, func(p *trybook.Entry) { p.LocalCRC = 1 }), want: refused(models.FileContradictory)},
		{name: "sizes of header and directory differ", make: on(sheet2, func(p *trybook.Entry) { p.LocalAdd = 1 }), want: refused(models.FileContradictory)},
		{name: "names of header and directory differ", make: on(sheet2, func(p *trybook.Entry) { p.Local = "xl/worksheets/sheet9.xml" }), want: refused(models.FileContradictory)},
		{name: "name of header is longer", make: on(sheet2, func(p *trybook.Entry) { p.Local = "xl/worksheets/sheet22.xml" }), want: refused(models.FileContradictory)},
		{name: "declared size too small", make: on(sheet2, func(p *trybook.Entry) { p.Size = 5000 }), want: refused(models.FileDamaged)},
		{name: "declared size too large", make: on(sheet2, func(p *trybook.Entry) { p.Size = int64(len(p.Body)) + 1 }), want: refused(models.FileDamaged)},
		{name: "declared size of 190 MB", make: on(sheet2, func(p *trybook.Entry) { p.Size = 190 << 20 }), want: refused(models.FileDamaged)},
		{name: "declared size of 3 GB", make: on(sheet2, func(p *trybook.Entry) { p.Size = 3 << 30 }), want: refused(models.FileOverLimit)},
		{name: "stored with two sizes", make: on(sheet2, func(p *trybook.Entry) { p.Stored, p.Size = true, 100 }), want: refused(models.FileContradictory)},
		{name: "a part twice", make: add(other(sheet2)), want: refused(models.FileContradictory)},
		{name: "the same part twice", make: packed(func(p []trybook.Entry) []trybook.Entry { return append(p, p[trybook.Find(p, sheet2)]) }), want: refused(models.FileContradictory)},
		{name: "a part twice but for case", make: add(other("XL/Worksheets/Sheet2.XML")), want: refused(models.FileContradictory)},
		{name: "a part twice but for backslashes", make: add(other(`xl\worksheets\sheet2.xml`)), want: refused(models.FileContradictory)},
		{name: "all names with backslashes", make: packed(func(p []trybook.Entry) []trybook.Entry {
			for i := range p {
				p[i].Name = strings.ReplaceAll(p[i].Name, "/", `\`)
			}
			return p
		}), want: same(models.FileNotStandard)},
		{name: "a part that climbs out", make: add(other("../outside.xml")), want: refused(models.FileHostile)},
		{name: "a part that climbs out inside", make: add(other("xl/../../outside.xml")), want: refused(models.FileHostile)},
		{name: "a part with an encoded climb", make: add(other("xl/%2e%2e/outside.xml")), want: refused(models.FileHostile)},
		{name: "a part with an absolute name", make: add(other("/etc/outside.xml")), want: refused(models.FileHostile)},
		{name: "a part on a drive", make: add(other("C:outside.xml")), want: refused(models.FileHostile)},
		{name: "a part with an empty name", make: add(other("")), want: refused(models.FileHostile)},
		{name: "a part with a zero in its name", make: add(other("xl/a\x00.xml")), want: refused(models.FileHostile)},
		{name: "a part that is a link", make: packed(func(p []trybook.Entry) []trybook.Entry {
			l := trybook.NewPart("xl/link", []byte("/etc/passwd"))
			l.Stored, l.Attrs = true, 0o120777<<16
			return append(p, l)
		}), want: refused(models.FileHostile)},
		{name: "a part packed with a password", make: on(sheet2, func(p *trybook.Entry) { p.Flags = 1 }), want: refused(models.FilePassword)},
		{name: "a part packed by bzip2", make: on(sheet2, func(p *trybook.Entry) { p.Method = 12 }), want: refused(models.FileSheetUnsupported)},
		{name: "a part packed by AES", make: on(sheet2, func(p *trybook.Entry) { p.Method = 99 }), want: refused(models.FileSheetUnsupported)},
		{name: "a part that does not inflate", make: on(sheet2, func(p *trybook.Entry) { p.Packed = []byte("this is not deflated") }), want: refused(models.FileDamaged)},
		{name: "a part cut off while it was packed", make: on(sheet2, func(p *trybook.Entry) { p.Packed = trybook.Deflated(p.Body)[:2000] }), want: refused(models.FileDamaged)},
		{name: "a part with bytes behind its end", make: on(sheet2, func(p *trybook.Entry) { p.Packed = append(trybook.Deflated(p.Body), "more"...) }), want: refused(models.FileDamaged)},
		{name: "two parts overlap", make: packed(func(p []trybook.Entry) []trybook.Entry { p[3].Header = 10; return p }), want: refused(models.FileHostile)},
		{name: "two parts are one", make: func(b *base) []byte {
			p := b.parts()
			first := int64(len(trybook.Pack(p[:1], trybook.Packing{}))) - 46 - int64(len(p[0].Name)) - 22 // where the second entry begins
			q := p[1]
			q.Name, q.Header = "xl/copy.xml", first
			return trybook.Pack(append(p, q), trybook.Packing{})
		}, want: refused(models.FileContradictory)},
		{name: "a part beyond the end of the file", make: packed(func(p []trybook.Entry) []trybook.Entry { p[3].Header = 1 << 30; return p }), want: refused(models.FileDamaged)},
		{name: "count too high", make: with(trybook.Packing{Count: 1}), want: refused(models.FileContradictory)},
		{name: "count too low", make: with(trybook.Packing{Count: -1}), want: refused(models.FileContradictory)},
		{name: "directory not where it is said to be", make: with(trybook.Packing{Offset: 7}), want: refused(models.FileDamaged)},
		{name: "two tables of contents", make: with(trybook.Packing{TwoEnds: true}), want: refused(models.FileContradictory)},
		{name: "5,000 parts", make: packed(func(p []trybook.Entry) []trybook.Entry {
			for i := range 5000 {
				p = append(p, other(fmt.Sprintf("xl/media/%d.xml", i)))
			}
			return p
		}), want: refused(models.FileOverLimit)},
		{name: "zip64 field missing", make: on(sheet2, func(p *trybook.Entry) { p.Size = 0xFFFFFFFF }), want: refused(models.FileDamaged)},
		{name: "zip64 field twice", make: on(sheet2, func(p *trybook.Entry) {
			p.Zip64 = true
			p.Extra = append(binary.LittleEndian.AppendUint16([]byte{1, 0}, 16), make([]byte, 16)...)
		}), want: refused(models.FileContradictory)},
		{name: "cut off in the middle", make: bytesAt(func(b []byte) []byte { return b[:len(b)/2] }), want: refused(models.FileCutOff)},
		{name: "cut off in the directory", make: bytesAt(func(b []byte) []byte { return b[:len(b)-200] }), want: refused(models.FileCutOff)},
		{name: "cut off by one byte", make: bytesAt(func(b []byte) []byte { return b[:len(b)-1] }), want: refused(models.FileCutOff)},
		{name: "cut off after 4 bytes", make: bytesAt(func(b []byte) []byte { return b[:4] }), want: refused(models.FileCutOff)},
		{name: "the middle is zeros", make: bytesAt(func(b []byte) []byte {
			clear(b[len(b)/3 : len(b)/2])
			return b
		}), want: refused(models.FileDamaged)},
		{name: "line ends changed by a transfer", make: bytesAt(func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")) }), want: refused(models.FileDamaged)},
		{name: "a megabyte of spaces in the sheet", make: on(sheet2, func(p *trybook.Entry) {
			p.Body = bytes.Replace(p.Body, []byte("<sheetData>"), append([]byte("<sheetData>"), bytes.Repeat([]byte(" "), 1<<20)...), 1)
		}), want: refused(models.FileOverLimit)},
		{name: "150 MB of texts", make: func(b *base) []byte {
			p := b.parts()
			s := &p[trybook.Find(p, strings1)]
			s.Body = bytes.Replace(s.Body, []byte("</sst>"), append(bytes.Repeat([]byte("<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></si>"), 150<<20/66), "</sst>"...), 1)
			return trybook.Pack(p, trybook.Packing{})
		}, want: refused(models.FileOverLimit)},
		{name: "a million cells", make: func(b *base) []byte {
			p := b.parts()
			s := &p[trybook.Find(p, "xl/worksheets/sheet3.xml")]
			s.Body = []byte(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
			row := append([]byte("<row>"), append(bytes.Repeat([]byte("<c><v>1</v></c>"), 1000), "</row>"...)...)
			s.Body = append(append(s.Body, bytes.Repeat(row, 1000)...), "</sheetData></worksheet>"...)
			return trybook.Pack(p, trybook.Packing{})
		}, want: refused(models.FileOverLimit)},
		{name: "a million empty rows with a format", make: func(b *base) []byte {
			p := b.parts()
			s := &p[trybook.Find(p, sheet2)]
			s.Body = bytes.Replace(s.Body, []byte("</sheetData>"), append(bytes.Repeat([]byte(`<row ht="15"><c s="1"/></row>`), 1000000), "</sheetData>"...), 1)
			return trybook.Pack(p, trybook.Packing{})
		}, want: same()},
		{name: "150 MB in a part that is not needed", make: packed(func(p []trybook.Entry) []trybook.Entry {
			return append(p, trybook.NewPart("xl/media/image1.png", make([]byte, 150<<20)))
		}), want: same()},
		{name: "250 MB in a part that is not needed", make: packed(func(p []trybook.Entry) []trybook.Entry {
			return append(p, trybook.NewPart("xl/media/image1.png", make([]byte, 250<<20)))
		}), want: refused(models.FileOverLimit)},
		{name: "two times 150 MB", make: packed(func(p []trybook.Entry) []trybook.Entry {
			big := trybook.NewPart("xl/media/image1.png", make([]byte, 150<<20))
			big.Packed = trybook.Deflated(big.Body)
			again := big
			again.Name = "xl/media/image2.png"
			return append(p, big, again)
		}), want: refused(models.FileOverLimit)},
		{name: "a file of 21 MB", make: func(b *base) []byte { return append(bytes.Clone(b.whole), make([]byte, 21<<20)...) }, want: refused(models.FileTooLarge)},
		{name: "a workbook stored inside the workbook", make: func(b *base) []byte {
			inner := trybook.NewPart("xl/embeddings/book.xlsx", b.whole)
			inner.Stored = true
			return trybook.Pack(append(b.parts(), inner), trybook.Packing{})
		}, want: same()},
		{name: "folders and notes of macOS", make: add(other("__MACOSX/._return.xlsx"), trybook.NewPart("xl/media/", nil)), want: same()},
	}
	for _, n := range []int{12, 16, 20, 24} {
		list = append(list, damaged{name: fmt.Sprintf("data descriptors of %d bytes", n), make: packed(func(p []trybook.Entry) []trybook.Entry {
			for i := range p {
				p[i].Describe = n
			}
			return p
		}), want: same()})
	}
	for i := range list {
		list[i].class = class
	}
	return list
}
