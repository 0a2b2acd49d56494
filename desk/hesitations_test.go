package desk_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/desk"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

// What one run does to many is one line of the history, which names them; each can be seen by itself, and is found by search.
func TestHistoryFoldsRuns(t *testing.T) {
	v, _, path := at("history")(t)
	page, _, _ := v.get(path)
	if !strings.Contains(page, "36 workbooks were made") || !strings.Contains(page, "summaries were made") || strings.Contains(page, "A workbook was made") {
		t.Errorf("%.4000s", page)
	}
	if rows := strings.Count(page, "<tr>"); rows > 12 {
		t.Errorf("%d rows", rows)
	}
	page, _, _ = v.get(path + "?each=yes&kind=made")
	if strings.Contains(page, "workbooks were made") || !strings.Contains(page, "A workbook was made") {
		t.Error("each does not stand by itself")
	}
	if page, _, _ = v.get(path + "?q=01044"); !strings.Contains(page, "A workbook was made") {
		t.Error("the search does not find one of a run")
	}
	v2, _, path2 := atNew("history")(t)
	if page, _, _ = v2.get(path2); strings.Contains(page, "lines, the last first") {
		t.Error("a single event is folded")
	}
}

// A file from which nothing can be read is said to be somebody's: then the message to its sender has an address.
func TestSayWhoseAScanIs(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	if err := os.WriteFile(filepath.Join(dir, "returns", "IMG_0042.png"), []byte("\x89PNG\r\n\x1a\n0000"), 0o644); err != nil {
		t.Fatal(err)
	}
	v := visit(t, dir)
	path := "/r/" + desk.KeyOf(dir) + "/return?file=IMG_0042.png"
	page, _, _ := v.get(path)
	if !strings.Contains(page, "The address is not known") || !strings.Contains(page, "type them into the recipient") {
		t.Fatalf("%.3000s", page)
	}
	action := strings.Replace(path, "/return?", "/return/whose?", 1)
	if page, _, status := v.fill(page, action, "recipient", ""); status != http.StatusUnprocessableEntity || !strings.Contains(page, `href="#recipient"`) {
		t.Errorf("%d", status)
	}
	page, _, _ = v.get(path)
	next, _, status := v.fill(page, action, "recipient", "01093")
	if status != http.StatusUnprocessableEntity || !strings.Contains(next, `href="#by"`) || !strings.Contains(next, `value="01093"`) {
		t.Errorf("%d\n%.3000s", status, next)
	}
	page, _, _ = v.get(path)
	if next, _, status = v.fill(page, action, "recipient", "99999", "by", "Ann <i>Example</i>"); status != http.StatusUnprocessableEntity || !strings.Contains(next, "99999") {
		t.Errorf("%d\n%.3000s", status, next)
	}
	page, _, _ = v.get(path)
	if page, _, _ = v.fill(page, action, "recipient", "Example Museums Agency"); !strings.Contains(page, "Decided:") || strings.Contains(page, "The address is not known") || strings.Contains(page, "<i>Example</i>") ||
		!strings.Contains(page, "outbox%2F01093") {
		t.Errorf("%.4000s", page)
	}
	if page, _, _ = v.get("/r/" + desk.KeyOf(dir) + "/history"); !strings.Contains(page, "IMG_0042.png") {
		t.Error("the history does not say it")
	}
}

// littleRound is a new round in which one return counts with three answers.
func littleRound(t *testing.T) string {
	t.Helper()
	dir := newRound(t, "id,name,email,region\n0001,Example School One,one@example.org,North\n0002,Example School Two,,South\n")
	o := &office.Office{Jobs: 1}
	f, unlock, _, err := o.OpenToWrite(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.Generate(t.Context(), f, office.GenerateOptions{})
	unlock()
	if err != nil {
		t.Fatal(err)
	}
	name := f.FileNames(".xlsx")["0001"]
	empty, err := os.ReadFile(filepath.Join(dir, "outbox", name))
	if err != nil {
		t.Fatal(err)
	}
	filling := assessment.Filling{Words: f.Template.Words(), Saved: time.Now(), Respondent: assessment.FillRespondent{Name: "Head", Date: "2027-03-01"}}
	for k := range f.Template.Criteria[:3] {
		c := &f.Template.Criteria[k]
		filling.Cells = append(filling.Cells, assessment.FillCell{Ref: c.Ref, Answer: f.Template.Scale(c)[1].Label()})
	}
	content, err := assessment.Fill(empty, filling)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "returns", name), content, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// A return with next to nothing in it counts where the round asks for no share, and is not passed over in silence.
func TestVeryLittleFilledIn(t *testing.T) {
	dir := littleRound(t)
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir)
	page, _, _ := v.get(base + "/returns")
	if !strings.Contains(page, "1 return counts with very little filled in") || !strings.Contains(page, "3 of 97 answers") || !strings.Contains(page, base+"/settings#completeness") {
		t.Fatalf("%.3000s", page)
	}
	file := url.QueryEscape(firstFile(t, dir))
	if page, _, _ = v.get(base + "/return?file=" + file); !strings.Contains(page, "This message asks for more") || !strings.Contains(page, "3 of its 97 questions are answered") || !strings.Contains(page, "return/message.eml") {
		t.Errorf("%.3000s", page)
	}
	page, _, _ = v.get(base + "/settings")
	fields := settingsForm(t, page)
	fields.Set("completeness", "50")
	v.post(base+"/settings", fields)
	if page, _, _ = v.get(base + "/returns"); strings.Contains(page, "with very little filled in") {
		t.Error("where the round asks for a share, the return does not count, and this is not said")
	}
}

func firstFile(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(dir, "returns"))
	if err != nil || len(entries) == 0 {
		t.Fatal(err)
	}
	return entries[0].Name()
}

// Where a round stands is said on the list of rounds, also when nobody opened it in this run.
func TestRoundsSayWhereTheyStand(t *testing.T) {
	v, _, path := atNew("overview")(t)
	v.get(path)
	if page, _, _ := v.get("/"); !strings.Contains(page, "workbooks are not made yet") {
		t.Errorf("%.3000s", page)
	}
	w, dir, _ := at("overview")(t)
	w.get("/r/" + desk.KeyOf(dir) + "/overview")
	if page, _, _ := w.get("/"); !strings.Contains(page, "results are made") || !strings.Contains(page, "it was due") {
		t.Errorf("%.3000s", page)
	}
}
