package checks_test

import (
	"slices"
	"testing"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
)

// only keeps the criteria of the template that a case is about.
func only(refs ...string) *models.Template {
	tp := template()
	tp.Criteria = slices.DeleteFunc(tp.Criteria, func(c models.Criterion) bool { return !slices.Contains(refs, c.Ref) })
	return tp
}

func TestAnswers(t *testing.T) {
	cell := func(c string) models.Origin { return models.Origin{File: "a.xlsx", Sheet: "Assessment", Cell: c} }
	reader := func(code models.Code, ref, c string) models.Finding {
		return models.NewFinding(code, cell(c), "as the reader says").About(ref)
	}
	cases := []struct {
		name  string
		table string
		known []models.Finding
		want  []string
	}{
		{"all there", "1.1|2|3\n1.2|3||a comment", nil, nil},
		{"an answer is missing", "1.1|2\n1.2|", nil, []string{"answer-missing 1.2 I6"}},
		{"a target is no answer", "1.1|2\n1.2||4", nil, []string{"answer-missing 1.2 I6"}},
		{"a comment is no answer", "1.1|2\n1.2|||we do this", nil, []string{"answer-missing 1.2 I6"}},
		{"an answer that cannot be read is not missing", "1.1|2\n1.2|", []models.Finding{reader(models.AnswerIsDate, "1.2", "I6")}, nil},
		{"a bad target leaves an answer missing", "1.1|2\n1.2|", []models.Finding{reader(models.TargetNotInList, "1.2", "J6")}, []string{"answer-missing 1.2 I6"}},
		{"a row is missing", "1.1|2", nil, []string{"row-missing 1.2"}},
		{"a row is missing, as the reader said", "1.1|2", []models.Finding{reader(models.RowMissing, "1.2", "")}, nil},
		{"a row that stands twice is not missing", "1.1|2", []models.Finding{reader(models.RowTwice, "1.2", "I9")}, nil},
		{"a comment is required from level 4", "1.1|3\n1.2|4", nil, []string{"comment-missing 1.2 L6"}},
		{"a comment is required for not applicable", "1.1|3\n1.2|n/a", nil, []string{"comment-missing 1.2 L6"}},
		{"a comment of spaces is none", "1.1|3\n1.2|4||\u00a0\u200b ", nil, []string{"comment-missing 1.2 L6"}},
		{"a comment is there but unreadable", "1.1|3\n1.2|4", []models.Finding{reader(models.TextIsError, "1.2", "L6")}, nil},
		{"evidence is required from level 5", "1.1|3\n1.2|5||why", nil, []string{"evidence-missing 1.2 K6"}},
		{"comment and evidence", "1.1|5\n1.2|3", nil, []string{"evidence-missing 1.1 K5", "comment-missing 1.1 L5"}},
		{"the target is below", "1.1|3|2\n1.2|3|3", nil, []string{"target-below-current 1.1 J5"}},
		{"a target for not applicable", "1.1|n/a|2|why\n1.2|3", nil, nil},
		{"nothing at all", "1.1|\n1.2|", nil, []string{"unfilled"}},
		{"nothing but texts", "1.1|||we do this\n1.2||4", nil, []string{"unfilled"}},
		{"nothing that could be read", "1.1|\n1.2|", []models.Finding{reader(models.AnswerIsDate, "1.2", "I6")}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			ret := models.Return{File: "a.xlsx", Findings: c.known}.With(answers(t, c.table))
			got := lines(checks.Answers(only("1.1", "1.2"), &ret))
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// Of a symptom the lower step, no longer true, is the better: a target below is no mistake.
func TestAnswersTargetOfSymptom(t *testing.T) {
	ret := models.Return{File: "a.xlsx"}.With(answers(t, "1.30|1|0"))
	if got := checks.Answers(only("1.30"), &ret); len(got) != 0 {
		t.Errorf("got %q, want nothing", lines(got))
	}
}

func TestAnswersMessage(t *testing.T) {
	ret := models.Return{File: "a.xlsx"}.With(answers(t, "1.1|4|2\n1.2|3"))
	got := checks.Answers(only("1.1", "1.2"), &ret)
	want := []string{
		"The target '2 – Emerging' for 1.1 is below the current level '4 – Developing'.",
		"The answer '4 – Developing' to 1.1 needs a comment, and there is none.",
	}
	if len(got) != len(want) {
		t.Fatalf("got %q, want %d findings", lines(got), len(want))
	}
	for i := range want {
		if got[i].Message != want[i] {
			t.Errorf("got  %q\nwant %q", got[i].Message, want[i])
		}
	}
}

func TestChanges(t *testing.T) {
	a := models.Return{}.With(answers(t, "1.1|2|3|as it was\n1.2|3\n1.3|1\n1.4|n/a||why"))
	b := models.Return{File: "b.xlsx"}.With(answers(t, "1.1|2|4|as it is\n1.2|n/a\n1.4|n/a||why\n1.5|2"))
	var got []string
	for _, c := range checks.Changes(a, b) {
		got = append(got, c.Ref+" "+c.Field+": "+c.Before+" > "+c.After)
	}
	want := []string{"1.1 target: 3 > 4", "1.1 comment: as it was > as it is", "1.2 level: 3 > n/a", "1.5 level:  > 2", "1.3 level: 1 > "}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := checks.Changes(a, a); got != nil {
		t.Errorf("a return differs from itself: %v", got)
	}
}

// A required question without an answer is missing, unless the reader has said why there is none.
func TestQuestionsMissing(t *testing.T) {
	tp := only("1.1")
	tp.Questions = []models.Question{{ID: "staff", Text: "How many?", Type: models.QuestionNumber, Required: true}, {ID: "note", Text: "What else?", Type: models.QuestionText}}
	cell := func(c string) models.Origin { return models.Origin{File: "a.xlsx", Sheet: "Start", Cell: c} }
	for _, x := range []struct {
		staff string
		known []models.Finding
		want  []string
	}{
		{"", nil, []string{"question-missing  D20"}},
		{"12", nil, []string{}},
		{"", []models.Finding{models.NewFinding(models.QuestionNotNumber, cell("D20"), "many")}, []string{}},
	} {
		ret := models.Return{File: "a.xlsx", Findings: x.known, Questions: []models.QuestionAnswer{
			{ID: "staff", Type: models.QuestionNumber, Answer: models.Sourced[string]{Value: x.staff, Origin: cell("D20")}},
			{ID: "note", Type: models.QuestionText, Answer: models.Sourced[string]{Origin: cell("D21")}}}}.With(answers(t, "1.1|2"))
		if got := lines(checks.Answers(tp, &ret)); !slices.Equal(got, x.want) {
			t.Errorf("%q: got %q, want %q", x.staff, got, x.want)
		}
	}
	a, b := models.Return{Questions: []models.QuestionAnswer{{ID: "staff", Answer: models.Sourced[string]{Value: "12"}}}}, models.Return{File: "b.xlsx", Questions: []models.QuestionAnswer{{ID: "staff", Answer: models.Sourced[string]{Value: "13"}}}}
	if got := checks.Changes(a, b); len(got) != 1 || got[0].Ref != "staff" || got[0].Before != "12" || got[0].After != "13" {
		t.Errorf("changes %+v", got)
	}
}

// Answers to criteria that the recipient is not asked are said and count for nothing; a list without the column, and
// a recipient that nothing is asked of, keep a template from being used.
func TestAsked(t *testing.T) {
	w := newWorld(t)
	w.Template.Criteria[1].AppliesTo = map[string][]string{"type": {"college"}}
	for i := range w.Recipients {
		w.Recipients[i].Groups = map[string]string{"type": "school"}
	}
	in := w.RegisterInput
	in.Returns = []models.Return{w.ret(t, "a.xlsx", "001")}
	reg := checks.Register(in)
	found := false
	for _, f := range reg.Files[0].Findings {
		found = found || f.Code == models.AnswerNotAsked && f.Ref == "1.2"
	}
	if e := reg.Entries[0]; !found || e.Criteria != 29 || e.Answered != 29 {
		t.Errorf("found %v, %d of %d answered", found, e.Answered, e.Criteria)
	}
	if got := checks.Asked(w.Template, w.Recipients); got != nil {
		t.Errorf("%q", got)
	}
	w.Template.Criteria[1].AppliesTo = map[string][]string{"kind": {"college"}}
	if got := checks.Asked(w.Template, w.Recipients); len(got) != 1 || got[0] != `criterion 1.2 is asked by the column "kind", which the recipients list does not have` {
		t.Errorf("%q", got)
	}
	for i := range w.Template.Criteria {
		w.Template.Criteria[i].AppliesTo = map[string][]string{"type": {"college"}}
	}
	if got := checks.Asked(w.Template, w.Recipients[:1]); len(got) != 1 || got[0] != "recipient 001 (Example School 01) is asked no criterion that is scored" {
		t.Errorf("%q", got)
	}
}
