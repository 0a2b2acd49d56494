package round

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
)

// found is where the headings of a list are, and what they mean.
type found struct {
	sheet *Sheet
	// row is the index of the row with the headings.
	row      int
	columns  map[string]string
	proposed []string
	problems Problems
	// others are the names of further sheets with such headings.
	others []string
}

// find looks for the headings on all sheets that show, or on the one that was named. A list that stands on a hidden sheet
// alone is asked about; one that stands there besides is said.
func (src *ListSource) find() (found, *Problem) {
	var names, hidden []string
	var best []found
	var fallback *found
	for i := range src.Sheets {
		s := &src.Sheets[i]
		names = append(names, s.inWords())
		if src.Sheet != "" && !strings.EqualFold(s.Name, src.Sheet) {
			continue
		}
		f, any := src.headingsOn(s)
		switch {
		case !any: // it is empty
		case src.Sheet == "" && s.HiddenSheet:
			if f.complete() && len(f.below()) > 0 {
				hidden = append(hidden, quote(s.Name))
			}
		case f.complete():
			best = append(best, f)
		case fallback == nil || len(f.columns) > len(fallback.columns):
			fallback = &f
		}
	}
	if len(best) > 0 {
		for _, f := range best[1:] {
			best[0].others = append(best[0].others, quote(f.sheet.Name))
		}
		for _, name := range hidden {
			best[0].others = append(best[0].others, name+", which is hidden,")
		}
		return best[0], nil
	}
	if len(hidden) > 0 {
		p := Problem{Place: src.File, Kind: ProblemNoList, Message: "no sheet that shows has the headings of a list; a hidden one has them: " + strings.Join(hidden, ", "),
			Remedy: "show it in the spreadsheet program and look whether it is the list meant, or say that it is to be taken", Option: "sheet", Choices: strings.Join(hidden, " or ")}
		return found{}, &p
	}
	if fallback != nil {
		return *fallback, nil
	}
	if src.Sheet != "" && !slices.ContainsFunc(src.Sheets, func(s Sheet) bool { return strings.EqualFold(s.Name, src.Sheet) }) {
		return found{}, &Problem{Place: src.File, Kind: ProblemNoList, Message: "there is no sheet " + quote(src.Sheet), Remedy: "the sheets are " + strings.Join(names, ", "), Option: "sheet"}
	}
	return found{}, &Problem{Place: src.File, Kind: ProblemNoList, Message: "the recipients list is empty",
		Remedy: "give it a first line with the headings id, name, email, and a line for each recipient"}
}

// inWords is the name of a sheet for people.
func (s *Sheet) inWords() string {
	if s.HiddenSheet {
		return s.Name + " (hidden)"
	}
	return s.Name
}

// below are the rows with content below the headings.
func (f *found) below() [][]Cell {
	return slices.DeleteFunc(slices.Clone(f.sheet.Rows[f.row+1:]), blankRow)
}

// complete says that columns for id and name are known, or that only a choice between several is open.
func (f *found) complete() bool {
	known := func(key string) bool {
		return f.columns[key] != "" || slices.ContainsFunc(f.problems, func(p Problem) bool { return p.Choices != "" && strings.HasPrefix(p.Choices, key+"=") })
	}
	return known("id") && known("name")
}

// headingsOn finds the row with the headings of a sheet: the first of the upper rows that has them, or else the one that
// has most. It is false for a sheet without content.
func (src *ListSource) headingsOn(s *Sheet) (best found, any bool) {
	seen := 0
	for i, row := range s.Rows {
		if seen == maxAbove {
			break
		}
		if blankRow(row) || src.row() > 0 && row[0].Line != src.row() {
			continue
		}
		seen++
		f := src.columnsOf(s, i)
		if f.complete() {
			return f, true
		}
		if !any || len(f.columns) > len(best.columns) {
			best, any = f, true
		}
	}
	return best, any
}

// row is the number of the row with the headings, where it was said; 0 where not.
func (src *ListSource) row() int {
	n, _ := strconv.Atoi(src.Columns["row"])
	return n
}

// columnsOf says which column is what where the headings stand in a row: as it was said, as it was said of an earlier list,
// by its own name, or by a word that people use for it.
func (src *ListSource) columnsOf(s *Sheet, row int) found {
	f := found{sheet: s, row: row, columns: map[string]string{}}
	cells := s.Rows[row]
	for _, key := range columnNames {
		said, given := src.Columns[key]
		if given {
			if heading, ok := src.headingSaid(&f, key, said); ok {
				f.columns[key] = heading
			}
			continue
		}
		if heading := src.Remembered[key]; heading != "" && slices.ContainsFunc(cells, func(c Cell) bool { return plain(c.Text) == plain(heading) }) {
			f.columns[key] = heading
			continue
		}
		if i := slices.IndexFunc(cells, func(c Cell) bool { return plain(c.Text) == key }); i >= 0 {
			f.columns[key] = tidy(cells[i].Text)
		}
	}
	for _, key := range columnNames {
		if _, given := src.Columns[key]; given || f.columns[key] != "" || src.Remembered[key] == None {
			continue
		}
		src.propose(&f, key)
	}
	return f
}

