package returns_test

import (
	"bytes"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

func bytesOf(s string) func(*base) []byte { return func(*base) []byte { return []byte(s) } }

// locked saves the workbook with a password.
func locked(b *base) []byte {
	f, err := excelize.OpenReader(bytes.NewReader(b.whole))
	if err != nil {
		b.t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out, excelize.Options{Password: "secret"}); err != nil {
		b.t.Fatal(err)
	}
	return out.Bytes()
}

func zipOf(p ...trybook.Entry) func(*base) []byte {
	return func(*base) []byte { return trybook.Pack(p, trybook.Packing{}) }
}

// compoundOf is a compound file with one empty stream of the given name.
func compoundOf(name string) func(*base) []byte {
	return func(*base) []byte {
		b := make([]byte, 512*4)
		copy(b, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
		put := func(at int, v ...byte) { copy(b[at:], v) }
		put(24, 0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0)
		put(44, 1, 0, 0, 0, 1, 0, 0, 0) // one sector of the table; the directory is sector 1
		put(56, 0, 0x10)
		put(60, 0xFE, 0xFF, 0xFF, 0xFF)
		put(68, 0xFE, 0xFF, 0xFF, 0xFF)
		for i := 76; i < 512; i++ {
			b[i] = 0xFF
		}
		put(76, 0, 0, 0, 0)
		for i := 512; i < 1024; i++ {
			b[i] = 0xFF
		}
		put(512, 0xFD, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF)
		entry := func(at int, name string, kind byte) {
			for i, r := range name {
				b[at+2*i] = byte(r)
			}
			b[at+64], b[at+66] = byte(2*len(name)+2), kind
			put(at+116, 0xFE, 0xFF, 0xFF, 0xFF)
		}
		entry(1024, "Root Entry", 5)
		entry(1152, name, 2)
		return b
	}
}

func hostileFormats() []damaged {
	csv := "Ref,Criterion,Current level\r\n1.1,Getting data to the people who need it,4 – Developing\r\n"
	list := []damaged{
		{name: "an empty file", make: bytesOf(""), want: refused(models.FileEmpty)},
		{name: "one byte", make: bytesOf("P"), want: refused(models.FileCSV)},
		{name: "4,000 zeros", make: bytesOf(strings.Repeat("\x00", 4000)), want: refused(models.FileCutOff)},
		{name: "random bytes", make: bytesOf(strings.Repeat("\x9c\x01\x7f\x00\xe3", 300)), want: refused(models.FileNotWorkbook)},
		{name: "CSV", make: bytesOf(csv), want: refused(models.FileCSV)},
		{name: "CSV with byte order mark", make: bytesOf("\xEF\xBB\xBF" + csv), want: refused(models.FileCSV)},
		{name: "CSV in Latin 1", make: bytesOf("Ref;Stufe\r\n1.1;4 \x96 M\xE4\xDFig\r\n"), want: refused(models.FileCSV)},
		{name: "CSV in UTF-16", make: func(*base) []byte { return append([]byte("\xFF\xFE"), "R\x00e\x00f\x00\t\x001\x00"...) }, want: refused(models.FileCSV)},
		{name: "PDF", make: bytesOf("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj"), want: refused(models.FilePDF)},
		{name: "PNG", make: bytesOf("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"), want: refused(models.FileImage)},
		{name: "JPEG", make: bytesOf("\xFF\xD8\xFF\xE0\x00\x10JFIF\x00"), want: refused(models.FileImage)},
		{name: "GIF", make: bytesOf("GIF89a\x01\x00\x01\x00"), want: refused(models.FileImage)},
		{name: "HEIC", make: bytesOf("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), want: refused(models.FileImage)},
		{name: "TIFF", make: bytesOf("II*\x00\x08\x00\x00\x00"), want: refused(models.FileImage)},
		{name: "RTF", make: bytesOf(`{\rtf1\ansi Level 4}`), want: refused(models.FileDocument)},
		{name: "sign-in page", make: bytesOf("<!DOCTYPE html><html><head><title>Sign in</title></head><body></body></html>"), want: refused(models.FileWebPage)},
		{name: "sign-in page after blank lines", make: bytesOf("\r\n\r\n  <HTML lang=en><BODY>Please sign in</BODY></HTML>"), want: refused(models.FileWebPage)},
		{name: "HTML saved as .xls", make: bytesOf(`<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>1.1</td><td>4</td></tr></table></html>`), want: refused(models.FileWebPage)},
		{name: "a table in HTML", make: bytesOf(`<table><tr><td>1.1</td><td>4</td></tr></table>`), want: refused(models.FileWebPage)},
		{name: "web archive", make: bytesOf("MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"), want: refused(models.FileWebPage)},
		{name: "XML spreadsheet of Excel 2003", make: bytesOf(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>`), want: refused(models.FileNotWorkbook)},
		{name: "flat OpenDocument", make: bytesOf(`<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>`), want: refused(models.FileNotWorkbook)},
		{name: "XML of another kind", make: bytesOf(`<?xml version="1.0"?><feed/>`), want: refused(models.FileNotWorkbook)},
		{name: "gzip", make: bytesOf("\x1f\x8b\x08\x00\x00"), want: refused(models.FileZip)},
		{name: "7-Zip", make: bytesOf("7z\xBC\xAF\x27\x1C\x00\x04"), want: refused(models.FileZip)},
		{name: "RAR", make: bytesOf("Rar!\x1a\x07\x01\x00"), want: refused(models.FileZip)},
		{name: "zip with a workbook in it", make: func(b *base) []byte {
			return trybook.Pack([]trybook.Entry{trybook.NewPart("return.xlsx", b.whole)}, trybook.Packing{})
		}, want: refused(models.FileZip)},
		{name: "zip with nothing in it", make: zipOf(), want: refused(models.FileZip)},
		{name: "Numbers", make: zipOf(trybook.NewPart("Index/Document.iwa", []byte("x")), trybook.NewPart("Metadata/Properties.plist", []byte("x"))), want: refused(models.FileNumbers)},
		{name: "Numbers with an inner package", make: zipOf(trybook.NewPart("preview.jpg", []byte("x")), trybook.NewPart("Index.zip", []byte("x"))), want: refused(models.FileNumbers)},
		{name: "OpenDocument text", make: zipOf(trybook.NewPart("mimetype", []byte("application/vnd.oasis.opendocument.text")), trybook.NewPart("content.xml", []byte("<a/>"))), want: refused(models.FileDocument)},
		{name: "electronic book", make: zipOf(trybook.NewPart("mimetype", []byte("application/epub+zip")), trybook.NewPart("content.xml", []byte("<a/>"))), want: refused(models.FileNotWorkbook)},
		{name: "Excel 97-2003", make: compoundOf("Workbook"), want: refused(models.FileOldExcel)},
		{name: "Excel 5.0/95", make: compoundOf("Book"), want: refused(models.FileOldExcel)},
		{name: "Excel 4.0", make: bytesOf("\x09\x04\x06\x00\x00\x00\x10\x00"), want: refused(models.FileOldExcel)},
		{name: "Word 97-2003", make: compoundOf("WordDocument"), want: refused(models.FileDocument)},
		{name: "Outlook message", make: compoundOf("__properties_version1.0"), want: refused(models.FileNotWorkbook)},
		{name: "compound file of another kind", make: compoundOf("Something"), want: refused(models.FileNotWorkbook)},
		{name: "compound file cut off", make: func(b *base) []byte { return compoundOf("Workbook")(b)[:700] }, want: refused(models.FileCutOff)},
		{name: "compound file with a circle", make: func(b *base) []byte {
			x := compoundOf("Workbook")(b)
			copy(x[516:], "\x01\x00\x00\x00") // the directory's sector follows itself
			return x
		}, want: refused(models.FileCutOff)},
		{name: "a password, not given", make: locked, want: refused(models.FilePassword)},
		{name: "a password, given wrongly", make: locked, password: "Secret", want: refused(models.FileWrongPassword)},
		{name: "a password, given", make: locked, password: "secret", want: same()},
		{name: "a password, given, and the content changed", make: func(b *base) []byte {
			x := locked(b)
			x[len(x)/3] ^= 1 // in the compressed content, whatever the names of the parts beside it
			return x
		}, password: "secret", want: refused(models.FileDamaged)},
		{name: "a password, given, and the file cut off", make: func(b *base) []byte { x := locked(b); return x[:len(x)/2] }, password: "secret", want: refused(models.FileCutOff)},
	}
	for i := range list {
		list[i].class = "format"
	}
	return list
}
