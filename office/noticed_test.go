package office_test

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

// notes are those of a look at the register, by what they ask for.
func (d *desk) notes() map[string][]office.Note {
	d.t.Helper()
	f, err := d.o.Open(d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	out, err := d.o.Status(context.Background(), f, office.StatusOptions{})
	if err != nil {
		d.t.Fatal(err)
	}
	by := map[string][]office.Note{}
	for _, n := range out.Notes {
		by[doing(n)] = append(by[doing(n)], n)
	}
	return by
}

func (d *desk) write(name string, content []byte) {
	d.t.Helper()
	if err := os.MkdirAll(filepath.Dir(filepath.Join(d.dir, name)), 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(d.dir, name), content, 0o644); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) consolidateAndReport() (reported office.ReportResult) {
	d.t.Helper()
	d.folder("report", func(f *office.Folder) {
		if _, err := d.o.Consolidate(context.Background(), f, office.ConsolidateOptions{}); err != nil {
			d.t.Fatal(err)
		}
		var err error
		if reported, err = d.o.Report(context.Background(), f, office.ReportOptions{Merge: true}); err != nil {
			d.t.Fatal(err)
		}
	})
	return reported
}

// Returns that lie beside round.yaml, in outbox/ or in results/ are noticed, each with what to do; what is no return, what
// was made, and what is in returns/ already, is not.
func TestReturnsLeftElsewhereAreNoticed(t *testing.T) {
	d := newDesk(t)
	d.generate()
	d.drafts(0)
	if n := d.notes(); len(n) > 0 {
		t.Fatalf("a round as it was made: %+v", n)
	}
	inbox := t.TempDir()
	d.sendBack(inbox, first+".xlsx", "3 – High", "2 – Middle")
	filled, err := os.ReadFile(filepath.Join(inbox, first+".xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	if w, err := z.Create("a.xlsx"); err == nil {
		w.Write(filled)
	}
	z.Close()
	d.write("from school 01.xlsx", filled)
	d.write("packed.zip", packed.Bytes())
	d.write("results/01.xlsx", filled)
	d.write("outbox/copy of 01.xlsx", filled)
	d.write("outbox/"+first+".xlsx", filled)
	d.write("results/corrections/01.xlsx", filled)
	d.write("completed/March/01.xlsx", filled)
	d.write("outbox/done/01.xlsx", filled)
	d.write("last year/round.yaml", []byte("x"))
	d.write("last year/returns/01.xlsx", filled)
	d.write("attachments/0101/01.xlsx", filled)
	d.write(".hidden/01.xlsx", filled)
	d.write("notes.xlsx", []byte("PK\x03\x04 not a workbook"))
	d.write("~$from school 01.xlsx", []byte("x"))
	n := d.notes()
	for about, want := range map[string][]string{
		"collect FILE":                     {"completed/March/01.xlsx", "from school 01.xlsx", "outbox/done/01.xlsx", "packed.zip", "results/01.xlsx"},
		"collect outbox/FILE":              {"outbox/" + first + ".xlsx", "outbox/copy of 01.xlsx"},
		"collect results/corrections/FILE": {"results/corrections/01.xlsx"},
	} {
		if len(n[about]) != 1 || !slices.Equal(n[about][0].More, want) {
			t.Errorf("%s: %+v, want %q", about, n[about], want)
		}
	}
	d.write("returns/01.xlsx", filled)
	if n = d.notes(); len(n) > 0 {
		t.Errorf("with a copy in returns/: %+v", n)
	}
}

// Results that no longer show what came back are said, and what nothing stands behind any more does not stay.
func TestResultsOlderThanTheReturns(t *testing.T) {
	d := newDesk(t)
	d.generate()
	before := d.consolidateAndReport()
	if before.Summaries != 0 || d.exists("results/pdf/overview.pdf") || len(before.Notes) != 1 || !strings.Contains(before.Notes[0].Text, "no return counts yet") {
		t.Errorf("before any return: %+v", before)
	}
	returns := filepath.Join(d.dir, "returns")
	d.sendBack(returns, first+".xlsx", "3 – High", "2 – Middle")
	d.sendBack(returns, second+".xlsx", "1 – Low", "2 – Middle")
	if n := d.notes()["consolidate"]; len(n) != 1 || !strings.Contains(n[0].Text, "results/consolidated.xlsx") {
		t.Errorf("after returns came: %+v", n)
	}
	if got := d.consolidateAndReport(); got.Summaries != 2 || len(got.Notes) > 0 {
		t.Fatalf("reported %+v", got)
	}
	journal := d.read(".rubric/journal.jsonl")
	d.consolidateAndReport()
	if !bytes.Equal(journal, d.read(".rubric/journal.jsonl")) {
		t.Error("the same results are in the journal twice")
	}
	if n := d.notes(); len(n) > 0 {
		t.Errorf("results of now: %+v", n)
	}

	d.sendBack(returns, second+".xlsx", "2 – Middle", "2 – Middle") // a second one, in place of the first
	if n := d.notes()["report"]; len(n) != 1 || !slices.Equal(n[0].More, []string{"results/pdf/" + second + ".pdf"}) {
		t.Errorf("another return counts: %+v", n)
	}
	d.consolidateAndReport()

	if err := os.Rename(filepath.Join(returns, second+".xlsx"), filepath.Join(t.TempDir(), "x.xlsx")); err != nil {
		t.Fatal(err)
	}
	n := d.notes()
	if r := n["report"]; len(r) != 1 || !slices.Equal(r[0].More, []string{"results/pdf/" + second + ".pdf"}) {
		t.Errorf("a return was withdrawn: %+v", n)
	}
	if r := n["consolidate"]; len(r) != 1 || !strings.Contains(r[0].Text, "results/pdf/overview.pdf") {
		t.Errorf("a return was withdrawn: %+v", n)
	}
	if got := d.consolidateAndReport(); got.Summaries != 1 || d.exists("results/pdf/"+second+".pdf") || !d.exists("results/pdf/"+first+".pdf") {
		t.Errorf("reported %+v", got)
	}
	if n := d.notes(); len(n) > 0 {
		t.Errorf("after that: %+v", n)
	}

	// The last one is withdrawn too, and somebody wrote into its summary.
	d.write("results/pdf/"+first+".pdf", []byte("a remark of somebody"))
	if err := os.Remove(filepath.Join(returns, first+".xlsx")); err != nil {
		t.Fatal(err)
	}
	got := d.consolidateAndReport()
	if got.Summaries != 0 || d.exists("results/pdf/overview.pdf") || d.exists("results/pdf/all-summaries.pdf") || !d.exists("results/pdf/"+first+".pdf") {
		t.Errorf("reported %+v", got)
	}
}

// Results are no returns, however the folder is named to collect.
func TestCollectTakesNoResults(t *testing.T) {
	d := newDesk(t)
	d.generate()
	d.sendBack(filepath.Join(d.dir, "returns"), first+".xlsx", "3 – High", "2 – Middle")
	d.consolidateAndReport()
	d.folder("validate", func(f *office.Folder) {
		if _, err := d.o.Validate(context.Background(), f, office.ValidateOptions{}); err != nil {
			t.Fatal(err)
		}
	})
	d.sendBack(filepath.Join(d.dir, "results"), second+".xlsx", "3 – High", "2 – Middle")
	for _, source := range []string{"results/consolidated.xlsx", "results/findings.xlsx", "results/pdf/overview.pdf", "."} {
		if got := d.collect(filepath.Join(d.dir, source)); got.New != 0 || len(got.Problems) != 1 || !d.exists(source) {
			t.Errorf("%s: %+v", source, got)
		}
	}
	got := d.collect(filepath.Join(d.dir, "results"))
	if got.New != 1 || len(got.Moved) != 1 || !d.exists("results/consolidated.xlsx") || !d.exists("results/findings.xlsx") || d.exists("results/"+second+".xlsx") {
		t.Errorf("the folder: %+v", got)
	}
}

// The overview by reference does not print what stands in every invitation.
func TestTheOverviewHasPseudonymsOfItsOwn(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	d := newDesk(t)
	d.generate()
	d.sendBack(filepath.Join(d.dir, "returns"), first+".xlsx", "3 – High", "2 – Middle")
	d.sendBack(filepath.Join(d.dir, "returns"), second+".xlsx", "3 – High", "1 – Low")
	var references, pseudonyms []string
	d.folder("report", func(f *office.Folder) {
		if _, err := d.o.Report(context.Background(), f, office.ReportOptions{Names: "reference"}); err != nil {
			t.Fatal(err)
		}
		for _, rc := range f.Recipients[:2] {
			m := models.Manifest{Round: f.Config.ID, Template: f.Template.ID, TemplateVersion: f.Template.Version, TemplateDigest: f.TemplateDigest, Recipient: rc.ID}
			references, pseudonyms = append(references, m.Reference(f.Key)), append(pseudonyms, m.Pseudonym(f.Key))
		}
	})
	text, err := exec.Command("pdftotext", "-layout", filepath.Join(d.dir, "results", "pdf", "overview.pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for i := range references {
		if strings.Contains(string(text), references[i]) || !strings.Contains(string(text), pseudonyms[i]) || strings.HasPrefix(references[i], pseudonyms[i][:4]) {
			t.Errorf("reference %s, pseudonym %s, in\n%s", references[i], pseudonyms[i], text)
		}
	}
}

// What the reports cannot print of a name is said once, and of whom.
func TestANameThatCannotBePrintedIsSaidOnce(t *testing.T) {
	d := newDesk(t)
	d.write("recipients.csv", bytes.Replace(d.read("recipients.csv"), []byte("Example School 01"), []byte("Example 学校"), 1))
	d.generate()
	d.sendBack(filepath.Join(d.dir, "returns"), "01 Example 学校.xlsx", "3 – High", "2 – Middle")
	if got := d.consolidateAndReport().Unprintable; len(got) != 1 || got[0].Recipient != "01" {
		t.Errorf("%+v", got)
	}
}

// doing is what a note asks for, such as "collect outbox/FILE", without the folder of the round.
func doing(n office.Note) string {
	for _, at := range []office.Left{office.InOutbox, office.InCorrections, office.Elsewhere} {
		if len(n.Do.On) == 1 && strings.HasSuffix(n.Do.On[0], "/"+string(at)) {
			return string(n.Do.Name) + " " + string(at)
		}
	}
	return string(n.Do.Name)
}
