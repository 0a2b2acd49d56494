package office_test

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
)

// deskOf is a round of n recipients in two groups, with their workbooks made.
func deskOf(t *testing.T, n int) *desk {
	d := &desk{t, &office.Office{Jobs: 2, Now: day1}, filepath.Join(t.TempDir(), "round")}
	list, model := filepath.Join(t.TempDir(), "schools.csv"), filepath.Join(t.TempDir(), "small.yaml")
	text := "id,name,email,contact,type\n"
	for i := range n {
		text += fmt.Sprintf("%02d,School,s%d@example.org,,%s\n", i, i, []string{"North", "South"}[i%2])
	}
	for name, text := range map[string]string{list: text, model: template} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.o.Init(context.Background(), office.InitOptions{Dir: d.dir, Template: model, Recipients: list, Title: "Spring", Groups: []string{"type"},
		Due: models.Date{Time: day(28)}, Contact: models.Contact{Name: "The office", Email: "office@example.org"}, ReplyTo: "returns@example.org"}); err != nil {
		t.Fatal(err)
	}
	d.folder("generate", func(f *office.Folder) {
		if _, err := d.o.Generate(context.Background(), f, office.GenerateOptions{}); err != nil {
			t.Fatal(err)
		}
	})
	return d
}

func day1() time.Time { return day(1) }

// back lets the recipients from first to last return; their answers go round the levels.
func (d *desk) back(first, last int) {
	levels := []string{"1 – Low", "2 – Middle", "3 – High"}
	for i := first; i < last; i++ {
		d.sendBack(filepath.Join(d.dir, "returns"), fmt.Sprintf("%02d School.xlsx", i), levels[i%3], levels[(i/3)%3])
	}
}

func (d *desk) publish(opts office.ConsolidateOptions) (office.ConsolidateResult, error) {
	opts.Publish = true
	var out office.ConsolidateResult
	var err error
	d.folder("consolidate", func(f *office.Folder) { out, err = d.o.Consolidate(context.Background(), f, opts) })
	return out, err
}

// part is one of the edition's, as text.
func (d *desk) part(name string) string {
	d.t.Helper()
	z, err := zip.OpenReader(filepath.Join(d.dir, "results", "published.xlsx"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer z.Close()
	r, err := z.Open(name)
	if err != nil {
		d.t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		d.t.Fatal(err)
	}
	return string(b)
}

func (d *desk) comparisons() (out []round.Event) {
	d.t.Helper()
	f, err := d.o.Open(d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	events, _, err := f.Journal()
	if err != nil {
		d.t.Fatal(err)
	}
	for _, e := range events {
		if e.Kind == round.Compared {
			out = append(out, e)
		}
	}
	return out
}

// A round of five: with the minimum of five, a sixth is needed for anything. The office's own workbook shows it all.
func TestFiveReturnsLeaveNothing(t *testing.T) {
	d := deskOf(t, 5)
	d.back(0, 5)
	if _, err := d.publish(office.ConsolidateOptions{}); err == nil || !strings.Contains(err.Error(), "fewer than the 6") {
		t.Errorf("an edition of five returns: %v", err)
	}
	if !d.exists("results/consolidated.xlsx") || d.exists("results/published.xlsx") || len(d.comparisons()) > 0 {
		t.Error("the office's workbook is there, and no edition")
	}
}

// A second edition with one return more shows the same figures as the first, and says of when they are. The office may
// give a reason and take what counts now; that is in the journal.
func TestEditionsCannotBeSubtracted(t *testing.T) {
	d := deskOf(t, 14)
	d.back(0, 10)
	if _, err := d.publish(office.ConsolidateOptions{}); err != nil {
		t.Fatal(err)
	}
	figures := func() (out []string) {
		for i := 2; i <= 4; i++ { // Groups, Topics, Criteria
			out = append(out, d.part(fmt.Sprintf("xl/worksheets/sheet%d.xml", i)))
		}
		return out
	}
	first := figures()
	d.back(10, 11)
	// The consolidated workbook is out of date, and the edition is not: made again it would be the same.
	if n := fmt.Sprint(d.notes()); !strings.Contains(n, "results/consolidated.xlsx") || strings.Contains(n, "results/published.xlsx") {
		t.Errorf("with one return more: %s", n)
	}
	out, err := d.publish(office.ConsolidateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(figures()) != fmt.Sprint(first) {
		t.Error("the second edition shows what the one return more answered")
	}
	if len(out.Notes) == 0 || !strings.Contains(out.Notes[0].Text, "1 February 2027") {
		t.Errorf("nobody is told that the edition is of older returns: %v", out.Notes)
	}
	if !strings.Contains(d.part("xl/sharedStrings.xml"), "as they were on 1 February 2027") {
		t.Error("the sheet Method does not say of when the figures are")
	}
	if n := len(d.comparisons()); n != 1 {
		t.Errorf("%d comparison sets are recorded", n)
	}
	if _, err := d.publish(office.ConsolidateOptions{Again: "asked for by the board"}); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(figures()) == fmt.Sprint(first) {
		t.Error("the edition still has the older returns")
	}
	if list := d.comparisons(); len(list) != 2 || list[1].Note != "asked for by the board" || len(list[1].Set.Counted) != 11 {
		t.Errorf("the journal: %+v", list)
	}
}

// An edition that goes over to another set withholds what the two sets would tell; made again, it withholds the same.
func TestAnEditionMadeAgainWithholdsTheSame(t *testing.T) {
	d := deskOf(t, 20)
	d.back(0, 10)
	shown := func() string {
		if _, err := d.publish(office.ConsolidateOptions{}); err != nil {
			t.Fatal(err)
		}
		return d.part("xl/worksheets/sheet4.xml") // Criteria
	}
	alone := shown()
	for i := 10; i < 20; i++ { // who came answered alike: from the two sets that could be worked out
		d.sendBack(filepath.Join(d.dir, "returns"), fmt.Sprintf("%02d School.xlsx", i), "3 – High", []string{"1 – Low", "2 – Middle", "3 – High"}[i%3])
	}
	first := shown()
	if n := len(d.comparisons()); n != 2 || first == alone {
		t.Fatalf("%d sets are recorded: it was to go over to another", n)
	}
	if shown() != first {
		t.Error("made again, the edition is another")
	}
}

// What an edition leaves out stays out of everything that leaves the office after it.
func TestWhatIsWithheldStaysWithheld(t *testing.T) {
	d := deskOf(t, 10)
	d.back(0, 10)
	for _, opts := range []office.ConsolidateOptions{{Withhold: []string{"1.2"}}, {}} {
		if _, err := d.publish(opts); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(d.part("xl/sharedStrings.xml"), "Forms") {
			t.Errorf("with %v the edition has the criterion that was withheld", opts.Withhold)
		}
	}
	if list := d.comparisons(); len(list) != 1 || fmt.Sprint(list[0].Set.Withheld) != "[1.2]" {
		t.Errorf("the journal: %+v", list)
	}
}
