package templates

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models/actions"

	"golang.org/x/text/unicode/norm"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
)

// ImportMatrix reads a template from a sheet with a header row somewhere, a column for each level, a row for
// each criterion, and columns for ref, topic, theme and subject in any order. Title lines above, blank rows,
// and merged topic cells are understood. Which column is what comes from the mapping; see ProposeMapping.
//
// A row that has no text for some level is left out and noted, as is a second row with the same ref.
func ImportMatrix(s *Sheet, m Mapping, o ImportOptions) (*models.Template, *Report, error) {
	r := &Report{Form: "matrix, a column for each level", Mapping: &m}
	if len(m.Levels) < 2 {
		return nil, r, &fault.Error{Usage: true, Message: s.File + ": fewer than two level columns are known", Remedy: "say which column holds which level",
			Do: actions.MapColumns.On(s.File)}
	}
	t := o.frame(s.File)
	if o.Base != nil {
		t.Scoring = models.Scoring{Method: methods.Default(false)}
	}
	x := &matrix{Sheet: s, m: m, t: t, r: r, refs: newSeen(), subjects: newSeen()}
	x.levels(o.Base)
	t.Topics, t.Themes, t.Criteria, t.Advice, t.Contradictions = nil, nil, nil, nil, nil
	for row := m.HeaderRow; row < len(s.Rows); row++ { // HeaderRow counts from 1, so it is the row after it
		x.row(row)
		if err := fits(t); err != nil {
			return nil, r, fmt.Errorf("%s: %w", s.File, err)
		}
	}
	if len(t.Criteria) == 0 {
		return nil, r, fmt.Errorf("%s: no row below row %d has a text for each level", s.File, m.HeaderRow)
	}
	t.Wording = "Imported from " + baseName(s.File) + "."
	r.Understood = append(r.Understood,
		fmt.Sprintf("%d levels, %s, %s, %d criteria with %d descriptors", len(t.Levels), text.Count(len(t.Topics), "topic", "topics"),
			text.Count(len(t.Themes), "theme", "themes"), len(t.Criteria), len(t.Criteria)*len(t.Levels)))
	return finish(t, r, x.samples)
}

// matrix is an import under way.
type matrix struct {
	*Sheet
	m              Mapping
	t              *models.Template
	r              *Report
	refs, subjects seen
	samples        []Sample
	topic, theme   string // of the row above, which a merged cell covers too
}

// levels makes the scale of the level columns' headings.
func (x *matrix) levels(base *models.Template) {
	x.t.Levels = nil
	for _, n := range sortedKeys(x.m.Levels) {
		col := x.m.Levels[n]
		l := models.Level{Number: n, Name: "Level " + strconv.Itoa(n), Meaning: fmt.Sprintf("Level %d; see the descriptors.", n)}
		if base != nil {
			if b, ok := base.Level(n); ok {
				l = b
			}
		}
		c := x.at(x.m.HeaderRow-1, columnIndex(col))
		if _, name, ok := levelHeading(c.Text); ok && name != "" {
			l.Name = text.Head(name, 60)
		} else if said := tidy(c.Text); !ok && said != "" {
			l.Name = text.Head(said, 60)
		}
		x.t.Levels = append(x.t.Levels, l)
	}
}

func (x *matrix) note(c Cell, leftOut bool, message, remedy string) {
	x.r.note(Note{x.place(c), leftOut, message, remedy})
}

// row reads one row below the header.
func (x *matrix) row(row int) {
	x.r.Looked += len(x.Rows[row])
	filled, first := 0, Cell{}
	for _, c := range x.Rows[row] {
		if tidy(c.Text) != "" {
			if filled++; filled == 1 {
				first = c
			}
		}
	}
	if filled == 0 {
		return
	}
	c := models.Criterion{Descriptors: map[int]string{}}
	missing := []string{}
	for _, n := range sortedKeys(x.m.Levels) {
		cell := x.at(row, columnIndex(x.m.Levels[n]))
		if text := cellText(cell.Text); text != "" {
			c.Descriptors[n] = text
		} else {
			missing = append(missing, cell.Ref)
		}
	}
	if len(c.Descriptors) == 0 {
		x.heading(row, filled, first)
		return
	}
	topic, theme := tidy(x.at(row, columnIndex(x.m.Topic)).Text), tidy(x.at(row, columnIndex(x.m.Theme)).Text)
	if topic != "" {
		x.topic = topic
	}
	if theme != "" || topic != "" {
		x.theme = theme
	}
	if len(missing) > 0 {
		x.note(first, true, fmt.Sprintf("the row has no text in %s", strings.Join(missing, ", ")),
			"fill these cells in, and import again; the row was left out")
		return
	}
	for _, n := range sortedKeys(c.Descriptors) {
		if cell := x.at(row, columnIndex(x.m.Levels[n])); len([]rune(c.Descriptors[n])) > maxTextLong {
			x.note(cell, true, fmt.Sprintf("the text has more than %d characters", maxTextLong), "shorten it, and import again; the row was left out")
			return
		}
	}
	for _, n := range sortedKeys(c.Descriptors) {
		if cell := x.at(row, columnIndex(x.m.Levels[n])); isNumber(cell.Text) {
			x.note(cell, true, fmt.Sprintf("level %d is described by a number, %s, and not in words", n, text.Head(tidy(cell.Text), 20)),
				"check that the column holds descriptors; the row was left out")
			return
		}
	}
	if !x.identify(&c, row) {
		return
	}
	c.Topic, c.Theme = x.groups()
	x.weigh(&c, row)
	x.t.Criteria = append(x.t.Criteria, c)
	x.refs.add(c.Ref, row)
	at := x.at(row, columnIndex(x.m.Levels[x.t.Levels[0].Number]))
	x.samples = append(x.samples, Sample{x.place(at), c.Ref, x.t.Levels[0].Number, c.Descriptors[x.t.Levels[0].Number]})
}

