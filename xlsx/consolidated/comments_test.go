package consolidated_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// A comment that is longer than a row may be high goes on in rows of its own on the sheet Comments, each with whose it is,
// and the table reaches to its end.
func TestLongCommentsGoOn(t *testing.T) {
	in := exampleRound(t, "uk-dmm", 6)
	long := strings.TrimSpace(strings.Repeat("nobody has counted these words, and the register does not say. ", 80))
	ret := in.Members[0].Return
	answers := ret.Answers()
	before := len(commentRows(t, in))
	was := answers[4].Comment.Value != ""
	answers[4].Comment.Value = long
	ret.SetAnswers(answers)
	rows := commentRows(t, in)
	found := ""
	for _, row := range rows {
		if len(row) == 7 && strings.Contains(row[6], "nobody has counted") {
			if row[0] != answers[4].Ref || row[3] != "0001" {
				t.Errorf("a part of the comment stands beside %q", row[:6])
			}
			found += row[6]
		}
	}
	plain := strings.NewReplacer("…", "", " ", "")
	if plain.Replace(found) != plain.Replace(long) {
		t.Errorf("of %d characters %d stand on Comments", len(long), len(found))
	}
	more := len(rows) - before
	if was {
		more++
	}
	if more < 3 {
		t.Errorf("a comment of %d characters takes %d rows", len(long), more)
	}
}

func commentRows(t *testing.T, in consolidated.Input) [][]string {
	t.Helper()
	var b bytes.Buffer
	if err := consolidated.Write(&b, in); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Comments")
	if err != nil {
		t.Fatal(err)
	}
	tables, err := f.GetTables("Comments")
	if err != nil || len(tables) != 1 || !strings.HasSuffix(tables[0].Range, fmt.Sprintf("G%d", len(rows))) {
		t.Errorf("the table is %v, and there are %d rows (%v)", tables, len(rows), err)
	}
	for i := range rows {
		if h, err := f.GetRowHeight("Comments", i+1); err != nil || h > 409 {
			t.Errorf("row %d is %v high (%v)", i+1, h, err)
		}
	}
	return rows
}
