package templates

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// mostTableRows is how many rows a table of descriptors may have; a template holds 1,000 criteria of ten levels.
const mostTableRows = 20_000

var (
	rowRef     = regexp.MustCompile(`^(\d{1,3})\.(\d{1,4})\.(\d{1,2})\.?$`)
	rowHeading = regexp.MustCompile(`^(\d{1,3})\.(\d{1,4})\.?\s+(\S.*)$`)
	wikiWhole  = regexp.MustCompile(`\[\[[^\[\]]*\]\]`)
	tableRule  = regexp.MustCompile(`^[\s|:-]+$`)
)

// isTable says whether a page is a table with a row for each criterion and level: some row has a cell such as 1.1.4.
func isTable(p Page) bool {
	for _, line := range bodyLines(p.Text) {
		if !strings.HasPrefix(strings.TrimSpace(line), "|") {
			continue
		}
		for _, c := range rowCells(line) {
			if rowRef.MatchString(c) {
				return true
			}
		}
	}
	return false
}

// rowCells are the cells of a row of a Markdown table, without markup. A bar within a cell is written \|, or stands
// within a link [[page|name]].
func rowCells(line string) []string {
	const bar = "\x00"
	line = wikiWhole.ReplaceAllStringFunc(line, func(s string) string { return strings.ReplaceAll(s, "|", bar) })
	line = strings.Trim(strings.ReplaceAll(strings.TrimSpace(line), `\|`, bar), "|")
	cells := strings.Split(line, "|")
	for i, c := range cells {
		cells[i] = plainText(strings.ReplaceAll(c, bar, "|"))
	}
	return cells
}

// readTable reads a table with a row for each criterion and level: the criterion's heading, linked or not, the ref
// such as 1.1.4, and the text, in neighbouring columns wherever they stand in the row. headings gets the criteria's
// names by ref.
func readTable(p Page, headings map[string]string, r *Report) ([]section, error) {
	var out []section
	rows := 0
	for i, line := range bodyLines(p.Text) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, "|") || tableRule.MatchString(line) {
			continue
		}
		if rows++; rows > mostTableRows {
			return nil, fmt.Errorf("%s holds a table of more than %d rows", p.Name, mostTableRows)
		}
		at := Place{File: p.Name, Line: i + 1}
		s, heading, ok := readRow(rowCells(line))
		if !ok {
			if rows > 1 { // the first row names the columns
				r.note(Note{at, true, fmt.Sprintf("the row has no ref such as 1.1.4: %s", text.Head(strings.Join(rowCells(line), " "), 60)),
					"write the ref of its criterion and level into a cell of its own, or nothing if the row is left from another one"})
			}
			continue
		}
		s.at, s.inTable = at, true
		if m := rowHeading.FindStringSubmatch(heading); m != nil {
			if ref := m[1] + "." + m[2]; ref != s.ref {
				r.note(Note{at, false, fmt.Sprintf("the heading says %s, the ref %s.%d", ref, s.ref, s.level), "check which is right; the ref was believed"})
			} else if headings[ref] == "" {
				headings[ref] = m[3]
			}
		} else if heading != "" && headings[s.ref] == "" {
			headings[s.ref] = heading
		}
		out = append(out, s)
	}
	return out, nil
}

// readRow finds the ref in a row; the heading stands before it, the text behind it.
func readRow(cells []string) (s section, heading string, ok bool) {
	for i, c := range cells {
		m := rowRef.FindStringSubmatch(c)
		if m == nil {
			continue
		}
		level, _ := strconv.Atoi(m[3])
		s = section{ref: m[1] + "." + m[2], level: level}
		for _, before := range cells[:i] {
			heading = firstOf(before, heading)
		}
		var texts []string
		for _, after := range cells[i+1:] {
			if after != "" {
				texts = append(texts, after)
			}
		}
		s.text = strings.Join(texts, " ")
		return s, heading, true
	}
	return section{}, "", false
}

// nameByHeading gives criteria that an import made of refs alone the headings of the table as subjects.
func nameByHeading(t *models.Template, headings map[string]string) {
	subjects := newSeen()
	for i := range t.Criteria {
		c := &t.Criteria[i]
		if h := headings[c.Ref]; h != "" {
			if c.Subject = h; len([]rune(h)) > mostSubject {
				c.Subject = headline(h)
			}
		}
		if _, twice := subjects.add(c.Subject); twice {
			c.Subject = text.Head(c.Subject, 76) + " (" + c.Ref + ")"
			subjects.add(c.Subject)
		}
	}
}

// settleSame leaves out the text of a level that another level of the same criterion has too: one of the two is in the
// wrong place. It notes texts that two criteria share.
func settleSame(all []section, r *Report) {
	first := map[string]*section{}
	for i := range all {
		s := &all[i]
		if !s.taken || s.text == "" {
			continue
		}
		was := first[s.text]
		switch {
		case was == nil:
			first[s.text] = s
		case was.ref == s.ref:
			s.taken = false
			r.note(Note{s.at, true, fmt.Sprintf("%s.%d has the same text as level %d in %s", s.ref, s.level, was.level, was.at.from(s.at)), "look up which of the two it is, and import again"})
		default:
			r.note(Note{s.at, false, fmt.Sprintf("%s.%d has the same text as %s.%d in %s", s.ref, s.level, was.ref, was.level, was.at.from(s.at)), "look up whether it belongs to both; it was taken over as it stands"})
		}
	}
}

// dropIncomplete takes out the criteria of a template made of the source alone that have no text at some level. The
// notes said why already.
func dropIncomplete(t *models.Template, all []section) {
	gone := map[string]bool{}
	t.Criteria = slices.DeleteFunc(t.Criteria, func(c models.Criterion) bool {
		gone[c.Ref] = len(c.Descriptors) < len(t.Levels)
		return gone[c.Ref]
	})
	t.Topics = slices.DeleteFunc(t.Topics, func(tp models.Topic) bool { return len(t.CriteriaOf(tp.ID, "")) == 0 })
	for i := range all {
		all[i].taken = all[i].taken && !gone[all[i].ref]
	}
}
