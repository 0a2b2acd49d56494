package returns_test

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// TestTextsAreWhatIsShown types into a comment what is no text, and reads what the cell shows; what cannot be known is said.
func TestTextsAreWhatIsShown(t *testing.T) {
	whole, _ := trybook.SmallFilled(t)
	tm := trybook.SmallTemplate()
	plain := trybook.ReadBack(tm, whole)
	at := plain.Answer("1.1").Comment.Origin
	for _, x := range []struct {
		name, format string
		value        any
		formula      string
		want         string
		code         models.Code
	}{
		{"a duration beyond a day", "[h]:mm:ss", 1.25, "", "30:00:00", ""},
		{"a duration in hours and minutes", "[hh]:mm", 2.5, "", "60:00:00", ""},
		{"a time of day", "h:mm", 0.4375, "", "10:30:00", ""},
		{"a day", "yyyy-mm-dd", 46085.0, "", "2026-03-04", ""},
		{"a share", "0%", 0.25, "", "25%", ""},
		{"a link whose result a program did not write", "", nil, `HYPERLINK("https://example.org/x","our policy")`, "<https://example.org/x>", models.TextNoValue},
	} {
		f := trybook.Open(t, whole)
		must(f.SetCellValue(at.Sheet, at.Cell, x.value))
		if x.formula != "" {
			must(f.SetCellFormula(at.Sheet, at.Cell, x.formula))
		}
		if x.format != "" {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &x.format})
			must(err)
			must(f.SetCellStyle(at.Sheet, at.Cell, at.Cell, style))
		}
		b, err := f.WriteToBuffer()
		must(err)
		ret := trybook.ReadBack(tm, b.Bytes())
		if got := ret.Answer("1.1").Comment.Value; got != x.want {
			t.Errorf("%s: the comment is %q, want %q", x.name, got, x.want)
		}
		if x.code != "" && !trybook.HasCode(ret, x.code) {
			t.Errorf("%s: findings %s, want %s", x.name, strings.Join(trybook.FindingList(ret), "; "), x.code)
		}
	}
}
