package assessment_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"regexp"
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

// What is written about an action is never cut without a word: the page for the meeting shows it whole, or ends with where it
// stands in full, within the height of its row; what is too long for its row on Plan stands in full on Texts, and the row says
// where. Rows of Plan have no fixed height, so that they grow.
func TestTextsOfPlansAreNotCut(t *testing.T) {
	python(t)
	tm, rd := trybook.SmallTemplate(), trybook.Round("small", "a4")
	carried := plans.Action{Action: plans.Cell{Value: wordy(60)}, Cause: plans.Cell{Value: "A cause"}}
	form := plans.Form{Since: "Round 1", Rows: []plans.Row{
		{ID: "1", Ref: tm.Criteria[0].Ref, Criterion: tm.Criteria[0].Subject, Now: "Level 2"}, {ID: "2", Ref: tm.Criteria[1].Ref, Criterion: tm.Criteria[1].Subject},
		{ID: "c1", Ref: tm.Criteria[1].Ref, Criterion: tm.Criteria[1].Subject, Carried: &carried}, {ID: "a1"}, {ID: "a2"}}}
	a, err := assessment.NewActionPlan(tm, rd, form)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := a.Write(&b, trybook.Example, models.Manifest{}, ""); err != nil {
		t.Fatal(err)
	}
	f := trybook.Open(t, b.Bytes())
	rowOf := map[string]int{}
	rows, _ := f.GetRows("Plan")
	for i, r := range rows {
		if len(r) > 0 && r[0] != "" {
			rowOf[r[0]] = i + 1
		}
	}
	paragraphs := strings.Repeat("A line.\n", 12)
	typed := map[string]string{
		fmt.Sprintf("F%d", rowOf["1"]): wordy(5), fmt.Sprintf("G%d", rowOf["1"]): wordy(300),
		fmt.Sprintf("F%d", rowOf["2"]): wordy(40), fmt.Sprintf("G%d", rowOf["2"]): wordy(70), fmt.Sprintf("K%d", rowOf["2"]): wordy(9), fmt.Sprintf("H%d", rowOf["2"]): "Head of Data and Assessment, northern schools",
		fmt.Sprintf("G%d", rowOf["A1"]): wordy(14), fmt.Sprintf("H%d", rowOf["A1"]): "The head of data",
		fmt.Sprintf("B%d", rowOf["A2"]): tm.Criteria[0].Ref, fmt.Sprintf("F%d", rowOf["A2"]): paragraphs, fmt.Sprintf("G%d", rowOf["A2"]): wordy(900),
	}
	for cell, text := range typed {
		if err := f.SetCellStr("Plan", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	var saved bytes.Buffer
	if err := f.Write(&saved); err != nil {
		t.Fatal(err)
	}
	values := libreOfficeValues(t, map[string][]byte{"plan": saved.Bytes()})["plan"]
	now := func(sheet, cell string) string { x, _ := values[sheet][cell][1].(string); return x }

	texts := map[string]string{}
	whose := ""
	for row := 4; row < 200; row++ {
		if w := now("Texts", fmt.Sprintf("A%d", row)); w != "" {
			whose = w
		}
		texts[whose] += now("Texts", fmt.Sprintf("B%d", row))
	}
	squeezed := func(s string) string { return strings.Join(strings.Fields(s), "") }
	for id, want := range map[string]string{"1": wordy(300), "A2": wordy(900), "2": "", "C1": "", "A1": ""} {
		subject := now("Plan", fmt.Sprintf("C%d", rowOf[id]))
		if !strings.Contains(squeezed(texts[id]), squeezed(want)) || want == "" && texts[id] != "" {
			t.Errorf("%s stands on Texts as %.80q", id, texts[id])
		}
		if strings.Contains(subject, "In full: Texts, row ") != (want != "") {
			t.Errorf("beside %s stands %q", id, subject)
		}
	}

	shown := 0
	for cell, v := range values["Meeting"] {
		text, _ := v[1].(string)
		formula, _ := f.GetCellFormula("Meeting", cell)
		from := strings.TrimPrefix(regexp.MustCompile(`Plan![F-H][0-9]+`).FindString(formula), "Plan!")
		whole := typed[from]
		if whole == "" {
			continue
		}
		shown++
		col, row, _ := excelize.CellNameToCoordinates(cell)
		width, height := mergedWidth(t, f, cell, col), 0.0
		height, _ = f.GetRowHeight("Meeting", row)
		if text != whole {
			kept, ok := strings.CutSuffix(text, fmt.Sprintf("… (In full: Plan, row %s)", from[1:]))
			if !ok && from[:1] == "H" {
				kept, ok = strings.CutSuffix(text, "…")
			}
			if i := strings.LastIndex(text, "… (In full: Texts, row "); !ok && i > 0 {
				kept, ok = text[:i], true
			}
			if !ok || len(kept) < 15 || !strings.HasPrefix(strings.ReplaceAll(whole, "\n", " "), kept) {
				t.Errorf("Meeting!%s shows %q of %.60q", cell, text, whole)
			}
		}
		if need := draw.TextHeight(text, draw.FontSize, false, width-2); need > height {
			t.Errorf("Meeting!%s needs %.0f points and has %.0f: %q", cell, need, height, text)
		}
	}
	if shown != 8 {
		t.Errorf("%d texts are on Meeting", shown)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	part, err := fs.ReadFile(z, "xl/worksheets/sheet2.xml")
	if err != nil {
		t.Fatal(err)
	}
	for id, row := range rowOf {
		if tag := regexp.MustCompile(fmt.Sprintf(`<row r="%d"[^>]*>`, row)).FindString(string(part)); len(id) <= 2 && (tag == "" || strings.Contains(tag, "customHeight")) {
			t.Errorf("the row of %s does not grow: %s", id, tag)
		}
	}
}

// What is carried over into a plan, however long, stands with every formula as LibreOffice computes it.
func TestCarriedTextsOfPlansAreComputed(t *testing.T) {
	python(t)
	tm, rd := trybook.SmallTemplate(), trybook.Round("small", "a4")
	var rows []plans.Row
	for i, n := range []int{5, 60, 90, 700} {
		rows = append(rows, plans.Row{ID: fmt.Sprintf("c%d", i+1), Ref: tm.Criteria[i%2].Ref, Criterion: tm.Criteria[i%2].Subject,
			Carried: &plans.Action{Action: plans.Cell{Value: wordy(n)}, Cause: plans.Cell{Value: "A cause\nin two lines"}, Owner: plans.Cell{Value: wordy(n / 5)}}})
	}
	a, err := assessment.NewActionPlan(tm, rd, plans.Form{Since: "Round 1", Rows: rows})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := a.Write(&b, trybook.Example, models.Manifest{}, ""); err != nil {
		t.Fatal(err)
	}
	checkCached(t, libreOfficeValues(t, map[string][]byte{"carried": b.Bytes()})["carried"])
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/worksheets/sheet4.xml", "xl/worksheets/sheet5.xml"} {
		part, err := fs.ReadFile(z, name)
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(part, []byte("</f></c>")); n > 0 {
			t.Errorf("%s has %d formulas without a value", name, n)
		}
	}
}

// wordy are so many words, 6 letters each with the space.
func wordy(n int) string { return strings.TrimSpace(strings.Repeat("wordy ", n)) }

// mergedWidth is the width of a cell with those that it is merged with.
func mergedWidth(t *testing.T, f *excelize.File, cell string, col int) float64 {
	t.Helper()
	to := col
	merged, err := f.GetMergeCells("Meeting")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range merged {
		if m.GetStartAxis() == cell {
			to, _, _ = excelize.CellNameToCoordinates(m.GetEndAxis())
		}
	}
	sum := 0.0
	for c := col; c <= to; c++ {
		name, _ := excelize.ColumnNumberToName(c)
		w, _ := f.GetColWidth("Meeting", name)
		sum += w
	}
	return sum
}
