package desk_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/desk"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

// TestAWholeRound goes from an empty folder to the results on the desk's pages, three times: with the mouse, with the
// keyboard alone, and with script switched off. The three journals are equal but for times, and the results are byte for
// byte those that the same operations make without the desk. See wholeBrowser for which of the three are run.
func TestAWholeRound(t *testing.T) {
	if testing.Short() {
		t.Skip("drives a browser through a whole round, three times")
	}
	chromium(t)
	var journals [][]string
	hands := []hand{mouse{}, keys{}, noScript{}}
	if !wholeBrowser() {
		hands = hands[:1]
	}
	for _, h := range hands {
		t.Run(h.name(), func(t *testing.T) { journals = append(journals, wholeRound(t, h)) })
	}
	for i, j := range journals {
		if i > 0 && !slices.Equal(j, journals[0]) {
			t.Errorf("the journals differ: %d and %d events", len(journals[0]), len(j))
			for k := range min(len(j), len(journals[0])) {
				if j[k] != journals[0][k] {
					t.Fatalf("event %d:\n%s\n%s", k, journals[0][k], j[k])
				}
			}
		}
	}
}

// wholeRound plays it, and gives the journal without times.
func wholeRound(t *testing.T, h hand) []string {
	v := visit(t, "")
	b := tab(t, v, "")
	h.begin(b)
	b.open("/")

	// A new round, with a list as Excel saves it.
	h.click(b, ".head .act a")
	h.choose(b, "input[name=template][value=uk-dmm]")
	h.click(b, "main form button.main")
	for _, x := range [][2]string{{"#title", "Spring check"}, {"#organiser", "Example Office"}, {"#issued", "2027-02-01"}, {"#due", "2027-03-26"}, {"#contact-name", "The data office"}, {"#contact-email", "office@example.org"}} {
		h.fill(b, x[0], x[1])
	}
	h.click(b, "main form button.main")
	list := filepath.Join(t.TempDir(), "list.csv")
	var rows strings.Builder
	rows.WriteString("\ufeffCode;School;E-mail;Region\r\n")
	for i := range 30 {
		fmt.Fprintf(&rows, "%04d;Example School %d;school%d@example.org;%s\r\n", i+1, i+1, i+1, []string{"North", "South"}[i%2])
	}
	if err := os.WriteFile(list, []byte(rows.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	b.there("#file")
	b.files("#file", list)
	h.click(b, "form.drop button")
	h.click(b, "button[name=do][value=use]")
	h.click(b, "main form button.main") // the look stays as it is
	b.there("#folder")
	folder := t.TempDir()
	b.open(b.eval("location.pathname + location.search") + "&in=" + folder)
	h.fill(b, "#folder", "round")
	h.click(b, "main form button.main")
	b.there(".steps")
	dir := filepath.Join(folder, "round")
	base := "/r/" + desk.KeyOf(dir)
	// With one key for all three, workbooks and so digests are equal.
	if err := os.WriteFile(filepath.Join(dir, ".rubric", "key"), []byte(strings.Repeat("07", 32)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}

	// Workbooks, and drafts of the messages with them.
	b.open(base + "/send")
	h.click(b, "form[action*='/send/workbooks'] button")
	v.ended(base + "/send?job=ended")
	b.open(base + "/send")
	h.click(b, "form[action*='/send/prepare'] button.main")
	v.ended(base + "/send?job=ended")
	b.open(base + "/send?job=ended")
	h.click(b, "section.job a[href*='/send/confirm']")
	h.click(b, "button[value=drafts]")
	v.ended(base + "/send?job=ended")
	if drafts, _ := filepath.Glob(filepath.Join(dir, "outbox", "*.eml")); len(drafts) != 30 {
		t.Fatalf("%d drafts, want 30", len(drafts))
	}

	// What comes back: 28 returns, and 12 files that are none.
	names := cameBack(t, dir)
	b.open(base + "/returns")
	b.files("#files", names...)
	h.click(b, "form.drop button")
	v.ended(base + "/returns?job=ended")
	b.open(base + "/returns?job=ended")
	b.there("section.job tbody tr")
	if n := b.eval("document.querySelectorAll('section.job tbody tr').length"); n != "40" {
		t.Errorf("%s files are shown as they were read, want 40", n)
	}

	// A decision, taken and undone, and taken again.
	_, _, waiting := items(t, dir)
	if len(waiting) == 0 {
		t.Fatal("nothing is to be decided")
	}
	for i := range 2 {
		b.open(base + "/decide")
		h.choose(b, "input[name=value][value='3']")
		h.fill(b, "#reason", "They said so on the telephone.")
		if b.is("#by", "input") {
			h.fill(b, "#by", "Data office")
		}
		h.click(b, "form[action$='/decide'] button.main")
		b.there(".done")
		if i == 0 {
			h.click(b, ".done form button")
			b.there(".done")
		}
	}

	// The results; the same operations on a copy give the same bytes.
	copied := filepath.Join(t.TempDir(), "round")
	if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	b.open(base + "/files")
	h.click(b, "form[action$='/files/make'] button.main")
	v.ended(base + "/files?job=ended")
	withoutTheDesk(t, copied)
	same(t, filepath.Join(dir, "results"), filepath.Join(copied, "results"))
	b.open(base + "/results")
	b.there("table.heat")
	if h.name() != "no script" {
		b.quiet()
	}
	return journalOf(t, dir)
}

// cameBack fills in what came back: 28 returns that count, one of them with an answer that is not clear, and 12 others.
func cameBack(t *testing.T, dir string) (names []string) {
	t.Helper()
	o := &office.Office{}
	f, err := o.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	at := t.TempDir()
	put := func(name string, content []byte) {
		name = filepath.Join(at, name)
		if err := os.WriteFile(name, content, 0o644); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	files := f.FileNames(".xlsx")
	saved := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	for i, rc := range f.Recipients[:28] {
		empty, err := os.ReadFile(filepath.Join(dir, "outbox", files[rc.ID]))
		if err != nil {
			t.Fatal(err)
		}
		filling := assessment.Filling{Words: f.Template.Words(), Saved: saved.Add(time.Duration(i) * time.Hour), Respondent: assessment.FillRespondent{Name: "Head of Data", Date: "2027-03-01"}}
		for k := range f.Template.Criteria {
			c := &f.Template.Criteria[k]
			scale := f.Template.Scale(c)
			filling.Cells = append(filling.Cells, assessment.FillCell{Ref: c.Ref, Answer: scale[(i+k)%len(scale)].Label(), Comment: map[bool]string{true: "Seen <b>here</b>."}[k == 5]})
		}
		if i == 3 {
			filling.Cells[7].Answer = "3?"
		}
		content, err := assessment.Fill(empty, filling)
		if err != nil {
			t.Fatal(err)
		}
		put(files[rc.ID], content)
	}
	put("minutes.txt", []byte("What was said in the meeting."))
	put("cut off.xlsx", []byte("PK\x03\x04 and nothing more"))
	for i := len(names); i < 40; i++ {
		put(fmt.Sprintf("note %d.csv", i), fmt.Appendf(nil, "ref,level\n1.1,%d\n", i))
	}
	return names
}

// withoutTheDesk does what the page Files does by the use cases that the command line calls.
func withoutTheDesk(t *testing.T, dir string) {
	t.Helper()
	o := &office.Office{Jobs: 2}
	f, unlock, _, err := o.OpenToWrite(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	ctx := context.Background()
	if _, err := o.Validate(ctx, f, office.ValidateOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Consolidate(ctx, f, office.ConsolidateOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Report(ctx, f, office.ReportOptions{}); err != nil {
		t.Fatal(err)
	}
}

// same fails where two folders do not hold the same files with the same bytes.
func same(t *testing.T, a, b string) {
	t.Helper()
	read := func(dir string) map[string][]byte {
		out := map[string][]byte{}
		err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			rel, _ := filepath.Rel(dir, p)
			out[rel], err = os.ReadFile(p)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	x, y := read(a), read(b)
	if len(x) < 30 {
		t.Errorf("only %d files in results/", len(x))
	}
	for name, content := range x {
		if other, ok := y[name]; !ok || !bytes.Equal(content, other) {
			t.Errorf("%s differs from what is made without the desk (%v)", name, ok)
		}
	}
	for name := range y {
		if _, ok := x[name]; !ok {
			t.Errorf("the desk did not make %s", name)
		}
	}
}

// journalOf is the journal's events without their times.
func journalOf(t *testing.T, dir string) (out []string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, ".rubric", "journal.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := (&office.Office{}).Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	// The round's id ends with letters of its own, which stand in what is sealed as well: a digest is told by when it came.
	digests := map[string]string{}
	numbered := func(digest string) string {
		if digests[digest] == "" {
			digests[digest] = fmt.Sprintf("digest %d", len(digests)+1)
		}
		return digests[digest]
	}
	for line := range strings.Lines(strings.ReplaceAll(string(b), f.Config.ID, "ROUND")) {
		var e map[string]any
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		delete(e, "time")
		kept, _ := json.Marshal(e)
		out = append(out, regexp.MustCompile(`[0-9a-f]{16}(?:[0-9a-f]{48})?`).ReplaceAllStringFunc(string(kept), numbered))
	}
	return out
}
