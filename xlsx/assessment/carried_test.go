package assessment_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// lastYear is the earlier round of the tests.
const lastYear = "Data maturity 2025, 30 January 2026"

// prefilled writes the workbook of the example recipient with what was carried over.
func prefilled(t testing.TB, tm *models.Template, rd *models.Round, carried []crosswalk.Carried) []byte {
	t.Helper()
	a, err := assessment.New(tm, rd, assessment.Following(lastYear))
	if err != nil {
		t.Fatal(err)
	}
	return carriedCopy(t, a, rd, tm, carried)
}

func carriedCopy(t testing.TB, a *assessment.Workbook, rd *models.Round, tm *models.Template, carried []crosswalk.Carried) []byte {
	t.Helper()
	key := []byte("the round's key")
	m := models.Manifest{Round: rd.ID, Template: tm.ID, TemplateVersion: tm.Version, TemplateDigest: "0123456789abcdef",
		Recipient: trybook.Example.ID, Name: trybook.Example.Name}.Sealed(key)
	var out bytes.Buffer
	if err := a.WriteCarried(&out, trybook.Example, m, m.Reference(key), carried); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// carriedFor makes up what a recipient answered before, with a share of blanks.
func carriedFor(tm *models.Template, seed uint64) []crosswalk.Carried {
	r := rand.New(rand.NewPCG(seed, 3))
	var out []crosswalk.Carried
	for i := range tm.Criteria {
		c := &tm.Criteria[i]
		scale := tm.Scale(c)
		x := crosswalk.Carried{Ref: c.Ref, From: []string{c.Ref}}
		switch k := r.IntN(10); {
		case k == 0:
			continue
		case k == 1:
			x.Said = "1.1: 2 – Emerging\n1.2: 3 – Learning"
		case k == 2 && tm.Answers.NotApplicable:
			x.Level, x.Said, x.Comment = models.NotApplicable(), models.NotApplicableLabel, "We have none, _x0041_ & <none>"
		default:
			x.Level = models.At(scale[r.IntN(len(scale))].Number)
			x.Said = scale.Label(x.Level)
			if tm.Answers.Targets && k < 6 {
				x.Target = models.At(scale.Highest())
			}
			if k < 5 {
				x.Evidence = "Minutes of 3 May\n=SUM(A1) is no formula here, " + c.Ref
			}
			if k == 5 {
				x.Comment = strings.Repeat("A long remark on how things stand. ", 30)
			}
		}
		out = append(out, x)
	}
	return out
}

// What is carried over is read back as it was written, and nothing beside it; the rest is blank.
func TestCarriedAnswersAreReadBack(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		tm := trybook.Template(t, id)
		carried := carriedFor(tm, 1)
		ret := trybook.ReadBack(tm, prefilled(t, tm, trybook.Round(id, "a4"), carried))
		for _, f := range ret.Findings {
			t.Errorf("%s: %s: %s", id, f.Code, f.Message)
		}
		want := map[string]crosswalk.Carried{}
		for _, x := range carried {
			if !x.Level.IsBlank() {
				want[x.Ref] = x
			}
		}
		for i := range ret.Answers() {
			a := &ret.Answers()[i]
			x, there := want[a.Ref]
			if there != !a.Level.Value.IsBlank() || there && (!x.Untouched(a) || a.Evidence.Value != x.Evidence) {
				t.Errorf("%s: %s: read %+v, carried %+v", id, a.Ref, a, x)
			}
		}
		if len(ret.Answers()) != len(tm.Criteria) {
			t.Errorf("%s: %d answers read", id, len(ret.Answers()))
		}
	}
}

// A workbook with nothing carried over is the blank one: the values that are calculated for each copy are those
// that are known of the blank workbook.
func TestCarriedNothingIsTheBlankWorkbook(t *testing.T) {
	for _, tm := range []*models.Template{trybook.Template(t, "uk-dmm"), trybook.Template(t, "csis-cdm3"), weightedFromZero(), mixedKinds()} {
		rd := trybook.Round(tm.ID, "a4")
		if tm.ID == "weighted" {
			rd.Scoring = &models.Scoring{Method: methods.Mean}
		}
		a, err := assessment.New(tm, rd, assessment.Following(lastYear))
		if err != nil {
			t.Fatal(err)
		}
		blank, carried := trybook.CopyOf(t, a, rd, tm, trybook.Example), carriedCopy(t, a, rd, tm, nil)
		for _, part := range []string{"sheet1", "sheet2", "sheet3", "sheet4", "sheet5"} { // Lists is the fourth, or the fifth where there are levels
			name := "xl/worksheets/" + part + ".xml"
			x, y := trybook.PartOf(t, blank, name), trybook.PartOf(t, carried, name)
			if x != y {
				i := 0
				for i < min(len(x), len(y)) && x[i] == y[i] {
					i++
				}
				t.Errorf("%s, %s differs: %.120s", tm.ID, part, y[max(0, i-60):])
			}
		}
		if len(tm.Themes) > 1 && trybook.PartOf(t, blank, "xl/charts/chart1.xml") != trybook.PartOf(t, carried, "xl/charts/chart1.xml") {
			t.Errorf("%s: the chart differs", tm.ID)
		}
	}
}

