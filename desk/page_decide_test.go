package desk_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/desk"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/office"
)

// items are what is to be decided in a round.
func items(t *testing.T, dir string) (*office.Office, *office.Folder, []decisions.Item) {
	t.Helper()
	o := &office.Office{}
	f, err := o.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	list, err := o.ToDecide(context.Background(), f)
	if err != nil {
		t.Fatal(err)
	}
	return o, f, list
}

func ofMatter(t *testing.T, list []decisions.Item, m decisions.Matter) []decisions.Item {
	t.Helper()
	var out []decisions.Item
	for _, it := range list {
		if it.Matter == m {
			out = append(out, it)
		}
	}
	if len(out) == 0 {
		t.Fatalf("nothing of the kind %s is to be decided", m)
	}
	return out
}

func TestDecideAnAnswerAndUndoIt(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir)
	_, _, list := items(t, dir)
	it := ofMatter(t, list, decisions.Ambiguous)[0]
	page, _, _ := v.get(base + "/decide?item=" + it.ID)
	if !strings.Contains(page, "Which level does “3?” stand for?") || strings.Count(page, " checked") != 1 { // of which that is how many are meant
		t.Fatalf("the question is not shown, or something is chosen beforehand:\n%.3000s", page)
	}
	fields := form(t, page)
	fields.Set("item", it.ID)
	page, _, status := v.post(base+"/decide", fields)
	for _, want := range []string{"Choose one of the answers", "Say who decides"} {
		if status != http.StatusUnprocessableEntity || !strings.Contains(page, want) {
			t.Fatalf("%d, without %q", status, want)
		}
	}
	fields = form(t, page)
	fields.Set("item", it.ID)
	fields.Set("value", "3")
	fields.Set("by", "Data office")
	page, _, status = v.post(base+"/decide", fields)
	if status != http.StatusUnprocessableEntity || !strings.Contains(page, "Give the reason") || !strings.Contains(page, `value="3" checked`) {
		t.Fatalf("%d: a decision without a reason", status)
	}
	fields = form(t, page)
	for name, value := range map[string]string{"item": it.ID, "value": "3", "by": "Data office", "reason": "They wrote <b>so</b>."} {
		fields.Set(name, value)
	}
	page, at, status := v.post(base+"/decide", fields)
	if status != http.StatusOK || !strings.Contains(page, "Decided:") || strings.Contains(page, "<b>so</b>") || strings.Contains(at, it.ID) {
		t.Fatalf("%s: %d\n%.3000s", at, status, page)
	}
	o, f, left := items(t, dir)
	if len(left) != len(list)-1 {
		t.Fatalf("%d are left of %d", len(left), len(list))
	}
	made, err := o.Decisions(context.Background(), f)
	if err != nil || len(made) != 1 || made[0].By != "Data office" || made[0].Value != "3" || made[0].Reason != "They wrote <b>so</b>." {
		t.Fatalf("%+v, %v", made, err)
	}
	page, _, _ = v.get(base + "/history?kind=decided")
	if !strings.Contains(page, "Decision 1") || !strings.Contains(page, "Data office") {
		t.Fatalf("the history does not have it:\n%.3000s", page)
	}
	fields = form(t, page)
	fields.Set("numbers", "1")
	fields.Set("back", base+"/history")
	if page, _, status = v.post(base+"/decide/undo", fields); status != http.StatusOK || !strings.Contains(page, "is taken back") {
		t.Fatalf("%d\n%.3000s", status, page)
	}
	if _, _, left = items(t, dir); !reflect.DeepEqual(left, list) {
		t.Errorf("%d are to be decided after the undo, want %d", len(left), len(list))
	}
}

func TestDecideManyAtOnce(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir)
	_, _, list := items(t, dir)
	of := ofMatter(t, list, decisions.Ambiguous)
	page, _, _ := v.get(base + "/decide?item=" + of[0].ID)
	if !strings.Contains(page, "all 4 of this kind in this return") || len(of) != 4 {
		t.Fatalf("%d: the count is not said", len(of))
	}
	fields := form(t, page)
	for name, value := range map[string]string{"item": of[0].ID, "value": "3", "scope": "file", "by": "B", "reason": "R"} {
		fields.Set(name, value)
	}
	if page, _, _ = v.post(base+"/decide", fields); !strings.Contains(page, "is decided one by one") {
		t.Fatal("a level was taken for all")
	}
	fields = form(t, page)
	for name, value := range map[string]string{"item": of[0].ID, "value": "ask", "scope": "file", "by": "B", "reason": "R"} {
		fields.Set(name, value)
	}
	page, _, _ = v.post(base+"/decide", fields)
	if !strings.Contains(page, "4 things decided") || !strings.Contains(page, "Undo these 4 decisions") {
		t.Errorf("%.2500s", page)
	}
	if _, _, left := items(t, dir); len(left) != len(list)-4 {
		t.Errorf("%d are left of %d", len(left), len(list))
	}
}

