package consolidated_test

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Text has a contrast of at least 4.5 with what it stands on, in cells and on the bars of charts (WCAG 2.2, 1.4.3),
// and bars and boxes one of 3 with the white around them, or an outline that has it (1.4.11), but for the ramp's pale
// middle, whose parts are labelled.
func TestConsolidatedContrast(t *testing.T) {
	b := consolidatedBytes(t, exampleRound(t, "uk-dmm", 12))
	f := openWorkbook(t, b)
	seen := map[string]bool{}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for r := range min(len(rows), 60) {
			for c, v := range rows[r] {
				cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
				id, err := f.GetCellStyle(sheet, cell)
				if err != nil {
					t.Fatal(err)
				}
				style, err := f.GetStyle(id)
				if err != nil {
					t.Fatal(err)
				}
				text, ground := "000000", "FFFFFF"
				if style.Font != nil && style.Font.Color != "" {
					text = style.Font.Color
				}
				if style.Fill.Pattern == 1 && len(style.Fill.Color) == 1 {
					ground = strings.TrimPrefix(style.Fill.Color[0], "#")
				}
				pair := text + " on " + ground
				if v == "" || seen[pair] {
					continue
				}
				seen[pair] = true
				if got := contrast(t, text, ground); got < 4.5 {
					t.Errorf("%s!%s: contrast of %s is %.1f", sheet, cell, pair, got)
				}
			}
		}
	}
	if len(seen) < 5 {
		t.Errorf("only %d pairs of colours were found", len(seen))
	}
	bars := 0
	for name, part := range partsOf(t, b) {
		if !strings.HasPrefix(name, "xl/charts/chart") {
			continue
		}
		for _, s := range regexp.MustCompile(`(?s)<c:ser>.*?</c:ser>`).FindAllString(part, -1) {
			look := regexp.MustCompile(`^<c:ser>.*?<c:spPr><a:solidFill><a:srgbClr val="(\w+)"/></a:solidFill><a:ln w="\d+"><a:solidFill><a:srgbClr val="(\w+)"/>`).FindStringSubmatch(s)
			if look == nil {
				continue // a marker, or a part that only lifts the next
			}
			bars++
			label := regexp.MustCompile(`<c:dLbls>.*?<a:srgbClr val="(\w+)"/>`).FindStringSubmatch(s)
			stacked := strings.Contains(part, `<c:grouping val="stacked"/>`)
			if label != nil && stacked {
				if got := contrast(t, label[1], look[1]); got < 4.5 {
					t.Errorf("%s: contrast of a label %s on %s is %.1f", name, label[1], look[1], got)
				}
				continue
			}
			if got := max(contrast(t, look[1], "FFFFFF"), contrast(t, look[2], "FFFFFF")); got < 3 {
				t.Errorf("%s: contrast of a bar %s with outline %s is %.1f", name, look[1], look[2], got)
			}
		}
	}
	if bars < 6 {
		t.Errorf("only %d bars were found", bars)
	}
}

// contrast is the contrast ratio of two colours as WCAG 2.2 defines it.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	luminance := func(colour string) float64 {
		if len(colour) == 8 {
			colour = colour[2:]
		}
		var sum float64
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			v, err := strconv.ParseUint(colour[2*i:2*i+2], 16, 8)
			if err != nil {
				t.Fatal(fmt.Errorf("colour %q: %w", colour, err))
			}
			x := float64(v) / 255
			if x <= 0.04045 {
				x /= 12.92
			} else {
				x = math.Pow((x+0.055)/1.055, 2.4)
			}
			sum += weight * x
		}
		return sum
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
