package templates_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/templates"
)

func gridOf(name string, rows ...string) templates.Sheet {
	s := templates.Sheet{File: "dir/box.xlsx", Name: name}
	for i, row := range rows {
		var cells []templates.Cell
		for j, c := range strings.Split(row, "|") {
			cells = append(cells, templates.Cell{Ref: fmt.Sprintf("%c%d", 'A'+j, i+1), Text: strings.ReplaceAll(c, "/", "\n")})
		}
		s.Rows = append(s.Rows, cells)
	}
	return s
}

// toolbox has the form of a questionnaire whose lists stand on another sheet: questions in no order, a list with a long
// answer, one of another length, one that is missing, and what answers are worth.
var (
	toolboxQuestions = gridOf("questions", "ID|Practice|Activity|Maturity|Question|Guidance|Answer Option",
		"S-2|Sinks|Drains|2|Are drains looked at?|With a lamp/by two people|7", "O-1|Ovens|Gas|1|Is the gas off?||8", "S-1|Sinks|Drains|1|Are drains known?||7",
		"S-3|Sinks|Taps|2|Do taps drip?||9", "S-4|Sinks|Taps|2|Are taps new?||99")
	longAnswer      = "Yes, and a longer answer that says in so many words what is the case here"
	toolboxAnswers  = gridOf("answers", "SET|A|B|C|A_W|B_W|C_W", "7|No|Some|All|0|0.5|1", "8|No|Sometimes|"+longAnswer+"|0|0.5|1", "9|No|Yes||0|1|")
	toolboxListings = gridOf("lists", "7|8|9", "No|No|No", "Some|Sometimes|Yes", "All|"+longAnswer+"|")
)

func TestImportQuestionnaire(t *testing.T) {
	for _, lists := range []templates.Sheet{toolboxAnswers, toolboxListings} {
		sheets := []templates.Sheet{gridOf("read me", "Question"), toolboxQuestions, lists}
		if !templates.HasAnswerLists(sheets) {
			t.Fatalf("%s: not known", lists.Name)
		}
		x, r, err := templates.ImportQuestionnaire(sheets, templates.ImportOptions{})
		if err != nil {
			t.Fatal(err)
		}
		want := `S-1|1|1|Are drains known?|Are drains known?|0
S-2|1|2|Are drains looked at?|Are drains looked at?/With a lamp/by two people|0
O-1|2|1|Is the gas off?|Is the gas off?/0: No/1: Sometimes/2: ` + longAnswer + `|0`
		if got := criteriaOf(x); got != want {
			t.Errorf("%s: criteria\n%s\nwant\n%s", lists.Name, got, want)
		}
		if got := fmt.Sprint(x.Criteria[1].Options); got != "map[0:No 1:Some 2:All]" {
			t.Error(got)
		}
		if x.Levels[0].Name != "No" || x.Levels[1].Name != "Answer 2" || len(x.Levels) != 3 || x.Topics[0].Name != "Sinks" || x.Themes[1].Name != "Maturity 2" {
			t.Errorf("%v %v %v", x.Levels, x.Topics, x.Themes)
		}
		n := notes(r)
		for _, said := range []string{"cell E5: the question is left out: its list \"9\" has 2 answers, the others 3", "cell E6: the question is left out: there is no list of answers \"99\""} {
			if !strings.Contains(n, said) {
				t.Errorf("%s: notes do not say %q:\n%s", lists.Name, said, n)
			}
		}
		if worth := strings.Contains(n, "each step counts the same"); worth != (lists.Name == "answers") {
			t.Errorf("%s: notes\n%s", lists.Name, n)
		}
	}
}

// A matrix and other workbooks are no questionnaires.
func TestHasAnswerLists(t *testing.T) {
	for name, sheets := range map[string][]templates.Sheet{
		"no lists":      {toolboxQuestions, gridOf("other", "7|x", "1|y")},
		"lists only":    {toolboxAnswers},
		"no questions":  {gridOf("m", "Ref|Subject|Level 1|Level 2", "1|A|a|b"), toolboxAnswers},
		"same sheet":    {toolboxQuestions},
		"nothing there": nil,
	} {
		if templates.HasAnswerLists(sheets) {
			t.Errorf("%s: taken for a questionnaire", name)
		}
	}
}
