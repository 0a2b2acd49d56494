package dataset_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rubric-project/rubric/dataset"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/models/views"
)

// nasty are texts that a careless writer of CSV or SQL would break.
var nasty = []string{
	"plain", "two\nlines", "a \"quoted\" word", "=HYPERLINK(\"http://x\")", "- a\n- b", "semi;=1+1", "it's", "'=already",
	"Ŵyn, 中文 😀", "tab\there", "+44 20 7946 0000", "@home", "\t=x", "ends with \\", "a,b", "'); DROP TABLE answers; --",
}

// at makes a value with its origin.
func at[T any](value T, file, cell string) models.Sourced[T] {
	return models.Sourced[T]{Value: value, Origin: models.Origin{File: file, Sheet: "Assessment", Cell: cell}}
}

// invented makes a round of n recipients and m criteria in 3 topics and 2 themes. Every third recipient has not
// returned; recipient i rates criterion j with (i+j) mod 5 + 1, every seventh is blank, every eleventh not
// applicable.
func invented(n, m int) *models.Results {
	in := &models.Results{
		Round: &models.Round{ID: "r1", Title: "An invented round", Groups: []string{"Région", "Size / type"}},
		Template: &models.Template{
			ID: "t", Version: "1", Title: "A template", Scoring: models.Scoring{Method: methods.Profile},
			Topics: []models.Topic{{ID: "1", Name: "One"}, {ID: "2", Name: "Two"}, {ID: "3", Name: "Three"}},
			Themes: []models.Theme{{ID: "a", Name: "A"}, {ID: "b", Name: "B"}},
		},
	}
	for l := 1; l <= 5; l++ {
		in.Template.Levels = append(in.Template.Levels, models.Level{Number: l, Name: fmt.Sprint("Level ", l)})
	}
	for j := range m {
		in.Template.Criteria = append(in.Template.Criteria, models.Criterion{
			Ref: fmt.Sprintf("%d.%d", j%3+1, j/3+1), Topic: fmt.Sprint(j%3 + 1), Theme: []string{"a", "b"}[j%2], Subject: nasty[j%len(nasty)],
		})
	}
	for i := range n {
		id := fmt.Sprintf("%04d", i)
		member := models.Member{Recipient: models.Recipient{
			ID: id, Name: nasty[i%len(nasty)],
			Groups: map[string]string{"Région": []string{"North", "South", ""}[i%3], "Size / type": fmt.Sprint(i % 4)},
		}}
		entry := models.Entry{Recipient: member.Recipient, Status: models.Outstanding, Criteria: m}
		if i%3 != 2 {
			file := id + ".xlsx"
			ret := &models.Return{File: file, Digest: "d" + id, Saved: time.Date(2026, 3, 1, 12, 0, i, 0, time.FixedZone("", 3600))}
			for j := range in.Template.Criteria {
				k := i*m + j
				choice := models.At((i+j)%5 + 1)
				switch {
				case k%7 == 0:
					choice = models.Blank()
				case k%11 == 0:
					choice = models.NotApplicable()
				}
				ret.SetAnswers(append(ret.Answers(), models.Answer{
					Ref:   in.Template.Criteria[j].Ref,
					Level: at(choice, file, fmt.Sprint("F", j+5)), Target: at(models.At(4), file, ""),
					Evidence: at("", file, ""), Comment: at(nasty[k%len(nasty)], file, ""),
				}))
			}
			if i == 1 {
				ret.Answers()[1].Level.Value = models.At(5)
				ret.Answers()[1].Level.Origin.Decision = 3
				when := time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC)
				in.Decisions = []decisions.Decision{
					{Number: 3, Request: decisions.Request{Kind: decisions.Answer, File: file, Recipient: id, Ref: "2.1", Value: "5"}, Digest: "d" + id, By: "Ann Example", Account: "x1", Reason: "=1+1; they phoned", At: when},
					{Number: 5, Request: decisions.Request{Kind: decisions.Counts, File: file, Recipient: id}, Digest: "d" + id, By: "x1", Account: "x1", At: when},
				}
			}
			member.Return = ret
			member.Scorecard = &models.Scorecard{Scoring: in.Template.Scoring, Overall: models.GroupScore{Mean: models.Some(1.0 / 3)}}
			for _, topic := range in.Template.Topics {
				member.Scorecard.Topics = append(member.Scorecard.Topics, models.GroupScore{
					Topic: topic.ID, Score: models.Range{Value: models.Some(float64(i) / 8), Low: models.Some(0), High: models.Some(5)},
				})
			}
			entry.Status, entry.Return, entry.File, entry.Answered = models.Returned, ret, file, ret.Answered()
			entry.Plan, entry.PlanReturn = "plan of "+file, &models.Return{Plan: &plans.Plan{Actions: []plans.Action{
				{ID: "1", Ref: in.Template.Criteria[0].Ref, Action: plans.Cell{Value: nasty[i%len(nasty)] + "!", Sheet: "Plan", Cell: "G5"}, Status: plans.Done},
				{ID: "a1", Action: plans.Cell{Value: "=1+1", Sheet: "Plan", Cell: "G12"}, On: time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)}, {ID: "a2"}}}}
			v := models.Return{File: "view of " + file}.With([]models.Answer{{Ref: "2.1", Level: at(models.At(2), file, "F9"), Comment: at(nasty[i%len(nasty)], file, "I9")}})
			entry.Parts = []models.PartLine{{Part: views.PartOf(nasty[i%len(nasty)]+"?", "", "=Head", nil), Status: models.Returned, File: v.File, View: &v}, {Part: views.PartOf("Ben", "", "", nil), Status: models.Late}}
			in.Consolidation.Returned++
		}
		in.Consolidation.Recipients++
		in.Members = append(in.Members, member)
		in.Register.Entries = append(in.Register.Entries, entry)
	}
	in.Consolidation.All = models.GroupView{Recipients: in.Consolidation.Recipients, Returned: in.Consolidation.Returned}
	in.Consolidation.Groups = []models.GroupView{{
		Column: "Région", Value: "North", Recipients: 1, Returned: 1, Overall: models.Spread{N: 1, Mean: models.Some(0.25)},
	}}
	for i, text := range nasty {
		f := models.NewFinding(models.AnswerNotInList, models.Origin{File: "0000.xlsx", Sheet: "Assessment", Cell: fmt.Sprint("F", i)}, text)
		f.Recipient, f.Ref = "0000", "1.1"
		if i == 0 {
			f.Recipient, f.Ref = "unknown", "9.99" // neither in the list nor in the template
		}
		in.Findings = append(in.Findings, f)
	}
	return in
}

// write writes the data of in to a new folder.
func write(t testing.TB, in *models.Results) string {
	t.Helper()
	dir := t.TempDir()
	create := func(name string, write func(io.Writer) error) error {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		if err := write(f); err != nil {
			return err
		}
		return f.Close()
	}
	if err := dataset.Write(t.Context(), create, in); err != nil {
		t.Fatal(err)
	}
	return dir
}
