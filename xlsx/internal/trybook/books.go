package trybook

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/xuri/excelize/v2"
)

// Template is a built-in template.
func Template(t testing.TB, id string) *models.Template {
	t.Helper()
	x, err := templates.Builtin(id)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// Round is a round with a template, on a4 or letter paper.
func Round(template, paper string) *models.Round {
	day := func(s string) models.Date {
		d, err := models.ParseDate(s)
		if err != nil {
			panic(err)
		}
		return d
	}
	return &models.Round{
		ID: "example-2026", Title: "Data maturity 2026", Organiser: "Example County Office of Education",
		Template: template, Issued: day("2026-11-02"), Due: day("2027-01-29"),
		Contact: models.Contact{Name: "Data team", Email: "data@example.org", Phone: "01632 960 001"},
		ReplyTo: "returns@example.org", Paper: paper, Language: "en-GB",
	}
}

// Example is a recipient.
var Example = models.Recipient{ID: "007", Name: "Example Unified School District 07"}

// Workbook writes the workbook of a recipient.
func Workbook(t testing.TB, tm *models.Template, rd *models.Round, rc models.Recipient) []byte {
	t.Helper()
	a, err := assessment.New(tm, rd)
	if err != nil {
		t.Fatal(err)
	}
	return CopyOf(t, a, rd, tm, rc)
}

// CopyOf writes a recipient's copy of a workbook.
func CopyOf(t testing.TB, a *assessment.Workbook, rd *models.Round, tm *models.Template, rc models.Recipient) []byte {
	t.Helper()
	key := []byte("the round's key")
	m := models.Manifest{
		Round: rd.ID, Template: tm.ID, TemplateVersion: tm.Version, TemplateDigest: "0123456789abcdef",
		Recipient: rc.ID, Name: rc.Name,
	}.Sealed(key)
	var out bytes.Buffer
	if err := a.Write(&out, rc, m, m.Reference(key)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// WriteFile writes a file into a folder, and gives its path.
func WriteFile(t testing.TB, dir, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Open opens a workbook with excelize until the test ends.
func Open(t testing.TB, workbook []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(workbook))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// PartOf is the content of a part of a package.
func PartOf(t testing.TB, workbook []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Program finds a program, or skips the test.
func Program(t *testing.T, names ...string) string {
	t.Helper()
	for _, n := range names {
		if p, err := exec.LookPath(n); err == nil {
			return p
		}
	}
	t.Skipf("needs %s, which is not installed here", strings.Join(names, " or "))
	return ""
}

// SmallTemplate has few criteria, so that the saved copies stay small. Among them are 1.1 and 1.10, which are
// the same number.
func SmallTemplate() *models.Template {
	t := &models.Template{
		ID: "example", Version: "1", Title: "Example assessment", Publisher: "Example", Source: "none", Licence: "none", Language: "en-GB",
		Scoring: models.Scoring{Method: methods.Profile},
		Answers: models.AnswerRules{NotApplicable: true, Targets: true},
		Levels:  []models.Level{{Number: 1, Name: "Low", Meaning: "Little."}, {Number: 2, Name: "Middle", Meaning: "Some."}, {Number: 3, Name: "High", Meaning: "Much."}},
		Topics:  []models.Topic{{ID: "1", Name: "One", Summary: "The first."}, {ID: "2", Name: "Two", Summary: "The second."}},
	}
	for i, ref := range []string{"1.1", "1.2", "1.3", "1.10", "1.20", "2.1", "2.2", "2.3", "2.4"} {
		c := models.Criterion{Ref: ref, Topic: ref[:1], Subject: "Subject " + string(rune('A'+i)), Descriptors: map[int]string{}}
		for _, l := range t.Levels {
			c.Descriptors[l.Number] = "Criterion " + ref + " as it looks at the level " + l.Name + "."
		}
		t.Criteria = append(t.Criteria, c)
	}
	return t
}

// SmallFilled is the workbook of SmallTemplate as it comes back.
func SmallFilled(t testing.TB) ([]byte, map[string]models.Choice) {
	t.Helper()
	tm := SmallTemplate()
	cells, want := ChoicesOf(tm)
	b, err := assessment.Fill(Workbook(t, tm, Round(tm.ID, "a4"), Example), assessment.Filling{
		Respondent: assessment.FillRespondent{Name: "A. Respondent", Role: "Data lead", Date: "2026-12-01", SignedBy: "B. Head"},
		Cells:      cells, Saved: time.Date(2026, 12, 1, 15, 4, 5, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	return b, want
}

// ChoicesOf makes an answer for each criterion, going round its scale; every seventh stays blank and every
// eleventh is "not applicable".
func ChoicesOf(tm *models.Template) (cells []assessment.FillCell, want map[string]models.Choice) {
	want = map[string]models.Choice{}
	for i := range tm.Criteria {
		c := &tm.Criteria[i]
		s := tm.Scale(c)
		x := models.At(s[(i*i+i/3)%len(s)].Number)
		switch {
		case i%7 == 3:
			want[c.Ref] = models.Blank()
			continue
		case i%11 == 5:
			x = models.NotApplicable()
		}
		want[c.Ref] = x
		f := assessment.FillCell{Ref: c.Ref, Answer: s.Label(x), Comment: "A comment on " + c.Ref + "\nwith <two> lines & ' \" 😀", Evidence: "مستند " + c.Ref}
		if tm.Answers.Targets && !x.IsNotApplicable() {
			f.Target = s[len(s)-1].Label()
		}
		cells = append(cells, f)
	}
	return cells, want
}

// Filled is a workbook as it comes back from a careful respondent.
func Filled(t testing.TB, id string) ([]byte, map[string]models.Choice) {
	t.Helper()
	tm := Template(t, id)
	cells, want := ChoicesOf(tm)
	b, err := assessment.Fill(Workbook(t, tm, Round(id, "a4"), Example), assessment.Filling{
		Respondent: assessment.FillRespondent{Name: "A. Respondent", Role: "Data lead", Date: "2026-12-01", SignedBy: "B. Head"},
		Cells:      cells, Saved: time.Date(2026, 12, 1, 15, 4, 5, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	return b, want
}

// Checker gives what holds workbooks against the schemas and against what Excel insists on. It skips the test where
// the program for it is not there.
func Checker(t *testing.T) func(t *testing.T, files ...string) {
	t.Helper()
	check, err := exec.LookPath("check-workbook")
	if err != nil {
		if check, err = filepath.Abs("../../../shared/check-workbook"); err == nil {
			_, err = exec.LookPath(check)
		}
	}
	if err != nil {
		t.Skip("check-workbook is not there")
	}
	return func(t *testing.T, files ...string) {
		t.Helper()
		if out, err := exec.Command(check, files...).CombinedOutput(); err != nil {
			t.Errorf("%v\n%.2000s", err, out)
		}
	}
}
