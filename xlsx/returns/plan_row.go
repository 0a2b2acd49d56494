package returns

import (
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// planRow reads what was filled in in a row.
func (rd *reading) planRow(t *planTable, row int32, a *plans.Action) {
	a.Ref = rd.planRef(t, row, a.ID)
	about := hit{t: &table{sh: t.sh}, row: row, c: &models.Criterion{Ref: a.Ref}}
	for _, f := range []struct {
		col layout.PlanColumn
		to  *plans.Cell
	}{{layout.PlanCause, &a.Cause}, {layout.PlanAction, &a.Action}, {layout.PlanOwner, &a.Owner}, {layout.PlanProgress, &a.Progress}} {
		if c := rd.planCell(t, row, f.col, f.to, about); c != nil {
			f.to.Value = strings.TrimSpace(rd.text(about, c, rd.originOf(*f.to)))
		}
	}
	if c := rd.planCell(t, row, layout.PlanDue, &a.Due, about); c != nil {
		rd.planDay(c, a)
	}
	if c := rd.planCell(t, row, layout.PlanStatus, &a.Said, about); c != nil {
		rd.planStatus(c, a)
	}
}

func (rd *reading) originOf(c plans.Cell) models.Origin { return rd.at(c.Sheet, c.Cell) }

// planCell finds a cell that was filled in, and notes where it stands; nil where there is nothing. Cells merged over several
// rows are taken for the first, which is said.
func (rd *reading) planCell(t *planTable, row int32, col layout.PlanColumn, to *plans.Cell, about hit) *sheet.Cell {
	at := t.cols[col]
	if at == 0 {
		return nil
	}
	*to = plans.Cell{Sheet: t.sh.Name, Cell: sheet.Ref(row, at)}
	c := t.sh.Find(row, at)
	if c == nil || c.Kind == sheet.Empty && !c.NoValue {
		return nil
	}
	if m, ok := t.sh.Merge(row, at); ok {
		if m.Top != row || m.Left != at {
			return nil // what lies under merged cells nobody sees
		}
		if m.Bottom > m.Top {
			rd.about(models.MergedText, rd.originOf(*to), about.c, "The text stands in cells merged over several rows of the plan (%s to %s); it was taken for the first.", sheet.Ref(m.Top, m.Left), sheet.Ref(m.Bottom, m.Right))
		}
	}
	return c
}

// planRef is the criterion that a row names; "" for none, and where it is not one of the template's.
func (rd *reading) planRef(t *planTable, row int32, id string) string {
	if t.cols[layout.PlanRef] == 0 {
		return ""
	}
	c := t.sh.Find(row, t.cols[layout.PlanRef])
	if c == nil || c.Kind == sheet.Empty || c.NoValue || c.Kind == sheet.Fault {
		return ""
	}
	text := strings.TrimSpace(rd.book.Text(c))
	if k := rd.lex.refs[text]; k != nil {
		return k.Ref
	}
	if k := rd.lex.cleanRefs[clean(text)]; k != nil {
		return k.Ref
	}
	if text != "" {
		rd.find(models.PlanRefUnknown, rd.cellAt(t.sh, row, c.Col), "'%s' is not the reference of a criterion.", printable(rd.plainText(c)))
	}
	return ""
}

// planDay reads the day by which an action is to be done.
func (rd *reading) planDay(c *sheet.Cell, a *plans.Action) {
	at := rd.originOf(a.Due)
	if c.NoValue || c.Kind == sheet.Fault {
		rd.planFind(a, models.PlanDateNotUnderstood, at, "The cell under '%s' holds no day.", words.Label(layout.PlanHeadings[layout.PlanDue]))
		return
	}
	if a.Due.Value = rd.plainText(c); a.Due.Value == "" {
		return
	}
	day, code, message := rd.questionDate(c)
	if code == models.QuestionNotDate {
		rd.planFind(a, models.PlanDateNotUnderstood, at, "'%s': %s.", words.Label(layout.PlanHeadings[layout.PlanDue]), message)
		return
	}
	on, err := time.Parse(time.DateOnly, day)
	if err != nil {
		rd.planFind(a, models.PlanDateNotUnderstood, at, "'%s' could not be read as a date.", printable(a.Due.Value))
		return
	}
	if a.Due.Value, a.On = day, on; code == models.QuestionNormalised {
		rd.planFind(a, models.PlanDateRead, at, "'%s': %s.", words.Label(layout.PlanHeadings[layout.PlanDue]), message)
	}
}

// planStatus reads where an action stands: one of the words of the list, in any language of the round.
func (rd *reading) planStatus(c *sheet.Cell, a *plans.Action) {
	at := rd.originOf(a.Said)
	if c.NoValue || c.Kind == sheet.Fault {
		rd.planFind(a, models.PlanStatusNotInList, at, "The cell under '%s' holds no status.", words.Label(layout.PlanHeadings[layout.PlanStatus]))
		return
	}
	if a.Said.Value = rd.plainText(c); a.Said.Value == "" {
		return
	}
	s, ok := rd.lex.plan.statuses[clean(a.Said.Value)]
	switch {
	case !ok:
		rd.planFind(a, models.PlanStatusNotInList, at, "'%s' is none of the statuses of the list.", printable(a.Said.Value))
		return
	case rd.book.Struck(c):
		rd.planFind(a, models.PlanStatusNotInList, at, "'%s' is struck through, at least in part.", printable(a.Said.Value))
		return
	case !rd.lex.plan.asWritten[a.Said.Value]:
		rd.planFind(a, models.PlanStatusRead, at, "'%s' was read as '%s'.", printable(a.Said.Value), words.Label(s.Key()))
	}
	a.Status = s
}

// planFind finds something about a row.
func (rd *reading) planFind(a *plans.Action, code models.Code, at models.Origin, message string, values ...any) {
	rd.add(models.NewFinding(code, at, message, values...).About(a.Ref))
}

// planWords are the words by which plans are found, in all languages.
type planWords struct {
	headings  map[string]layout.PlanColumn
	sheets    map[string]bool
	statuses  map[string]plans.Status
	asWritten map[string]bool
	longest   int
}

// speakPlans notes the words of plans in a language. A heading that is two columns' in two languages is the first's.
func (x *lexicon) speakPlans(w *words.Words) {
	p := &x.plan
	if p.headings == nil {
		*p = planWords{headings: map[string]layout.PlanColumn{}, sheets: map[string]bool{}, statuses: map[string]plans.Status{}, asWritten: map[string]bool{}}
	}
	p.sheets[w.Get("plan.sheet_plan")] = true
	for c, key := range layout.PlanHeadings {
		text := w.Get(key)
		if _, ok := p.headings[wordKey(text)]; !ok {
			p.headings[wordKey(text)] = layout.PlanColumn(c)
		}
		p.longest = max(p.longest, 3*len(text)+32)
	}
	for _, s := range plans.Statuses() {
		text := w.Get(s.Key())
		p.statuses[clean(text)], p.asWritten[text] = s, true
	}
}
