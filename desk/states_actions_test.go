package desk_test

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/desk"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/planning"
)

// withPlans is a page of the example round with its action plans made; back says that three of them came back.
func withPlans(page string, back bool) func(t *testing.T) (*visitor, string, string) {
	return func(t *testing.T) (*visitor, string, string) {
		dir := demoRound(t, "uk-dmm")
		o := &office.Office{Jobs: 2}
		f, unlock, _, err := o.OpenToWrite(dir, "test")
		if err == nil {
			_, err = planning.Make(t.Context(), o, f, planning.Options{})
			unlock()
		}
		if err != nil {
			t.Fatal(err)
		}
		if back {
			made, _ := filepath.Glob(filepath.Join(dir, "results", "plans", "*.xlsx"))
			if len(made) < 3 {
				t.Fatalf("%d plans", len(made))
			}
			fillPlan(t, made[0], filepath.Join(dir, "returns", "plan a.xlsx"), "G5=Write down <b>who</b> owns which data", "H5=<script>alert(1)</script>", "I5=2020-03-01", "J5=In progress", "G6=Train two people", "H6=Head", "I6=2020-01-31", "J6=Done")
			fillPlan(t, made[1], filepath.Join(dir, "returns", "plan b.xlsx"), "G5=Name an owner", "H5=Director", "I5=2020-01-15", "J5=On hold", "G6=Ask around", "H6=Director")
			fillPlan(t, made[2], filepath.Join(dir, "returns", "plan c.xlsx"), "G5=Do it", "H5=Us", "I5=next term", "J5=nearly")
		}
		return visit(t, dir), dir, "/r/" + desk.KeyOf(dir) + "/" + page
	}
}

// fillPlan fills cells of the sheet Plan of a workbook by openpyxl; what looks like a day is one.
func fillPlan(t *testing.T, in, out string, cells ...string) {
	t.Helper()
	const program = `import datetime,re,sys
import openpyxl
wb=openpyxl.load_workbook(sys.argv[1])
for c in sys.argv[3:]:
  k,v=c.split("=",1)
  wb["Plan"][k]=datetime.date.fromisoformat(v) if re.fullmatch(r"\d{4}-\d\d-\d\d",v) else v
wb.save(sys.argv[2])`
	python := "/usr/bin/python3"
	if exec.Command(python, "-c", "import openpyxl").Run() != nil {
		t.Skip("openpyxl is not installed")
	}
	if said, err := exec.Command(python, append([]string{"-c", program, in, out}, cells...)...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
}

func init() {
	addStates("/r/{key}/actions", state{name: "empty", reach: small("actions")}, state{name: "none", reach: at("actions")}, state{name: "made", reach: withPlans("actions", false)},
		state{name: "full", reach: withPlans("actions", true)}, state{name: "nobody", reach: withPlans("actions?q=zzz", false)},
		state{name: "error", why: "its one form asks for nothing that can be wrong"})
	addStates("/r/{key}/return", state{name: "plan", reach: func(t *testing.T) (*visitor, string, string) {
		v, dir, path := withPlans("return?file=plan+c.xlsx", true)(t)
		return v, dir, path
	}})
	addStates("/r/{key}/send", state{name: "plans", reach: withPlans("send?kind=plans", false)})
}

// The page says what is next, from the first return to the plans that are back.
func TestActionsSayWhatIsNext(t *testing.T) {
	v, _, path := small("actions")(t)
	page, _, _ := v.get(path)
	if !strings.Contains(page, "No return counts yet") || strings.Contains(page, "actions/make") || strings.Contains(page, "By status") {
		t.Errorf("before the first return:\n%.200s", page)
	}
	v, dir, path := at("actions")(t)
	page, _, _ = v.get(path)
	if !strings.Contains(page, "Next: make 27 action plans") || !strings.Contains(page, `<strong>0</strong> <span class="soft">(of 27)</span>`) {
		t.Fatalf("nothing is made:\n%.200s", page)
	}
	v.fill(page, path+"/make")
	page = v.settle(path + "?job=ended")
	if !strings.Contains(page, "27 action plans are made.") || !strings.Contains(page, "Next: send 27 action plans") || !strings.Contains(page, "Make them again") {
		t.Fatalf("made:\n%.200s", page)
	}
	if made, _ := filepath.Glob(filepath.Join(dir, "results", "plans", "*.xlsx")); len(made) != 27 {
		t.Errorf("%d plans lie in the folder", len(made))
	}
	page, _, status := v.get(strings.Replace(path, "/actions", "/send?kind=plans", 1))
	if status != http.StatusOK || !strings.Contains(page, "Prepare: 27 messages") || !strings.Contains(page, "Action plan.xlsx") || !strings.Contains(page, "your action plan") {
		t.Errorf("send: %d\n%s", status, page)
	}
}

// Of plans that are back it counts the actions, lists what is overdue and says who has not sent one; what people wrote is text.
func TestActionsOfPlansThatAreBack(t *testing.T) {
	v, dir, path := withPlans("actions", true)(t)
	page, _, _ := v.get(path)
	for _, want := range []string{`<strong>3</strong> <span class="soft">(of 27)</span>`, "2 actions are open, and their day is past", "Write down &lt;b&gt;who&lt;/b&gt; owns which data", "&lt;script&gt;alert(1)&lt;/script&gt;",
		`Back<span class="n">3</span>`, `Made, not sent<span class="n">24</span>`, `With something overdue<span class="n">2</span>`, `No return that counts<span class="n">9</span>`, "2 errors"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %s", want)
		}
	}
	if strings.Contains(page, "<script>alert") || t.Failed() {
		t.Errorf("%s", page)
	}
	// The longest overdue stands first, and what is done is not overdue.
	if a, b := strings.Index(page, "Name an owner"), strings.Index(page, "Write down"); a < 0 || a > b || strings.Contains(page, "Train two people") {
		t.Errorf("in another order: %d, %d", a, b)
	}
	page, _, _ = v.get(path + "?plan=overdue")
	if !strings.Contains(page, "<b>2 recipients</b>") {
		t.Errorf("those with something overdue:\n%.200s", page)
	}
	page, _, _ = v.get(strings.Replace(path, "/actions", "/return?file=plan+c.xlsx", 1))
	for _, want := range []string{"“nearly”", "“next term”", `href="#plan-5">I5`, `id="plan-5"`, "not started"} {
		if !strings.Contains(page, want) {
			t.Errorf("the return does not show %s:\n%s", want, page)
		}
	}
	// A plan whose workbook is not there any more is not counted as back.
	if err := os.Remove(filepath.Join(dir, "returns", "plan a.xlsx")); err != nil {
		t.Fatal(err)
	}
	v2 := visit(t, dir)
	page, _, _ = v2.get(path)
	if !strings.Contains(page, `<strong>2</strong> <span class="soft">(of 27)</span>`) {
		t.Errorf("one is gone:\n%.3000s", page)
	}
}
