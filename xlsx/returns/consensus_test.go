package returns_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/settings"
	"github.com/rubric-project/rubric/models/views"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// fiveViews are five views of a template: all agree about every third criterion, the rest lie apart; some write what looks
// like an answer, some at length, and one leaves blanks.
func fiveViews(tm *models.Template) []views.View {
	roles := []string{"Head of IT", "Evidence", "3", "", "Comment"}
	list := make([]views.View, 5)
	for v := range list {
		name := fmt.Sprintf("Respondent %d", v+1)
		list[v] = views.View{Part: views.PartOf(name, "", roles[v], nil), Digest: fmt.Sprintf("%08x", 7919*(5-v))}
		for i := range tm.Criteria {
			c := &tm.Criteria[i]
			s := tm.Scale(c)
			x := s[(i/3)%len(s)].Number
			if i%3 > 0 {
				x = s[(i+v*(i%2+1))%len(s)].Number
			}
			a := models.Answer{Ref: c.Ref}
			a.Level.Value = models.At(x)
			switch {
			case v == 4 && i%5 == 1:
				a.Level.Value = models.Blank()
			case v == 2 && i%7 == 2 && tm.Answers.NotApplicable:
				a.Level.Value = models.NotApplicable()
			}
			switch i % 4 {
			case 0:
				a.Comment.Value = s[0].Label()
			case 1:
				a.Comment.Value, a.Evidence.Value = "3", fmt.Sprint("Policy of 2025, page ", v)
			case 2:
				if v == 1 {
					a.Comment.Value = strings.Repeat("A long comment that says a lot. ", 160)
				}
			}
			if tm.Answers.Targets && v == 0 {
				a.Target.Value = models.At(s.Highest())
			}
			list[v].Answers = append(list[v].Answers, a)
		}
	}
	return list
}

// consensusOf makes the consensus workbook of some views.
func consensusOf(t testing.TB, tm *models.Template, rd *models.Round, list []views.View) []byte {
	t.Helper()
	a, err := assessment.NewConsensus(tm, rd, list)
	if err != nil {
		t.Fatal(err)
	}
	m := models.Manifest{Round: rd.ID, Template: tm.ID, TemplateVersion: tm.Version, TemplateDigest: "0123456789abcdef", Recipient: trybook.Example.ID, Name: trybook.Example.Name,
		Part: views.ConsensusID, Topics: models.TopicList(views.Sources(list))}.Sealed([]byte("the round's key"))
	var out bytes.Buffer
	if err := a.Write(&out, trybook.Example, m, m.Reference([]byte("the round's key"))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// levels writes what a return says, in short.
func levelsOf(ret models.Return) map[string]string {
	out := map[string]string{}
	for _, a := range ret.Answers() {
		if !a.Level.Value.IsBlank() {
			out[a.Ref] = a.Level.Value.String()
		}
	}
	return out
}

// A consensus workbook is read as a return, in which nothing is an answer but what the meeting chooses: of the views, of what
// they wrote and of roles that are words of ours nothing is taken for one. As it goes out it holds what all agree on.
func TestAConsensusWorkbookIsReadAsAReturn(t *testing.T) {
	var books []string
	dir := t.TempDir()
	for _, id := range []string{"small", "uk-dmm", "csis-cdm3"} {
		for _, lang := range []string{"en-GB", "es-ES"} {
			for _, roles := range []string{"", "withheld"} {
				t.Run(id+" "+lang+" "+roles, func(t *testing.T) {
					tm := trybook.SmallTemplate()
					if id != "small" {
						tm = trybook.Template(t, id)
					}
					rd := trybook.Round(id, "a4")
					rd.Language, rd.Views = lang, settings.Views{Roles: roles}
					list := fiveViews(tm)
					blank := consensusOf(t, tm, rd, list)
					if again := consensusOf(t, tm, rd, list); !bytes.Equal(blank, again) {
						t.Error("the same views give other bytes")
					}
					want := map[string]string{}
					side := views.Side(tm, list)
					for i := range side {
						if x, ok := side[i].Agrees(); ok {
							want[side[i].Ref] = x.String()
						}
					}
					read := func(b []byte) models.Return {
						return returns.Read(t.Context(), bytes.NewReader(b), int64(len(b)), "c.xlsx", returns.ReadOptions{Template: tm, Languages: []string{lang}})
					}
					ret := read(blank)
					if got := levelsOf(ret); len(want) == 0 || fmt.Sprint(got) != fmt.Sprint(want) || len(ret.Findings) > 0 || ret.Rows() != len(tm.Criteria) {
						t.Fatalf("read\n%v\nwant\n%v\n%d rows, findings %v", got, want, ret.Rows(), ret.Findings)
					}
					if len(ret.Claims) != 3 || ret.Respondent.Checked.Value != "" {
						t.Errorf("claims %v, checked %q", ret.Claims, ret.Respondent.Checked.Value)
					}
					in := tm.In(lang)
					filling := assessment.Filling{Saved: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC), Words: in.Words(),
						Respondent: assessment.FillRespondent{Name: "The meeting", Confirmed: in.Words().Get("checked_yes")}}
					for i := range tm.Criteria {
						c := &tm.Criteria[i]
						s := in.Scale(c)
						filling.Cells = append(filling.Cells, assessment.FillCell{Ref: c.Ref, Answer: s[i%len(s)].Label(), Comment: "We agreed."})
						want[c.Ref] = fmt.Sprint(s[i%len(s)].Number)
					}
					filled, err := assessment.Fill(blank, filling)
					if err != nil {
						t.Fatal(err)
					}
					ret = read(filled)
					if got := levelsOf(ret); fmt.Sprint(got) != fmt.Sprint(want) || len(ret.Findings) > 0 || ret.Respondent.Checked.Value == "" {
						t.Errorf("filled in it says\n%v\nwant\n%v\n%v", got, want, ret.Findings)
					}
					named := slices.ContainsFunc([]string{"Respondent 1", "Head of IT"}, func(s string) bool {
						for _, sheet := range []string{"xl/sharedStrings.xml"} {
							if strings.Contains(trybook.PartOf(t, blank, sheet), s) {
								return true
							}
						}
						return false
					})
					if named != (roles == "") {
						t.Errorf("roles %q, and somebody is named: %v", roles, named)
					}
					if id == "small" && roles == "" || lang == "en-GB" && roles == "" {
						books = append(books, trybook.WriteFile(t, dir, fmt.Sprintf("%s %s consensus.xlsx", id, lang), blank), trybook.WriteFile(t, dir, fmt.Sprintf("%s %s filled.xlsx", id, lang), filled))
					}
				})
			}
		}
	}
	t.Run("checked", func(t *testing.T) { trybook.Checker(t)(t, books...) })
}