// isNumber says whether a cell holds a number and nothing else.
func isNumber(s string) bool {
	_, err := strconv.ParseFloat(strings.Replace(norm.NFKC.String(tidy(s)), ",", ".", 1), 64)
	return err == nil && strings.ContainsAny(s, "0123456789０１２３４５６７８９")
}

// heading reads a row without descriptors: the name of a topic where no column has it, or a stray remark.
func (x *matrix) heading(row, filled int, first Cell) {
	said := tidy(first.Text)
	if topic := tidy(x.at(row, columnIndex(x.m.Topic)).Text); topic != "" && filled == 1 {
		x.topic, x.theme = topic, ""
		return
	}
	if x.m.Topic == "" && filled == 1 {
		x.topic, x.theme = said, ""
		return
	}
	x.note(first, true, fmt.Sprintf("the row has no text for any level: %s", text.Head(said, 60)), "nothing to do if it is a remark or a heading")
}

// identify gives the criterion its ref and its subject.
func (x *matrix) identify(c *models.Criterion, row int) bool {
	cell := x.at(row, columnIndex(x.m.Ref))
	ref := strings.Join(strings.Fields(norm.NFKC.String(tidy(cell.Text))), "-")
	switch {
	case x.m.Ref == "":
		c.Ref = strconv.Itoa(len(x.t.Criteria) + 1)
	case ref == "":
		x.note(cell, true, "the row has no ref", "give it one, and import again; the row was left out")
		return false
	case len(strictyaml.Check(models.Advice{Ref: ref, Text: "."})) > 0:
		x.note(cell, true, fmt.Sprintf("%q cannot be used as ref", ref), "use letters, digits, points, underscores and hyphens; the row was left out")
		return false
	default:
		c.Ref = ref
	}
	if _, twice := x.refs[strings.ToLower(c.Ref)]; twice {
		x.note(cell, true, fmt.Sprintf("the ref %s stands here a second time", c.Ref),
			"give each row its own ref; a spreadsheet may have made 1.1 of 1.10, so format the column as text. The row was left out")
		return false
	}
	at := x.at(row, columnIndex(x.m.Subject))
	c.Subject = tidy(at.Text)
	if c.Subject == "" {
		c.Subject = headline(c.Descriptors[x.t.Levels[len(x.t.Levels)-1].Number])
	}
	if len([]rune(c.Subject)) > 100 {
		x.note(at, false, "the subject was shortened to its first words", "write a short name, such as for a column heading")
		c.Subject = headline(c.Subject)
	}
	if _, twice := x.subjects.add(c.Subject, row); twice {
		c.Subject += " (" + c.Ref + ")"
	}
	return true
}

// groups finds or adds the row's topic and theme.
func (x *matrix) groups() (topic, theme string) {
	id, name := numberedName(x.topic)
	if name == "" {
		name = "All criteria"
	}
	topic = ""
	for _, tp := range x.t.Topics {
		if strings.EqualFold(tp.Name, name) {
			topic = tp.ID
		}
	}
	if topic == "" {
		if id == "" || slices.ContainsFunc(x.t.Topics, func(tp models.Topic) bool { return tp.ID == id }) {
			id = freeID(len(x.t.Topics)+1, func(s string) bool {
				return slices.ContainsFunc(x.t.Topics, func(tp models.Topic) bool { return tp.ID == s })
			})
		}
		topic = id
		x.t.Topics = append(x.t.Topics, models.Topic{ID: id, Name: text.Head(name, 120)})
	}
	if x.theme == "" {
		return topic, ""
	}
	for _, th := range x.t.Themes {
		if strings.EqualFold(th.Name, x.theme) {
			return topic, th.ID
		}
	}
	theme = "T" + strconv.Itoa(len(x.t.Themes)+1)
	x.t.Themes = append(x.t.Themes, models.Theme{ID: theme, Name: text.Head(x.theme, 80)})
	return topic, theme
}

func freeID(n int, taken func(string) bool) string {
	for taken(strconv.Itoa(n)) {
		n++
	}
	return strconv.Itoa(n)
}

func (x *matrix) weigh(c *models.Criterion, row int) {
	cell := x.at(row, columnIndex(x.m.Weight))
	text := strings.Replace(tidy(cell.Text), ",", ".", 1)
	if text == "" {
		return
	}
	w, err := strconv.ParseFloat(text, 64)
	if err != nil || w <= 0 || w > 1000 || float64(int64(w*1000+0.5)) != w*1000 {
		x.note(cell, true, fmt.Sprintf("the weight %q is not a number above 0 with up to three decimals", text), "correct it; the weight 1 was taken")
		return
	}
	if w != 1 {
		c.Weight = w
	}
}
