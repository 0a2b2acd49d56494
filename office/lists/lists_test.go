package lists_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/lists"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

const schools = `id,name,email,contact,type
01,Example School 01,one@example.org,A. Example,North
02,Example School 02,two@example.org,B. Example,North
03,Example School 03,,C. Example,South
`

// begun is a round with these schools, whose workbooks are made; the first has come back filled in.
func begun(t *testing.T) (*office.Office, *office.Folder) {
	t.Helper()
	ctx := context.Background()
	o := &office.Office{Jobs: 2, Now: func() time.Time { return time.Date(2027, 2, 1, 9, 0, 0, 0, time.UTC) }}
	dir := filepath.Join(t.TempDir(), "round")
	if _, err := o.Init(ctx, office.InitOptions{Dir: dir, Template: "csis-cdm3", Recipients: written(t, schools), Title: "Spring",
		Due: models.Date{Time: o.Now().AddDate(0, 0, 20)}}); err != nil {
		t.Fatal(err)
	}
	f, unlock, _, err := o.OpenToWrite(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(unlock)
	if _, err := o.Generate(ctx, f, office.GenerateOptions{}); err != nil {
		t.Fatal(err)
	}
	book, err := os.ReadFile(filepath.Join(dir, "outbox", "01 Example School 01.xlsx"))
	if err == nil {
		book, err = assessment.Fill(book, assessment.Filling{Cells: []assessment.FillCell{{Ref: f.Template.Criteria[0].Ref, Answer: f.Template.Scale(&f.Template.Criteria[0])[0].Label()}}})
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "returns", "back.xlsx"), book, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	return o, f
}

func written(t *testing.T, list string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(name, []byte(list), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// credited says whom the returned file is credited to by a look at the round from outside.
func credited(t *testing.T, o *office.Office, dir string) string {
	t.Helper()
	f, err := o.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	in, err := o.TakeIn(context.Background(), f)
	if err != nil {
		t.Fatal(err)
	}
	return in.Register.Files[0].Recipient
}

func listed(t *testing.T, f *office.Folder) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(f.Dir, "recipients.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(string(b), "\ufeff")
}

// One recipient is mended: its line alone changes, the workbook that is out stays its own, and the journal says what was.
func TestEdit(t *testing.T) {
	o, f := begun(t)
	fields, err := lists.Edit(o, f, models.Recipient{ID: "01", Name: "Example School One", Email: "new@example.org", Contact: "A. Example", Groups: map[string]string{"type": "South"}})
	if err != nil || fmt.Sprint(fields) != "[{name Example School 01 Example School One} {email one@example.org new@example.org} {type North South}]" {
		t.Fatalf("%v, %v", fields, err)
	}
	want := strings.Replace(schools, "01,Example School 01,one@example.org,A. Example,North", "01,Example School One,new@example.org,A. Example,South", 1)
	if got := listed(t, f); got != want {
		t.Errorf("the list is\n%s\nwant\n%s", got, want)
	}
	if id := credited(t, o, f.Dir); id != "01" {
		t.Errorf("the workbook that was made before is credited to %q", id)
	}
	log, err := o.Log(context.Background(), f, "01")
	if err != nil {
		t.Fatal(err)
	}
	last := log.Events[len(log.Events)-1]
	if last.Kind != round.RecipientChanged || !strings.Contains(last.Note, "email: one@example.org → new@example.org") {
		t.Errorf("the journal says %+v", last)
	}
	kept, _ := filepath.Glob(filepath.Join(f.Dir, ".rubric", "recipients-before-*.csv"))
	if len(kept) != 1 {
		t.Errorf("kept: %v", kept)
	}
	for _, wrong := range []models.Recipient{{ID: "1", Name: "x"}, {ID: "02", Name: ""}, {ID: "02", Name: "x", Email: "nobody"}} {
		if _, err := lists.Edit(o, f, wrong); err == nil || !office.IsMisuse(err) {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	if got := listed(t, f); got != want {
		t.Errorf("after refusals the list is\n%s", got)
	}
}

// A column that the list has not is added where an entry needs it.
func TestEditAddsAColumn(t *testing.T) {
	o, f := begun(t)
	if _, err := lists.Edit(o, f, models.Recipient{ID: "02", Name: "Example School 02", Email: "two@example.org", Contact: "B. Example", Language: "cy"}); err != nil {
		t.Fatal(err)
	}
	if got := listed(t, f); !strings.Contains(got, "contact,type,language\n") || !strings.Contains(got, "B. Example,North,cy\n") {
		t.Errorf("%s", got)
	}
}

func TestAdd(t *testing.T) {
	o, f := begun(t)
	if err := lists.Add(o, f, models.Recipient{ID: "04", Name: "Late School", Groups: map[string]string{"type": "South"}}); err != nil {
		t.Fatal(err)
	}
	if got := listed(t, f); got != schools+"04,Late School,,,South\n" {
		t.Errorf("%s", got)
	}
	if err := lists.Add(o, f, models.Recipient{ID: "04", Name: "Again"}); err == nil || !office.IsMisuse(err) {
		t.Errorf("%v", err)
	}
	made, err := o.Generate(context.Background(), f, office.GenerateOptions{Only: []string{"04"}})
	if err != nil || made.Workbooks != 1 {
		t.Errorf("%+v, %v", made, err)
	}
}

// Another list is held against the round's: who joins, leaves and changes, and ids that lost their zeros are asked about.
func TestProposeAndApply(t *testing.T) {
	o, f := begun(t)
	ctx := context.Background()
	other := written(t, "School code,School,E-mail,Contact person,type\n1,Example School 01,one@example.org,A. Example,North\n02,Example School 02,second@example.org,B. Example,North\n99,Example School 03,three@example.org,C. Example,South\n")
	p, err := lists.Propose(ctx, o, f, office.ListOptions{File: other}, false)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Problems) != 1 || p.Problems[0].Kind != round.ProblemShort || fmt.Sprint(p.Lost) != "[01 became 1]" || p.Ready() {
		t.Fatalf("%v, %v", p.Problems, p.Lost)
	}
	if err := lists.Apply(o, f, p); err == nil {
		t.Fatal("a list with an open question was taken")
	}
	if p, err = lists.Propose(ctx, o, f, office.ListOptions{File: other, ShortIDs: "pad"}, false); err != nil || !p.Ready() {
		t.Fatalf("%v, %+v", err, p)
	}
	if len(p.Added) != 1 || p.Added[0].ID != "99" || len(p.Gone) != 1 || p.Gone[0].ID != "03" || p.GoneMade != 1 || p.Same != 1 ||
		fmt.Sprint(p.Changed) != "[{02 Example School 02 [{email two@example.org second@example.org}]}]" || fmt.Sprint(p.Moved) != "[{03 99 Example School 03}]" {
		t.Errorf("added %v, gone %v (%d made), changed %v, same %d, moved %v", p.Added, p.Gone, p.GoneMade, p.Changed, p.Same, p.Moved)
	}
	stale := *p
	if err := lists.Apply(o, f, p); err != nil {
		t.Fatal(err)
	}
	want := "id,name,email,contact,type\n01,Example School 01,one@example.org,A. Example,North\n02,Example School 02,second@example.org,B. Example,North\n99,Example School 03,three@example.org,C. Example,South\n"
	if got := listed(t, f); got != want {
		t.Errorf("the list is\n%s\nwant\n%s", got, want)
	}
	if id := credited(t, o, f.Dir); id != "01" {
		t.Errorf("the workbook that was made before is credited to %q", id)
	}
	if err := lists.Apply(o, f, &stale); !errors.Is(err, round.ErrListChanged) {
		t.Errorf("a proposal about the list before was taken: %v", err)
	}
}

// Those who join late come from a list of their own, or from the whole list as it is now: who is there already stays.
func TestJoin(t *testing.T) {
	o, f := begun(t)
	other := written(t, "id,name,size\n02,Another name,big\n04,Late School,small\n")
	p, err := lists.Propose(context.Background(), o, f, office.ListOptions{File: other}, true)
	if err != nil || !p.Ready() || len(p.Added) != 1 || len(p.Gone) != 0 || len(p.Changed) != 0 {
		t.Fatalf("%v, %+v", err, p)
	}
	if err := lists.Apply(o, f, p); err != nil {
		t.Fatal(err)
	}
	if got := listed(t, f); !strings.HasPrefix(got, "id,name,email,contact,type,size\n") || !strings.HasSuffix(got, "04,Late School,,,,small\n") || !strings.Contains(got, "02,Example School 02,two@") {
		t.Errorf("%s", got)
	}
}

// A list without a column that the round compares by would stop the round; it is refused before anything is written.
func TestProposeKeepsTheRoundWhole(t *testing.T) {
	o, f := begun(t)
	p, err := lists.Propose(context.Background(), o, f, office.ListOptions{File: written(t, "id,name\n01,Example School 01\n")}, false)
	if err != nil || p.Ready() || !strings.Contains(p.Problems.Error(), `no column "type"`) {
		t.Errorf("%v, %v", err, p.Problems)
	}
	if got := listed(t, f); got != schools {
		t.Errorf("%s", got)
	}
}
