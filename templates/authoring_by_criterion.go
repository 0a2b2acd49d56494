package templates

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
)

func methodList(list []methods.Name) string {
	var words []string
	for _, m := range list {
		words = append(words, string(m))
	}
	return strings.Join(words, ", ")
}

// choicesSheet has a row for each step of a criterion's scale that has words of its own or a next step.
func choicesSheet(t *models.Template) AuthoringSheet {
	s := AuthoringSheet{Name: sheetChoices, Help: "Words of a criterion's own for the choices of its dropdown, and what to do next for who stands there; the sheet may stay empty.", Columns: []AuthoringColumn{
		{Heading: "ref", Width: 14, ChoicesFrom: sheetCriteria}, {Heading: "number", Help: "which choice: a level's number; for statements 0 to 3, for symptoms 0 or 1", Width: 9, Number: true, Needed: true},
		{Heading: "option", Help: "what the dropdown says in place of the level's name", Width: 40}, {Heading: "next_step", Help: "what to do next for who stands there", Width: 90}}}
	for i := range t.Criteria {
		c := &t.Criteria[i]
		steps := map[int]string{}
		maps.Copy(steps, c.Options)
		maps.Copy(steps, c.NextSteps)
		for _, n := range sortedKeys(steps) {
			s.Rows = append(s.Rows, []string{c.Ref, fmt.Sprint(n), c.Options[n], c.NextSteps[n]})
		}
	}
	return s
}

// appliesSheet has a row for each value of a group column that a criterion is asked of.
func appliesSheet(t *models.Template) AuthoringSheet {
	s := AuthoringSheet{Name: sheetApplies, Help: "Criteria that are asked of some recipients only: a row for each group; a criterion without a row is asked of all.", Columns: []AuthoringColumn{
		{Heading: "ref", Width: 14, ChoicesFrom: sheetCriteria}, {Heading: "column", Help: "the column of the recipients list", Width: 28, Needed: true},
		{Heading: "value", Help: "what stands in it for those that are asked", Width: 40, Needed: true}}}
	for i := range t.Criteria {
		c := &t.Criteria[i]
		for _, column := range slices.Sorted(maps.Keys(c.AppliesTo)) {
			for _, v := range c.AppliesTo[column] {
				s.Rows = append(s.Rows, []string{c.Ref, column, v})
			}
		}
	}
	return s
}

func questionsSheet(t *models.Template) AuthoringSheet {
	s := AuthoringSheet{Name: sheetQuestions, Help: "Questions that are asked once, on the sheet Start, and never scored; the sheet may stay empty.", Columns: []AuthoringColumn{
		{Heading: "id", Width: 14, Unique: true}, {Heading: "type", Width: 10, Choices: []string{"text", "number", "date", "choice"}, Needed: true},
		{Heading: "text", Help: "the question", Width: 60, Unique: true, Needed: true}, {Heading: "options", Help: "for the type choice: the answers, each on a line of its own (Alt and Enter begin one)", Width: 40},
		{Heading: "required", Help: "yes if it must be answered", Width: 10, Choices: []string{"yes", "no"}}, {Heading: "help", Help: "shown with the question", Width: 50}}}
	for _, q := range t.Questions {
		s.Rows = append(s.Rows, []string{q.ID, string(q.Type), q.Text, strings.Join(q.Options, "\n"), yes(q.Required), q.Help})
	}
	return s
}

// authoredLine is a line of a template file with the cell that it comes from.
type authoredLine struct {
	at         Place
	group, key string // group is options, next_steps, or applies_to and a column
	value      string
}

