package templates

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// kinds are the kinds of sections of a staged model that is published in columns: the words by which a
// heading is known, and the theme that holds its statements. Advice is not rated.
var kinds = []struct{ word, theme, name string }{
	{"characteristic", "KC", "Key characteristics"},
	{"evidence", "EA", "Evidence and artifacts"},
	{"core activit", "CA", "Core activities"},
	{"criteria for", "CP", "Criteria for progression"},
	{"activities for", adviceKind, "Activities for progression"},
	{"sustaining", adviceKind, "Activities for progression"},
}

const adviceKind = "AP"

// found is a statement in a column, with its level and its kind of section.
type found struct {
	at    Place
	level int
	kind  string
	text  string
	led   bool // a paragraph introduces the list that it stands in
}

var (
	columnLevel = regexp.MustCompile(`(?i)^level\s+(\d{1,2})\b[\s:–—-]*(.*)$`)
	htmlItem    = regexp.MustCompile(`(?i)<li[^>]*>|•`)
	htmlPara    = regexp.MustCompile(`(?i)<p[^>]*>`)
	listStart   = regexp.MustCompile(`(?i)<[uo]l[^>]*>`)
)

// ImportColumns reads a staged model that is published as one table with a column for each level: headings
// such as "Level 1 — Initial" above, rows that name the kind of section ("Key Characteristics"), and cells
// with one statement, several paragraphs, or a list of bullets. Columns are parted by tabs.
//
// With a base the statements replace those of the base one by one, in their order, wherever a section has the
// same number of them; where the numbers differ, the base's section stays and the difference is noted.
// Without a base, refs are numbered anew (L2-KC-03), and subjects are the first words of the statements.
func ImportColumns(p Page, o ImportOptions) (*models.Template, *Report, error) {
	r := &Report{Form: "one table, a column for each level"}
	if err := cmp.Or(notUTF8(p), within(p)); err != nil {
		return nil, r, err
	}
	lines := strings.Split(strings.ReplaceAll(string(p.Text), "\r\n", "\n"), "\n")
	head, numbers := columnHead(lines)
	if head < 0 {
		return nil, r, fmt.Errorf("%s holds no line with columns such as Level 1, Level 2, parted by tabs", p.Name)
	}
	t := o.frame(p.Name)
	if levels := levelsOf(numbers); len(levels) > mostLevels {
		return nil, r, fmt.Errorf("%s has %d columns for levels, and a template has at most %d levels", Place{File: p.Name, Line: head + 1}, len(levels), mostLevels)
	}
	list, intro := readColumns(p.Name, lines, head, numbers, r)
	if len(list) > 2*mostCriteria {
		return nil, r, fmt.Errorf("%s holds %d statements and next steps, and a template has at most %d of each", p.Name, len(list), mostCriteria)
	}
	if o.Base == nil {
		err := stagedSkeleton(t, lines[head], intro, numbers, list)
		if err != nil {
			return nil, r, err
		}
	}
	samples := placeStatements(t, list, r, o.Base != nil)
	if o.Base != nil {
		describeLevels(t, Place{File: p.Name, Line: head + 1}, lines[head], intro, numbers, r)
	}
	r.Understood = append([]string{fmt.Sprintf("%d levels, %d statements and next steps in the table", len(levelsOf(numbers)), len(list))}, r.Understood...)
	r.Understood = append(r.Understood, fmt.Sprintf("%d texts taken over", len(samples)))
	if o.Base != nil {
		t.Wording = "The wording of " + baseName(p.Name) + ". Subjects, summaries and what is noted on import: a summary."
		if len(samples) < len(list) {
			t.Wording = text.Head("The wording of "+baseName(p.Name)+" where the numbers of statements agree; elsewhere: "+firstSentence(o.Base.Wording), 500)
		}
	} else {
		t.Wording = "Imported from " + baseName(p.Name) + "."
	}
	keepTranslations(t, o, Place{File: p.Name, Line: head + 1}, r)
	return finish(t, r, samples)
}

