package returns

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// planTable is the table of an action plan on a sheet.
type planTable struct {
	sh     *sheet.Sheet
	header int32
	// cols are the columns by what they are for, 0 for none.
	cols [layout.PlanColumns]int32
}

// columns counts the headings that were found.
func (t *planTable) columns() int {
	n := 0
	for _, c := range t.cols {
		if c > 0 {
			n++
		}
	}
	return n
}

// isTable says that it is that of a plan and not the page for the meeting, which has some of the same headings.
func (t *planTable) isTable() bool {
	described := false
	for _, c := range []layout.PlanColumn{layout.PlanCause, layout.PlanProgress, layout.PlanNext, layout.PlanNow, layout.PlanSubject} {
		described = described || t.cols[c] > 0
	}
	return described && t.columns() >= 4 && (t.cols[layout.PlanID] > 0 || t.cols[layout.PlanAction] > 0 && t.cols[layout.PlanStatus] > 0)
}

// isPlan says whether a workbook is an action plan: it says so itself, or it says nothing and has the table of one.
func (rd *reading) isPlan() bool {
	says := false
	for _, c := range rd.ret.Claims {
		if c.Manifest == (models.Manifest{}) {
			continue
		}
		if c.Manifest.Part == plans.PartID {
			return true
		}
		says = true
	}
	return !says && len(rd.planTables()) > 0
}

// planTables finds the tables of a plan, the one with most headings first, and of equal ones that on the sheet Plan.
func (rd *reading) planTables() []*planTable {
	var out []*planTable
	for _, sh := range rd.book.Sheets {
		if wordKey(sh.Name) == wordKey(layout.SheetLists) {
			continue
		}
		t := rd.planTableOn(sh)
		if t == nil {
			continue
		}
		out = append(out, t)
		for i := len(out) - 1; i > 0 && (out[i].columns() > out[i-1].columns() || out[i].columns() == out[i-1].columns() && rd.lex.plan.sheets[out[i].sh.Name] && !rd.lex.plan.sheets[out[i-1].sh.Name]); i-- {
			out[i], out[i-1] = out[i-1], out[i]
		}
	}
	return out
}

func (rd *reading) planTableOn(sh *sheet.Sheet) *planTable {
	for i := 0; i < len(sh.Cells); {
		row := sh.Cells[i].Row
		t := &planTable{sh: sh, header: row}
		for ; i < len(sh.Cells) && sh.Cells[i].Row == row; i++ {
			c := &sh.Cells[i]
			if c.Kind != sheet.Text || len(rd.book.Bytes(c)) > rd.lex.plan.longest {
				continue
			}
			if col, ok := rd.lex.plan.headings[wordKey(rd.book.Text(c))]; ok && t.cols[col] == 0 {
				t.cols[col] = c.Col
			}
		}
		if t.isTable() {
			return t
		}
	}
	return nil
}

// plan reads an action plan.
func (rd *reading) plan() error {
	rd.ret.Plan = &plans.Plan{}
	tables := rd.planTables()
	if len(tables) == 0 {
		rd.find(models.PlanNotFound, rd.at("", ""), "No sheet has the table of the action plan: a row with '%s', '%s' and '%s'.",
			words.Label(layout.PlanHeadings[layout.PlanID]), words.Label(layout.PlanHeadings[layout.PlanAction]), words.Label(layout.PlanHeadings[layout.PlanStatus]))
		return nil
	}
	t := tables[0]
	for _, c := range []layout.PlanColumn{layout.PlanID, layout.PlanRef, layout.PlanAction, layout.PlanOwner, layout.PlanDue, layout.PlanStatus} {
		if t.cols[c] == 0 {
			rd.find(models.PlanColumnMissing, rd.cellAt(t.sh, t.header, 1), "The column '%s' is missing.", words.Label(layout.PlanHeadings[c]))
		}
	}
	actions, err := rd.planRows(t)
	if err != nil {
		return err
	}
	rd.ret.Plan.Actions = actions
	for _, o := range tables[1:] {
		other, err := (&reading{ctx: rd.ctx, limits: rd.limits, opt: rd.opt, book: rd.book, lex: rd.lex, ret: models.Return{File: rd.ret.File}}).planRows(o)
		if err != nil {
			return err
		}
		if !sameTexts(actions, other) {
			rd.find(models.PlanTwice, rd.cellAt(o.sh, o.header, 1), "The sheet '%s' has a plan too, and it says something else than the sheet '%s', which was read.", printable(o.sh.Name), printable(t.sh.Name))
		}
	}
	return nil
}

