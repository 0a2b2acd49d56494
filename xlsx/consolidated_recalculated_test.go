package xlsx_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
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

	"github.com/rubric-project/rubric/xlsx"
)

// TestConsolidatedRecalculated holds every cached value against what LibreOffice computes. 5,000 recipients
// are added by RUBRIC_LARGE=1.
func TestConsolidatedRecalculated(t *testing.T) {
	if testing.Short() {
		t.Skip("needs LibreOffice")
	}
	sizes := []int{3, 24, 500}
	if os.Getenv("RUBRIC_LARGE") != "" {
		sizes = append(sizes, 5000)
	}
	books := map[string]xlsx.ConsolidatedInput{}
	var order []string
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		for _, n := range sizes {
			name := fmt.Sprintf("%s-%d", id, n)
			books[name], order = exampleRound(t, id, n), append(order, name)
		}
	}
	for name, in := range oddRounds(t) {
		books[name], order = in, append(order, name)
	}
	dir := t.TempDir()
	var files []string
	var cached []map[string]cachedCell
	for _, name := range order {
		b := consolidatedBytes(t, books[name])
		file := filepath.Join(dir, name+".xlsx")
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
		files, cached = append(files, file), append(cached, formulaCells(t, b))
	}
	// A workbook with a wrong value, to see that LibreOffice does recalculate and does not repeat what it reads.
	files = append(files, filepath.Join(dir, "wrong.xlsx"))
	if err := os.WriteFile(files[len(files)-1], withWrongValue(t, consolidatedBytes(t, books[order[0]])), 0o600); err != nil {
		t.Fatal(err)
	}
	order, cached = append(order, "wrong"), append(cached, cached[0])
	seen := make([]int, len(files))
	for line := range recalculated(t, files) {
		part := strings.SplitN(line, "\t", 5)
		if len(part) != 5 {
			t.Fatalf("line %q of recalculate.py", line)
		}
		number, _ := strconv.Atoi(part[0])
		want, ok := cached[number][part[1]+"!"+part[2]]
		if !ok {
			continue // the rest of a block of cells of which some are no formulas
		}
		seen[number]++
		if !want.is(part[3], part[4]) {
			t.Errorf("%s, sheet %s, %s: cached %s, LibreOffice computes %s %s\n\t=%s", order[number], part[1], part[2], want, part[3], part[4], want.formula)
		}
	}
	for i := range files {
		if seen[i] != len(cached[i]) {
			t.Errorf("%s: LibreOffice has %d formulas, the workbook %d", order[i], seen[i], len(cached[i]))
		}
		t.Logf("%s: %d formulas", order[i], seen[i])
	}
}

// withWrongValue replaces the first cached number of the first sheet.
func withWrongValue(t *testing.T, book []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == "xl/worksheets/sheet1.xml" {
			changed := regexp.MustCompile(`</f><v>[\d.]+</v>`).ReplaceAll(part, []byte(`</f><v>98765</v>`))
			if bytes.Equal(changed, part) {
				t.Fatal("there is no number to change")
			}
			part = changed
		}
		dst, err := w.Create(f.Name)
		if err == nil {
			_, err = dst.Write(part)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// recalculated runs testdata/recalculate.py.
func recalculated(t *testing.T, files []string) map[string]bool {
	t.Helper()
	for _, need := range []string{"soffice", "/usr/bin/python3"} {
		if _, err := exec.LookPath(need); err != nil {
			t.Skipf("%s is not installed", need)
		}
	}
	if err := exec.Command("/usr/bin/python3", "-c", "import uno").Run(); err != nil {
		t.Skip("LibreOffice's python3-uno is not installed")
	}
	cmd := exec.Command("/usr/bin/python3", append([]string{"testdata/recalculate.py"}, files...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]bool{}
	scan := bufio.NewScanner(bytes.NewReader(out))
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		lines[scan.Text()] = true
	}
	return lines
}

type cachedCell struct {
	formula, value string
	text           bool
}

func (c cachedCell) String() string {
	if c.text {
		return strconv.Quote(c.value)
	}
	return c.value
}

func (c cachedCell) is(kind, value string) bool {
	switch kind {
	case "s":
		var s string
		return json.Unmarshal([]byte(value), &s) == nil && c.text && s == c.value
	case "n":
		got, err1 := strconv.ParseFloat(value, 64)
		want, err2 := strconv.ParseFloat(c.value, 64)
		// Programs sum in different orders; a spreadsheet shows 15 digits.
		return err1 == nil && err2 == nil && !c.text && math.Abs(got-want) <= 1e-14*math.Max(1, math.Abs(want))
	}
	return false
}

// formulaCells reads every formula and its cached value, by sheet and cell.
func formulaCells(t *testing.T, book []byte) map[string]cachedCell {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]cachedCell{}
	for i, name := range sheetNames(t, z) {
		f, err := z.Open(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1))
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(f)
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			start, ok := tok.(xml.StartElement)
			if !ok || start.Name.Local != "c" {
				continue
			}
			var c struct {
				Ref   string  `xml:"r,attr"`
				Type  string  `xml:"t,attr"`
				F     *string `xml:"f"`
				Value string  `xml:"v"`
			}
			if err := d.DecodeElement(&c, &start); err != nil {
				t.Fatal(err)
			}
			if c.F != nil {
				out[name+"!"+c.Ref] = cachedCell{*c.F, c.Value, c.Type == "str"}
			}
		}
	}
	return out
}

func sheetNames(t *testing.T, z *zip.Reader) []string {
	t.Helper()
	f, err := z.Open("xl/workbook.xml")
	if err != nil {
		t.Fatal(err)
	}
	var wb struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := xml.NewDecoder(f).Decode(&wb); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range wb.Sheets {
		out = append(out, s.Name)
	}
	return out
}
