package consolidated_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// TestConsolidatedRecalculated holds every cached value against what LibreOffice computes. Of some workbooks it holds
// every cell against what LibreOffice reads, and takes what LibreOffice saved as a baseline. 5,000 recipients are added
// by RUBRIC_LARGE=1.
func TestConsolidatedRecalculated(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs LibreOffice")
	}
	sizes := []int{3, many()} // 24 are among those that are read
	if os.Getenv("RUBRIC_LARGE") != "" {
		sizes = append(sizes, 5000)
	}
	order, books := readBooks(t)
	read := len(books)
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		for _, n := range sizes {
			order, books = append(order, fmt.Sprintf("%s-%d", id, n)), append(books, consolidatedBytes(t, exampleRound(t, id, n)))
		}
	}
	odd := oddRounds(t)
	maps.Copy(odd, spanishRounds(t))
	for name, in := range odd {
		order, books = append(order, name), append(books, consolidatedBytes(t, in))
	}
	dir := t.TempDir()
	var files []string
	var cached []map[string]cachedCell
	got := make([]map[string]any, read)
	for i := range got {
		got[i] = map[string]any{}
	}
	for i, book := range books {
		file := filepath.Join(dir, order[i]+".xlsx")
		if err := os.WriteFile(file, book, 0o600); err != nil {
			t.Fatal(err)
		}
		files, cached = append(files, file), append(cached, formulaCells(t, book))
	}
	// A workbook with a wrong value, to see that LibreOffice does recalculate and does not repeat what it reads.
	files = append(files, filepath.Join(dir, "wrong.xlsx"))
	if err := os.WriteFile(files[len(files)-1], withWrongValue(t, books[0]), 0o600); err != nil {
		t.Fatal(err)
	}
	order, cached = append(order, "wrong"), append(cached, cached[0])
	seen := make([]int, len(files))
	for _, line := range recalculated(t, read, files) {
		part := strings.SplitN(line, "\t", 5)
		if len(part) != 5 {
			t.Fatalf("line %q of recalculate.py", line)
		}
		number, _ := strconv.Atoi(part[0])
		if part[3] == "r" {
			var v any
			if err := json.Unmarshal([]byte(part[4]), &v); err != nil {
				t.Fatal(err)
			}
			got[number][part[1]+"!"+part[2]] = v
			continue
		}
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
	for i := range read {
		readAlike(t, order[i], cellsOf(t, books[i]), "LibreOffice", got[i])
	}
	for i, id := range []string{"uk-dmm", "csis-cdm3"} {
		book, err := os.ReadFile(files[2*i] + ".saved.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		checkBaseline(t, id+", saved by LibreOffice", keptRound(t, id, 24), exampleRound(t, id, 28), book)
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

// recalculated runs testdata/recalculate.py, which also reads the first files.
func recalculated(t *testing.T, read int, files []string) []string {
	t.Helper()
	for _, need := range []string{"soffice", "/usr/bin/python3"} {
		if _, err := exec.LookPath(need); err != nil {
			t.Skipf("%s is not installed", need)
		}
	}
	if err := exec.Command("/usr/bin/python3", "-c", "import uno").Run(); err != nil {
		t.Skip("LibreOffice's python3-uno is not installed")
	}
	// LibreOffice computes on one processor: two of them share the files, each with a profile of its own.
	shares := shared(t, 2, read, files)
	outs, errs := make([][]byte, len(shares)), make([]error, len(shares))
	var wg sync.WaitGroup
	for i, share := range shares {
		wg.Go(func() {
			cmd := exec.Command("/usr/bin/python3", append([]string{"testdata/recalculate.py"}, share...)...)
			cmd.Stderr = os.Stderr
			outs[i], errs[i] = cmd.Output()
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, out := range outs {
		scan := bufio.NewScanner(bytes.NewReader(out))
		scan.Buffer(nil, 1<<20)
		for scan.Scan() {
			lines = append(lines, scan.Text())
		}
	}
	return lines
}

// shared deals the files out in shares of about the same size, as arguments of recalculate.py.
func shared(t *testing.T, n, read int, files []string) [][]string {
	t.Helper()
	size := make([]int64, len(files))
	order := make([]int, len(files))
	for i, name := range files {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		size[i], order[i] = info.Size(), i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(size[b], size[a]) })
	shares, load := make([][]string, n), make([]int64, n)
	for _, i := range order {
		kind := "compute"
		if i < read {
			kind = "read"
		}
		least := slices.Index(load, slices.Min(load))
		shares[least] = append(shares[least], fmt.Sprintf("%d:%s:%s", i, kind, files[i]))
		load[least] += size[i]
	}
	return shares
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
	out := map[string]cachedCell{}
	eachCell(t, book, func(at string, _ any, f *cachedCell) {
		if f != nil {
			out[at] = *f
		}
	})
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