// sameTexts says whether two tables say the same; one in which nothing is filled in says nothing else.
func sameTexts(a, b []plans.Action) bool {
	said := map[string][6]string{}
	texts := func(x *plans.Action) [6]string {
		return [6]string{x.Cause.Value, x.Action.Value, x.Owner.Value, x.Due.Value, x.Said.Value, x.Progress.Value}
	}
	for i := range a {
		said[a[i].ID] = texts(&a[i])
	}
	for i := range b {
		if b[i].Filled() && said[b[i].ID] != texts(&b[i]) {
			return false
		}
	}
	return true
}

// rowID is the number of a row: 3, C1 for one carried over, A1 for one of the recipient's own.
var rowID = regexp.MustCompile(`^[ca]?[1-9][0-9]{0,3}$`)

// planRows reads the rows of a table.
func (rd *reading) planRows(t *planTable) ([]plans.Action, error) {
	out := []plans.Action{}
	at := map[string]int{}
	twice := map[string]bool{}
	for i := 0; i < len(t.sh.Cells); {
		row := t.sh.Cells[i].Row
		for i < len(t.sh.Cells) && t.sh.Cells[i].Row == row {
			i++
		}
		if row <= t.header {
			continue
		}
		if err := rd.ctx.Err(); err != nil {
			return nil, err
		}
		id, cell := rd.planID(t, row)
		a := plans.Action{ID: id, At: cell}
		if !rowID.MatchString(id) {
			if !rd.planInputs(t, row) {
				continue // a heading between the rows, or nothing of the plan
			}
			a.ID = "a" + strconv.Itoa(1000+int(row))
			rd.find(models.PlanRowUnnumbered, rd.cellAt(t.sh, row, max(t.cols[layout.PlanID], 1)), "The row has no number of the plan. It was taken for an action of the organisation's own.")
		}
		rd.planRow(t, row, &a)
		if had, ok := at[a.ID]; ok {
			if a.Filled() && !sameTexts(out[had:had+1], []plans.Action{a}) {
				twice[a.ID] = true
				rd.find(models.PlanRowTwice, rd.cellAt(t.sh, row, t.cols[layout.PlanID]), "Number %s stands in the plan more than once, with different contents. None of them was counted.", strings.ToUpper(a.ID))
			}
			continue
		}
		at[a.ID] = len(out)
		out = append(out, a)
	}
	kept := out[:0]
	for _, a := range out {
		if !twice[a.ID] {
			kept = append(kept, a)
		}
	}
	return kept, nil
}

// planID is the number of a row in small letters, and the cell that it stands in.
func (rd *reading) planID(t *planTable, row int32) (string, plans.Cell) {
	if t.cols[layout.PlanID] == 0 {
		return "", plans.Cell{Sheet: t.sh.Name, Cell: sheet.Ref(row, 1)}
	}
	cell := plans.Cell{Sheet: t.sh.Name, Cell: sheet.Ref(row, t.cols[layout.PlanID])}
	c := t.sh.Find(row, t.cols[layout.PlanID])
	if c == nil || c.NoValue || c.Kind == sheet.Fault || len(rd.book.Bytes(c)) > 64 {
		return "", cell
	}
	cell.Value = rd.plainText(c)
	return strings.TrimSuffix(clean(cell.Value), "."), cell
}

// planInputs says whether a row has something in a cell to fill in.
func (rd *reading) planInputs(t *planTable, row int32) bool {
	for col := layout.PlanCause; col < layout.PlanColumns; col++ {
		if t.cols[col] == 0 {
			continue
		}
		if c := t.sh.Find(row, t.cols[col]); c != nil && c.Kind != sheet.Empty && strings.TrimSpace(rd.book.Text(c)) != "" {
			return true
		}
	}
	return false
}
