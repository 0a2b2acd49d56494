package templates_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
)

// What the page says of the levels replaces what the base says of them.
func TestImportColumnsDescribesLevels(t *testing.T) {
	base, _, err := templates.ImportColumns(templates.Page{Name: "base.md", Text: []byte(columnsPage)}, templates.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	base.Levels[0] = models.Level{Number: 1, Name: "One", AltName: "Old", Meaning: "Ours."}
	x, r, err := templates.ImportColumns(templates.Page{Name: "new.md", Text: []byte(columnsPage)}, templates.ImportOptions{Base: base})
	if err != nil {
		t.Fatal(err)
	}
	want := models.Level{Number: 1, Name: "Loose", AltName: "Asleep", Meaning: "At this level, things are loose and nobody minds that they are, which is a pity. More."}
	if x.Levels[0] != want {
		t.Errorf("%+v", x.Levels[0])
	}
	if !slices.Contains(r.Understood, "the names and descriptions of 1 level") {
		t.Errorf("%q", r.Understood)
	}
	long := strings.Replace(columnsPage, "which is a pity.", "which is a pity. "+strings.Repeat("It goes on so. ", 40), 1)
	x, r, err = templates.ImportColumns(templates.Page{Name: "new.md", Text: []byte(long)}, templates.ImportOptions{Base: base})
	if err != nil || !strings.HasSuffix(x.Levels[0].Meaning, "so.") || !strings.Contains(notes(r), "at most 400 characters; of 1 the first sentences were taken") {
		t.Errorf("%v %q\n%s", err, x.Levels[0].Meaning, notes(r))
	}
}

// A base with a statement of its own among those of the list keeps its section: which text belongs to which statement
// cannot be told by counting.
func TestImportColumnsAmongOthers(t *testing.T) {
	page := strings.Replace(columnsPage, "Buy a cabinet.• Name a keeper.", "Cabinets with locks are bought.• A keeper of files gets named.", 1)
	base, _, err := templates.ImportColumns(templates.Page{Name: "base.md", Text: []byte(page)}, templates.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(base.Criteria, func(c models.Criterion) bool { return c.Ref == "L1-CP-02" })
	base.Criteria = slices.Insert(base.Criteria, at, models.Criterion{Ref: "L1-CP-09", Topic: "L1", Theme: "CP", Kind: models.KindStatement, Subject: "Paint", Statement: "Walls have fresh paint."})
	x, r, err := templates.ImportColumns(templates.Page{Name: "new.md", Text: []byte(strings.Replace(page, "A keeper of files gets named.", "Two keepers of files get named.", 1))}, templates.ImportOptions{Base: base})
	if err != nil {
		t.Fatal(err)
	}
	if got := x.Criterion("L1-CP-09").Statement + " " + x.Criterion("L1-CP-02").Statement; got != "Walls have fresh paint. A keeper of files gets named." {
		t.Error(got)
	}
	if n := notes(r); !strings.Contains(n, "level 1, criteria for progression: the table has 2, the template 3 (left out)") {
		t.Errorf("notes\n%s", n)
	}
}
