package returns_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// Without its reference a Start sheet still says an organisation's name, which may be another's than the one
// the workbook was made for.
func TestReadReturnNameWithoutReference(t *testing.T) {
	tpl := trybook.Template(t, "uk-dmm")
	whole := plainWorkbook(t, tpl, func(*models.Criterion) [4]any { return [4]any{"4 – Developing", "", "", ""} })
	for _, shown := range []string{"", "see the message"} {
		f, err := excelize.OpenReader(bytes.NewReader(whole))
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStr("Start", "B2", shown); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStr("Start", "B1", "Example County Schools"); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		var got []models.Claim
		for _, c := range read(t, tpl, b.Bytes()).Claims {
			if c.Place == models.VisibleReference {
				got = append(got, c)
			}
		}
		want := models.Claim{Place: models.VisibleReference, Name: "Example County Schools", Origin: models.Origin{File: "return.xlsx", Sheet: "Start", Cell: "B1"}}
		if len(got) != 1 || got[0] != want {
			t.Errorf("reference %q: got %+v, want %+v", shown, got, want)
		}
	}
}