// columnHead finds the line with the levels' headings, and the level of each of its columns; -1 for a column
// that is none.
func columnHead(lines []string) (line int, numbers []int) {
	for i, l := range lines {
		numbers = nil
		levels := map[int]bool{}
		for _, c := range strings.Split(l, "\t") {
			n := -1
			if m := columnLevel.FindStringSubmatch(plainText(c)); m != nil {
				n, _ = strconv.Atoi(m[1])
				levels[n] = true
			}
			numbers = append(numbers, n)
		}
		if len(levels) >= 2 {
			return i, numbers
		}
	}
	return -1, nil
}

// levelsOf leaves out the columns that are no level.
func levelsOf(numbers []int) []int {
	return slices.DeleteFunc(slices.Clone(numbers), func(n int) bool { return n < 0 })
}

// readColumns goes through the table. The cells between the head and the first section are introductions.
func readColumns(file string, lines []string, head int, numbers []int, r *Report) (list []found, intro [][]string) {
	kind := ""
	for i := head + 1; i < len(lines); i++ {
		cells := strings.Split(lines[i], "\t")
		if strings.TrimSpace(lines[i]) == "" {
			continue
		}
		at := Place{File: file, Line: i + 1}
		if k := sectionKind(cells); k != "" {
			kind = k
			continue
		}
		if kind == "" {
			intro = append(intro, cells)
			continue
		}
		if len(cells) > len(numbers) {
			r.note(Note{at, true, fmt.Sprintf("the row has %d columns, but the headings have %d", len(cells), len(numbers)),
				"check that tabs stand between columns only; what is beyond the last heading was left out"})
			cells = cells[:len(numbers)]
		}
		r.Looked += len(cells)
		for col, c := range cells {
			if numbers[col] < 0 {
				if t := plainText(c); t != "" {
					r.note(Note{at, true, fmt.Sprintf("column %d belongs to no level: %s", col+1, text.Head(t, 60)), "nothing to do if it only names the row"})
				}
				continue
			}
			items, lead := cellItems(c)
			for _, x := range lead {
				r.note(Note{at, true, fmt.Sprintf("level %d, %s: a paragraph introduces the list and is no statement: %s",
					numbers[col], kindName(kind), text.Head(x, 60)+" …"), "nothing to do, unless it asks for something that the list does not"})
			}
			for _, x := range items {
				list = append(list, found{at, numbers[col], kind, x, len(lead) > 0})
			}
		}
	}
	return list, intro
}

// sectionKind knows a row that names a kind of section: every cell that is filled does, in a few words.
func sectionKind(cells []string) string {
	kind, filled := "", 0
	for _, c := range cells {
		text := strings.ToLower(plainText(c))
		if text == "" {
			continue
		}
		filled++
		if len(text) > 40 || strings.HasSuffix(text, ".") {
			return ""
		}
		known := ""
		for _, k := range kinds {
			if strings.Contains(text, k.word) {
				known = k.theme
				break
			}
		}
		if known == "" || filled > 1 && known != kind && known != adviceKind {
			return ""
		}
		if filled == 1 {
			kind = known
		}
	}
	if filled < 2 {
		return ""
	}
	return kind
}

// cellItems takes a cell apart: the bullets of its list, or else its paragraphs. A paragraph before a list
// introduces it.
func cellItems(cell string) (items, lead []string) {
	before, list := cell, ""
	if at := listStart.FindStringIndex(cell); at != nil {
		before, list = cell[:at[0]], cell[at[1]:]
	} else if i := strings.Index(cell, "•"); i >= 0 {
		before, list = cell[:i], cell[i:]
	}
	for _, x := range htmlPara.Split(before, -1) {
		if text := plainText(x); text != "" {
			lead = append(lead, text)
		}
	}
	for _, x := range htmlItem.Split(list, -1) {
		if text := plainText(x); text != "" {
			items = append(items, text)
		}
	}
	if len(items) == 0 {
		return lead, nil
	}
	return items, lead
}