var columnLetters = regexp.MustCompile(`^[A-Z]{1,3}$`)

// headingSaid is the heading that was given for a column, by its text or the column's letter.
func (src *ListSource) headingSaid(f *found, key, said string) (string, bool) {
	cells := f.sheet.Rows[f.row]
	if plain(said) == None {
		return None, true
	}
	for _, c := range cells {
		if plain(c.Text) == plain(said) && plain(said) != "" {
			return tidy(c.Text), true
		}
	}
	if columnLetters.MatchString(said) {
		n := 0
		for _, r := range said {
			n = n*26 + int(r-'A') + 1
		}
		for i, c := range cells {
			if i == n-1 && tidy(c.Text) != "" {
				return tidy(c.Text), true
			}
		}
	}
	var headings []string
	for _, c := range cells {
		if t := tidy(c.Text); t != "" {
			headings = append(headings, t)
		}
	}
	p := problemAt(src.File, ProblemHeading, cells[0], "there is no heading "+quote(said)+" for "+key, text.DidYouMean(said, headings))
	p.Option = "map"
	f.problems = append(f.problems, p)
	return "", false
}

// propose finds the column that is meant by its heading. Where several may be, the one whose entries all differ is; if that
// leaves several, they are named.
func (src *ListSource) propose(f *found, key string) {
	cells := f.sheet.Rows[f.row]
	taken := slices.Collect(maps.Values(f.columns))
	var fits []int
	for i, c := range cells {
		word := plain(c.Text)
		if word != "" && knownColumns[word] == nil && !slices.Contains(taken, tidy(c.Text)) &&
			slices.ContainsFunc(knownColumns[key], func(w string) bool { return plain(w) == word }) {
			fits = append(fits, i)
		}
	}
	if key == "email" {
		if fits == nil { // whatever it is called: addresses in no column for them would be a group, and nobody would get a message
			for i, c := range cells {
				if plain(c.Text) != "" && knownColumns[plain(c.Text)] == nil && !slices.Contains(taken, tidy(c.Text)) {
					fits = append(fits, i)
				}
			}
		}
		fits = slices.DeleteFunc(fits, func(i int) bool { return !f.mostly(i, func(s string) bool { return strings.Contains(s, "@") }) })
	}
	if len(fits) > 1 && (key == "id" || key == "name") {
		if own := slices.DeleteFunc(slices.Clone(fits), func(i int) bool { return !f.allDiffer(i) }); len(own) > 0 {
			fits = own
		}
	}
	switch {
	case len(fits) == 1:
		f.columns[key] = tidy(cells[fits[0]].Text)
		f.proposed = append(f.proposed, key)
	case len(fits) > 1:
		var names, choices []string
		for _, i := range fits {
			names = append(names, quote(tidy(cells[i].Text)))
			choices = append(choices, fmt.Sprintf(`%s="%s"`, key, tidy(cells[i].Text)))
		}
		if key != "id" && key != "name" {
			choices = append(choices, key+"="+None)
		}
		p := problemAt(src.File, ProblemHeading, cells[fits[0]], fmt.Sprintf("several columns may hold the %s: %s", key, strings.Join(names, ", ")), "say which it is")
		p.Option, p.Choices = "map", strings.Join(choices, " or ")
		f.problems = append(f.problems, p)
	}
}

// mostly says whether most of the entries of a column are of a kind, and there are any; what a formula failed to give, and
// is said elsewhere, is none.
func (f *found) mostly(col int, is func(string) bool) bool {
	yes, no := 0, 0
	for _, row := range f.sheet.Rows[f.row+1:] {
		if col >= len(row) || row[col].isBlank() || row[col].NoResult || strings.HasPrefix(row[col].Text, "#") {
			continue
		}
		if is(row[col].Text) {
			yes++
		} else {
			no++
		}
	}
	return yes > no
}

// allDiffer says whether no entry of a column stands in it twice, and there are any.
func (f *found) allDiffer(col int) bool {
	seen := map[string]bool{}
	for _, row := range f.sheet.Rows[f.row+1:] {
		if col >= len(row) || row[col].isBlank() {
			continue
		}
		key := foldName(tidy(row[col].Text))
		if seen[key] {
			return false
		}
		seen[key] = true
	}
	return len(seen) > 0
}

// keyAt is the index of the column that holds id, name and so on; -1 for none.
func (f *found) keyAt(key string) int {
	return slices.Index(keysOf(f.sheet.Rows[f.row], renamed(f.columns)), key)
}

// struck says of rows whether they are struck out: their id or their name is.
func (f *found) struck() func(row []Cell) bool {
	at := []int{f.keyAt("id"), f.keyAt("name")}
	return func(row []Cell) bool {
		return slices.ContainsFunc(at, func(i int) bool { return i >= 0 && i < len(row) && row[i].Struck && !row[i].isBlank() })
	}
}

// renamed keeps of a mapping what is not called by its own name.
func renamed(columns map[string]string) map[string]string {
	var out map[string]string
	for key, heading := range columns {
		if plain(heading) != key {
			if out == nil {
				out = map[string]string{}
			}
			out[key] = heading
		}
	}
	return out
}
