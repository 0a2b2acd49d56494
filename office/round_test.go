package office_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

const schools = `id,name,email,contact,type
01,Example School 01,one@example.org,A. Example,North
02,Example School 02,two@example.org,B. Example,North
03,Example School 03,three@example.org,C. Example,South
`

const template = `id: small
version: "1"
title: "A small model"
publisher: "Example office"
source: "https://example.org"
licence: "Free"
language: en-GB
scoring: {method: mean}
levels:
  - {number: 1, name: "Low", meaning: "Little."}
  - {number: 2, name: "Middle", meaning: "Some."}
  - {number: 3, name: "High", meaning: "Much."}
topics:
  - {id: "1", name: "Collecting"}
criteria:
  - {ref: "1.1", topic: "1", subject: "Planning", descriptors: {1: "No plan.", 2: "A plan for parts.", 3: "A plan for all."}}
  - {ref: "1.2", topic: "1", subject: "Forms", descriptors: {1: "No forms.", 2: "Some forms.", 3: "One form for all."}}
`

// watch is a Progress that remembers what was begun.
type watch struct{ labels []string }

func (w *watch) Begin(label string, _ int) (step, done func()) {
	w.labels = append(w.labels, label)
	return func() {}, func() {}
}

// day is a morning in the round.
func day(n int) time.Time { return time.Date(2027, 2, n, 9, 0, 0, 0, time.UTC) }

// desk is an office with a round to work on.
type desk struct {
	t   *testing.T
	o   *office.Office
	dir string
}

