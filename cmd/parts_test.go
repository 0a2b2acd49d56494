package cmd_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

// threeTopics is a template with two criteria in each of three topics.
const threeTopics = `id: three-topics
version: "1"
title: Three topics
publisher: Example Office
source: made up
licence: free
language: en-GB
scoring: {method: profile}
answers: {not_applicable: true}
levels:
  - {number: 1, name: Low, meaning: Little.}
  - {number: 2, name: Middle, meaning: Some.}
  - {number: 3, name: High, meaning: Much.}
topics:
  - {id: "1", name: Aims}
  - {id: "2", name: Books}
  - {id: "3", name: Care}
criteria:
`

// splitRound makes a round of two recipients, 01 with respondents and 02 with a workbook for each topic.
func splitRound(t *testing.T) string {
	t.Helper()
	top := t.TempDir()
	dir := filepath.Join(top, "round")
	yaml := threeTopics
	for _, ref := range []string{"1.1", "1.2", "2.1", "2.2", "3.1", "3.2"} {
		yaml += fmt.Sprintf("  - {ref: %q, topic: %q, subject: Subject %s, descriptors: {1: Low, 2: Middle, 3: High}}\n", ref, ref[:1], ref)
	}
	putFile(t, filepath.Join(top, "three.yaml"), yaml)
	putFile(t, filepath.Join(top, "list.csv"), "id,name,email,region\n01,Example School 01,one@example.org,North\n02,Example School 02,two@example.org,North\n")
	cmdtest.Rubric(t, 0, "init", dir, "--template", filepath.Join(top, "three.yaml"), "--recipients", filepath.Join(top, "list.csv"),
		"--title", "Round in parts", "--due", "2027-03-01", "--issued", "2027-02-01", "--contact-email", "office@example.org")
	putFile(t, filepath.Join(dir, "respondents.csv"), "recipient,name,email,topics\n01,Head of Data,data@example.org,1;2\n01,Head of IT,it@example.org,Books\n")
	cmdtest.Rubric(t, 0, "-C", dir, "generate", "--only", "01", "--split", "respondents")
	cmdtest.Rubric(t, 0, "-C", dir, "generate", "--only", "02", "--split", "topic")
	cmdtest.Rubric(t, 0, "-C", dir, "generate") // as each was made
	return dir
}

func putFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// comesBack fills in a workbook of outbox/ and puts it into returns/ under the name.
func comesBack(t *testing.T, dir, workbook, name, respondent string, day int, answers ...string) {
	t.Helper()
	blank, err := os.ReadFile(filepath.Join(dir, "outbox", workbook))
	if err != nil {
		t.Fatal(err)
	}
	filling := assessment.Filling{Respondent: assessment.FillRespondent{Name: respondent}, Saved: time.Date(2027, 2, day, 9, 0, 0, 0, time.UTC)}
	for _, a := range answers {
		ref, label, _ := strings.Cut(a, " ")
		filling.Cells = append(filling.Cells, assessment.FillCell{Ref: ref, Answer: label, Comment: "by " + respondent})
	}
	filled, err := assessment.Fill(blank, filling)
	if err != nil {
		t.Fatal(err)
	}
	putFile(t, filepath.Join(dir, "returns", name), string(filled))
}

// partsRegister is what 'rubric status --json' says.
type partsRegister struct {
	Entries []models.Entry    `json:"entries"`
	Files   []models.FileLine `json:"files"`
}

func (r partsRegister) entry(t *testing.T, id string) models.Entry {
	t.Helper()
	i := slices.IndexFunc(r.Entries, func(e models.Entry) bool { return e.Recipient.ID == id })
	if i < 0 {
		t.Fatalf("the register has no %s", id)
	}
	return r.Entries[i]
}

