package assessment_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// A day has room in its column, whichever it is: a spreadsheet program shows ### in place of one that has not.
func TestDaysOfPlansHaveRoom(t *testing.T) {
	tm, rd := trybook.SmallTemplate(), trybook.Round("small", "a4")
	rows := []plans.Row{{ID: "1", Ref: tm.Criteria[0].Ref, Criterion: tm.Criteria[0].Subject}, {ID: "a1"}}
	a, err := assessment.NewActionPlan(tm, rd, plans.Form{Rows: rows})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := a.Write(&b, trybook.Example, models.Manifest{}, ""); err != nil {
		t.Fatal(err)
	}
	f := trybook.Open(t, b.Bytes())
	places := map[string][]string{"Plan": {"I5"}, "Meeting": followers(t, f, "Plan!I")}
	if len(places["Meeting"]) != 2 {
		t.Fatalf("the days of the sheet Plan stand in %q of the sheet Meeting", places["Meeting"])
	}
	for sheet, cells := range places {
		for _, cell := range cells {
			col, _, _ := excelize.CellNameToCoordinates(cell)
			name, _ := excelize.ColumnNumberToName(col)
			width, err := f.GetColWidth(sheet, name)
			if err != nil {
				t.Fatal(err)
			}
			for month := time.January; month <= time.December; month++ {
				if err := f.SetCellValue(sheet, cell, time.Date(2026, month, 28, 0, 0, 0, 0, time.UTC)); err != nil {
					t.Fatal(err)
				}
				day, _ := f.GetCellValue(sheet, cell)
				// Two digits less for the cell's indent.
				if draw.TextHeight(day, draw.FontSize, false, width-2) > draw.TextHeight("1", draw.FontSize, false, width-2) {
					t.Errorf("%s!%s: %q has no room in a column of %v", sheet, cell, day, width)
				}
			}
		}
	}
}

// followers are the cells of the sheet Meeting whose formulas name a column of the sheet Plan.
func followers(t *testing.T, f *excelize.File, column string) (out []string) {
	t.Helper()
	for row := 1; row < 60; row++ {
		for col := 1; col <= 6; col++ {
			cell, _ := excelize.CoordinatesToCellName(col, row)
			if formula, _ := f.GetCellFormula("Meeting", cell); strings.Contains(formula, column) {
				out = append(out, cell)
			}
		}
	}
	return out
}
