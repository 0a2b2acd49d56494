package desk_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/desk"
	"github.com/xuri/excelize/v2"
)

const (
	scripted = `<script>alert(1)</script>`
	imaged   = `"><img src=x onerror=alert(2)>`
)

// hostileRound has script and markup in a recipient's name and group, an answer, a comment, evidence, and a file's name.
func hostileRound(t *testing.T) string {
	t.Helper()
	dir := demoRound(t, "uk-dmm")
	list := filepath.Join(dir, "recipients.csv")
	b, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	named := strings.Replace(string(b), "Example Office of Canals,", `"`+scripted+`",`, 1)
	named = strings.Replace(named, ",Transport,Small", `,"`+strings.ReplaceAll(imaged, `"`, `""`)+`",Small`, 1)
	if err := os.WriteFile(list, []byte(named), 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(filepath.Join(dir, "returns", "01247.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	for cell, text := range map[string]string{"I41": scripted, "K41": imaged, "L41": scripted + imaged, "I54": imaged} {
		if err := f.SetCellStr("Assessment", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(filepath.Join(dir, "returns", oddName)); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "returns", "01247.xlsx")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "returns", markupName), []byte("a,b\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestMarkupIsShownAsText(t *testing.T) {
	dir := hostileRound(t)
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir)
	_, _, list := items(t, dir)
	pages := []string{"/returns", "/returns?files=all&q=" + url.QueryEscape(scripted), "/returns?g0=" + url.QueryEscape(imaged), "/return?file=" + url.QueryEscape(oddName),
		"/return?file=" + url.QueryEscape(markupName), "/return?file=" + url.QueryEscape(scripted), "/history?q=" + url.QueryEscape(scripted),
		"/history?by=" + url.QueryEscape(imaged), "/decide?matter=" + url.QueryEscape(scripted)}
	for _, it := range list {
		pages = append(pages, "/decide?item="+it.ID)
	}
	shown := false
	for _, at := range pages {
		page, _, _ := v.get(base + at)
		shown = shown || strings.Contains(page, "&lt;script&gt;")
		for _, bad := range []string{"<script>alert", "<img src=x", `"><img`} {
			if strings.Contains(page, bad) {
				t.Errorf("%s: %q is markup", at, bad)
			}
		}
	}
	if !shown {
		t.Error("the markup is shown nowhere: this tests nothing")
	}
}

func TestMailboxFormSaysWhatIsMissing(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir)
	page, _, _ := v.get(base + "/returns")
	fields := form(t, page)
	for name, value := range map[string]string{"server": "imap.example.org", "port": "many", "user": "office", "password": "", "since": "yesterday"} {
		fields.Set(name, value)
	}
	page, _, status := v.post(base+"/returns/mailbox", fields)
	for _, want := range []string{"The port is a number", "Type the password", "Give a day", `value="imap.example.org"`} {
		if status != http.StatusUnprocessableEntity || !strings.Contains(page, want) {
			t.Errorf("%d, without %q", status, want)
		}
	}
	fields = form(t, page)
	for name, value := range map[string]string{"server": "127.0.0.1", "port": "1", "user": "office", "password": "hunter2secret", "mailbox": "INBOX"} {
		fields.Set(name, value)
	}
	v.post(base+"/returns/mailbox", fields)
	page = v.ended(base + "/returns?job=ended")
	if !strings.Contains(page, "127.0.0.1") || strings.Contains(page, "hunter2secret") {
		t.Errorf("a server that is not there:\n%.3000s", page)
	}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			if b, err := os.ReadFile(path); err == nil && strings.Contains(string(b), "hunter2secret") {
				t.Errorf("%s holds the password", path)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
