package templates_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
)

// asRead turns authoring sheets into the sheets that a reader of the workbook gives.
func asRead(list []templates.AuthoringSheet) []templates.Sheet {
	var out []templates.Sheet
	for _, a := range list {
		s := templates.Sheet{File: "a.xlsx", Name: a.Name}
		var head []templates.Cell
		for i, c := range a.Columns {
			head = append(head, templates.Cell{Ref: fmt.Sprintf("%c1", 'A'+i), Text: c.Heading})
		}
		s.Rows = append(s.Rows, head)
		for i, row := range a.Rows {
			var cells []templates.Cell
			for j, text := range row {
				cells = append(cells, templates.Cell{Ref: fmt.Sprintf("%c%d", 'A'+j, i+2), Text: text})
			}
			s.Rows = append(s.Rows, cells)
		}
		out = append(out, s)
	}
	return out
}

func TestAuthoringLosesNothing(t *testing.T) {
	var list []*models.Template
	for _, id := range templates.IDs() {
		list = append(list, builtin(t, id))
	}
	for seed := range uint64(200) {
		list = append(list, randomTemplate(rand.New(rand.NewPCG(seed, 11))))
	}
	for i, x := range list {
		again, err := templates.FromAuthoring(asRead(templates.Authoring(x)))
		if err != nil {
			t.Fatalf("%d: %v", i, err)
		}
		if !reflect.DeepEqual(x, again) {
			t.Fatalf("%d: the template differs after Authoring and FromAuthoring: %v", i, templates.Diff(x, again))
		}
	}
}

// A mistake in a cell is reported with its sheet and cell.
func TestAuthoringProblems(t *testing.T) {
	for _, x := range []struct {
		sheet, cell, text, want string
	}{
		{"Template", "B2", "Our Model", `a.xlsx, sheet Template, cell B2: id is "Our Model"; use lower-case letters, digits and single hyphens between them, such as our-model-2`},
		{"Template", "A3", "versoin", "a.xlsx, sheet Template, cell A3: unknown setting \"versoin\"; did you mean \"version\"?\na.xlsx, sheet Template, cell B2: the key \"version\" is missing; add it, with its value"},
		{"Template", "B10", "stagd", `a.xlsx, sheet Template, cell B10: method is "stagd"; did you mean "staged"?`},
		{"Levels", "A3", "4", `a.xlsx, sheet Levels, cell A3: level 4 follows level 1; number the levels upwards without gaps; the next is 2`},
		{"Levels", "A3", "two", `a.xlsx, sheet Levels, cell A3: number is "two", not a whole number; write a whole number such as 3`},
		{"Criteria", "B3", "11", `a.xlsx, sheet Criteria, cell B3: there is no topic "11"; did you mean "1"?`},
		{"Criteria", "A3", "1.1", `a.xlsx, sheet Criteria, cell A3: the ref "1.1" is used a second time; each must be used once, also regardless of capital letters; the first is in sheet Criteria, cell A2`},
		{"Criteria", "G3", "1,5", `a.xlsx, sheet Criteria, cell G3: weight is "1,5", not a number; write it with a point: 1.5`},
		{"Criteria", "I3", "", `a.xlsx, sheet Criteria, cell H3: criterion 1.2 has no descriptor for level 2; add what the level looks like`},
		{"Criteria", "E1", "subjekt", ""},
		{"Advice", "B2", "", ""},
	} {
		sheets := asRead(templates.Authoring(builtin(t, "uk-dmm")))
		for i := range sheets {
			for r := range sheets[i].Rows {
				for c := range sheets[i].Rows[r] {
					if cell := &sheets[i].Rows[r][c]; sheets[i].Name == x.sheet && cell.Ref == x.cell {
						cell.Text = x.text
					}
				}
			}
		}
		_, err := templates.FromAuthoring(sheets)
		switch {
		case x.cell == "E1":
			if err == nil || !strings.HasPrefix(err.Error(), `a.xlsx, sheet Criteria, cell E1: unknown column "subjekt"; did you mean "subject"?`) {
				t.Error(err)
			}
		case x.want == "":
			if err != nil {
				t.Errorf("%s %s: %v", x.sheet, x.cell, err)
			}
		case fmt.Sprint(err) != x.want:
			t.Errorf("%s %s:\n got %v\nwant %s", x.sheet, x.cell, err, x.want)
		}
	}
}
