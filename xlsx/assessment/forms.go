package assessment

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
)

// Somebody who fills in 160 rows by keyboard types N or 4. A dropdown refuses what its list does not hold, and a rule
// that takes more has no dropdown; a warning in place of a refusal would let anything pass. So the lists hold the short
// forms too, after the labels: one sees the labels first, and types or chooses either. What may be pasted in further forms,
// past the dropdown, is known to the formulas too, so that Results says what the reader will read.

// shortNA is the short form of "not applicable", in all languages.
const shortNA = "N/A"

// form is something that a cell may hold for a choice.
type form struct {
	// text is a text or, as programs store what is typed in figures, a number.
	text any
	// step is the number of the step; nil for "not applicable".
	step *int
	// label says that it is the label; offered, that the dropdown offers it.
	label, offered bool
}

// listFor makes the list of the choices of a scale.
func (b *book) listFor(name, targets string, scale models.Scale, col int) choiceList {
	return choiceList{name: name, targets: targets, scale: scale, col: col, forms: b.formsOf(scale)}
}

// formsOf lists the forms of the choices: labels first, then what else is offered, then what is known.
func (b *book) formsOf(scale models.Scale) []form {
	var out []form
	seen := map[string]int{}
	add := func(text any, step *int, label, offered bool) {
		key := strings.ToLower(fmt.Sprintf("%T %v", text, text))
		if at, ok := seen[key]; ok {
			if had := out[at].step; !out[at].offered && (had == nil || step == nil || *had != *step) {
				out[at].text = "" // two steps have one name
			}
			return
		}
		seen[key] = len(out)
		out = append(out, form{text, step, label, offered})
	}
	for i := range scale {
		add(scale[i].Label(), &scale[i].Number, true, true)
	}
	if b.t.Answers.NotApplicable {
		add(b.t.NotApplicable(), nil, true, true)
	}
	for i := range scale {
		if code := scale[i].Code; code != "" && !looksNotApplicable(code) {
			add(typed(code), &scale[i].Number, false, true)
		}
	}
	if b.t.Answers.NotApplicable {
		add(shortNA, nil, false, true)
	}
	for i := range scale {
		s := &scale[i]
		if looksNotApplicable(s.Code) {
			continue
		}
		add(s.Code, &s.Number, false, false)
		add(s.Code+" - "+s.Name, &s.Number, false, false)
		add(s.Name, &s.Number, false, false)
	}
	kept := out[:0]
	for _, f := range out {
		if f.text != "" {
			kept = append(kept, f)
		}
	}
	return kept
}

// looksNotApplicable says whether a step's code, as "Na" for no in Welsh, could be meant for "not applicable".
func looksNotApplicable(code string) bool { return strings.EqualFold(strings.Trim(code, ". "), "na") }

// typed is what a program makes of a text that is typed: a number where it is figures only.
func typed(s string) any {
	if n, err := strconv.Atoi(s); err == nil && strconv.Itoa(n) == s {
		return n
	}
	return s
}

// number is the formula for the number of the step that a cell holds in one of its forms, and otherwise what is given.
// Comparing with = inside SUMPRODUCT knows no wildcards, unlike MATCH: an asterisk is no choice. Dividing by how many
// forms are alike makes no difference where a program tells 4 from "4", and puts it right where one does not.
func (c choiceList) number(cell, otherwise string) string {
	column := func(col int) string { return draw.Fixed(layout.SheetLists, col, 2, col, 1+len(c.forms)) }
	n := fmt.Sprintf("SUMPRODUCT((%s=%s)*1)", column(c.col), cell)
	return fmt.Sprintf("IF(%[1]s=0,%[2]s,SUMPRODUCT((%[3]s=%[4]s)*%[5]s)/%[1]s)", n, otherwise, column(c.col), cell, column(c.col+1))
}

// writeList writes the forms of a list with their numbers, and names the ranges that dropdowns offer. What targets are
// chosen from stands in a column of its own, without "not applicable".
func (b *book) writeList(list choiceList) {
	head := draw.Look{Bold: true, Fill: b.Palette.Pale, Wrap: true}
	b.Put(layout.SheetLists, list.col, 1, "Choice", head)
	b.Put(layout.SheetLists, list.col+1, 1, "Number", head)
	offered, targets := 1, 1
	if b.t.Answers.Targets {
		b.Put(layout.SheetLists, list.col+2, 1, "Target", head)
	}
	for i, f := range list.forms {
		b.Put(layout.SheetLists, list.col, 2+i, f.text, draw.Look{})
		if f.step != nil {
			b.Put(layout.SheetLists, list.col+1, 2+i, *f.step, draw.Look{})
		}
		if f.offered {
			offered = 2 + i
		}
		if f.offered && f.step != nil && b.t.Answers.Targets {
			targets++
			b.Put(layout.SheetLists, list.col+2, targets, f.text, draw.Look{})
		}
	}
	if b.t.Answers.Targets {
		b.Name(list.targets, draw.Fixed(layout.SheetLists, list.col+2, 2, list.col+2, targets))
	}
	b.Name(list.name, draw.Fixed(layout.SheetLists, list.col, 2, list.col, offered))
}
