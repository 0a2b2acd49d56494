package desk

import (
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/office"
)

// listView is a recipients list as it was understood, for a person to look at.
type listView struct {
	File, Sheet, When string
	Sheets            []listSheet
	HeaderRow         int
	Notes             []string
	Left              int
	Count             int
	Kinds             []problemKind
	Open              int
	// NoAddress are the rows without an address, of which Unreached says how many there are.
	NoAddress []listPlace
	Unreached int
	Columns   []listColumn
	Heads     []string
	Rows      []listRow
	Facts     []fact
	// Unsure says that it is not known yet which columns to compare by.
	Unsure bool
	// Blocked says that the list cannot be used as it is.
	Blocked bool
	// Decided are the choices that were made about it, which can still be changed.
	Decided []problemKind
}

type listSheet struct {
	Name string
	Here bool
}

// problemKind is all problems of one sort. Choices are what may be said about it, under a name.
type problemKind struct {
	ID, Title string
	List      []listProblem
	Further   int
	Choice    string
	Choices   []listChoice
}

type listProblem struct {
	Place, To, Text, Remedy string
}

type listChoice struct {
	Value, Text string
	Here        bool
}

// listPlace is a row; To leads to it where it is among those that are shown.
type listPlace struct {
	Text, To string
}

// listColumn is a column of the list. Fixed says what it is where its heading leaves no choice.
type listColumn struct {
	Letter, Heading, Fixed, Sample, Found string
	Options                               []listChoice
}

type listRow struct {
	N     int
	Cells []listCell
}

type listCell struct {
	Text      string
	Hit, Soft bool
}

// mostOfAKind is how many problems of one sort are said one by one.
const mostOfAKind = 12

// kindTitles are what the sorts of problems are called, for one and for many.
var kindTitles = map[string][2]string{
	"heading":      {"%d column is not clear", "%d columns are not clear"},
	"id":           {"%d reference is missing or stands twice", "%d references are missing or stand twice"},
	"id-changed":   {"%d reference was changed by a spreadsheet program", "%d references were changed by a spreadsheet program"},
	"id-short":     {"References may have lost their first zero", "References may have lost their first zero"},
	"text":         {"%d entry is missing, too long or not to be read", "%d entries are missing, too long or not to be read"},
	"email":        {"%d entry is not an e-mail address", "%d entries are not e-mail addresses"},
	"no-result":    {"%d formula has no stored result", "%d formulas have no stored result"},
	"error-value":  {"%d cell holds an error of the spreadsheet program", "%d cells hold errors of the spreadsheet program"},
	"merged-cells": {"%d cell is merged with others", "%d cells are merged with others"},
	"hidden-rows":  {"Some rows are hidden or struck out", "Some rows are hidden or struck out"},
	"no-list":      {"There is no list in the file", "There is no list in the file"},
	"":             {"%d thing does not fit the round", "%d things do not fit the round"},
}

// viewList shows a proposal; l is what was said about it.
func (c *call) viewList(p *office.ListProposal, l *draftList) listView {
	v := listView{File: base(l.File), Sheet: p.Sheet, When: c.When(l.At), HeaderRow: p.HeaderRow, Notes: p.Notes, Left: p.Left, Count: p.Count, Blocked: len(p.Problems) > 0 || p.Count == 0}
	v.Unsure = p.Count == 0
	if v.Count == 0 { // as long as a column is not clear, nobody is a recipient, and yet there are rows
		v.Count = max(len(p.Rows)-1, 0)
	}
	if len(p.Sheets) > 1 {
		for _, s := range p.Sheets {
			v.Sheets = append(v.Sheets, listSheet{s, s == p.Sheet})
		}
	}
	wrong := c.viewProblems(&v, p, l)
	if l.HiddenRows != "" {
		v.Decided = append(v.Decided, problemKind{Title: c.T(kindTitles["hidden-rows"][0]), Choice: "hidden", Choices: c.hiddenChoices(l)})
	}
	if l.ShortIDs != "" {
		v.Decided = append(v.Decided, problemKind{Title: c.T(kindTitles["id-short"][0]), Choice: "short", Choices: c.shortChoices(l)})
	}
	rows := map[int]bool{}
	for at := range wrong {
		rows[at[0]] = true
	}
	c.viewColumns(&v, p, l)
	c.viewRows(&v, p, wrong)
	reach := v.Count - v.Unreached
	v.Facts = []fact{{c.T("Recipients"), strconv.Itoa(v.Count), ""}, {c.T("With an address"), strconv.Itoa(reach), ""},
		{c.T("Rows with a problem"), strconv.Itoa(len(rows)), ""}}
	return v
}

// viewProblems sorts the problems by kind, and says which cells have one.
func (c *call) viewProblems(v *listView, p *office.ListProposal, l *draftList) map[[2]int]bool {
	wrong := map[[2]int]bool{}
	counts, at := map[string]int{}, map[string]int{}
	for _, x := range p.Problems {
		kind := string(x.Kind)
		row, column := x.At()
		if row > 0 {
			wrong[[2]int{row, column}] = true
		}
		if counts[kind]++; counts[kind] == 1 {
			at[kind] = len(v.Kinds)
			k := problemKind{ID: "kind-" + kind}
			if x.Option == "hidden-rows" {
				k.Choice, k.Choices = "hidden", c.hiddenChoices(l)
			}
			if x.Option == "short-ids" {
				k.Choice, k.Choices = "short", c.shortChoices(l)
			}
			v.Kinds = append(v.Kinds, k)
		}
		k := &v.Kinds[at[kind]]
		if len(k.List) == mostOfAKind {
			k.Further++
			continue
		}
		k.List = append(k.List, listProblem{c.placeIn(row, x.Cell), rowLink(p, row), withoutFolder(x.Message, l.File), withoutFolder(x.Remedy, l.File)})
	}
	for i := range v.Kinds {
		kind := strings.TrimPrefix(v.Kinds[i].ID, "kind-")
		title := kindTitles[kind]
		if strings.Contains(title[0], "%d") {
			v.Kinds[i].Title = c.N(counts[kind], title[0], title[1])
		} else {
			v.Kinds[i].Title = c.T(title[0])
		}
	}
	return wrong
}

func (c *call) hiddenChoices(l *draftList) []listChoice {
	return c.choices(l.HiddenRows, "leave", c.T("Leave these rows out"), "take", c.T("Take them in like the others"))
}

func (c *call) shortChoices(l *draftList) []listChoice {
	return c.choices(l.ShortIDs, "pad", c.T("Put a zero before them"), "keep", c.T("They are right as they are"))
}

func (c *call) choices(said string, pairs ...string) (out []listChoice) {
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, listChoice{pairs[i], pairs[i+1], said == pairs[i]})
	}
	return out
}

func (c *call) placeIn(row int, cell string) string {
	switch {
	case cell != "":
		return c.T("row %d, cell %s", row, cell)
	case row > 0:
		return c.T("row %d", row)
	}
	return ""
}

// rowLink leads to a row where it is among the first, which are shown.
func rowLink(p *office.ListProposal, row int) string {
	for i, r := range p.Rows[:min(len(p.Rows), shownRows+1)] {
		if i > 0 && len(r) > 0 && r[0].Line == row {
			return "#r" + strconv.Itoa(row)
		}
	}
	return ""
}

// shownRows is how many rows of a list are shown.
const shownRows = 20
