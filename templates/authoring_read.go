package templates

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// SheetProblem is a mistake in an authoring workbook.
type SheetProblem struct {
	Place   Place  `json:"place"`
	Message string `json:"message"`
	Remedy  string `json:"remedy"`
}

// String writes the problem as file, sheet, cell: what is wrong; what to do.
func (p SheetProblem) String() string {
	return p.Place.String() + ": " + fault.Words(p.Message, p.Remedy)
}

// SheetProblems is the error for an authoring workbook with mistakes: all of them, in the order of the sheets.
type SheetProblems []SheetProblem

// Error writes the problems one a line.
func (list SheetProblems) Error() string {
	var out []string
	for _, p := range list {
		out = append(out, p.String())
	}
	return strings.Join(out, "\n")
}

// WrongUsage marks the list as one of wrong usage or configuration; see package fault.
func (list SheetProblems) WrongUsage() bool { return true }

// IsAuthoring says whether sheets are those of an authoring workbook.
func IsAuthoring(sheets []Sheet) bool {
	return slices.ContainsFunc(sheets, func(s Sheet) bool { return s.Name == sheetTemplate }) &&
		slices.ContainsFunc(sheets, func(s Sheet) bool { return s.Name == sheetCriteria })
}

// FromAuthoring reads a template from the sheets that Authoring laid out. The error is SheetProblems, each with
// its sheet and cell: everything that Load checks is checked here too.
//
// The sheets are turned into the lines of a template file, one for each cell, so that Load does the checking and
// each line's mistakes are those of its cell.
func FromAuthoring(sheets []Sheet) (*models.Template, error) {
	a := &authored{}
	byName := map[string]*Sheet{}
	for i := range sheets {
		if n := len(sheets[i].Rows); n > mostRows {
			return nil, fmt.Errorf("%s: the sheet %s has %d rows, and at most %d are read; delete those that are empty or are not yours", sheets[i].File, sheets[i].Name, n, mostRows)
		}
		byName[sheets[i].Name] = &sheets[i]
	}
	a.file = sheets[0].File
	a.settings(byName[sheetTemplate])
	a.list("levels", byName[sheetLevels], "number name alt_name meaning", "number")
	a.list("themes", byName[sheetThemes], "id name summary gates_next_level", "gates_next_level")
	a.list("topics", byName[sheetTopics], "id name summary level target", "level target")
	a.perRef(byName[sheetChoices], byName[sheetApplies])
	a.list("criteria", byName[sheetCriteria], "ref topic theme kind subject statement weight", "weight")
	a.leftOver()
	a.list("advice", byName[sheetAdvice], "ref level text", "level")
	a.list("questions", byName[sheetQuestions], "id type text options required help", "required")
	a.contradictions(byName[sheetContradictions])
	a.languages(sheets)
	t, err := Load(a.file, &a.out)
	var list strictyaml.Problems
	if err != nil && !errors.As(err, &list) {
		return nil, err
	}
	for _, p := range list {
		at := Place{File: a.file}
		if p.Line > 0 && p.Line <= len(a.places) {
			at = a.places[p.Line-1]
		}
		a.problems = append(a.problems, SheetProblem{at, lineWords.ReplaceAllStringFunc(p.Message, a.cellOf), lineWords.ReplaceAllStringFunc(p.Remedy, a.cellOf)})
	}
	if len(a.problems) > 0 {
		return nil, a.problems
	}
	return t, nil
}

var lineWords = regexp.MustCompile(`\bline \d+\b`)

// authored is a template file being written from sheets, with the cell that each line comes from.
type authored struct {
	file     string
	out      bytes.Buffer
	places   []Place
	problems SheetProblems
	// more are the lines that further sheets add to a criterion, by ref.
	more map[string][]authoredLine
	// refAt is where the further sheets name a criterion, refs are those that there are.
	refAt map[string]Place
	refs  []string
}

// cellOf names the cell of a line, where a message points to another place.
func (a *authored) cellOf(words string) string {
	n, _ := strconv.Atoi(strings.TrimPrefix(words, "line "))
	if n < 1 || n > len(a.places) {
		return words
	}
	return fmt.Sprintf("sheet %s, cell %s", a.places[n-1].Sheet, a.places[n-1].Cell)
}

func (a *authored) line(at Place, text string) {
	a.out.WriteString(text + "\n")
	a.places = append(a.places, at)
}

func (a *authored) problem(at Place, message, remedy string) {
	a.problems = append(a.problems, SheetProblem{at, message, remedy})
}

