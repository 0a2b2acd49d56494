package office_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

// generate makes the workbooks of those recipients, or of all.
func (d *desk) generate(only ...string) (out office.GenerateResult) {
	d.t.Helper()
	d.folder("generate", func(f *office.Folder) {
		var err error
		if out, err = d.o.Generate(context.Background(), f, office.GenerateOptions{Only: only}); err != nil {
			d.t.Fatal(err)
		}
	})
	return out
}

// drafts prepares a job, writes its drafts, and returns the ids that would be written to and what was withheld.
func (d *desk) drafts(job post.Job) (ids, withheld []string) {
	d.t.Helper()
	d.folder("send", func(f *office.Folder) {
		m, err := (&post.Post{Office: d.o}).Prepare(context.Background(), f, job, post.Options{})
		if err != nil {
			d.t.Fatal(err)
		}
		for _, x := range m.Outlines() {
			ids = append(ids, x.ID)
		}
		written, err := m.WriteDrafts(context.Background())
		if err != nil {
			d.t.Fatal(err)
		}
		for _, n := range slices.Concat(m.Problems, written.Withheld) {
			withheld = append(withheld, n.Text)
		}
	})
	return ids, withheld
}

func (d *desk) collect(sources ...string) (out post.Collected) {
	d.t.Helper()
	d.folder("collect", func(f *office.Folder) {
		var err error
		if out, err = (&post.Post{Office: d.o}).Collect(context.Background(), f, sources, post.CollectOptions{}); err != nil {
			d.t.Fatal(err)
		}
	})
	return out
}

func (d *desk) read(name string) []byte {
	d.t.Helper()
	content, err := os.ReadFile(filepath.Join(d.dir, filepath.FromSlash(name)))
	if err != nil {
		d.t.Fatal(err)
	}
	return content
}

const first, second = "01 Example School 01", "02 Example School 02"

// A recipient's answers that were saved in outbox/ are neither overwritten nor sent to anybody; they are moved to returns/,
// and a new workbook is made.
func TestAWorkbookFilledInInOutboxStays(t *testing.T) {
	d := newDesk(t)
	d.generate()
	if ids, withheld := d.drafts(post.Invitations); len(ids) != 3 || len(withheld) != 0 {
		t.Fatal(ids, withheld)
	}
	clean := d.read("outbox/" + first + ".xlsx")
	outbox := filepath.Join(d.dir, "outbox")
	d.sendBack(outbox, first+".xlsx", "3 – High", "2 – Middle")
	filled := d.read("outbox/" + first + ".xlsx")

	made := d.generate()
	if !slices.Equal(made.Touched, []string{"outbox/" + first + ".xlsx"}) || made.Workbooks != 2 {
		t.Errorf("generated %d, touched %q", made.Workbooks, made.Touched)
	}
	if len(made.Notes) != 1 || doing(made.Notes[0]) != "collect outbox/FILE" || !slices.Equal(made.Notes[0].More, made.Touched) {
		t.Errorf("notes: %+v", made.Notes)
	}
	for _, job := range []post.Job{post.Invitations, post.Reminders} {
		ids, withheld := d.drafts(job)
		if !slices.Equal(ids, []string{"02", "03"}) || len(withheld) != 1 || !strings.Contains(withheld[0], "outbox/"+first+".xlsx") {
			t.Errorf("job %d goes to %v, withheld %q", job, ids, withheld)
		}
	}
	if d.exists("outbox/" + first + ".eml") {
		t.Error("a draft to the recipient whose workbook is not to be sent is left lying")
	}
	if !bytes.Equal(d.read("outbox/"+first+".xlsx"), filled) {
		t.Fatal("the answers are gone")
	}

	// One that is as it was made is no return; the folder stands for the one that is.
	if got := d.collect(filepath.Join(outbox, second+".xlsx")); len(got.Problems) != 1 || got.New != 0 || !d.exists("outbox/"+second+".xlsx") {
		t.Errorf("an untouched one: %+v", got)
	}
	got := d.collect(outbox)
	if got.New != 1 || len(got.Moved) != 1 || len(got.Problems) > 0 || d.exists("outbox/"+first+".xlsx") {
		t.Fatalf("collected %+v", got)
	}
	if !bytes.Equal(d.read("returns/"+got.Files[0]), filled) {
		t.Error("what is in returns/ is not what was filled in")
	}
	if made = d.generate("01"); made.Workbooks != 1 || len(made.Touched) > 0 || !bytes.Equal(d.read("outbox/"+first+".xlsx"), clean) {
		t.Errorf("made again: %+v", made)
	}
}

