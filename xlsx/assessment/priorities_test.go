package assessment_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// step is a criterion whose target is above its level, as a row of the table shows it.
type step struct {
	gap  int
	text string
}

// TestPrioritiesOnResults holds the table of priorities against one worked out here: the widest step from level to target
// first, on a tie in the order of Lists, nothing for a target that is not above. LibreOffice calculates it.
func TestPrioritiesOnResults(t *testing.T) {
	t.Parallel()
	python(t)
	filled, want := map[string][]byte{}, map[string][]step{}
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		tm := trybook.Template(t, id)
		filling := assessment.Filling{}
		var steps []step
		for i := range tm.Criteria {
			c := &tm.Criteria[i]
			scale := tm.Scale(c)
			if !c.Scored() || i%5 == 4 {
				continue
			}
			level, target := models.At(scale[i%3].Number), models.At(scale[(i*7)%len(scale)].Number)
			filling.Cells = append(filling.Cells, assessment.FillCell{Ref: c.Ref, Answer: scale.Label(level), Target: scale.Label(target)})
			now, _ := level.Number()
			aim, _ := target.Number()
			if aim > now {
				steps = append(steps, step{aim - now, fmt.Sprintf("%s  %s | %s | %s", c.Ref, c.Subject, scale.Label(level), scale.Label(target))})
			}
		}
		slices.SortStableFunc(steps, func(a, b step) int { return b.gap - a.gap })
		if want[id] = steps; len(steps) < 20 || steps[0].gap == steps[7].gap && id == "uk-dmm" {
			t.Fatalf("%s: the answers do not try much", id)
		}
		for i := range tm.Questions {
			if q := &tm.Questions[i]; q.ID == "priority-1" || q.ID == "priority-3" {
				filling.Questions = append(filling.Questions, assessment.FillQuestion{Text: q.Text, Type: q.Type, Answer: q.Options[len(q.Options)-1]})
			}
		}
		rd := trybook.Round(id, "a4")
		blank := trybook.Workbook(t, tm, rd, trybook.Example)
		b, err := assessment.Fill(blank, filling)
		if err != nil {
			t.Fatal(err)
		}
		filled[id], filled["blank "+id] = b, blank
	}
	values := libreOfficeValues(t, filled)
	for id, list := range want {
		checkCached(t, values[id])
		rows := readResults(t, filled[id], values[id]).rows
		at := slices.IndexFunc(rows, func(r []any) bool { return len(r) > 1 && r[1] == "Priorities" })
		if at < 0 {
			t.Fatalf("%s: there is no table of priorities", id)
		}
		for k := range 8 {
			row := rows[at+4+k]
			// Of those equally far apart any may come first: Lists goes by topic and theme.
			if got := (step{list[k].gap, fmt.Sprintf("%v | %v | %v", row[1], row[2], row[6])}); !slices.Contains(list, got) {
				t.Errorf("%s: priority %d is %q, which is not %d steps apart", id, k+1, got.text, got.gap)
			}
		}
		blank := readResults(t, filled["blank "+id], values["blank "+id]).rows
		if got := blank[at+4][1]; got != "No target is above the current level." {
			t.Errorf("%s: a blank workbook's priority is %v", id, got)
		}
		if id != "csis-cdm3" {
			continue
		}
		tm := trybook.Template(t, id)
		last := tm.Advice[len(tm.Advice)-1]
		for k, text := range []string{last.Text, "", last.Text} {
			if got := rows[at+13+k][2]; got != text {
				t.Errorf("the next step chosen in place %d is %v, want %q", k+1, got, text)
			}
		}
	}
}
