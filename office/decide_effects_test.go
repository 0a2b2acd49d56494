package office_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/office"
)

// What leaves the office goes on comparing with the set that was recorded: a return that a decision changes is one change,
// and so is one of which a decision is taken back.
func TestDecisionIsOneChange(t *testing.T) {
	d := deskOf(t, 14)
	d.back(0, 10)
	if _, err := d.decide("They phoned.", "03 School.xlsx/1.2=3"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.publish(office.ConsolidateOptions{}); err != nil {
		t.Fatal(err)
	}
	figures := func() (out []string) {
		for i := 2; i <= 4; i++ { // Groups, Topics, Criteria
			out = append(out, d.part(fmt.Sprintf("xl/worksheets/sheet%d.xml", i)))
		}
		return out
	}
	before := figures()
	again := func(what string) {
		t.Helper()
		if n := fmt.Sprint(d.notes()); !strings.Contains(n, "results/consolidated.xlsx") || strings.Contains(n, "results/published.xlsx") {
			t.Errorf("%s: %s", what, n)
		}
		if _, err := d.publish(office.ConsolidateOptions{}); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(figures(), before) || len(d.comparisons()) != 1 {
			t.Errorf("%s: the edition tells what changed; %d sets are recorded", what, len(d.comparisons()))
		}
	}
	if _, err := d.decide("They phoned again.", "04 School.xlsx/1.1=1", "04 School.xlsx/1.2=1"); err != nil {
		t.Fatal(err)
	}
	again("one return is changed by two decisions")
	d.undo(1)
	again("a decision that the set rests on is taken back")
	// With changes enough in each group, the next edition is of what counts now.
	var words []string
	for i := range 10 {
		words = append(words, fmt.Sprintf("%02d School.xlsx/1.1=%d", i, 1+(i+1)%3))
	}
	if _, err := d.decide("A mistake in the form.", words...); err != nil {
		t.Fatal(err)
	}
	if _, err := d.publish(office.ConsolidateOptions{}); err != nil {
		t.Fatal(err)
	}
	if slices.Equal(figures(), before) || len(d.comparisons()) != 2 {
		t.Errorf("ten decisions: %d sets are recorded", len(d.comparisons()))
	}
}

// change opens a return as a spreadsheet program would, and saves it.
func (d *desk) change(name string, edit func(*excelize.File)) {
	d.t.Helper()
	path := filepath.Join(d.dir, "returns", name)
	f, err := excelize.OpenFile(path)
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	edit(f)
	if err := f.Save(); err != nil {
		d.t.Fatal(err)
	}
}

// pixel is the smallest picture.
var pixel = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82")

// A picture in the row of a criterion is to be looked at: the answer is confirmed, or decided, or the sender is asked.
func TestPictureToDecide(t *testing.T) {
	d := doubtfulRound(t)
	name := "02 Example School 02.xlsx"
	d.change(name, func(f *excelize.File) {
		rows, err := f.GetRows("Assessment")
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			if slices.Contains(row, "1.2") {
				cell := fmt.Sprintf("K%d", i+1)
				if err := f.AddPictureFromBytes("Assessment", cell, &excelize.Picture{Extension: ".png", File: pixel, Format: &excelize.GraphicOptions{}}); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
	list, lines := d.items()
	at := slices.IndexFunc(list, func(it decisions.Item) bool { return it.Matter == decisions.Picture })
	if at < 0 || lines[at] != "picture 02 "+name+" 1.2: leave 1 2 3 blank ask" {
		t.Fatalf("to decide: %q", lines)
	}
	for _, value := range []string{"leave", "2"} {
		d.folder("decide", func(f *office.Folder) {
			x, ok := list[at].Choose(value)
			if !ok {
				t.Fatal(value)
			}
			if _, err := d.o.Decide(context.Background(), f, decisions.Batch{Requests: []decisions.Request{x}, Reason: "Looked at."}); err != nil {
				t.Fatal(err)
			}
		})
		if _, lines := d.items(); len(lines) != 1 {
			t.Errorf("after %s: %q", value, lines)
		}
		if value == "leave" {
			d.undo(1)
		}
	}
}

// A return whose seals are lost is unverified until a person says that it is genuine.
func TestUnverifiedToDecide(t *testing.T) {
	d := doubtfulRound(t)
	name := "02 Example School 02.xlsx"
	d.change(name, func(f *excelize.File) {
		for _, s := range f.GetSheetList() {
			if visible, _ := f.GetSheetVisible(s); !visible {
				if err := f.DeleteSheet(s); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := f.SetDocProps(&excelize.DocProperties{}); err != nil {
			t.Fatal(err)
		}
		f.Pkg.Delete("docProps/custom.xml")
	})
	list, lines := d.items()
	if len(list) != 2 || list[0].Matter != decisions.Unverified || lines[0] != "unverified 02 "+name+" : leave" {
		t.Fatalf("to decide: %q", lines)
	}
	d.folder("decide", func(f *office.Folder) {
		if _, err := d.o.Decide(context.Background(), f, decisions.Batch{Requests: []decisions.Request{list[0].Choices[0].Request}}); err != nil {
			t.Fatal(err)
		}
	})
	if now, _ := d.items(); len(now) != 1 {
		t.Errorf("after it was left: %+v", now)
	}
}

// An answer that is asked of the sender goes back with a note in the round's language, which does not tell the office's
// reason; with the decision taken back it goes back as what it is.
func TestAskedOfTheSender(t *testing.T) {
	d := doubtfulRound(t)
	config := filepath.Join(d.dir, "round.yaml")
	b, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(config, []byte(strings.Replace(string(b), `language: "en-GB"`, `language: "es"`, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	corrections := func() string {
		t.Helper()
		d.folder("validate", func(f *office.Folder) {
			if _, err := d.o.Validate(ctx, f, office.ValidateOptions{Corrections: true}); err != nil {
				t.Fatal(err)
			}
		})
		f, err := excelize.OpenFile(filepath.Join(d.dir, "results", "corrections", school01))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		text := ""
		notes, err := f.GetComments("Assessment")
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range notes {
			text += n.Cell + ": " + n.Text + "\n"
			for _, p := range n.Paragraph {
				text += p.Text
			}
		}
		return text
	}
	before := corrections()
	if _, err := d.decide("Nobody picks up, and the head of data is on leave.", school01+"/1.2=ask"); err != nil {
		t.Fatal(err)
	}
	asked := corrections()
	if !strings.Contains(asked, "No sabemos con certeza a qué opción se refiere aquí.") || strings.Contains(asked, "picks up") {
		t.Errorf("the note says %q", asked)
	}
	d.undo(1)
	if again := corrections(); again != before || before == asked {
		t.Errorf("taken back: %q, before it was %q", again, before)
	}
}