// Where the journal has no digest of a workbook, it is untouched if making it again gives the same bytes, and touched otherwise.
func TestAWorkbookWithoutADigest(t *testing.T) {
	d := newDesk(t)
	d.generate()
	journal := filepath.Join(d.dir, ".rubric", "journal.jsonl")
	var kept []string
	for line := range strings.Lines(string(d.read(".rubric/journal.jsonl"))) {
		if !strings.Contains(line, `"generated"`) {
			kept = append(kept, line)
		}
	}
	if err := os.WriteFile(journal, []byte(strings.Join(kept, "")), 0o644); err != nil {
		t.Fatal(err)
	}
	d.sendBack(filepath.Join(d.dir, "outbox"), second+".xlsx", "1 – Low")
	if ids, withheld := d.drafts(post.Invitations); !slices.Equal(ids, []string{"01", "03"}) || len(withheld) != 1 {
		t.Errorf("written to %v, withheld %q", ids, withheld)
	}
	if made := d.generate(); made.Workbooks != 2 || !slices.Equal(made.Touched, []string{"outbox/" + second + ".xlsx"}) {
		t.Errorf("generated %d, touched %q", made.Workbooks, made.Touched)
	}
}

// A draft that somebody wrote something into is not overwritten; one with an older workbook attached does not stay.
func TestDraftsThatWereSavedOrAreStale(t *testing.T) {
	d := newDesk(t)
	d.generate()
	d.drafts(post.Invitations)
	mine := append(d.read("outbox/"+first+".eml"), "A word of my own.\r\n"...)
	if err := os.WriteFile(filepath.Join(d.dir, "outbox", first+".eml"), mine, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, withheld := d.drafts(post.Invitations); len(withheld) != 1 || !strings.Contains(withheld[0], "outbox/"+first+".eml") {
		t.Errorf("withheld %q", withheld)
	}
	if !bytes.Equal(d.read("outbox/"+first+".eml"), mine) {
		t.Error("the draft was overwritten")
	}
	// The title stands in every workbook.
	config := bytes.Replace(d.read("round.yaml"), []byte("Spring"), []byte("Summer"), 1)
	if err := os.WriteFile(filepath.Join(d.dir, "round.yaml"), config, 0o644); err != nil {
		t.Fatal(err)
	}
	made := d.generate()
	if made.Workbooks != 3 || d.exists("outbox/"+second+".eml") || !d.exists("outbox/"+first+".eml") {
		t.Errorf("generated %d; stale drafts: 02 %v", made.Workbooks, d.exists("outbox/"+second+".eml"))
	}
	if i := slices.IndexFunc(made.Notes, func(n office.Note) bool { return doing(n) == "collect outbox/FILE" }); i < 0 || !slices.Equal(made.Notes[i].More, []string{"outbox/" + first + ".eml"}) {
		t.Errorf("notes: %+v", made.Notes)
	}
}

// A correction that its sender filled in where it lay is neither overwritten nor removed nor sent.
func TestACorrectionThatWasFilledInStays(t *testing.T) {
	d := newDesk(t)
	d.generate()
	d.sendBack(filepath.Join(d.dir, "returns"), second+".xlsx", "1 – Low", "rather high")
	name := "results/corrections/" + second + ".xlsx"
	validate := func() (out office.ValidateResult) {
		d.folder("validate", func(f *office.Folder) {
			var err error
			if out, err = d.o.Validate(context.Background(), f, office.ValidateOptions{Corrections: true}); err != nil {
				t.Fatal(err)
			}
		})
		return out
	}
	if out := validate(); out.Corrections != 1 || len(out.Notes) > 0 {
		t.Fatalf("%+v", out)
	}
	if out := validate(); out.Corrections != 1 || len(out.Notes) > 0 {
		t.Fatalf("written again: %+v", out)
	}
	saved := append(d.read(name), 0) // as a program that saves writes other bytes
	if err := os.WriteFile(filepath.Join(d.dir, name), saved, 0o644); err != nil {
		t.Fatal(err)
	}
	if ids, withheld := d.drafts(post.Corrections); len(ids) != 0 || len(withheld) != 1 || !strings.Contains(withheld[0], name) {
		t.Errorf("corrections go to %v, withheld %q", ids, withheld)
	}
	out := validate()
	if out.Corrections != 0 || len(out.Notes) != 1 || doing(out.Notes[0]) != "collect results/corrections/FILE" || !slices.Equal(out.Notes[0].More, []string{name}) {
		t.Errorf("%+v", out)
	}
	if !bytes.Equal(d.read(name), saved) {
		t.Error("what was saved is gone")
	}
	if got := d.collect(filepath.Join(d.dir, name)); got.New != 1 || len(got.Moved) != 1 || d.exists(name) {
		t.Errorf("collected %+v", got)
	}
}

// A workbook that is saved between preparing and sending is withheld too.
func TestAWorkbookSavedWhileMessagesArePrepared(t *testing.T) {
	d := newDesk(t)
	d.generate()
	d.folder("send", func(f *office.Folder) {
		m, err := (&post.Post{Office: d.o}).Prepare(context.Background(), f, post.Invitations, post.Options{})
		if err != nil || m.Len() != 3 {
			t.Fatal(m.Problems, err)
		}
		d.sendBack(filepath.Join(d.dir, "outbox"), first+".xlsx", "3 – High", "2 – Middle")
		got, err := m.WriteDrafts(context.Background())
		if err != nil || got.Written != 2 || len(got.Withheld) != 1 || d.exists("outbox/"+first+".eml") {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

// Excel opens no file whose path has more than 218 characters; the folder's own path is counted.
func TestAFolderThatLiesTooDeep(t *testing.T) {
	d := newDesk(t)
	if notes := append(d.generate().Notes, d.notes()[""]...); len(notes) > 0 {
		t.Fatalf("%d characters are not too many, and yet %q", len(d.dir), notes)
	}
	// outbox/01 Example School 01.xlsx and a separator before it have 33; one more than fits is left.
	const name = len("/outbox/01 Example School 01.xlsx")
	deep := d.dir
	for len(deep) < 218-name+1 {
		deep += string(filepath.Separator) + strings.Repeat("x", max(1, min(40, 218-name-len(deep))))
	}
	if len(deep) != 218-name+1 {
		t.Fatalf("%d", len(deep))
	}
	moved := filepath.Join(t.TempDir(), "moved")
	if err := os.Rename(d.dir, moved); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(deep), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(moved, deep); err != nil {
		t.Fatal(err)
	}
	d.dir = deep
	notes := d.generate().Notes
	if len(notes) != 1 || !strings.Contains(notes[0].Text, "218 characters: 3 files have more") || !strings.Contains(notes[0].Text, "by 1 character.") || len(notes[0].More) != 3 {
		t.Errorf("one character too many: %q", notes)
	}
	// It is noticed afterwards too, and before anything is made; what lies in results/ counts with it.
	if again := d.notes()[""]; len(again) != 1 || again[0].Text != notes[0].Text {
		t.Errorf("the register says %q", again)
	}
	if err := os.RemoveAll(filepath.Join(deep, "outbox")); err != nil {
		t.Fatal(err)
	}
	if again := d.notes()[""]; len(again) != 1 || again[0].Text != notes[0].Text {
		t.Errorf("before anything is made: %q", again)
	}
	d.write("results/corrections/"+first+".xlsx", []byte("not looked at"))
	if again := d.notes()[""]; len(again) != 1 || !strings.Contains(again[0].Text, "4 files have more") || !strings.Contains(again[0].Text, "by 14 characters.") || again[0].More[0] != "results/corrections/"+first+".xlsx" {
		t.Errorf("with a correction: %q", again)
	}
}
