package xlsx_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Texts of the criteria, topics, recipients and findings are shown whole: on one line of their column, or on as many
// as their row is high. A column width counts digits, so a letter more than it says still fits.
func TestConsolidatedCutsNoText(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		t.Run(id, func(t *testing.T) {
			in := exampleRound(t, id, 12)
			in.Members[2].Recipient.Name = strings.Repeat("The Example Joint Board for Very Long Names ", 2) + "and Others"
			in.Template.Criteria[1].Subject = "A criterion whose subject is so long that it can be shown only on several lines of its column, whatever its width"
			f := openWorkbook(t, consolidatedBytes(t, in))
			for sheet, columns := range map[string]string{
				"Criteria": "ABCD", "Distribution by group": "ABCDE", "Comments": "ABCDEF", "Findings": "ABCEF", "Priorities": "BCHI",
				"Template": "BCDEFGHI", "Heat map": "ABCD", "Register": "ABCD",
			} {
				rows, err := f.GetRows(sheet)
				if err != nil {
					t.Fatal(err)
				}
				checked := 0
				for r, row := range rows {
					if r < 4 {
						continue // titles and notes run on into the empty cells beside them
					}
					for _, col := range columns {
						k := int(col - 'A')
						if k >= len(row) || row[k] == "" || strings.Trim(row[k], "0123456789.%") == "" {
							continue
						}
						checked++
						if why := cut(t, f, sheet, k+1, r+1, row[k]); why != "" {
							t.Errorf("%s!%c%d: %s: %q", sheet, col, r+1, why, row[k])
						}
					}
				}
				if checked == 0 {
					t.Errorf("%s: no text was found", sheet)
				}
			}
		})
	}
}

// cut says why a cell does not show all of its text, or "".
func cut(t *testing.T, f *excelize.File, sheet string, col, row int, text string) string {
	t.Helper()
	name, _ := excelize.ColumnNumberToName(col)
	cell := fmt.Sprintf("%s%d", name, row)
	width, err := f.GetColWidth(sheet, name)
	if err != nil {
		t.Fatal(err)
	}
	height, err := f.GetRowHeight(sheet, row)
	if err != nil {
		t.Fatal(err)
	}
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	lines, longest := 0, 0
	for line := range strings.SplitSeq(text, "\n") {
		n := utf8.RuneCountInString(line)
		longest = max(longest, n)
		lines += max(1, (n+int(width)-1)/int(width))
	}
	switch wraps := style.Alignment != nil && style.Alignment.WrapText; {
	case !wraps && float64(longest) > width+1:
		return fmt.Sprintf("%d characters in a column of %.0f", longest, width)
	case wraps && float64(lines)*15 > max(height, 15)+1:
		return fmt.Sprintf("%d lines in a row of %.0f points", lines, height)
	}
	return ""
}

// A bar is as long as its share: in the extension, by which later programs go, its ends are given too.
func TestConsolidatedBarsEndAtOne(t *testing.T) {
	in := exampleRound(t, "uk-dmm", 12)
	bars := 0
	for name, part := range partsOf(t, consolidatedBytes(t, in)) {
		if !strings.HasPrefix(name, "xl/worksheets/sheet") {
			continue
		}
		for _, end := range []string{"autoMin", "autoMax"} {
			if strings.Contains(part, end) {
				t.Errorf("%s: a bar ends at %s", name, end)
			}
		}
		n := strings.Count(part, "<x14:dataBar ")
		bars += n
		if got := strings.Count(part, `<x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo><x14:cfvo type="num"><xm:f>1</xm:f></x14:cfvo>`); got != n {
			t.Errorf("%s: %d of %d bars go from 0 to 1", name, got, n)
		}
	}
	if bars < 5 {
		t.Errorf("%d bars, there should be some on several sheets", bars)
	}
}

// The chart of the sheet Compare names what is shown by the cell in which it is chosen, and the steps that only the
// chart needs are hidden.
func TestCompareChartNamesWhatIsShown(t *testing.T) {
	b := consolidatedBytes(t, exampleRound(t, "uk-dmm", 12))
	f := openWorkbook(t, b)
	chosen, err := f.GetCellValue("Compare", "A5")
	if err != nil || chosen == "" {
		t.Fatalf("Compare!A5 is %q, %v", chosen, err)
	}
	want := "<c:tx><c:strRef><c:f>&#39;Compare&#39;!$A$5</c:f><c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\"><c:v>" + chosen + "</c:v></c:pt></c:strCache></c:strRef></c:tx>"
	found := 0
	for name, part := range partsOf(t, b) {
		if strings.HasPrefix(name, "xl/charts/chart") && strings.Contains(part, want) {
			found++
			if !strings.Contains(part, `<c:plotVisOnly val="0"/>`) {
				t.Error("the chart leaves out what hidden columns hold")
			}
		}
	}
	if found != 1 {
		t.Errorf("%d charts are named by the cell, want 1", found)
	}
	for col, want := range map[string]bool{"J": true, "L": false, "P": false} {
		if got, err := f.GetColVisible("Compare", col); err != nil || got != want {
			t.Errorf("column %s: visible %v, %v; want %v", col, got, err, want)
		}
	}
}

func openWorkbook(t *testing.T, b []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// partsOf unpacks a workbook.
func partsOf(t *testing.T, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(part)
	}
	return out
}
