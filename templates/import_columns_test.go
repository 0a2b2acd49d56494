package templates_test

import (
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/templates"
)

// columnsPage has the form of a staged model that is published in columns: paragraphs around the table, names
// and introductions of the levels above, sections as rows, lists in cells that go on in the next row, an empty
// line and empty cells within.
const columnsPage = "A model\n\nIn partnership with [others](#), it helps.\n\n" +
	"Level 1 — Loose\tLevel 2 — Firm\n" +
	"Asleep\tAwake\n" +
	"<p>At this level, things are loose and nobody minds that they are, which is a pity.</p> <p>More.</p>\t<p>Here they are firm.</p>\n" +
	"Key Characteristics\tKey Characteristics\n" +
	"Files lie about .\tFiles are <b>filed</b> , mostly.\n" +
	"\n" +
	"<p>Nobody &amp; nothing knows.</p>\t<p>Somebody knows.</p>\n" +
	"\t<p>Everybody is told.</p>\n" +
	"Evidence & Artifacts\tEvidence & Artifacts\n" +
	"<ul style=\"x\">• Heaps of paper• No list\t<ul style=\"x\">• A list\n" +
	"Core Activities\tCore Activities\n" +
	"<ul>• Look for files\t<ul>• Sort files• Label files\n" +
	"<ul>• Ask around\t\n" +
	"Criteria for Progression\tCriteria for Sustaining\n" +
	"<p>To go on, do this:</p> <ul>• Buy a cabinet.• Name a keeper.\t<ul><li>Keep the cabinet.</li><li>Keep the keeper.</li></ul>\n" +
	"Activities for Progression\tSustaining\n" +
	"<p>Look at cabinets.</p> <p>Ask who wants to.</p>\t<p>Say thanks.</p>\n"

