package returns_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
	"github.com/xuri/excelize/v2"
)

// spoiled is a filled-in workbook with mistakes of several kinds, as it came back, and what was found in it.
func spoiled(t testing.TB, id string) (tm *models.Template, workbookBytes []byte, found []models.Finding) {
	t.Helper()
	tm = trybook.Template(t, id)
	var cells []assessment.FillCell
	for i := range tm.Criteria {
		c := &tm.Criteria[i]
		answer := tm.Scale(c)[i%2].Label()
		switch i {
		case 3:
			answer = "3/4?"
		case 5:
			answer = "all of them"
		case 8:
			answer = models.NotApplicableLabel
		}
		cells = append(cells, assessment.FillCell{Ref: c.Ref, Answer: answer, Evidence: "=SUM(1;2) as text"})
	}
	b, err := assessment.Fill(trybook.Workbook(t, tm, trybook.Round(id, "a4"), trybook.Example), assessment.Filling{Cells: cells})
	if err != nil {
		t.Fatal(err)
	}
	ret := trybook.ReadBack(tm, b)
	found = ret.Findings
	a := ret.Answers()[8]
	missing := models.NewFinding(models.CommentMissing, a.Comment.Origin, "The answer 'Not applicable' to "+a.Ref+" needs a comment, and there is none.").About(a.Ref)
	return tm, b, append(found, missing, models.NewFinding(models.RowMissing, models.Origin{File: "a return.xlsx"}, "The row of 9.9 is not in the workbook."))
}

func corrections(t testing.TB, tm *models.Template, b []byte, found []models.Finding) []byte {
	t.Helper()
	var out bytes.Buffer
	err := returns.WriteCorrections(context.Background(), &out, returns.CorrectionsInput{
		Round: trybook.Round(tm.ID, "a4"), Template: tm, Workbook: b, Findings: found,
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestCorrectionsMarkTheCellsAndKeepTheAnswers(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		t.Run(id, func(t *testing.T) {
			tm, b, found := spoiled(t, id)
			out := corrections(t, tm, b, found)
			if !bytes.Equal(out, corrections(t, tm, b, found)) {
				t.Error("twice the same makes different bytes")
			}
			if dir := os.Getenv("RUBRIC_KEEP"); dir != "" {
				trybook.WriteFile(t, dir, id+"-corrections.xlsx", out)
			}
			before, after := trybook.ReadBack(tm, b), trybook.ReadBack(tm, out)
			if !reflect.DeepEqual(before.Answers(), after.Answers()) || len(before.Answers()) != len(tm.Criteria) {
				t.Error("the answers are not the same")
			}
			for i, f := range before.Findings {
				if i >= len(after.Findings) || !reflect.DeepEqual(after.Findings[i], f) {
					t.Errorf("the finding %v is not found again", f)
				}
			}
			if len(after.Findings) != len(before.Findings) {
				t.Errorf("findings are %v", after.Findings)
			}
			f := trybook.Open(t, out)
			if list := f.GetSheetList(); list[0] != returns.SheetCorrections || list[1] != "Start" {
				t.Errorf("the sheets are %v", list)
			}
			rows, err := f.GetRows(returns.SheetCorrections)
			if err != nil {
				t.Fatal(err)
			}
			text := ""
			for _, row := range rows {
				text += strings.Join(row, "|") + "\n"
			}
			notes, err := f.GetComments("Assessment")
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range found {
				if !strings.Contains(text, x.Message) {
					t.Errorf("the list lacks %q", x.Message)
				}
				if x.Origin.Cell != "" && !slices.ContainsFunc(notes, func(c excelize.Comment) bool { return c.Cell == x.Origin.Cell }) {
					t.Errorf("there is no note at %s", x.Origin.Cell)
				}
				if ok, to, err := f.GetCellHyperLink(returns.SheetCorrections, linkTo(f, rows, x)); x.Origin.Cell != "" && (!ok || !strings.HasSuffix(to, "!"+x.Origin.Cell) || err != nil) {
					t.Errorf("the link to %s is %q (%v)", x.Origin.Cell, to, err)
				}
			}
			// Print titles belong to their sheets still.
			printed := map[string]int{"uk-dmm": 5, "csis-cdm3": 4}[id]
			if wb := trybook.PartOf(t, out, "xl/workbook.xml"); strings.Count(wb, "_xlnm.Print_Titles") != printed || !strings.Contains(wb, `localSheetId="2" name="_xlnm._FilterDatabase"`) {
				t.Errorf("the defined names are %s", wb)
			}
		})
	}
}

// linkTo is the cell of the list whose link belongs to a finding.
func linkTo(f *excelize.File, rows [][]string, x models.Finding) string {
	for i, row := range rows {
		if len(row) > 3 && strings.Contains(row[3], x.Message) {
			at, _ := excelize.CoordinatesToCellName(3, i+1)
			return at
		}
	}
	return "A1"
}

func TestCorrectionsOfCorrections(t *testing.T) {
	tm, b, found := spoiled(t, "csis-cdm3")
	once := corrections(t, tm, b, found)
	mended, err := assessment.Fill(once, assessment.Filling{Cells: []assessment.FillCell{{Ref: tm.Criteria[3].Ref, Answer: tm.Scale(&tm.Criteria[3])[0].Label()}}})
	if err != nil {
		t.Fatal(err)
	}
	ret := trybook.ReadBack(tm, mended)
	twice := corrections(t, tm, mended, ret.Findings)
	f := trybook.Open(t, twice)
	if list := f.GetSheetList(); len(list) != 7 || list[0] != returns.SheetCorrections {
		t.Errorf("the sheets are %v", list)
	}
	for _, x := range ret.Findings {
		if x.Ref == tm.Criteria[3].Ref {
			t.Errorf("the corrected answer is still found: %v", x)
		}
	}
	notes, err := f.GetComments("Assessment")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, n := range notes {
		if seen[n.Cell] {
			t.Errorf("two notes at %s", n.Cell)
		}
		seen[n.Cell] = true
	}
}

func TestNoCorrectionsWhereTheyMakeNoSense(t *testing.T) {
	tm, b, found := spoiled(t, "csis-cdm3")
	for name, in := range map[string]returns.CorrectionsInput{
		"nothing found": {Workbook: b},
		"repairs only":  {Workbook: b, Findings: []models.Finding{models.NewFinding(models.AnswerNormalised, models.Origin{Sheet: "Assessment", Cell: "E8"}, "x")}},
		"no workbook":   {Workbook: []byte("no workbook"), Findings: found},
		"cut off":       {Workbook: b[:len(b)/2], Findings: found},
	} {
		in.Round, in.Template = trybook.Round(tm.ID, "a4"), tm
		var out bytes.Buffer
		if err := returns.WriteCorrections(context.Background(), &out, in); !errors.Is(err, returns.ErrNotCorrectable) || out.Len() > 0 {
			t.Errorf("%s: error %v, and %d bytes", name, err, out.Len())
		}
	}
}

// TestCheckWorkbookCorrected holds workbooks that were filled in and go back against the schemas and against what Excel insists
// on, where the program for it is there.
func TestCheckWorkbookCorrected(t *testing.T) {
	t.Parallel()
	check := trybook.Checker(t)
	dir := t.TempDir()
	var files []string
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		tm, b, found := spoiled(t, id)
		files = append(files, trybook.WriteFile(t, dir, id+" filled in.xlsx", b), trybook.WriteFile(t, dir, id+" to correct.xlsx", corrections(t, tm, b, found)))
	}
	check(t, files...)
}
