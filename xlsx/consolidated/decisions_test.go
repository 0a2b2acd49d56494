package consolidated_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
)

// What the office decided has a sheet of its own, and its number stands beside the answer; the edition for circulation has
// neither. A round without decisions has no such sheet.
func TestDecisionsInTheWorkbook(t *testing.T) {
	t.Parallel()
	in := exampleRound(t, "uk-dmm", 12)
	if f := openWorkbook(t, consolidatedBytes(t, in)); slices.Contains(f.GetSheetList(), "Decisions") {
		t.Error("a round without decisions has the sheet Decisions")
	}
	at := slices.IndexFunc(in.Members, func(m models.Member) bool { return m.Return != nil })
	ret := in.Members[at].Return
	answers := ret.Answers()
	answers[2].Level.Origin.Decision = 7
	ret.SetAnswers(answers)
	id, ref := in.Members[at].Recipient.ID, answers[2].Ref
	in.Decisions = []decisions.Decision{{Number: 7, Request: decisions.Request{Kind: decisions.Answer, File: "a.xlsx", Recipient: id, Ref: ref, Value: "ask"},
		By: "Ann Example", Reason: "=They phoned", At: time.Date(2026, 11, 3, 23, 0, 0, 0, time.UTC)}}
	f := openWorkbook(t, consolidatedBytes(t, in))
	rows, err := f.GetRows("Decisions")
	if err != nil || len(rows) != 5 {
		t.Fatalf("%q, %v", rows, err)
	}
	if r := rows[4]; r[0] != "7" || r[1] != id || r[3] != "Blank, and asked of the sender" || r[4] != ref || r[7] != "Ann Example" || r[8] != "2026-11-03" || r[9] != "=They phoned" {
		t.Errorf("the decision is %q", r)
	}
	rows, err = f.GetRows("Answers")
	if err != nil {
		t.Fatal(err)
	}
	last, marked := len(rows[0])-1, 0
	for _, r := range rows[1:] {
		if len(r) > last && r[last] != "" {
			marked++
			if r[0] != id || !slices.Contains(r, ref) || r[last] != "7" {
				t.Errorf("a number stands beside %q", r)
			}
		}
	}
	if rows[0][last] != "Decision" || marked != 1 {
		t.Errorf("%d answers are marked in the column %q", marked, rows[0][last])
	}
	if f := openWorkbook(t, consolidatedBytes(t, published(t, in))); slices.Contains(f.GetSheetList(), "Decisions") {
		t.Error("the edition has the sheet Decisions")
	}
	// Where the answers do not fit into a sheet, nothing points to it.
	in.Rows = 100
	for _, sheet := range []string{"Decisions", "Method"} {
		rows, err := openWorkbook(t, consolidatedBytes(t, in)).GetRows(sheet)
		if text := fmt.Sprint(rows); err != nil || strings.Contains(text, "on the sheet Answers") || !strings.Contains(text, "results/data") {
			t.Errorf("%s: %v, %s", sheet, err, text)
		}
	}
}