func status(t *testing.T, dir string, args ...string) (r partsRegister) {
	t.Helper()
	if err := json.Unmarshal([]byte(cmdtest.Rubric(t, 0, append([]string{"-C", dir, "status", "--json"}, args...)...)), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

const low, middle, high = "1 – Low", "2 – Middle", "3 – High"

// TestSplitRound runs a round whose workbooks are divided among respondents, to its end: one part comes late, two
// respondents disagree, and the office settles it.
func TestSplitRound(t *testing.T) {
	t.Parallel()
	dir := splitRound(t)
	var names []string
	for _, f := range list(t, filepath.Join(dir, "outbox")) {
		names = append(names, strings.TrimSuffix(f, ".xlsx"))
	}
	want := []string{"01 Example School 01 - Head of Data", "01 Example School 01 - Head of IT", "01 Example School 01 - Other topics",
		"02 Example School 02 - 1. Aims", "02 Example School 02 - 2. Books", "02 Example School 02 - 3. Care"}
	if !slices.Equal(names, want) {
		t.Fatalf("outbox/ has %q", names)
	}

	// Each respondent has a message of his or her own; the contact gets all topics of 02 in one.
	cmdtest.Rubric(t, 0, "-C", dir, "send")
	drafts := slices.DeleteFunc(list(t, filepath.Join(dir, "outbox")), func(f string) bool { return !strings.HasSuffix(f, ".eml") })
	if len(drafts) != 4 {
		t.Errorf("drafts: %q", drafts)
	}
	for draft, to := range map[string]string{"01 Example School 01 - Head of IT.eml": "it@example.org", "01 Example School 01.eml": "one@example.org", "02 Example School 02.eml": "two@example.org"} {
		b, err := os.ReadFile(filepath.Join(dir, "outbox", draft))
		if err != nil || !strings.Contains(string(b), "<"+to+">") && !strings.Contains(string(b), "To: "+to) {
			t.Errorf("%s is not to %s (%v)", draft, to, err)
		}
	}

	comesBack(t, dir, want[0]+".xlsx", "ann.xlsx", "Head of Data", 10, "1.1 "+low, "1.2 "+high, "2.1 "+middle, "2.2 "+high)
	comesBack(t, dir, want[1]+".xlsx", "ben.xlsx", "Benjamin Example", 11, "2.1 "+middle, "2.2 "+low)
	comesBack(t, dir, want[4]+".xlsx", "two books.xlsx", "", 11, "2.1 "+high, "2.2 "+high)
	reg := status(t, dir)
	e := reg.entry(t, "01")
	if back, all := e.PartsBack(); e.Status != models.Partial || back != 2 || all != 3 || e.Answered != 3 || e.Errors != 1 || !slices.Equal(e.Files, []string{"ann.xlsx", "ben.xlsx"}) {
		t.Errorf("01 is %s with %d of %d parts, %d answers, %d errors, files %q", e.Status, back, all, e.Answered, e.Errors, e.Files)
	}
	if text := cmdtest.Rubric(t, 0, "-C", dir, "status"); !strings.Contains(text, "partial, 2 of 3 parts") || !strings.Contains(text, "Other topics") {
		t.Errorf("status says\n%s", text)
	}
	if text := cmdtest.Rubric(t, 1, "-C", dir, "validate"); !strings.Contains(text, "Head of Data says 3 – High") || !strings.Contains(text, "parts-disagree") || !strings.Contains(text, "part-outstanding") {
		t.Errorf("validate says\n%s", text)
	}

	// Only those whose part is missing are reminded.
	var lines []struct{ ID, To, File string }
	if err := json.Unmarshal([]byte(cmdtest.Rubric(t, 0, "-C", dir, "remind", "--dry-run", "--json")), &lines); err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, l := range lines {
		got += l.ID + " " + l.To + " " + l.File + "\n"
	}
	if got != "01 one@example.org outbox/01 Example School 01 - Other topics.xlsx\n02 two@example.org outbox/02 Example School 02 - 1. Aims.xlsx; outbox/02 Example School 02 - 3. Care.xlsx\n" {
		t.Errorf("reminders:\n%s", got)
	}

	// An address that was corrected counts; a list that divides otherwise is noticed.
	putFile(t, filepath.Join(dir, "respondents.csv"), "recipient,name,email,topics\n01,Head of Data,new@example.org,1;2\n01,Head of IT,it@example.org,Books;3\n")
	_, text := run(t, "-C", dir, "send", "--dry-run", "--only", "01")
	if !strings.Contains(text, "new@example.org") || !strings.Contains(text, "respondents.csv was changed since the workbooks of these recipients were made: 01") {
		t.Errorf("send says %s", text)
	}

	// The last part comes, in it an answer that cannot be read; its corrections are a workbook of that part.
	comesBack(t, dir, want[2]+".xlsx", "other.xlsx", "Head", 12, "3.1 "+middle, "3.2 2 or 3")
	cmdtest.Rubric(t, 1, "-C", dir, "validate", "--corrections")
	if c := list(t, filepath.Join(dir, "results", "corrections")); !slices.Equal(c, []string{want[2] + ".xlsx"}) {
		t.Errorf("corrections: %q", c)
	}
	comesBack(t, dir, want[2]+".xlsx", "other 2.xlsx", "Head", 13, "3.1 "+middle, "3.2 "+high)

	// What differs is listed with what each file says, and is decided by the item's id or by the recipient and the ref.
	var open struct {
		ToDecide []decisions.Item `json:"to_decide"`
	}
	if err := json.Unmarshal([]byte(cmdtest.Rubric(t, 0, "-C", dir, "decide", "--json")), &open); err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(open.ToDecide, func(it decisions.Item) bool { return it.Matter == decisions.PartsDiffer })
	if at < 0 || open.ToDecide[at].Ref != "2.2" || len(open.ToDecide[at].Choices) != 3 || open.ToDecide[at].Choices[1].Value != "ben.xlsx" || open.ToDecide[at].Choices[0].Label != "ann.xlsx decides: 3 – High." {
		t.Fatalf("to decide: %+v", open.ToDecide)
	}
	cmdtest.Rubric(t, 0, "-C", dir, "decide", open.ToDecide[at].ID, "--as", "ben.xlsx")
	if e = status(t, dir).entry(t, "01"); e.Errors != 0 || e.Answered != 6 {
		t.Errorf("decided by the item's id: %d errors, %d answers", e.Errors, e.Answered)
	}
	cmdtest.Rubric(t, 0, "-C", dir, "decide", "--undo", "1")
	cmdtest.Rubric(t, 0, "-C", dir, "decide", "Example School 01/2.2", "--from", "ben.xlsx", "--reason", "It is his topic.")
	if e = status(t, dir).entry(t, "01"); e.Errors != 0 {
		t.Errorf("decided by recipient and ref: %d errors", e.Errors)
	}
	cmdtest.Rubric(t, 0, "-C", dir, "decide", "--undo", "2")
	if e = status(t, dir).entry(t, "01"); e.Errors != 1 {
		t.Errorf("after both were taken back: %d errors", e.Errors)
	}

	// The office settles what differs; it is remembered, and can be taken back.
	e = status(t, dir, "--settle", "01/2.2=ben.xlsx").entry(t, "01")
	if e.Status != models.Returned || e.Errors != 0 || e.Answered != 6 || e.File != "ann.xlsx; ben.xlsx; other 2.xlsx" {
		t.Errorf("settled: %s, %d errors, %d answers, %s", e.Status, e.Errors, e.Answered, e.File)
	}
	if e = status(t, dir, "--settle", "01/2.2=").entry(t, "01"); e.Errors != 1 {
		t.Errorf("taken back: %d errors", e.Errors)
	}
	cmdtest.Rubric(t, 2, "-C", dir, "status", "--settle", "01/9.9=ben.xlsx")
	cmdtest.Rubric(t, 2, "-C", dir, "status", "--settle", "03=ben.xlsx")
	cmdtest.Rubric(t, 2, "-C", dir, "status", "--settle", "01/2.2=nothing.xlsx")
	status(t, dir, "--settle", "01=ben.xlsx")
	if e = status(t, dir).entry(t, "01"); e.Errors != 0 {
		t.Errorf("settled for all: %d errors", e.Errors)
	}
	// The superseded return still has its finding of severity error, so that the exit status is 1.
	cmdtest.Rubric(t, 1, "-C", dir, "consolidate")
	answers, err := os.ReadFile(filepath.Join(dir, "results", "data", "answers.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Benjamin Example: by Benjamin Example", "ben.xlsx", "other 2.xlsx", "two books.xlsx"} {
		if !strings.Contains(string(answers), want) {
			t.Errorf("answers.csv does not have %q", want)
		}
	}
	cmdtest.Rubric(t, 1, "-C", dir, "report")
	if pdfs := list(t, filepath.Join(dir, "results", "pdf")); len(pdfs) != 3 {
		t.Errorf("reports: %q", pdfs)
	}
}

// Going back to whole workbooks after the parts went out is said, and the old workbooks are taken out of outbox/; what
// came back of them still counts.
func TestSplitAndWholeAgain(t *testing.T) {
	dir := splitRound(t)
	cmdtest.Rubric(t, 0, "-C", dir, "send")
	comesBack(t, dir, "02 Example School 02 - 1. Aims.xlsx", "aims.xlsx", "", 11, "1.1 "+high, "1.2 "+high)
	putFile(t, filepath.Join(dir, "outbox", "02 Example School 02 - 2. Books.xlsx"), "somebody's own")
	_, text := run(t, "-C", dir, "generate", "--only", "02", "--split", "whole")
	if !strings.Contains(text, "went out divided otherwise") || !strings.Contains(text, "02") {
		t.Errorf("generate says %s", text)
	}
	left := list(t, filepath.Join(dir, "outbox"))
	for name, there := range map[string]bool{"02 Example School 02.xlsx": true, "02 Example School 02 - 1. Aims.xlsx": false, "02 Example School 02.eml": false,
		"02 Example School 02 - 2. Books.xlsx": true, "01 Example School 01 - Head of Data.xlsx": true} {
		if slices.Contains(left, name) != there {
			t.Errorf("%s: in outbox/ %v", name, !there)
		}
	}
	e := status(t, dir).entry(t, "02")
	if e.Status != models.Partial || e.Answered != 2 {
		t.Errorf("02 is %s with %d answers", e.Status, e.Answered)
	}
	comesBack(t, dir, "02 Example School 02.xlsx", "whole.xlsx", "", 12, "1.1 "+high, "1.2 "+low, "2.1 "+low, "2.2 "+low, "3.1 "+low, "3.2 "+low)
	e = status(t, dir).entry(t, "02")
	if e.Status != models.Returned || e.Answered != 5 || e.Errors != 1 {
		t.Errorf("02 is %s with %d answers and %d errors", e.Status, e.Answered, e.Errors)
	}
	if code, text := run(t, "-C", dir, "generate", "--split", "sideways"); code != 2 || !strings.Contains(text, "choose topic, respondents, views or whole") {
		t.Errorf("%d %s", code, text)
	}
	putFile(t, filepath.Join(dir, "respondents.csv"), "recipient,name,email,topics\n1,Head of Data,,1\n")
	if code, text := run(t, "-C", dir, "generate"); code != 2 || !strings.Contains(text, "respondents.csv:2:1") {
		t.Errorf("%d %s", code, text)
	}
}

func list(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if !e.IsDir() {
			out = append(out, e.Name())
		}
	}
	return out
}