func TestImportColumnsWithoutBase(t *testing.T) {
	x, r, err := templates.ImportColumns(templates.Page{Name: "dir/A Model.md", Text: []byte(columnsPage)}, templates.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range x.Criteria {
		got = append(got, c.Ref+" "+string(c.Kind)+" "+c.Statement)
	}
	for _, a := range x.Advice {
		got = append(got, a.Ref+" "+a.Text)
	}
	want := []string{
		"L1-KC-01 symptom Files lie about.", "L1-KC-02 symptom Nobody & nothing knows.",
		"L1-EA-01 symptom Heaps of paper", "L1-EA-02 symptom No list",
		"L1-CA-01 statement Look for files", "L1-CA-02 statement Ask around",
		"L1-CP-01 statement Buy a cabinet.", "L1-CP-02 statement Name a keeper.",
		"L2-KC-01 statement Files are filed, mostly.", "L2-KC-02 statement Somebody knows.", "L2-KC-03 statement Everybody is told.",
		"L2-EA-01 statement A list",
		"L2-CA-01 statement Sort files", "L2-CA-02 statement Label files",
		"L2-CP-01 statement Keep the cabinet.", "L2-CP-02 statement Keep the keeper.",
		"L1-AP-01 Look at cabinets.", "L1-AP-02 Ask who wants to.", "L2-AP-01 Say thanks.",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if l := x.Levels[1]; l.Name != "Firm" || l.AltName != "Awake" || x.ID != "a-model" || x.Scoring.Method != methods.Staged {
		t.Errorf("level 2 %+v, id %s", l, x.ID)
	}
	if th, _ := x.Theme("CP"); !th.GatesNextLevel {
		t.Error("the criteria for progression do not gate the next level")
	}
	if n := notes(r); n != "dir/A Model.md:19: level 1, criteria for progression: a paragraph introduces the list and is no statement: To go on, do this: … (left out)" {
		t.Errorf("notes\n%s", n)
	}
}

// With a base, a section is taken over where the numbers agree, and the base's refs and subjects stay.
func TestImportColumnsIntoBase(t *testing.T) {
	base, _, err := templates.ImportColumns(templates.Page{Name: "base.md", Text: []byte(columnsPage)}, templates.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	page := strings.NewReplacer("Files lie about .", "Files are lost.", "• Sort files• Label files", "• Sort files• Label files• Burn files").Replace(columnsPage)
	x, r, err := templates.ImportColumns(templates.Page{Name: "new.md", Text: []byte(page)}, templates.ImportOptions{Base: base})
	if err != nil {
		t.Fatal(err)
	}
	if c := x.Criterion("L1-KC-01"); c.Statement != "Files are lost." || c.Subject != "Files lie about" {
		t.Errorf("%+v", c)
	}
	if c := x.Criterion("L2-CA-02"); c == nil || c.Statement != "Label files" || x.Criterion("L2-CA-03") != nil {
		t.Errorf("%+v", c)
	}
	if n := notes(r); !strings.Contains(n, "new.md:16: level 2, core activities: the table has 3, the template 2 (left out)") {
		t.Errorf("notes\n%s", n)
	}
	if want := "core activities: 2, 3 (by level)"; !strings.Contains(strings.Join(r.Understood, "\n"), want) {
		t.Errorf("understood %q", r.Understood)
	}
}

// A base that has further statements, from the paragraph before the list, keeps their wording; the list is taken over.
func TestImportColumnsBesideAnIntroduction(t *testing.T) {
	base, _, err := templates.ImportColumns(templates.Page{Name: "base.md", Text: []byte(columnsPage)}, templates.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	base.Criteria = append(base.Criteria, models.Criterion{Ref: "L1-CP-03", Topic: "L1", Theme: "CP", Kind: models.KindStatement, Subject: "All in step", Statement: "All keep in step."},
		models.Criterion{Ref: "L2-KC-04", Topic: "L2", Theme: "KC", Kind: models.KindStatement, Subject: "One more", Statement: "One more thing is so."})
	page := strings.NewReplacer("Name a keeper.", "Name two keepers.", "Everybody is told.", "Everybody was told.").Replace(columnsPage)
	x, r, err := templates.ImportColumns(templates.Page{Name: "new.md", Text: []byte(page)}, templates.ImportOptions{Base: base})
	if err != nil {
		t.Fatal(err)
	}
	if got := x.Criterion("L1-CP-02").Statement + " " + x.Criterion("L1-CP-03").Statement; got != "Name two keepers. All keep in step." {
		t.Error(got)
	}
	if got := x.Criterion("L2-KC-03").Statement; got != "Everybody is told." {
		t.Errorf("a section without a paragraph was taken over in spite of its number: %s", got)
	}
	if n := notes(r); !strings.Contains(n, "level 1, criteria for progression: the list has 2, the template 3; not in the list: L1-CP-03 (kept)") ||
		!strings.Contains(n, "level 2, key characteristics: the table has 3, the template 4 (left out)") {
		t.Errorf("notes\n%s", n)
	}
}

// A first column that only names the rows is left out.
func TestImportColumnsWithLabels(t *testing.T) {
	page := "Part\tLevel 1\tLevel 2\nPart\tCore Activities\tCore Activities\nFiles\tLook for files.\tSort files.\n"
	page = strings.Replace(page, "Part\tCore", "\tCore", 1)
	x, r, err := templates.ImportColumns(templates.Page{Name: "p.md", Text: []byte(page)}, templates.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if x.Criterion("L2-CA-01").Statement != "Sort files." || len(x.Levels) != 2 || notes(r) != "p.md:3: column 1 belongs to no level: Files (left out)" {
		t.Errorf("%+v\n%s", x.Criteria, notes(r))
	}
}

func TestImportColumnsRefuses(t *testing.T) {
	_, _, err := templates.ImportColumns(templates.Page{Name: "p.md", Text: []byte("Level 1: something\nLevel 2: else\n")}, templates.ImportOptions{})
	if err == nil || err.Error() != "p.md holds no line with columns such as Level 1, Level 2, parted by tabs" {
		t.Error(err)
	}
}
