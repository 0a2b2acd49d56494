package templates

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/rubric-project/rubric/internal/text"
)

// Mapping says which column of a matrix is what. Columns are letters: A, B, … An empty one is not there.
type Mapping struct {
	// HeaderRow is the number of the row with the headings, from 1; the criteria stand below it.
	HeaderRow int            `json:"header_row"`
	Ref       string         `json:"ref,omitempty"`
	Topic     string         `json:"topic,omitempty"`
	Theme     string         `json:"theme,omitempty"`
	Subject   string         `json:"subject,omitempty"`
	Weight    string         `json:"weight,omitempty"`
	Levels    map[int]string `json:"levels"`
}

// String writes the mapping as ParseMapping reads it: row=3,ref=A,topic=B,1=C,2=D.
func (m Mapping) String() string {
	parts := []string{"row=" + strconv.Itoa(m.HeaderRow)}
	for _, x := range m.fields() {
		if *x.column != "" {
			parts = append(parts, x.name+"="+*x.column)
		}
	}
	for _, n := range sortedKeys(m.Levels) {
		parts = append(parts, strconv.Itoa(n)+"="+m.Levels[n])
	}
	return strings.Join(parts, ",")
}

type mapped struct {
	name   string
	column *string
	// words are headings by which the column is known.
	words []string
}

func (m *Mapping) fields() []mapped {
	return []mapped{
		{"ref", &m.Ref, []string{"ref", "reference", "id", "no", "no.", "number", "nr", "nr.", "#", "code", "criterion id", "criterion no", "item", "番号"}},
		{"topic", &m.Topic, []string{"topic", "area", "domain", "category", "dimension", "section", "capability area", "topic area", "pillar", "トピック", "分野"}},
		{"theme", &m.Theme, []string{"theme", "strand", "theme area", "sub-domain", "subdomain", "テーマ"}},
		{"subject", &m.Subject, []string{"subject", "criterion", "criteria", "question", "element", "title", "name", "practice", "capability", "indicator", "summary", "description", "概要", "項目"}},
		{"weight", &m.Weight, []string{"weight", "weighting"}},
	}
}

var (
	levelAtStart = regexp.MustCompile(`(?i)^(?:maturity\s+)?(?:level|lvl|stage|step|tier|phase|stufe|nivel|niveau|livello|nível|poziom|lefel|レベル|段階|l)?\s*[-:.#–—]?\s*(\d{1,2})(?:[\s\-:.–—)=(]+(.*)|([^\d\s.,)%][^\d]*))?$`)
	levelAtEnd   = regexp.MustCompile(`^(.*\D)[\s(–—-]+(\d{1,2})\)?$`)
	columnRef    = regexp.MustCompile(`^[A-Z]{1,3}$`)
)

// levelHeading reads a heading such as "Level 1", "1 - Beginning", "Stage 2: Growing" or "L3", also with line
// breaks and full-width digits.
func levelHeading(text string) (number int, name string, ok bool) {
	text = norm.NFKC.String(tidy(text))
	if len([]rune(text)) > 80 {
		return 0, "", false
	}
	m := levelAtStart.FindStringSubmatch(text)
	if m == nil {
		if e := levelAtEnd.FindStringSubmatch(text); e != nil {
			m = []string{"", e[2], e[1], ""}
		} else {
			return 0, "", false
		}
	}
	number, _ = strconv.Atoi(m[1])
	name = strings.Trim(m[2]+m[3], " -:–—.(")
	if !strings.Contains(name, "(") {
		name = strings.TrimRight(name, ")")
	}
	if strings.EqualFold(name, "level") || strings.EqualFold(name, "stage") {
		name = ""
	}
	return number, name, number <= 10
}

// mayBeLevel says at a glance whether a text can be the heading of a level that needs no one to say so: it has a number and
// a word. A number alone may be anything.
func mayBeLevel(s string) bool {
	return len(s) <= 400 && strings.ContainsFunc(s, unicode.IsNumber) && strings.ContainsFunc(s, unicode.IsLetter)
}

// ProposeMapping finds the header row, the level columns and the other columns by their headings. The second
// result is false where no row has at least two level columns with numbers that go up one by one: then the mapping has
// to be given.
func ProposeMapping(s *Sheet) (Mapping, bool) {
	best := Mapping{}
	for row := range min(len(s.Rows), 60) {
		m := Mapping{HeaderRow: row + 1, Levels: map[int]string{}}
		last, falls := -1, false
		for col, c := range s.Rows[row][:min(len(s.Rows[row]), mostColumns)] {
			if !mayBeLevel(c.Text) {
				continue
			}
			if n, _, ok := levelHeading(c.Text); ok {
				falls, last = falls || n <= last, n
				m.Levels[n] = columnName(col)
			}
		}
		if falls || len(m.Levels) < 2 || len(m.Levels) <= len(best.Levels) || !consecutive(m.Levels) {
			continue
		}
		best = m
	}
	if len(best.Levels) == 0 {
		return Mapping{Levels: map[int]string{}}, false
	}
	best.nameColumns(s)
	return best, true
}

