package xlsx_test

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
	"github.com/rubric-project/rubric/xlsx"
	"github.com/xuri/excelize/v2"
)

func readBack(tm *models.Template, b []byte) models.Return {
	return xlsx.ReadReturn(context.Background(), bytes.NewReader(b), int64(len(b)), "a return.xlsx", xlsx.ReadOptions{Template: tm})
}

// spoiled is a filled-in workbook with mistakes of several kinds, as it came back, and what was found in it.
func spoiled(t testing.TB, id string) (tm *models.Template, workbookBytes []byte, found []models.Finding) {
	t.Helper()
	tm = template(t, id)
	var cells []xlsx.FillCell
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
		cells = append(cells, xlsx.FillCell{Ref: c.Ref, Answer: answer, Evidence: "=SUM(1;2) as text"})
	}
	b, err := xlsx.Fill(workbook(t, tm, round(id, "a4"), example), xlsx.Filling{Cells: cells})
	if err != nil {
		t.Fatal(err)
	}
	ret := readBack(tm, b)
	found = ret.Findings
	a := ret.Answers()[8]
	missing := models.NewFinding(models.CommentMissing, a.Comment.Origin, "The answer 'Not applicable' to "+a.Ref+" needs a comment, and there is none.").About(a.Ref)
	return tm, b, append(found, missing, models.NewFinding(models.RowMissing, models.Origin{File: "a return.xlsx"}, "The row of 9.9 is not in the workbook."))
}

func corrections(t testing.TB, tm *models.Template, b []byte, found []models.Finding) []byte {
	t.Helper()
	var out bytes.Buffer
	err := xlsx.WriteCorrections(context.Background(), &out, xlsx.CorrectionsInput{
		Round: round(tm.ID, "a4"), Template: tm, Workbook: b, Findings: found,
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
				writeFile(t, dir, id+"-corrections.xlsx", out)
			}
			before, after := readBack(tm, b), readBack(tm, out)
			if !reflect.DeepEqual(before.Answers(), after.Answers()) || len(before.Answers()) != len(tm.Criteria) {
				t.Error("the answers are not the same")
			}
			for i, f := range before.Findings {
				if i >= len(after.Findings) || after.Findings[i] != f {
					t.Errorf("the finding %v is not found again", f)
				}
			}
			if len(after.Findings) != len(before.Findings) {
				t.Errorf("findings are %v", after.Findings)
			}
			f := open(t, out)
			if list := f.GetSheetList(); list[0] != xlsx.SheetCorrections || list[1] != "Start" {
				t.Errorf("the sheets are %v", list)
			}
			rows, err := f.GetRows(xlsx.SheetCorrections)
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
				if ok, to, err := f.GetCellHyperLink(xlsx.SheetCorrections, linkTo(f, rows, x)); x.Origin.Cell != "" && (!ok || !strings.HasSuffix(to, "!"+x.Origin.Cell) || err != nil) {
					t.Errorf("the link to %s is %q (%v)", x.Origin.Cell, to, err)
				}
			}
			// Print titles belong to their sheets still.
			if wb := partOf(t, out, "xl/workbook.xml"); strings.Count(wb, "_xlnm.Print_Titles") != 3 || !strings.Contains(wb, `localSheetId="2" name="_xlnm._FilterDatabase"`) {
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
	mended, err := xlsx.Fill(once, xlsx.Filling{Cells: []xlsx.FillCell{{Ref: tm.Criteria[3].Ref, Answer: tm.Scale(&tm.Criteria[3])[0].Label()}}})
	if err != nil {
		t.Fatal(err)
	}
	ret := readBack(tm, mended)
	twice := corrections(t, tm, mended, ret.Findings)
	f := open(t, twice)
	if list := f.GetSheetList(); len(list) != 6 || list[0] != xlsx.SheetCorrections {
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
	for name, in := range map[string]xlsx.CorrectionsInput{
		"nothing found": {Workbook: b},
		"repairs only":  {Workbook: b, Findings: []models.Finding{models.NewFinding(models.AnswerNormalised, models.Origin{Sheet: "Assessment", Cell: "E8"}, "x")}},
		"no workbook":   {Workbook: []byte("no workbook"), Findings: found},
		"cut off":       {Workbook: b[:len(b)/2], Findings: found},
	} {
		in.Round, in.Template = round(tm.ID, "a4"), tm
		var out bytes.Buffer
		if err := xlsx.WriteCorrections(context.Background(), &out, in); !errors.Is(err, xlsx.ErrNotCorrectable) || out.Len() > 0 {
			t.Errorf("%s: error %v, and %d bytes", name, err, out.Len())
		}
	}
}
