package xlsx

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
)

// recogniseText says what a file is that has no known beginning.
func (o *opening) recogniseText(head []byte, r io.ReaderAt, size int64) error {
	tail := make([]byte, min(size, 70000))
	if n, err := r.ReadAt(tail, size-int64(len(tail))); n < len(tail) {
		return err
	}
	if i := bytes.LastIndex(tail, []byte("PK\x05\x06")); i >= 0 {
		o.file.Format = "zip"
		return refuse.Damaged("there is something else before the start of the workbook")
	}
	if len(bytes.Trim(head, "\x00")) == 0 {
		return refuse.New(models.FileCutOff, "the file holds nothing but zeros: it was not saved or downloaded to its end")
	}
	text, ok := asText(head)
	if !ok {
		return refuse.New(models.FileNotWorkbook, "the file is of no kind that is known")
	}
	low := strings.ToLower(strings.TrimSpace(text))
	o.file.Format = "text"
	switch {
	case savedMessage(low):
		o.file.Format = "eml"
		return refuse.New(models.FileNotWorkbook, "the file is a saved e-mail; under a name that ends in .eml its attachments are read")
	case strings.Contains(low, "urn:schemas-microsoft-com:office:spreadsheet"):
		o.file.Format = "xml"
		return refuse.New(models.FileNotWorkbook, "the file is an XML spreadsheet of Excel 2003")
	case strings.Contains(low, "urn:oasis:names:tc:opendocument"):
		o.file.Format = "fods"
		return refuse.New(models.FileNotWorkbook, "the file is a flat OpenDocument file")
	case strings.HasPrefix(markup(low), "<svg"):
		o.file.Format = "svg"
		return refuse.New(models.FileImage, "the file is %s", words.Sayf("a picture (SVG)"))
	case webPage(low):
		o.file.Format = "html"
		if savedAsPage(low) {
			asText, _ := models.FileCSV.Info()
			return refuse.New(models.FileWebPage, "the file is %s", words.Sayf("a web page with a table, which some programs call .xls")).Advising(asText.Remedy)
		}
		return refuse.New(models.FileWebPage, "the file is %s", words.Sayf("a web page"))
	case strings.HasPrefix(low, "<?xml"):
		o.file.Format = "xml"
		return refuse.New(models.FileNotWorkbook, "the file is XML of a kind that is not known")
	}
	return refuse.New(models.FileCSV, "the file is plain text")
}

// startsOfPages are the elements that a web page, or a piece of one, begins with.
var startsOfPages = []string{"html", "head", "body", "table", "meta", "style", "link", "title", "script", "div", "center", "font", "p", "h1", "h2", "h3", "br", "span", "form", "tr"}

// webPage says whether a text in small letters is a web page or a piece of one, a page of a server, or a web archive.
func webPage(low string) bool {
	if strings.Contains(low, "<html") || strings.Contains(low, "<head") || strings.HasPrefix(low, "mime-version:") || strings.HasPrefix(low, "<%@") {
		return true
	}
	rest := markup(low)
	if strings.HasPrefix(rest, "<!doctype html") {
		return true
	}
	for _, name := range startsOfPages {
		after, ok := strings.CutPrefix(rest, "<"+name)
		if ok && after != "" && strings.ContainsRune(" \t\r\n/>", rune(after[0])) {
			return true
		}
	}
	return false
}

// markup is what follows the XML declaration, comments and blanks at the start of a text.
func markup(text string) string {
	for {
		text = strings.TrimSpace(text)
		end := ""
		switch {
		case strings.HasPrefix(text, "<!--"):
			end = "-->"
		case strings.HasPrefix(text, "<?"):
			end = "?>"
		default:
			return text
		}
		i := strings.Index(text, end)
		if i < 0 {
			return ""
		}
		text = text[i+len(end):]
	}
}

// savedAsPage says whether a web page is what a spreadsheet program, or a program that calls its tables workbooks, made of
// a workbook: Excel names its schema and type, LibreOffice and Google themselves, others begin with the table.
func savedAsPage(low string) bool {
	for _, sign := range []string{"urn:schemas-microsoft-com:office:excel", "x-document-type: workbook", "excel.sheet", "<table"} {
		if strings.Contains(low, sign) {
			return true
		}
	}
	return false
}

// asText gives the start of a file as text, if it is text.
func asText(b []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		b = b[3:]
	case bytes.HasPrefix(b, []byte("\xFF\xFE")), bytes.HasPrefix(b, []byte("\xFE\xFF")):
		return strings.ReplaceAll(string(b[2:]), "\x00", ""), true
	default:
		b = narrow(b)
	}
	for _, c := range b {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			return "", false
		}
	}
	for i := 0; i < utf8.UTFMax && len(b) > 0 && !utf8.Valid(b); i++ { // the end of the piece may cut a character
		b = b[:len(b)-1]
	}
	// What is not UTF-8 is text of an older encoding: no binary file is without control characters.
	return string(b), true
}

// narrow is text in UTF-16 without a mark, of which nearly every other byte is zero in most languages, in UTF-8; anything
// else stays as it is.
func narrow(b []byte) []byte {
	n := len(b) / 2
	for k, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		units, zeros := make([]uint16, n), 0
		for i := range units {
			if units[i] = order.Uint16(b[2*i:]); b[2*i+1-k] == 0 {
				zeros++
			}
		}
		if n >= 4 && zeros*10 >= n*9 {
			return []byte(string(utf16.Decode(units)))
		}
	}
	return b
}

// savedMessage says whether a text in small letters begins like a message (RFC 5322) with something attached.
func savedMessage(low string) bool {
	head, _, _ := strings.Cut(strings.ReplaceAll(low, "\r\n", "\n"), "\n\n")
	head = "\n" + head
	return strings.Contains(head, "\nfrom:") && strings.Contains(head, "\nsubject:") && strings.Contains(head, "\ncontent-type: multipart/mixed")
}
