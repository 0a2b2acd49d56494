package assessment_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// partCopy writes the copy of a respondent who has the topics.
func partCopy(t testing.TB, tm *models.Template, rd *models.Round, topics []string) ([]byte, models.Manifest) {
	t.Helper()
	a, err := assessment.NewPart(tm, rd, topics)
	if err != nil {
		t.Fatal(err)
	}
	m := models.Manifest{Round: rd.ID, Template: tm.ID, TemplateVersion: tm.Version, TemplateDigest: "0123456789abcdef",
		Recipient: trybook.Example.ID, Name: trybook.Example.Name, Part: "respondent:Example Person & 'Sons'", Topics: models.TopicList(topics)}.Sealed([]byte("the round's key"))
	var out bytes.Buffer
	if err := a.Write(&out, trybook.Example, m, m.Reference([]byte("the round's key"))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), m
}

// TestPartHoldsItsTopics makes the workbooks of two topics (the first of csis-cdm3 is mostly symptoms): it says in all three places which part it is, and what
// is filled in is read back, no more and no less.
func TestPartHoldsItsTopics(t *testing.T) {
	for _, id := range templates.IDs() {
		tm := trybook.Template(t, id)
		rd := trybook.Round(id, "a4")
		for _, topic := range []models.Topic{tm.Topics[0], tm.Topics[2]} {
			t.Run(id+" "+topic.ID, func(t *testing.T) {
				blank, m := partCopy(t, tm, rd, []string{topic.ID})
				if dir := os.Getenv("RUBRIC_KEEP"); dir != "" {
					trybook.WriteFile(t, dir, id+" "+topic.ID+".xlsx", blank)
				}
				var cells []assessment.FillCell
				want := map[string]string{}
				for _, c := range tm.CriteriaOf(topic.ID, "") {
					step := tm.Scale(c)[1]
					cells = append(cells, assessment.FillCell{Ref: c.Ref, Answer: step.Label(), Comment: "about " + c.Ref})
					want[c.Ref] = fmt.Sprint(step.Number)
				}
				filled, err := assessment.Fill(blank, assessment.Filling{Cells: cells})
				if err != nil {
					t.Fatal(err)
				}
				ret := returns.Read(context.Background(), bytes.NewReader(filled), int64(len(filled)), "a.xlsx", returns.ReadOptions{Template: tm})
				if len(ret.Findings) > 0 {
					t.Errorf("findings: %v", ret.Findings)
				}
				got := map[string]string{}
				for _, a := range ret.Answers() {
					got[a.Ref] = a.Level.Value.String()
				}
				if fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("read %v, filled in %v", got, want)
				}
				places := 0
				for _, c := range ret.Claims {
					if c.Place == models.VisibleReference && c.Reference == m.Reference([]byte("the round's key")) || c.Manifest == m {
						places++
					}
				}
				if places != 3 || len(ret.Claims) != 3 {
					t.Errorf("%d of three places say which part it is: %+v", places, ret.Claims)
				}
			})
		}
	}
}

func TestPartSaysWhatItIsAPartOf(t *testing.T) {
	tm, rd := trybook.Template(t, "csis-cdm3"), trybook.Round("csis-cdm3", "a4")
	b, _ := partCopy(t, tm, rd, []string{"L2", "L4"})
	f := trybook.Open(t, b)
	start, err := f.GetRows("Start")
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprint(start)
	two, _ := tm.Topic("L2")
	three, _ := tm.Topic("L3")
	for _, want := range []string{"2 of 5 topics", two.Name, "Example Person & 'Sons'"} {
		if !strings.Contains(text, want) {
			t.Errorf("Start does not say %q", want)
		}
	}
	if strings.Contains(text, three.Name+" ") {
		t.Errorf("Start names the topic %s, which is not in the workbook", three.Name)
	}
	results, err := f.GetRows("Results")
	if err != nil {
		t.Fatal(err)
	}
	text = fmt.Sprint(results)
	if !strings.Contains(text, "The level is worked out from all parts") || strings.Contains(text, "What keeps level") {
		t.Error("Results shows a level for a part")
	}
	if _, err := assessment.NewPart(tm, rd, []string{"no such topic"}); err == nil {
		t.Error("a part without criteria was made")
	}
}

// TestPartCopiesAreApart writes copies of two respondents from one part in turns.
func TestPartCopiesAreApart(t *testing.T) {
	tm, rd := trybook.Template(t, "uk-dmm"), trybook.Round("uk-dmm", "a4")
	a, err := assessment.NewPart(tm, rd, []string{"1"})
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string) []byte {
		var b bytes.Buffer
		if err := a.Write(&b, trybook.Example, models.Manifest{Recipient: trybook.Example.ID, Part: "respondent:" + name, Topics: "1"}, "7K2M-9QXT-04BD"); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	ann, ben := write("Head of Data"), write("Head of IT")
	if !bytes.Equal(ann, write("Head of Data")) || bytes.Equal(ann, ben) {
		t.Error("the copies depend on the order in which they are written")
	}
	for _, c := range []struct{ workbook, name string }{{string(ann), "Head of Data"}, {string(ben), "Head of IT"}} {
		rows, err := trybook.Open(t, []byte(c.workbook)).GetRows("Start")
		if err != nil || !slices.ContainsFunc(rows, func(r []string) bool { return strings.Contains(strings.Join(r, "|"), "For|"+c.name) }) {
			t.Errorf("the copy of %s is not for him or her (%v)", c.name, err)
		}
	}
}
