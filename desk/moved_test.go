package desk_test

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/desk"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
)

// openDir opens a folder from the page of rounds.
func (v *visitor) openDir(dir string) (page, at string, status int) {
	v.t.Helper()
	page, _, _ = v.get("/")
	fields := form(v.t, page)
	fields.Set("dir", dir)
	return v.post("/open", fields)
}

// A folder that is moved away while the desk shows it is missed in words, and goes on where it is opened anew.
func TestARoundFolderIsMoved(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir)
	v.get(base + "/overview")
	page, _, _ := v.get(base + "/files")
	fields := form(t, page)
	moved := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Rename(dir, moved); err != nil {
		t.Fatal(err)
	}
	v.desk.LooksAge()
	if page, _, status := v.get(base + "/overview"); status == http.StatusOK || !strings.Contains(page, "there is no folder") {
		t.Errorf("%d\n%.2000s", status, page)
	}
	if page, _, status := v.post(base+"/files/make", fields); status == http.StatusOK || !strings.Contains(page, "there is no folder") {
		t.Errorf("a form of then: %d\n%.2000s", status, page)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the desk made the folder anew where it was")
	}
	page, _, _ = v.get("/")
	if !strings.Contains(page, "the folder is not there") || !strings.Contains(page, "may have been moved") {
		t.Errorf("the list of rounds:\n%.2500s", page)
	}
	page, at, status := v.openDir(moved)
	if status != http.StatusOK || at != "/r/"+desk.KeyOf(moved)+"/overview" || strings.Contains(page, "is older than") || !strings.Contains(page, "27") {
		t.Errorf("%s: %d\n%.2000s", at, status, page)
	}
}

// restored is a round that was copied, went on, and was put back from the copy while the desk shows it.
func restored(t *testing.T) (v *visitor, dir string, before string) {
	t.Helper()
	dir = demoRound(t, "uk-dmm")
	backup := filepath.Join(t.TempDir(), "backup")
	if err := os.CopyFS(backup, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	f, unlock, _, err := (&office.Office{}).OpenToWrite(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	for i, rc := range f.Recipients[:3] {
		if err := f.Record(round.Event{Time: time.Now().Add(time.Duration(i) * time.Second), Kind: round.Sent, Recipient: rc.ID, Address: rc.Email}); err != nil {
			t.Fatal(err)
		}
	}
	unlock()
	v = visit(t, dir)
	before, _, _ = v.get("/r/" + desk.KeyOf(dir) + "/settings")
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(backup)); err != nil {
		t.Fatal(err)
	}
	v.desk.LooksAge()
	return v, dir, before
}

// A round that was restored from a backup is older than what was seen: it is said on every page until somebody takes it as it
// is, and a form of then does nothing.
func TestARoundIsRestoredFromABackup(t *testing.T) {
	v, dir, before := restored(t)
	base := "/r/" + desk.KeyOf(dir)
	fields := settingsForm(t, before)
	fields.Set("title", "Of then")
	if page, _, status := v.post(base+"/settings", fields); status != http.StatusConflict || !strings.Contains(page, "went back to an earlier state") {
		t.Errorf("%d\n%.2000s", status, page)
	}
	if f, err := (&office.Office{}).Open(dir); err != nil || f.Config.Title == "Of then" {
		t.Errorf("the form of then was taken (%v)", err)
	}
	for _, at := range []string{"overview", "send", "returns"} {
		if page, _, _ := v.get(base + "/" + at); !strings.Contains(page, "This round is older than when you last saw it here") || !strings.Contains(page, "may look as if they were not sent") {
			t.Errorf("%s does not say it:\n%.2000s", at, page)
		}
	}
	page, _, _ := v.get(base + "/overview")
	if page, _, _ = v.fill(page, base+"/older"); strings.Contains(page, "is older than when") || !strings.Contains(page, "taken as it is now") {
		t.Errorf("%.2000s", page)
	}
	if page, _, _ = v.get(base + "/send"); strings.Contains(page, "is older than when") {
		t.Error("it is said again")
	}
}

// A copy that was made as a backup opens beside the round; that it is the older one is said there, and not at the round itself.
func TestABackupIsOpened(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	backup := filepath.Join(t.TempDir(), "backup of the round")
	if err := os.CopyFS(backup, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	v := visit(t, dir)
	page, _, _ := v.get("/r/" + desk.KeyOf(dir) + "/settings")
	fields := settingsForm(t, page)
	fields.Set("title", "Went on")
	v.post("/r/"+desk.KeyOf(dir)+"/settings", fields)
	v.get("/r/" + desk.KeyOf(dir) + "/overview")
	if page, _, status := v.openDir(backup); status != http.StatusOK || !strings.Contains(page, "this folder is an older copy") || strings.Contains(page, "Went on") {
		t.Errorf("%d\n%.2500s", status, page)
	}
	if page, _, _ = v.get("/r/" + desk.KeyOf(dir) + "/overview"); strings.Contains(page, "older copy") || !strings.Contains(page, "Went on") {
		t.Error("the round itself is said to be the older one")
	}
}

// A round in which a newer program wrote something that this one does not know can be looked at; whatever writes is refused
// with the version that it takes, and nothing is changed.
func TestARoundOfANewerProgram(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	journal := filepath.Join(dir, ".rubric", "journal.jsonl")
	b, err := os.ReadFile(journal)
	if err == nil {
		b = fmt.Appendf(b, `{"time":"2027-01-02T03:04:05Z","kind":"conjured","needs":"99.1.0"}`+"\n")
		err = os.WriteFile(journal, b, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir)
	page, _, status := v.get(base + "/overview")
	if status != http.StatusOK || !strings.Contains(page, "99.1.0") {
		t.Errorf("the overview does not say it: %d\n%.3000s", status, page)
	}
	for _, at := range []string{"returns", "results", "recipients", "decide", "history", "files", "send", "compare", "template"} {
		if _, _, status := v.get(base + "/" + at); status != http.StatusOK {
			t.Errorf("%s cannot be looked at: %d", at, status)
		}
	}
	page, _, _ = v.get(base + "/settings")
	fields := settingsForm(t, page)
	fields.Set("title", "Changed")
	says := func(what, page string) {
		t.Helper()
		if !strings.Contains(strings.ToLower(page), "a newer version of rubric has worked on this round") || !strings.Contains(page, "99.1.0 or later") {
			t.Errorf("%s: the version is not named:\n%.3000s", what, page)
		}
	}
	page, _, _ = v.post(base+"/settings", fields)
	says("settings", page)
	page, _, _ = v.get(base + "/files")
	v.post(base+"/files/make", form(t, page))
	says("making files", v.ended(base+"/files?job=ended"))
	page, _, _ = v.get(base + "/returns")
	v.drop(page, []dropped{{"new.csv", []byte("a,1\n")}})
	says("adding files", v.ended(base+"/returns?job=ended"))
	page, _, _ = v.get(base + "/send")
	v.fill(page, base+"/send/workbooks?kind=invitations")
	says("making workbooks", v.ended(base+"/send?job=ended"))
	if after, _ := os.ReadFile(journal); !bytes.Equal(after, b) {
		t.Error("the journal was written to")
	}
	if f, err := (&office.Office{}).Open(dir); err != nil || f.Config.Title == "Changed" {
		t.Errorf("round.yaml was written to (%v)", err)
	}
}