func newDesk(t *testing.T) *desk {
	d := &desk{t, &office.Office{Jobs: 2, Now: func() time.Time { return day(1) }}, filepath.Join(t.TempDir(), "round")}
	list, model := filepath.Join(t.TempDir(), "schools.csv"), filepath.Join(t.TempDir(), "small.yaml")
	for name, text := range map[string]string{list: schools, model: template} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	made, err := d.o.Init(context.Background(), office.InitOptions{Dir: d.dir, Template: model, Recipients: list, Title: "Spring",
		Due: models.Date{Time: day(28)}, Contact: models.Contact{Name: "The office", Email: "office@example.org"}, ReplyTo: "returns@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	if made.Recipients != 3 || made.Config.Title != "Spring" || !made.Config.Issued.Time.Equal(day(1).Truncate(24*time.Hour)) {
		t.Fatalf("the new round: %d recipients, %+v", made.Recipients, made.Config)
	}
	return d
}

// folder opens the round to write, until the end of work.
func (d *desk) folder(job string, work func(*office.Folder)) {
	d.t.Helper()
	f, unlock, notes, err := d.o.OpenToWrite(d.dir, job)
	if err != nil || len(notes) > 0 {
		d.t.Fatal(err, notes)
	}
	defer unlock()
	work(f)
}

// sendBack fills in a workbook as it went out and puts it into a folder.
func (d *desk) sendBack(to, name string, answers ...string) {
	d.t.Helper()
	book, err := os.ReadFile(filepath.Join(d.dir, "outbox", name))
	if err != nil {
		d.t.Fatal(err)
	}
	filling := assessment.Filling{Respondent: assessment.FillRespondent{Name: "D. Example"}, Saved: day(10)}
	for i, a := range answers {
		filling.Cells = append(filling.Cells, assessment.FillCell{Ref: []string{"1.1", "1.2"}[i], Answer: a})
	}
	if book, err = assessment.Fill(book, filling); err != nil {
		d.t.Fatal(err)
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(to, name), book, 0o644); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) exists(name string) bool {
	_, err := os.Stat(filepath.Join(d.dir, filepath.FromSlash(name)))
	return err == nil
}

// A whole round is run without a command line: what a front end needs is in the results.
func TestARoundFromBeginningToEnd(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	seen := &watch{}
	d.o.Progress = seen

	d.folder("generate", func(f *office.Folder) {
		made, err := d.o.Generate(ctx, f, office.GenerateOptions{})
		if err != nil || made.Workbooks != 3 || len(made.Notes) > 0 {
			t.Fatal(err, made)
		}
	})
	if !slices.Contains(seen.labels, "writing workbooks") {
		t.Errorf("progress was told %q", seen.labels)
	}

	p := &post.Post{Office: d.o}
	d.folder("send", func(f *office.Folder) {
		m, err := p.Prepare(ctx, f, post.Invitations, post.Options{})
		if err != nil || m.Len() != 3 || len(m.Problems) > 0 {
			t.Fatal(err, m.Problems)
		}
		first := m.Outlines()[0]
		if first.ID != "01" || first.To != "one@example.org" || !strings.Contains(first.Text, "A. Example") {
			t.Errorf("the first message: %+v", first)
		}
		if d.exists("outbox/01 Example School 01.eml") {
			t.Error("a draft is written before anybody said so")
		}
		drafts, err := m.WriteDrafts(ctx)
		if err != nil || drafts.Written != 3 || drafts.Folder != "outbox" || len(drafts.Withheld) > 0 || !d.exists("outbox/01 Example School 01.eml") {
			t.Errorf("drafts: %+v, %v", drafts, err)
		}
	})

	// 01 answers everything; what 02 says to 1.2 is no level; nothing comes from 03.
	inbox := filepath.Join(t.TempDir(), "inbox")
	d.sendBack(inbox, "01 Example School 01.xlsx", "3 – High", "2 – Middle")
	d.sendBack(inbox, "02 Example School 02.xlsx", "1 – Low", "rather high")
	d.folder("collect", func(f *office.Folder) {
		got, err := p.Collect(ctx, f, []string{inbox}, post.CollectOptions{})
		if err != nil || got.New != 2 || got.Duplicates != 0 || len(got.Problems)+len(got.Findings) > 0 {
			t.Fatalf("collected %+v, %v", got, err)
		}
	})

	d.folder("validate", func(f *office.Folder) {
		found, err := d.o.Validate(ctx, f, office.ValidateOptions{Corrections: true})
		if err != nil || found.Files != 2 || found.Corrections != 1 || !d.exists("results/findings.xlsx") || !d.exists("results/corrections/02 Example School 02.xlsx") {
			t.Fatalf("validated %+v, %v", found, err)
		}
		if !slices.ContainsFunc(found.Findings, func(x models.Finding) bool {
			return x.Severity == models.Error && strings.HasPrefix(x.Origin.File, "02 ")
		}) {
			t.Errorf("findings: %v", found.Findings)
		}
	})

	f, err := d.o.Open(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	status, err := d.o.Status(ctx, f, office.StatusOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var words []models.Status
	for _, e := range status.Shown {
		words = append(words, e.Status)
	}
	if !slices.Equal(words, []models.Status{models.Returned, models.Returned, models.Outstanding}) || status.Post["01"].Word != "drafted" {
		t.Errorf("the register: %v, post of 01: %v", words, status.Post["01"])
	}
	scores, err := d.o.Score(ctx, f, office.ScoreOptions{IDs: []string{"01"}})
	if err != nil || len(scores.Members) != 1 {
		t.Fatal(err)
	}
	if mean, _ := scores.Members[0].Scorecard.Overall.Mean.Get(); mean != 2.5 { // of 3 and 2
		t.Errorf("01 scores %v", mean)
	}

	d.folder("consolidate", func(f *office.Folder) {
		all, err := d.o.Consolidate(ctx, f, office.ConsolidateOptions{})
		if err != nil || all.Consolidation.Recipients != 3 || all.Consolidation.Returned != 2 || !d.exists("results/consolidated.xlsx") || !d.exists("results/data/scores.csv") {
			t.Fatalf("consolidated %+v, %v", all.Consolidation.Returned, err)
		}
	})
	d.folder("report", func(f *office.Folder) {
		out, err := d.o.Report(ctx, f, office.ReportOptions{})
		if err != nil || !d.exists("results/pdf/01 Example School 01.pdf") || d.exists("results/pdf/03 Example School 03.pdf") || !d.exists("results/pdf/overview.pdf") {
			t.Fatalf("reported %+v, %v", out, err)
		}
	})
	d.folder("send", func(f *office.Folder) {
		m, err := p.Prepare(ctx, f, post.Results, post.Options{Only: []string{"01"}})
		if err != nil || m.Len() != 1 {
			t.Fatal(err, m.Problems)
		}
		if drafts, err := m.WriteDrafts(ctx); err != nil || drafts.Written != 1 {
			t.Errorf("drafts: %+v, %v", drafts, err)
		}
	})

	// 02 counts, and has the marked workbook to look at; 03 has the first one still.
	d.folder("remind", func(f *office.Folder) {
		m, err := p.Prepare(ctx, f, post.Reminders, post.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var to []string
		for _, x := range m.Outlines() {
			to = append(to, x.ID+" "+x.File)
		}
		slices.Sort(to)
		if want := []string{"02 results/corrections/02 Example School 02.xlsx", "03 outbox/03 Example School 03.xlsx"}; !slices.Equal(to, want) {
			t.Errorf("reminded: %q, want %q", to, want)
		}
	})

	story, err := d.o.Log(ctx, f, "01")
	if err != nil || len(story.Events) < 4 || story.Now[0].Status != models.Returned {
		t.Errorf("the story of 01: %+v, %v", story, err)
	}
}

// Whose return a file is, a person can say; what is asked for wrongly is an error that a front end can word.
func TestSettleAndWrongOptions(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	d.folder("generate", func(f *office.Folder) {
		if _, err := d.o.Generate(ctx, f, office.GenerateOptions{}); err != nil {
			t.Fatal(err)
		}
	})
	d.sendBack(filepath.Join(d.dir, "returns"), "01 Example School 01.xlsx", "3 – High", "2 – Middle")
	d.folder("settle", func(f *office.Folder) {
		settle := func(file string) error {
			_, err := d.o.Decide(ctx, f, decisions.Batch{Requests: []decisions.Request{{Kind: decisions.Recipient, File: file, Recipient: "03"}}})
			return err
		}
		err := settle("01 Example School 01.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		status, err := d.o.Status(ctx, f, office.StatusOptions{Group: "type=South"})
		if err != nil || len(status.Shown) != 1 || status.Shown[0].Status != models.Returned {
			t.Errorf("03 after the file was assigned: %+v, %v", status.Shown, err)
		}
		err = settle("none.xlsx")
		if bad := wantBad(t, err, ""); !strings.HasPrefix(bad.Error(), `there is no file "none.xlsx"`) {
			t.Errorf("worded: %s", bad)
		}
		_, err = d.o.Decide(ctx, f, decisions.Batch{Requests: []decisions.Request{{Kind: decisions.Answer, File: "01 Example School 01.xlsx", Ref: "1.1", Value: "2"}}})
		if got := wantBad(t, err, "reason").Text(func(o office.Option) string { return "[" + string(o) + "]" }); !strings.HasPrefix(got, "give [reason]: why") {
			t.Errorf("worded: %s", got)
		}
		_, err = d.o.Generate(ctx, f, office.GenerateOptions{Split: "halves"})
		wantBad(t, err, "split")
		_, err = d.o.Report(ctx, f, office.ReportOptions{Lang: "xx"})
		wantBad(t, err, "lang")
		_, err = d.o.Consolidate(ctx, f, office.ConsolidateOptions{Baseline: office.Earlier{Crosswalk: "x.yaml"}})
		wantBad(t, err, "crosswalk")
	})
	if _, err := d.o.Open(t.TempDir()); !office.IsMisuse(err) {
		t.Errorf("an empty folder: %v", err)
	}
}

func wantBad(t *testing.T, err error, option office.Option) *office.BadOption {
	t.Helper()
	var bad *office.BadOption
	if !errors.As(err, &bad) || bad.Option != option || !office.IsMisuse(err) {
		t.Fatalf("%v, want a BadOption about %s", err, option)
	}
	return bad
}
