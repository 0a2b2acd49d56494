package consolidated_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// reader is a program that prints what it reads in every filled cell of workbooks.
type reader struct {
	name, needs string
	there       []string // a command that succeeds where the program is installed
	command     []string
}

var readers = []reader{
	{"openpyxl", "python3-openpyxl", []string{"/usr/bin/python3", "-c", "import openpyxl"}, []string{"/usr/bin/python3", "testdata/readers.py"}},
	{"SheetJS", "the npm package xlsx in NODE_PATH", []string{"node", "-e", "require('xlsx')"}, []string{"node", "testdata/readers.cjs", "sheetjs"}},
	{"ExcelJS", "the npm package exceljs in NODE_PATH", []string{"node", "-e", "require('exceljs')"}, []string{"node", "testdata/readers.cjs", "exceljs"}},
}

// readBooks are the workbooks that other programs are held to read to the last cell: of both templates, each followed
// by its edition for circulation.
func readBooks(t *testing.T) (names []string, books [][]byte) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		in := keptRound(t, id, 24)
		names, books = append(names, id+"-24"), append(books, consolidatedBytes(t, in))
		names, books = append(names, id+"-24 published"), append(books, consolidatedBytes(t, published(t, in)))
	}
	return names, books
}

// TestConsolidatedReaders has programs read every sheet, hidden ones too. All must find the same cells filled with the
// same as stands in the file. LibreOffice's turn comes in TestConsolidatedRecalculated, so that it starts but once.
func TestConsolidatedReaders(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	names, books := readBooks(t)
	files := make([]string, len(books))
	for i, book := range books {
		files[i] = filepath.Join(dir, fmt.Sprintf("%d.xlsx", i))
		if err := os.WriteFile(files[i], book, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var missing []string
	for _, r := range readers {
		if exec.Command(r.there[0], r.there[1:]...).Run() != nil {
			missing = append(missing, r.needs)
			continue
		}
		got := r.read(t, files)
		for i, book := range books {
			readAlike(t, names[i], cellsOf(t, book), r.name, got[i])
		}
	}
	if len(missing) > 0 {
		t.Skip("not installed: ", strings.Join(missing, ", "))
	}
}

// read is the value of each filled cell, by file, and by sheet and cell.
func (r *reader) read(t *testing.T, files []string) []map[string]any {
	t.Helper()
	cmd := exec.Command(r.command[0], append(r.command[1:], files...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", r.name, err)
	}
	cells := make([]map[string]any, len(files))
	for i := range cells {
		cells[i] = map[string]any{}
	}
	for line := range strings.Lines(string(out)) {
		part := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 4)
		var v any
		if len(part) < 4 || json.Unmarshal([]byte(part[3]), &v) != nil {
			t.Fatalf("%s prints %q", r.name, line)
		}
		number, err := strconv.Atoi(part[0])
		if err != nil || number >= len(files) {
			t.Fatalf("%s prints %q", r.name, line)
		}
		cells[number][part[1]+"!"+part[2]] = v
	}
	return cells
}

// readAlike reports cells that a program reads differently from what stands in the file.
func readAlike(t *testing.T, book string, want map[string]any, program string, got map[string]any) {
	t.Helper()
	wrong := 0
	say := func(at string) {
		if wrong++; wrong <= 20 {
			t.Errorf("%s, %s: %#v, %s reads %#v", book, at, want[at], program, got[at])
		}
	}
	for at, v := range want {
		if w, ok := got[at]; !ok || !alike(v, w) {
			say(at)
		}
	}
	for at := range got {
		if _, ok := want[at]; !ok {
			say(at)
		}
	}
	if wrong > 0 {
		t.Errorf("%s: %s reads %d of %d cells differently", book, program, wrong, len(want))
	}
	t.Logf("%s: %s reads %d cells", book, program, len(got))
}

// alike compares numbers up to the 15 digits of a spreadsheet.
func alike(v, w any) bool {
	x, ok := v.(float64)
	y, ok2 := w.(float64)
	if ok && ok2 {
		return math.Abs(x-y) <= 1e-14*math.Max(1, math.Abs(x))
	}
	return v == w
}

// cellsOf reads the value of each filled cell, a number or a text, by sheet and cell.
func cellsOf(t *testing.T, book []byte) map[string]any {
	cells := map[string]any{}
	eachCell(t, book, func(at string, v any, _ *cachedCell) {
		if v != nil && v != "" {
			cells[at] = v
		}
	})
	return cells
}

// eachCell reads what stands in a workbook's XML: of each cell its sheet and name, its value, nil for none, and its formula
// with the cached value, or nil.
func eachCell(t *testing.T, book []byte, take func(at string, v any, f *cachedCell)) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var shared []string
	eachElement(t, z, "xl/sharedStrings.xml", "si", func(d *xml.Decoder, start xml.StartElement) error {
		var si textElement
		err := d.DecodeElement(&si, &start)
		shared = append(shared, si.String())
		return err
	})
	sheets := sheetNames(t, z)
	for i, name := range sheets {
		n := 0
		eachElement(t, z, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), "c", func(d *xml.Decoder, start xml.StartElement) error {
			var c struct {
				Ref    string      `xml:"r,attr"`
				Type   string      `xml:"t,attr"`
				F      *string     `xml:"f"`
				Value  string      `xml:"v"`
				Inline textElement `xml:"is"`
			}
			if err := d.DecodeElement(&c, &start); err != nil {
				return err
			}
			n++
			var formula *cachedCell
			if c.F != nil {
				formula = &cachedCell{*c.F, c.Value, c.Type == "str"}
			}
			var v any
			switch {
			case c.Type == "s":
				k, err := strconv.Atoi(c.Value)
				if err != nil || k >= len(shared) {
					return fmt.Errorf("%s!%s: no shared string %q", name, c.Ref, c.Value)
				}
				v = shared[k]
			case c.Type == "inlineStr":
				v = c.Inline.String()
			case c.Type == "str":
				v = unescaped(c.Value)
			case c.Value != "":
				x, err := strconv.ParseFloat(c.Value, 64)
				if err != nil {
					return err
				}
				v = x
			}
			take(name+"!"+c.Ref, v, formula)
			return nil
		})
		if n == 0 {
			t.Errorf("the sheet %s is empty", name)
		}
	}
	if len(sheets) < 5 {
		t.Errorf("the workbook has only the sheets %v", sheets)
	}
}

// textElement is a text, or the runs of one.
type textElement struct {
	T    string `xml:"t"`
	Runs []struct {
		T string `xml:"t"`
	} `xml:"r"`
}

func (x textElement) String() string {
	s := x.T
	for _, r := range x.Runs {
		s += r.T
	}
	return unescaped(s)
}

var escapeInText = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

// unescaped takes away the escapes of ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
func unescaped(s string) string {
	return escapeInText.ReplaceAllStringFunc(s, func(m string) string {
		n, _ := strconv.ParseUint(m[2:6], 16, 32)
		return string(rune(n))
	})
}

// eachElement calls f for each element of a name in a part; a part that is not there has none.
func eachElement(t *testing.T, z *zip.Reader, part, name string, f func(*xml.Decoder, xml.StartElement) error) {
	t.Helper()
	file, err := z.Open(part)
	if errors.Is(err, os.ErrNotExist) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	d := xml.NewDecoder(file)
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := tok.(xml.StartElement); ok && start.Name.Local == name {
			if err := f(d, start); err != nil {
				t.Fatalf("%s: %v", part, err)
			}
		}
	}
}
