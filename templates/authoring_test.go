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
		list = append(list, randomExtras(rand.New(rand.NewPCG(seed, 11))))
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
		{"Template", "B11", "stagd", `a.xlsx, sheet Template, cell B11: method is "stagd"; did you mean "staged"?`},
		{"Levels", "A3", "4", `a.xlsx, sheet Levels, cell A3: level 4 follows level 1; number the levels upwards without gaps; the next is 2`},
		{"Levels", "A3", "two", `a.xlsx, sheet Levels, cell A3: number is "two", not a whole number; write a whole number such as 3`},
		{"Criteria", "B3", "11", `a.xlsx, sheet Criteria, cell B3: there is no topic "11"; did you mean "1"?`},
		{"Criteria", "A3", "1.1", `a.xlsx, sheet Criteria, cell A3: the ref "1.1" is used a second time; each must be used once, also regardless of capital letters; the first is in sheet Criteria, cell A2`},
		{"Criteria", "G3", "1,5", `a.xlsx, sheet Criteria, cell G3: weight is "1,5", not a number; write it with a point: 1.5`},
		{"Criteria", "I3", "", `a.xlsx, sheet Criteria, cell H3: criterion 1.2 has no descriptor for level 2; add what the level looks like`},
		{"Choices", "A2", "9.99", `a.xlsx, sheet Choices, cell A2: there is no criterion "9.99"; did you mean "9.89"?`},
		{"Choices", "B2", "7", `a.xlsx, sheet Choices, cell C2: there is no level 7; the levels are 1 to 5`},
		{"Choices", "B2", "two", `a.xlsx, sheet Choices, cell C2: the key "two" of options is not a whole number; write a level's number, such as 1`},
		{"Choices", "B2", "", `a.xlsx, sheet Choices, cell B2: the number is missing; write which choice of the scale is meant, by its number`},
		{"Asked of", "A2", "", `a.xlsx, sheet Asked of, cell A2: the ref is missing; write the ref of the criterion`},
		{"Asked of", "C2", "", `a.xlsx, sheet Asked of, cell C2: the value is missing; write the group that the criterion is asked of`},
		{"Questions", "B2", "numbr", `a.xlsx, sheet Questions, cell B2: type is "numbr"; did you mean "number"?`},
		{"Questions", "D3", "one", `a.xlsx, sheet Questions, cell D3: there is one option to choose from; add another`},
		{"Template", "B13", "mean, wekest", `a.xlsx, sheet Template, cell B13: an entry of also is "wekest"; did you mean "weakest"?`},
		{"Template", "B17", "6", `a.xlsx, sheet Template, cell B17: target is 6, which criterion 1.1 cannot be answered with; write a number from 1 to 5`},
		{"Contradictions", "D2", "9.99", `a.xlsx, sheet Contradictions, cell D2: there is no criterion "9.99"; did you mean "9.89"?`},
		{"Contradictions", "B2", "9", `a.xlsx, sheet Contradictions, cell A2: no answer to criterion 1.1 lies within these bounds; its answers have the numbers 1 to 5`},
		{"Criteria", "E1", "subjekt", ""},
		{"Advice", "B2", "", ""},
	} {
		tm := builtin(t, "uk-dmm")
		tm.Criteria[0].Options = map[int]string{2: "Now and then"}
		tm.Criteria[0].AppliesTo = map[string][]string{"type": {"primary"}}
		tm.Questions = []models.Question{{ID: "staff", Text: "How many?", Type: models.QuestionNumber}, {ID: "tool", Text: "Which?", Type: models.QuestionChoice, Options: []string{"one", "two"}}}
		sheets := asRead(templates.Authoring(tm))
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