// The column Status says what is carried over, until the answer or a text is touched, or its row says that it still
// holds: then it counts as done, and the reader knows.
func TestCarriedStatus(t *testing.T) {
	tm := trybook.Template(t, "uk-dmm")
	carried := []crosswalk.Carried{
		{Ref: "1.1", Level: models.At(2), Evidence: "e", Said: "2 – Emerging"},
		{Ref: "1.2", Level: models.At(2), Said: "2 – Emerging"},
		{Ref: "1.3", Said: "a: 2\nb: 3"},
	}
	b := prefilled(t, tm, trybook.Round("uk-dmm", "a4"), carried)
	status := func(b []byte) map[string]string {
		rows, err := trybook.Open(t, b).GetRows("Assessment")
		if err != nil {
			t.Fatal(err)
		}
		var head []string
		out := map[string]string{}
		for _, row := range rows {
			if slices.Contains(row, "Ref") {
				head = row
			}
			if k := slices.Index(head, "Status"); k >= 0 && k < len(row) {
				out[row[0]] = row[k]
			}
		}
		return out
	}
	got := status(b)
	if got["1.1"] != "Carried over – check" || got["1.2"] != "Carried over – check" || got["1.3"] != "Answer needed" || got["1.4"] != "Answer needed" {
		t.Errorf("as sent: %v", got)
	}
	touched, err := assessment.Fill(b, assessment.Filling{Cells: []assessment.FillCell{{Ref: "1.1", Evidence: "e and more"}, {Ref: "1.2", Answer: tm.LevelScale().Label(models.At(3))}}})
	if err != nil {
		t.Fatal(err)
	}
	if got = status(touched); got["1.1"] != "Done" || got["1.2"] != "Done" {
		t.Errorf("touched: %v", got)
	}
	left := func(b []byte) string {
		rows, err := trybook.Open(t, b).GetRows("Start")
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, text := range row {
				if strings.HasSuffix(text, "still to be confirmed or changed") {
					return text
				}
			}
		}
		return ""
	}
	if got := left(b); got != "2 answers from "+lastYear+" still to be confirmed or changed" {
		t.Errorf("Start says %q", got)
	}
	confirmed, err := assessment.Fill(b, assessment.Filling{Cells: []assessment.FillCell{{Ref: "1.1", Confirmed: "Yes"}}})
	if err != nil {
		t.Fatal(err)
	}
	if got = status(confirmed); got["1.1"] != "Done" || got["1.2"] != "Carried over – check" {
		t.Errorf("confirmed: %v", got)
	}
	if got := left(confirmed); got != "1 answers from "+lastYear+" still to be confirmed or changed" {
		t.Errorf("Start says %q", got)
	}
	if ret := trybook.ReadBack(tm, confirmed); !slices.Equal(ret.Confirmed, []string{"1.1"}) || len(ret.Findings) > 0 {
		t.Errorf("confirmed: read %v, %v", ret.Confirmed, trybook.FindingList(ret))
	}
}

// One workbook's answers never stand in another, and the same arguments give the same bytes.
func TestCarriedAnswersStayWithTheirRecipient(t *testing.T) {
	tm := trybook.Template(t, "uk-dmm")
	a, err := assessment.New(tm, trybook.Round("uk-dmm", "a4"), assessment.Following(lastYear))
	if err != nil {
		t.Fatal(err)
	}
	write := func(id string, list []crosswalk.Carried) []byte {
		var out bytes.Buffer
		if err := a.WriteCarried(&out, models.Recipient{ID: id, Name: "Example " + id}, models.Manifest{Recipient: id}, "ref-"+id, list); err != nil {
			t.Error(err)
		}
		return out.Bytes()
	}
	mine := func(id string) []crosswalk.Carried {
		return []crosswalk.Carried{{Ref: "1.1", Level: models.At(3), Comment: "the secret of " + id, Said: "3 – said by " + id}}
	}
	first := write("A", mine("A"))
	done := make(chan []byte)
	for _, id := range []string{"B", "C", "D"} {
		go func() { done <- write(id, mine(id)) }()
	}
	var others [][]byte
	for range 3 {
		others = append(others, <-done)
	}
	for _, b := range append(others, write("E", nil)) {
		f := trybook.Open(t, b)
		for _, sheet := range f.GetSheetList() {
			rows, err := f.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(fmt.Sprint(rows), "secret of A") || strings.Contains(fmt.Sprint(rows), "said by A") {
				t.Errorf("sheet %s of another holds the answers of A", sheet)
			}
		}
	}
	if !bytes.Equal(first, write("A", mine("A"))) {
		t.Error("the same arguments gave other bytes")
	}
}

// carriedWorkbooks are prefilled workbooks for a look by LibreOffice, with what scoring makes of their answers.
func carriedWorkbooks(t *testing.T) (map[string][]byte, map[string]models.Scorecard) {
	books, cards := map[string][]byte{}, map[string]models.Scorecard{}
	for _, tm := range []*models.Template{trybook.Template(t, "uk-dmm"), trybook.Template(t, "csis-cdm3")} {
		rd := trybook.Round(tm.ID, "a4")
		carried := carriedFor(tm, 5)
		var answers []models.Answer
		for _, x := range carried {
			answers = append(answers, models.Answer{Ref: x.Ref, Level: models.Sourced[models.Choice]{Value: x.Level}})
		}
		books["carried-"+tm.ID] = prefilled(t, tm, rd, carried)
		cards["carried-"+tm.ID] = scoring.Score(tm, tm.Scoring, answers)
	}
	return books, cards
}
