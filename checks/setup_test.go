package checks_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
)

const digest = "0123456789abcdef"

var key = []byte("a key of thirty-two bytes, made up")

func date(t testing.TB, s string) models.Date {
	t.Helper()
	d, err := models.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func moment(t testing.TB, s string) time.Time {
	t.Helper()
	if s == "" {
		return time.Time{}
	}
	m, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// template has 30 criteria, 1.1 to 1.30, of which 1.30 is a symptom; targets, comments required from level 4
// and for not applicable, evidence required from level 5.
func template() *models.Template {
	four, five := 4, 5
	tp := &models.Template{ID: "example", Version: "3", Title: "Example", Answers: models.AnswerRules{NotApplicable: true, Targets: true,
		CommentRequired:  models.Requirement{NotApplicable: true, FromLevel: &four},
		EvidenceRequired: models.Requirement{FromLevel: &five}},
		Topics: []models.Topic{{ID: "t1", Name: "Topic"}}}
	for i, name := range []string{"Beginning", "Emerging", "Learning", "Developing", "Mastering"} {
		tp.Levels = append(tp.Levels, models.Level{Number: i + 1, Name: name})
	}
	for i := 1; i <= 30; i++ {
		c := models.Criterion{Ref: "1." + strconv.Itoa(i), Topic: "t1", Subject: fmt.Sprint("Subject ", i)}
		if i == 30 {
			c.Kind, c.Statement = models.KindSymptom, "Nobody knows."
		}
		tp.Criteria = append(tp.Criteria, c)
	}
	return tp
}

// answers reads a table, one criterion a line: ref, level, target, comment, evidence, separated by |. Columns
// may be left out. The cells are those of a sheet with one criterion a row from row 5 on.
func answers(t testing.TB, table string) []models.Answer {
	t.Helper()
	var out []models.Answer
	for line := range strings.Lines(table) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		f := make([]string, 5)
		for i, x := range strings.Split(line, "|") {
			f[i] = strings.TrimSpace(x)
		}
		row := strconv.Itoa(5 + len(out))
		in := func(column string) models.Origin {
			return models.Origin{File: "a.xlsx", Sheet: "Assessment", Cell: column + row}
		}
		out = append(out, models.Answer{Ref: f[0],
			Level:    models.Sourced[models.Choice]{Value: choice(t, f[1]), Origin: in("I")},
			Target:   models.Sourced[models.Choice]{Value: choice(t, f[2]), Origin: in("J")},
			Comment:  models.Sourced[string]{Value: f[3], Origin: in("L")},
			Evidence: models.Sourced[string]{Value: f[4], Origin: in("K")}})
	}
	return out
}

func choice(t testing.TB, s string) models.Choice {
	t.Helper()
	switch s {
	case "":
		return models.Blank()
	case "n/a":
		return models.NotApplicable()
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return models.At(n)
}

// filled is a table with the level for every criterion but the symptom, which is no longer true.
func filled(level int) string {
	var b strings.Builder
	for i := 1; i <= 29; i++ {
		fmt.Fprintf(&b, "1.%d|%d\n", i, level)
	}
	return b.String() + "1.30|0\n"
}

// lines writes findings for comparison: severity-free, one each, "code ref cell".
func lines(findings []models.Finding) []string {
	out := []string{}
	for _, f := range findings {
		out = append(out, strings.TrimSpace(strings.Join([]string{string(f.Code), f.Ref, f.Origin.Cell}, " ")))
	}
	return out
}

func codes(findings []models.Finding) []models.Code {
	out := []models.Code{}
	for _, f := range findings {
		out = append(out, f.Code)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// world is a round with its recipients, in which returns are made.
type world struct{ checks.RegisterInput }

func newWorld(t testing.TB) *world {
	w := &world{checks.RegisterInput{
		Round:          &models.Round{ID: "example-2026", Issued: date(t, "2026-01-12"), Due: date(t, "2026-03-06")},
		Template:       template(),
		TemplateDigest: digest, Key: key, Today: date(t, "2026-03-10"),
		Assigned: map[string]string{}, Sent: map[string]string{}}}
	for i := 1; i <= 6; i++ {
		w.Recipients = append(w.Recipients, models.Recipient{ID: fmt.Sprintf("00%d", i), Name: fmt.Sprintf("Example School 0%d", i)})
	}
	return w
}

func (w *world) manifest(id string) models.Manifest {
	m := models.Manifest{Round: w.Round.ID, Template: w.Template.ID, TemplateVersion: w.Template.Version,
		TemplateDigest: w.TemplateDigest, Recipient: id, Name: "Example School " + id[1:]}
	return m.Sealed(w.Key)
}

// ret is the return of a recipient as it should be, saved and received on 1 March.
func (w *world) ret(t testing.TB, file, id string) models.Return {
	m := w.manifest(id)
	return models.Return{File: file, Digest: "digest of " + file, Format: "xlsx",
		Saved: moment(t, "2026-03-01 10:00"), Received: moment(t, "2026-03-01 12:00"),
		Claims: []models.Claim{
			{Place: models.HiddenSheet, Manifest: m, Origin: models.Origin{File: file, Sheet: "rubric"}},
			{Place: models.DocumentProperties, Manifest: m},
			{Place: models.VisibleReference, Reference: m.Reference(w.Key), Name: m.Name, Origin: models.Origin{File: file, Sheet: "Start", Cell: "C6"}},
		},
	}.With(answers(t, filled(3)))
}

// one registers a single return and gives back its line.
func (w *world) one(ret models.Return) models.FileLine {
	in := w.RegisterInput
	in.Returns = []models.Return{ret}
	return checks.Register(in).Files[0]
}