// nameColumns maps the other columns by their headings, each heading and column once.
func (m *Mapping) nameColumns(s *Sheet) {
	taken := map[string]bool{}
	for _, c := range m.Levels {
		taken[c] = true
	}
	for _, exact := range []bool{true, false} {
		for _, f := range m.fields() {
			for col, c := range s.Rows[m.HeaderRow-1][:min(len(s.Rows[m.HeaderRow-1]), mostColumns)] {
				text := strings.ToLower(norm.NFKC.String(tidy(c.Text)))
				if *f.column != "" || taken[columnName(col)] || text == "" {
					continue
				}
				if slices.Contains(f.words, text) || !exact && slices.ContainsFunc(strings.Fields(text), func(w string) bool { return slices.Contains(f.words, w) }) {
					*f.column = columnName(col)
					taken[*f.column] = true
				}
			}
		}
	}
}

func consecutive(levels map[int]string) bool {
	keys := sortedKeys(levels)
	return keys[len(keys)-1]-keys[0] == len(keys)-1 && keys[0] <= 1
}

// ParseMapping reads a mapping as a person gives it: ref=A,topic=B,subject=D,1=E,2=F. A column may also be
// named by its heading: 1=初級. With row=3 the headings stand in row 3; without it, in the row that the
// proposal found, or the one that holds most of the headings named.
func ParseMapping(mapping string, s *Sheet) (Mapping, error) {
	proposed, _ := ProposeMapping(s)
	m := Mapping{HeaderRow: proposed.HeaderRow, Levels: map[int]string{}}
	given := map[string]string{}
	var keys []string
	for _, part := range strings.Split(mapping, ",") {
		key, value, ok := strings.Cut(part, "=")
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		if !ok || key == "" || value == "" {
			return m, fmt.Errorf("the mapping part %q is not of the form name=column; write such as ref=A,subject=B,1=C,2=D", part)
		}
		if _, twice := given[key]; twice {
			return m, fmt.Errorf("the mapping names %s twice", key)
		}
		given[key] = value
		keys = append(keys, key)
	}
	if err := m.headerRow(s, given); err != nil {
		return m, err
	}
	for _, key := range keys {
		if key == "row" {
			continue
		}
		column, err := m.columnOf(s, key, given[key])
		if err != nil {
			return m, err
		}
		if n, err := strconv.Atoi(key); err == nil {
			m.Levels[n] = column
			continue
		}
		fields := m.fields()
		i := slices.IndexFunc(fields, func(f mapped) bool { return f.name == key })
		if i < 0 {
			return m, fmt.Errorf("the mapping names %q; %s, or the number of a level", key, text.DidYouMean(key, []string{"row", "ref", "topic", "theme", "subject", "weight"}))
		}
		*fields[i].column = column
	}
	if len(m.Levels) == 0 {
		m.Levels = proposed.Levels
	}
	if len(m.Levels) < 2 || !consecutive(m.Levels) {
		return m, fmt.Errorf("the mapping must name the columns of at least two levels, numbered from 0 or 1 without gaps, such as 1=D,2=E,3=F")
	}
	return m, nil
}

// headerRow takes the row that is given, or finds the first that holds all headings that are named.
func (m *Mapping) headerRow(s *Sheet, given map[string]string) error {
	if text, ok := given["row"]; ok {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > len(s.Rows) {
			return fmt.Errorf("the mapping says row=%s; the sheet has rows 1 to %d", text, len(s.Rows))
		}
		m.HeaderRow = n
		return nil
	}
	if m.HeaderRow > 0 {
		return nil
	}
	// The row that holds most of the headings named; columnOf then says which one it lacks.
	most := 0
	for row := range s.Rows {
		found := 0
		for _, value := range given {
			if !columnRef.MatchString(value) && headingColumn(s, row, value) >= 0 {
				found++
			}
		}
		if found > most {
			most, m.HeaderRow = found, row+1
		}
	}
	if most == 0 {
		return fmt.Errorf("no row holds a heading that the mapping names; check them, or say with row=… where the headings stand")
	}
	return nil
}

func headingColumn(s *Sheet, row int, heading string) int {
	return slices.IndexFunc(s.Rows[row], func(c Cell) bool {
		return strings.EqualFold(strings.ReplaceAll(tidy(c.Text), " ", ""), strings.ReplaceAll(tidy(heading), " ", ""))
	})
}

func (m *Mapping) columnOf(s *Sheet, key, value string) (string, error) {
	if columnRef.MatchString(value) {
		return value, nil
	}
	if col := headingColumn(s, m.HeaderRow-1, value); col >= 0 {
		return columnName(col), nil
	}
	var headings []string
	for _, c := range s.Rows[m.HeaderRow-1] {
		if text := tidy(c.Text); text != "" {
			headings = append(headings, text)
		}
	}
	return "", fmt.Errorf("the mapping says %s=%s, but row %d has no such heading; %s", key, value, m.HeaderRow, text.DidYouMean(value, headings))
}

// columnIndex is the place of a column, from 0: A is 0; -1 for none.
func columnIndex(letters string) int {
	n := 0
	for _, r := range letters {
		n = n*26 + int(r-'A') + 1
	}
	return n - 1
}

var numberPrefix = regexp.MustCompile(`^([A-Za-z]?\d{1,3})[\s.):–—-]+(\S.*)$`)

// numberedName takes the number off a name such as "1 Engaging with others".
func numberedName(s string) (id, name string) {
	if m := numberPrefix.FindStringSubmatch(s); m != nil {
		return m[1], m[2]
	}
	return "", s
}
