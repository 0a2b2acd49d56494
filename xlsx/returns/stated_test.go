package returns_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// TestStatedCriteria: criteria with a statement that is answered with the levels, alone and beside others with
// descriptors. What is filled in is read, and the workbook asks for a level.
func TestStatedCriteria(t *testing.T) {
	for name, stated := range map[string]func(ref string) bool{
		"all":  func(string) bool { return true },
		"some": func(ref string) bool { return strings.HasPrefix(ref, "2") },
	} {
		tm := trybook.SmallTemplate()
		for i := range tm.Criteria {
			if c := &tm.Criteria[i]; stated(c.Ref) {
				c.Descriptors, c.Statement = nil, "It is so that "+c.Ref+" holds."
			}
		}
		cells, want := trybook.ChoicesOf(tm)
		sent := trybook.Workbook(t, tm, trybook.Round(tm.ID, "a4"), trybook.Example)
		b, err := assessment.Fill(sent, assessment.Filling{Cells: cells})
		if err != nil {
			t.Fatal(err)
		}
		ret := returns.Read(context.Background(), bytes.NewReader(b), int64(len(b)), "a.xlsx", returns.ReadOptions{Template: tm})
		for _, a := range ret.Answers() {
			if a.Level.Value != want[a.Ref] {
				t.Errorf("%s: %s is read as %v, want %v", name, a.Ref, a.Level.Value, want[a.Ref])
			}
			delete(want, a.Ref)
		}
		for ref, x := range want {
			if x != models.Blank() {
				t.Errorf("%s: %s was not read", name, ref)
			}
		}
		for _, f := range ret.Findings {
			if f.Code == models.DescriptorEdited || f.Severity == models.Error {
				t.Errorf("%s: %v", name, f)
			}
		}
		f := trybook.Open(t, sent)
		rows, err := f.GetRows("Assessment")
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, row := range rows {
			text += strings.Join(row, "|") + "\n"
		}
		for _, said := range []string{"It is so that 2.4 holds.", "Current level"} {
			if !strings.Contains(text, said) {
				t.Errorf("%s: the workbook does not say %q", name, said)
			}
		}
		if levels := slices.Contains(f.GetSheetList(), "Levels"); levels == (name == "all") {
			t.Errorf("%s: a sheet for the levels: %v", name, levels)
		}
	}
}
