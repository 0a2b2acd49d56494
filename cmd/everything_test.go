package cmd_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/cmd"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

// A template with questions, wordings, criteria for some, next steps, targets and further methods goes through a
// whole round: what was filled in comes out where it belongs, and nowhere else.
func TestRoundWithEverything(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	keep := os.Getenv("RUBRIC_KEEP")
	if keep != "" {
		dir = keep
	}
	list := filepath.Join(dir, "schools.csv")
	if err := os.WriteFile(list, []byte("id,name,type\n01,Example School 01,Primary\n02,Example School 02,Secondary\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	round := filepath.Join(dir, "round")
	run := func(want int, args ...string) {
		t.Helper()
		if got := cmd.Main(nil, append(args, "-C", round, "--quiet")...); got != want {
			t.Fatalf("rubric %s ended with %d, want %d", strings.Join(args, " "), got, want)
		}
	}
	if got := cmd.Main(nil, "init", round, "--template", "../testdata/everything.yaml", "--recipients", list, "--title", "Everything", "--due", "2030-03-01", "--quiet"); got != 0 {
		t.Fatalf("init ended with %d", got)
	}
	run(0, "generate")
	fill := func(name string, f assessment.Filling) {
		t.Helper()
		book, err := os.ReadFile(filepath.Join(round, "outbox", name))
		if err != nil {
			t.Fatal(err)
		}
		if book, err = assessment.Fill(book, f); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(round, "returns", name), book, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	fill("01 Example School 01.xlsx", assessment.Filling{Respondent: assessment.FillRespondent{Name: "A. Example"},
		Questions: []assessment.FillQuestion{{Text: "How many people work with data?", Type: models.QuestionNumber, Answer: "2.5"},
			{Text: "Since when do you have a data policy?", Type: models.QuestionDate, Answer: "2019-09-01"},
			{Text: "Where do you keep most of your data?", Type: models.QuestionChoice, Answer: "A shared one"},
			{Text: "What else should we know?", Type: models.QuestionText, Answer: "We moved last year."}},
		Cells: []assessment.FillCell{{Ref: "1.1", Answer: "0 – Nobody does"}, {Ref: "1.2", Answer: "2 – Usual", Evidence: "A list."}}})
	fill("02 Example School 02.xlsx", assessment.Filling{Respondent: assessment.FillRespondent{Name: "B. Example"},
		Questions: []assessment.FillQuestion{{Text: "How many people work with data?", Answer: "about ten"}},
		Cells:     []assessment.FillCell{{Ref: "1.1", Answer: "2 – A team does", Evidence: "A plan."}, {Ref: "1.2", Answer: "1 – Partial"}, {Ref: "2.1", Answer: "1 – Partial"}}})
	run(1, "validate") // about ten is no number
	run(1, "score")
	run(1, "consolidate")
	run(1, "report")

	has := func(file string, want ...string) string {
		t.Helper()
		b, err := os.ReadFile(filepath.Join(round, "results", file))
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(string(b), w) {
				t.Errorf("%s lacks %q:\n%s", file, w, b)
			}
		}
		return string(b)
	}
	has("data/question_answers.csv", `"01","staff","2.5",2.5,`, `"01","since","2019-09-01",,`, `"01","system","A shared one",`, `"01","note","We moved last year."`, `"02","staff",,,`)
	has("data/findings.csv", `"question-not-number"`, `"question-missing"`)
	has("data/further_scores.csv", `"01","weakest","overall","",0,0,0`, `"02","weakest","overall","",1,1,1`)
	has("data/scores.csv", `"01","overall","","","mean",2,2,0,0,`, `"02","overall","","","mean",3,3,0,0,`)
	if answers := has("data/answers.csv", `"0 – Nobody does"`, `"2 – A team does"`); strings.Count(answers, `"2.1"`) != 1 {
		t.Errorf("criterion 2.1 is asked of one recipient:\n%s", answers)
	}
	has("data/README.md", "question_answers", "further_scores")
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not there to read the summaries with")
	}
	for id, x := range map[string]struct{ want, not []string }{
		"01 Example School 01.pdf": {[]string{"We moved last year.", "1 September 2019", "Name somebody this month.", "lowest of all criteria 0"}, []string{"Examination data", "about ten"}},
		"02 Example School 02.pdf": {[]string{"Examination data", "A team does"}, []string{"We moved last year.", "Name somebody this month."}},
	} {
		out, err := exec.Command("pdftotext", "-layout", filepath.Join(round, "results", "pdf", id), "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(string(out)), " ")
		for _, w := range x.want {
			if !strings.Contains(text, w) {
				t.Errorf("%s lacks %q:\n%s", id, w, text)
			}
		}
		for _, w := range x.not {
			if strings.Contains(text, w) {
				t.Errorf("%s holds %q, which is not its own", id, w)
			}
		}
	}
	published := filepath.Join(round, "results")
	run(3, "consolidate", "--publish") // two returns are too few to publish
	if _, err := os.Stat(filepath.Join(published, "consolidated.xlsx")); err != nil {
		t.Error(err)
	}
}