// Two tabs and the command line at once: a form that was drawn before somebody else decided shows both.
func TestDecideShowsWhatOthersDidMeanwhile(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir)
	o, _, list := items(t, dir)
	of := ofMatter(t, list, decisions.Ambiguous)
	first, _, _ := v.get(base + "/decide?item=" + of[0].ID)
	second, _, _ := v.get(base + "/decide?item=" + of[0].ID)
	fields := form(t, first)
	for name, value := range map[string]string{"item": of[0].ID, "value": "2", "by": "First", "reason": "R1"} {
		fields.Set(name, value)
	}
	if _, _, status := v.post(base+"/decide", fields); status != http.StatusOK {
		t.Fatal(status)
	}
	fields = form(t, second)
	for name, value := range map[string]string{"item": of[0].ID, "value": "3", "by": "Second", "reason": "R2"} {
		fields.Set(name, value)
	}
	page, _, status := v.post(base+"/decide", fields)
	if status != http.StatusConflict || !strings.Contains(page, "First") || !strings.Contains(page, "R2") {
		t.Fatalf("the other tab: %d\n%.3000s", status, page)
	}
	third, _, _ := v.get(base + "/decide?item=" + of[1].ID)
	f, unlock, _, err := o.OpenToWrite(dir, "test") // as the command line does
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.Decide(context.Background(), f, decisions.Batch{Requests: []decisions.Request{of[1].Choices[0].Request}, Reason: "on the command line", By: "Third"})
	unlock()
	if err != nil {
		t.Fatal(err)
	}
	fields = form(t, third)
	for name, value := range map[string]string{"item": of[1].ID, "value": "3", "reason": "R3"} {
		fields.Set(name, value)
	}
	if page, _, status = v.post(base+"/decide", fields); status != http.StatusConflict || !strings.Contains(page, "Third") {
		t.Fatalf("the command line: %d\n%.3000s", status, page)
	}
	again := form(t, page)
	for name, value := range fields {
		if name != "once" && name != "at" {
			again[name] = value
		}
	}
	again.Set("still", "yes")
	if page, _, status = v.post(base+"/decide", again); status != http.StatusOK || !strings.Contains(page, "This is decided already") {
		t.Errorf("deciding all the same: %d\n%.3000s", status, page)
	}
}

// What the page says of a choice is what the scores would be when it is made.
func TestChoicesSayWhatTheyWouldDo(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	o, f, list := items(t, dir)
	for _, it := range list {
		each, err := o.AsIfEach(context.Background(), f, &it, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range it.Choices {
			whole, err := o.AsIf(context.Background(), f, decisions.Batch{Requests: []decisions.Request{c.Request}})
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range whole {
				if x.Recipient == it.Recipient && (each[i] == nil || !reflect.DeepEqual(x.Then, each[i].Then)) {
					t.Errorf("%s, %s: not what the whole round says", it.ID, c.Value)
				}
			}
		}
	}
}

func TestOneReturnShowsAndServes(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir)
	page, _, _ := v.get(base + "/return?file=01247.xlsx")
	for _, want := range []string{`<tr id="E41" tabindex="-1" data-stop class="on">`, "mean 3.33 of 9 answers, 1 blank", "Decide 3.32", "Whose it is: said in 3 places of the file, seal unbroken"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	original, err := os.ReadFile(filepath.Join(dir, "returns", "01247.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if got, _, _ := v.get(base + "/return/original?file=01247.xlsx"); got != string(original) {
		t.Error("the original is not served as it is")
	}
	for _, file := range []string{"../recipients.csv", "../.rubric/key", "/etc/passwd", "no such.xlsx", ""} {
		if got, _, status := v.get(base + "/return/original?file=" + file); status == http.StatusOK {
			t.Errorf("%q is served: %.200s", file, got)
		}
	}
	page, _, _ = v.get(base + "/return?file=01233.pdf")
	if !strings.Contains(page, "Please send us the workbook itself, saved as Excel Workbook (.xlsx).") || !strings.Contains(page, "data-01233@example.org") {
		t.Errorf("no message to the sender:\n%.3000s", page)
	}
	eml, _, status := v.get(base + "/return/message.eml?file=01233.pdf")
	if status != http.StatusOK || !strings.Contains(eml, "X-Unsent: 1") || !strings.Contains(eml, "data-01233@example.org") {
		t.Errorf("%d: %.500s", status, eml)
	}
}