// settings writes the lines of the sheet Template, in the groups that their keys name.
func (a *authored) settings(s *Sheet) {
	if s == nil {
		a.problem(Place{File: a.file}, "there is no sheet Template", "keep the sheets of the authoring workbook")
		return
	}
	var known []string
	for _, x := range settings {
		known = append(known, x.key)
	}
	cells := map[string]Cell{}
	for row := 1; row < len(s.Rows); row++ {
		key, value := s.at(row, 0), s.at(row, 1)
		name := strings.TrimSpace(key.Text)
		if name == "" {
			continue
		}
		if !slices.Contains(known, name) {
			a.problem(s.place(key), fmt.Sprintf("unknown setting %q", name), text.DidYouMean(name, known))
			continue
		}
		if _, twice := cells[name]; twice {
			a.problem(s.place(key), fmt.Sprintf("the setting %q stands here a second time", name), "remove one of the two")
			continue
		}
		cells[name] = value
	}
	open := ""
	for _, key := range known {
		c, there := cells[key]
		if !there || c.Text == "" {
			continue
		}
		group := key[:strings.LastIndex(key, ".")+1]
		for _, g := range groupsOf(group) {
			if !strings.HasPrefix(open, g) {
				a.line(s.place(c), indent(g)+lastPart(g)+":")
			}
		}
		open = group
		if key == "scoring.also" {
			a.line(s.place(c), indent(key)+lastPart(key)+": "+flowList(strings.Split(c.Text, ",")))
			continue
		}
		a.line(s.place(c), indent(key)+lastPart(key)+": "+scalarOf(c.Text, strings.HasSuffix(key, "level") || strings.HasSuffix(key, "applicable") || strings.HasSuffix(key, "targets") || strings.HasSuffix(key, "target")))
	}
}

// groupsOf lists the groups that a key stands in: answers. and answers.comment_required.
func groupsOf(group string) []string {
	var out []string
	for i, r := range group {
		if r == '.' {
			out = append(out, group[:i+1])
		}
	}
	return out
}

func indent(key string) string {
	return strings.Repeat("  ", strings.Count(strings.TrimSuffix(key, "."), "."))
}

func lastPart(key string) string {
	key = strings.TrimSuffix(key, ".")
	return key[strings.LastIndex(key, ".")+1:]
}

// scalarOf writes a cell as a YAML value: a text in quotation marks, or a number, yes and no as they are meant.
func scalarOf(text string, bare bool) string {
	if bare {
		switch s := strings.ToLower(strings.TrimSpace(text)); {
		case s == "yes" || s == "true":
			return "true"
		case s == "no" || s == "false":
			return "false"
		case bareNumber.MatchString(s):
			return s
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b) // a JSON string is a YAML text in double quotation marks
	e.SetEscapeHTML(false)
	if err := e.Encode(strings.ReplaceAll(text, "\r\n", "\n")); err != nil {
		panic(err) // a string can always be written
	}
	// The YAML reader takes a byte order mark for the beginning of a text wherever it stands.
	return strings.ReplaceAll(strings.TrimSuffix(b.String(), "\n"), "\ufeff", `\uFEFF`)
}

var bareNumber = regexp.MustCompile(`^-?[0-9]+([.,][0-9]+)?$`)

// list writes the rows of a sheet as entries of a list. The columns are found by their headings.
func (a *authored) list(name string, s *Sheet, columns, bare string) {
	if s == nil || len(s.Rows) == 0 {
		if name == "levels" || name == "topics" || name == "criteria" {
			a.problem(Place{File: a.file}, "there is no sheet for the "+name, "keep the sheets of the authoring workbook")
		}
		return
	}
	known, bares := strings.Fields(columns), strings.Fields(bare)
	keys := a.headings(s, known)
	begun := false
	for row := 1; row < len(s.Rows); row++ {
		if !slices.ContainsFunc(s.Rows[row], func(c Cell) bool { return strings.TrimSpace(c.Text) != "" }) {
			continue
		}
		if !begun {
			a.line(s.place(s.at(row, 0)), name+":")
			begun = true
		}
		a.line(s.place(s.at(row, 0)), "  -")
		descriptors := false
		for col, key := range keys {
			c := s.at(row, col)
			number, isLevel := strings.CutPrefix(key, "#")
			switch {
			case key == "" || c.Text == "":
			case isLevel:
				if !descriptors {
					a.line(s.place(c), "    descriptors:")
					descriptors = true
				}
				a.line(s.place(c), "      "+number+": "+scalarOf(c.Text, false))
			case key == "options":
				a.line(s.place(c), "    options: "+flowList(strings.Split(c.Text, "\n")))
			default:
				a.line(s.place(c), "    "+key+": "+scalarOf(c.Text, slices.Contains(bares, key)))
			}
		}
		if ref := slices.Index(keys, "ref"); name == "criteria" && ref >= 0 {
			a.addTo(s.at(row, ref).Text)
		}
	}
}

// headings says which key each column holds: one of the known, or # and a level's number. Columns of levels
// come last, in any order.
func (a *authored) headings(s *Sheet, known []string) []string {
	keys := make([]string, len(s.Rows[0]))
	for col, c := range s.Rows[0] {
		heading := strings.ToLower(tidy(c.Text))
		n, _, isLevel := levelHeading(c.Text)
		switch {
		case heading == "":
			continue
		case slices.Contains(known, heading):
			keys[col] = heading
		case isLevel && slices.Contains(known, "subject"):
			keys[col] = "#" + strconv.Itoa(n)
		default:
			a.problem(s.place(c), fmt.Sprintf("unknown column %q", tidy(c.Text)), text.DidYouMean(heading, known))
			continue
		}
		if slices.Index(keys, keys[col]) < col {
			a.problem(s.place(c), fmt.Sprintf("the column %q stands here a second time", tidy(c.Text)), "remove one of the two")
			keys[col] = ""
		}
	}
	return keys
}