// perRef gathers what the sheets Choices and Asked of say about each criterion.
func (a *authored) perRef(choices, applies *Sheet) {
	a.more, a.refAt = map[string][]authoredLine{}, map[string]Place{}
	each := func(s *Sheet, columns string, row func(at func(string) (Cell, Place))) {
		if s == nil || len(s.Rows) == 0 {
			return
		}
		keys := a.headings(s, strings.Fields(columns))
		for r := 1; r < len(s.Rows); r++ {
			if !slices.ContainsFunc(s.Rows[r], func(c Cell) bool { return strings.TrimSpace(c.Text) != "" }) {
				continue
			}
			row(func(key string) (Cell, Place) {
				if i := slices.Index(keys, key); i >= 0 {
					c := s.at(r, i)
					return c, s.place(c)
				}
				return Cell{}, s.place(s.at(r, 0))
			})
		}
	}
	needed := func(c Cell, at Place, what, remedy string) bool {
		if strings.TrimSpace(c.Text) == "" {
			a.problem(at, "the "+what+" is missing", remedy)
			return false
		}
		return true
	}
	each(choices, "ref number option next_step", func(at func(string) (Cell, Place)) {
		ref, refAt := at("ref")
		a.refAt[ref.Text] = refAt
		n, nAt := at("number")
		if !needed(ref, refAt, "ref", "write the ref of the criterion") || !needed(n, nAt, "number", "write which choice of the scale is meant, by its number") {
			return
		}
		for _, x := range [][2]string{{"option", "options"}, {"next_step", "next_steps"}} {
			if c, place := at(x[0]); c.Text != "" {
				a.more[ref.Text] = append(a.more[ref.Text], authoredLine{place, x[1], scalarKey(strings.TrimSpace(n.Text)), scalarOf(c.Text, false)})
			}
		}
		if len(a.more[ref.Text]) == 0 {
			a.more[ref.Text] = append(a.more[ref.Text], authoredLine{at: refAt})
		}
	})
	each(applies, "ref column value", func(at func(string) (Cell, Place)) {
		ref, refAt := at("ref")
		a.refAt[ref.Text] = refAt
		column, columnAt := at("column")
		value, valueAt := at("value")
		if needed(ref, refAt, "ref", "write the ref of the criterion") && needed(column, columnAt, "column", "write the heading of a column of the recipients list") &&
			needed(value, valueAt, "value", "write the group that the criterion is asked of") {
			a.more[ref.Text] = append(a.more[ref.Text], authoredLine{valueAt, "applies_to", scalarOf(column.Text, false), scalarOf(value.Text, false)})
		}
	})
}

// scalarKey writes a number as the key of a group: as it is, where it is one.
func scalarKey(s string) string {
	if bareNumber.MatchString(s) {
		return s
	}
	return scalarOf(s, false)
}

// addTo writes the lines that the further sheets have for a criterion.
func (a *authored) addTo(ref string) {
	a.refs = append(a.refs, ref)
	lines := a.more[ref]
	delete(a.more, ref)
	for _, group := range []string{"options", "next_steps"} {
		begun := false
		for _, l := range lines {
			if l.group != group {
				continue
			}
			if !begun {
				a.line(l.at, "    "+group+":")
				begun = true
			}
			a.line(l.at, "      "+l.key+": "+l.value)
		}
	}
	var columns []string
	for _, l := range lines {
		if l.group == "applies_to" && !slices.Contains(columns, l.key) {
			columns = append(columns, l.key)
		}
	}
	for i, column := range columns {
		first := true
		for _, l := range lines {
			if l.group != "applies_to" || l.key != column {
				continue
			}
			if i == 0 && first {
				a.line(l.at, "    applies_to:")
			}
			if first {
				a.line(l.at, "      "+column+":")
				first = false
			}
			a.line(l.at, "        - "+l.value)
		}
	}
}

// leftOver reports rows of the further sheets that stand for no criterion.
func (a *authored) leftOver() {
	for _, ref := range slices.Sorted(maps.Keys(a.more)) {
		a.problem(a.refAt[ref], fmt.Sprintf("there is no criterion %q", ref), text.DidYouMean(ref, a.refs))
	}
}

// flowList writes texts as a list on one line; empty ones are left out.
func flowList(list []string) string {
	var out []string
	for _, x := range list {
		if x = strings.TrimSpace(x); x != "" {
			out = append(out, scalarOf(x, false))
		}
	}
	return "[" + strings.Join(out, ", ") + "]"
}
