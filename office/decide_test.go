package office_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/office"
)

// decide records decisions by the words of the command line: FILE/REF=VALUE.
func (d *desk) decide(reason string, words ...string) (out office.DecideResult, err error) {
	d.t.Helper()
	d.folder("decide", func(f *office.Folder) {
		batch := decisions.Batch{Reason: reason, By: "Ann Example"}
		for _, w := range words {
			x, wrong := f.AnswerRequest(w)
			if err = wrong; err != nil {
				return
			}
			batch.Requests = append(batch.Requests, x)
		}
		out, err = d.o.Decide(context.Background(), f, batch)
	})
	return out, err
}

func (d *desk) undo(numbers ...int) {
	d.t.Helper()
	d.folder("decide", func(f *office.Folder) {
		if _, err := d.o.Decide(context.Background(), f, decisions.Batch{Undo: numbers}); err != nil {
			d.t.Fatal(err)
		}
	})
}

// items lists what is to be decided, as matter, recipient, file, ref and values of the choices.
func (d *desk) items() (list []decisions.Item, lines []string) {
	d.t.Helper()
	f, err := d.o.Open(d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	list, err = d.o.ToDecide(context.Background(), f)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, it := range list {
		var values []string
		for _, c := range it.Choices {
			values = append(values, c.Value)
		}
		lines = append(lines, fmt.Sprintf("%s %s %s %s: %s", it.Matter, it.Recipient, it.File, it.Ref, strings.Join(values, " ")))
	}
	return list, lines
}

// doubtfulRound is a round whose workbooks are made, with three returns: of 01 with a doubtful answer.
func doubtfulRound(t *testing.T) *desk {
	d := newDesk(t)
	d.folder("generate", func(f *office.Folder) {
		if _, err := d.o.Generate(context.Background(), f, office.GenerateOptions{}); err != nil {
			t.Fatal(err)
		}
	})
	d.sendBack(filepath.Join(d.dir, "returns"), "01 Example School 01.xlsx", "3 – High", "2 or 3")
	d.sendBack(filepath.Join(d.dir, "returns"), "02 Example School 02.xlsx", "1 – Low", "2 – Middle")
	return d
}

const school01 = "01 Example School 01.xlsx"

// An answer is decided by number, name or label, and by the words for none; what cannot be meant is said, and nothing is
// recorded then.
func TestDecideAnswers(t *testing.T) {
	d := doubtfulRound(t)
	for _, c := range []struct{ word, value, wrong string }{
		{school01 + "/1.2=3", "3", ""},
		{school01 + "/1.2=high", "3", ""},
		{school01 + "/1.2= 3 – High ", "3", ""},
		{`returns\` + school01 + `\1.2=2`, "2", ""},
		{school01 + "/1.2=BLANK", "blank", ""},
		{school01 + "/1.2=ask", "ask", ""},
		{school01 + "/1.2=4", "", "'4' is no answer to it; choose one of 1, 2, 3, blank, ask"},
		{school01 + "/1.2=na", "", "'na' is no answer to it"}, // the template does not offer it
		{school01 + "/1.2=2 or 3", "", "is no answer to it"},
		{school01 + "/1.2=", "", "'' is no answer to it"},
		{school01 + "/1.9=3", "", `no criterion "1.9"`},
		{"none.xlsx/1.2=3", "", `there is no file "none.xlsx"`},
		{"1.2=3", "", "write FILE/REF=VALUE"},
		{school01 + "/1.2", "", "write FILE/REF=VALUE"},
	} {
		out, err := d.decide("They phoned.", c.word)
		switch {
		case c.wrong != "":
			if err == nil || !strings.Contains(err.Error(), c.wrong) || !office.IsMisuse(err) {
				t.Errorf("%s: %v, want %q", c.word, err, c.wrong)
			}
		case err != nil || len(out.Made) != 1 || out.Made[0].Value != c.value || out.Made[0].Recipient != "01" || out.Made[0].Digest == "":
			t.Errorf("%s: %+v, %v", c.word, out.Made, err)
		}
	}
	if _, err := d.decide("", school01+"/1.2=3"); err == nil {
		t.Error("an answer was decided without a reason")
	}
	if _, err := d.decide("Twice.", school01+"/1.2=3", school01+"/1.2=2"); err == nil {
		t.Error("one answer was decided in two ways at once")
	}
	if out, err := d.decide("Both.", school01+"/1.1=2", "02 Example School 02.xlsx/1.1=9"); err == nil || len(out.Made) > 0 {
		t.Errorf("of two of which one cannot be meant %d were recorded, %v", len(out.Made), err)
	}
	f, err := d.o.Open(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	list, err := d.o.Decisions(context.Background(), f)
	if err != nil || len(list) != 6 || list[5].Number != 6 || list[5].State != decisions.InForce || list[4].State != decisions.Replaced || list[0].By != "Ann Example" {
		t.Errorf("%+v, %v", list, err)
	}
}

// What a person must settle is listed until it is decided, with ids that stay.
func TestToDecide(t *testing.T) {
	d := doubtfulRound(t)
	before, lines := d.items()
	want := []string{"answer 01 " + school01 + " 1.2: 1 2 3 blank ask"}
	if !slices.Equal(lines, want) {
		t.Fatalf("to decide: %q", lines)
	}
	it := before[0]
	if it.Name != "Example School 01" || it.Subject != "Forms" || it.Cell == "" || it.Choices[1].Descriptor != "Some forms." || !strings.Contains(it.Shows, "2 or 3") || !strings.HasPrefix(it.Without, "It is treated as blank") {
		t.Errorf("%+v", it)
	}
	if err := os.Rename(filepath.Join(d.dir, "returns", school01), filepath.Join(d.dir, "returns", "moved.xlsx")); err != nil {
		t.Fatal(err)
	}
	moved, _ := d.items()
	if len(moved) != 1 || moved[0].ID != it.ID || moved[0].File != "moved.xlsx" {
		t.Errorf("after the file was moved: %+v", moved)
	}
	d.folder("decide", func(f *office.Folder) {
		said, err := d.o.Pick(context.Background(), f, decisions.Picked{Matter: decisions.Ambiguous, Value: decisions.Ask})
		if err != nil || len(said) != 1 {
			t.Fatal(said, err)
		}
		if _, err := d.o.Pick(context.Background(), f, decisions.Picked{IDs: []string{it.ID, "answer-none"}, Value: "3"}); err == nil || !strings.Contains(err.Error(), "answer-none") {
			t.Errorf("an item that there is not: %v", err)
		}
		if _, err := d.o.Pick(context.Background(), f, decisions.Picked{IDs: []string{it.ID}, Value: "9"}); err == nil || !strings.Contains(err.Error(), "'9' is no choice of "+it.ID) {
			t.Errorf("a choice that there is not: %v", err)
		}
		if _, err := d.o.Decide(context.Background(), f, decisions.Batch{Requests: said, Reason: "Not clear."}); err != nil {
			t.Fatal(err)
		}
	})
	if _, lines := d.items(); len(lines) != 0 {
		t.Errorf("still to decide: %q", lines)
	}
	d.undo(1)
	if again, _ := d.items(); len(again) != 1 || again[0].ID != it.ID {
		t.Errorf("after it was taken back: %+v", again)
	}
}

// Each matter is listed, once, and goes by each of its choices.
func TestEachMatterIsListedAndGoes(t *testing.T) {
	d := doubtfulRound(t)
	returns := filepath.Join(d.dir, "returns")
	// 03's workbook came back twice, saved at the same moment, with different answers: nobody can say which is the later.
	d.sendBack(returns, "03 Example School 03.xlsx", "1 – Low", "2 – Middle")
	if err := os.Rename(filepath.Join(returns, "03 Example School 03.xlsx"), filepath.Join(returns, "a.xlsx")); err != nil {
		t.Fatal(err)
	}
	d.sendBack(returns, "03 Example School 03.xlsx", "2 – Middle", "2 – Middle")
	for name, came := range map[string]int{"03 Example School 03.xlsx": 11, "a.xlsx": 12} {
		if err := os.Chtimes(filepath.Join(returns, name), day(came), day(came)); err != nil {
			t.Fatal(err)
		}
	}
	// 02's is named for 01.
	if err := os.Rename(filepath.Join(returns, "02 Example School 02.xlsx"), filepath.Join(returns, "Example School 01 (2).xlsx")); err != nil {
		t.Fatal(err)
	}
	list, lines := d.items()
	want := []string{
		"whose 02 Example School 01 (2).xlsx : 02 01 leave",
		"counts 03 a.xlsx : 03 Example School 03.xlsx a.xlsx",
		"answer 01 " + school01 + " 1.2: 1 2 3 blank ask",
	}
	if !slices.Equal(lines, want) {
		t.Fatalf("to decide:\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	number := 0
	for _, it := range list {
		for _, c := range it.Choices {
			d.folder("decide", func(f *office.Folder) {
				if _, err := d.o.Decide(context.Background(), f, decisions.Batch{Requests: []decisions.Request{c.Request}, Reason: "To see."}); err != nil {
					t.Errorf("%s as %s: %v", it.ID, c.Value, err)
				}
			})
			number++
			now, _ := d.items()
			if slices.ContainsFunc(now, func(x decisions.Item) bool { return x.ID == it.ID }) {
				t.Errorf("%s is still listed after it was decided as %s", it.ID, c.Value)
			}
			d.undo(number)
		}
	}
	if _, lines := d.items(); !slices.Equal(lines, want) {
		t.Errorf("after all was taken back: %q", lines)
	}
}

// The scores before and after a choice are told without recording anything.
func TestAsIf(t *testing.T) {
	d := doubtfulRound(t)
	journal := filepath.Join(d.dir, ".rubric", "journal.jsonl")
	before, err := os.ReadFile(journal)
	if err != nil {
		t.Fatal(err)
	}
	f, err := d.o.Open(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	mean := func(c *models.Scorecard) string {
		if c == nil {
			return "none"
		}
		return c.Overall.Score.Value.Format(2)
	}
	for _, c := range []struct {
		x    decisions.Request
		want string
	}{
		{decisions.Request{Kind: decisions.Answer, File: school01, Ref: "1.2", Value: "1"}, "01 3.00 2.00"},
		{decisions.Request{Kind: decisions.Answer, File: school01, Ref: "1.2", Value: "ask"}, "01 3.00 3.00"},
		{decisions.Request{Kind: decisions.Answer, File: school01, Ref: "1.1", Value: "blank"}, "01 3.00 none"}, // no answer is left: it is not filled in
		{decisions.Request{Kind: decisions.Recipient, File: school01, Recipient: "03"}, "01 3.00 none, 03 none 3.00"},
		{decisions.Request{Kind: decisions.Leave, File: school01}, ""},
	} {
		list, err := d.o.AsIf(ctx, f, decisions.Batch{Requests: []decisions.Request{c.x}})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, x := range list {
			got = append(got, x.Recipient+" "+mean(x.Now)+" "+mean(x.Then))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%+v: %q, want %q", c.x, got, c.want)
		}
	}
	if after, err := os.ReadFile(journal); err != nil || string(after) != string(before) {
		t.Errorf("the journal was changed: %v", err)
	}
	if status, err := d.o.Status(ctx, f, office.StatusOptions{}); err != nil || status.Register.Entries[0].Answered != 1 {
		t.Errorf("the register was changed: %+v, %v", status.Register.Entries[0], err)
	}
}
