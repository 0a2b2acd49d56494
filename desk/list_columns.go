package desk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/office"
)

// viewColumns says what each column is, and what stands in it.
func (c *call) viewColumns(v *listView, p *office.ListProposal, l *draftList) {
	if len(p.Rows) == 0 {
		return
	}
	compared := p.Compared
	if l.Columns != nil && !l.Unsure {
		compared = nil
	}
	l.groups = []string{}
	taken := map[string]bool{}
	for i, h := range p.Rows[0] {
		heading := strings.TrimSpace(h.Text)
		col := listColumn{Letter: letters(i), Heading: heading}
		is := "keep"
		for _, key := range listColumns {
			if p.Columns[key] == heading && heading != "" && !taken[key] {
				is, taken[key] = key, true
				break
			}
		}
		if is == "keep" && (slices.Contains(compared, heading) || l.Columns[col.Letter] == "group") && heading != "" {
			is = "group"
			l.groups = append(l.groups, heading)
		}
		switch strings.ToLower(strings.NewReplacer(" ", "", "_", "", "-", "").Replace(heading)) {
		case "language":
			col.Fixed = c.T("Language of its messages")
		case "previousid":
			col.Fixed = c.T("Reference in the round before")
		case "":
			col.Fixed = c.T("Has no heading")
		}
		v.Heads = append(v.Heads, heading)
		if col.Fixed == "" {
			col.Options = c.choices(is, "id", c.T("Reference (id)"), "name", c.T("Name"), "email", c.T("E-mail address"), "contact", c.T("Contact"),
				"group", c.T("Group to compare by"), "keep", c.T("Kept, not compared"))
		}
		c.lookInto(v, p, i, is, &col)
		v.Columns = append(v.Columns, col)
	}
}

// lookInto says what stands in a column.
func (c *call) lookInto(v *listView, p *office.ListProposal, at int, is string, col *listColumn) {
	filled, kinds := 0, map[string]bool{}
	var sample []string
	for _, row := range p.Rows[1:] {
		value := ""
		if at < len(row) {
			value = strings.TrimSpace(row[at].Text)
		}
		if value == "" {
			if is == "email" {
				v.Unreached++
				if len(v.NoAddress) < mostOfAKind && len(row) > 0 {
					v.NoAddress = append(v.NoAddress, listPlace{c.T("row %d", row[0].Line), rowLink(p, row[0].Line)})
				}
			}
			continue
		}
		filled++
		if !kinds[value] && len(sample) < 3 {
			sample = append(sample, cutText(value, 40))
		}
		kinds[value] = true
	}
	missing := len(p.Rows) - 1 - filled
	col.Sample = strings.Join(sample, ", ")
	switch {
	case is == "email":
		col.Found = c.N(filled, "%d address", "%d addresses")
	case is == "group":
		col.Found = c.N(len(kinds), "%d kind", "%d kinds")
	default:
		col.Found = c.N(filled, "%d value", "%d values")
	}
	if missing > 0 {
		col.Found += ", " + c.T("%d empty", missing)
	}
}

// viewRows are the first rows with the cells that have a problem.
func (c *call) viewRows(v *listView, p *office.ListProposal, wrong map[[2]int]bool) {
	noEmail := !slices.ContainsFunc(v.Columns, func(x listColumn) bool {
		return slices.ContainsFunc(x.Options, func(o listChoice) bool { return o.Value == "email" && o.Here })
	})
	if noEmail {
		v.Unreached = v.Count
	}
	for i, row := range p.Rows {
		if i == 0 || len(row) == 0 {
			continue
		}
		if i > shownRows {
			break
		}
		line := listRow{N: row[0].Line}
		for k := range v.Columns {
			cell := listCell{Hit: wrong[[2]int{line.N, k + 1}]}
			if k < len(row) {
				cell.Text = cutText(row[k].Text, 120)
			}
			if cell.Hit && strings.TrimSpace(cell.Text) == "" {
				cell.Text = c.T("nothing here")
			}
			line.Cells = append(line.Cells, cell)
		}
		v.Rows = append(v.Rows, line)
	}
}

// letters is the name of a column, by its index from 0.
func letters(i int) string {
	out := ""
	for i++; i > 0; i = (i - 1) / 26 {
		out = string(rune('A'+(i-1)%26)) + out
	}
	return out
}

// said takes what a form says about a list.
func (l *draftList) said(value func(string) string) {
	l.HiddenRows, l.ShortIDs = value("hidden"), value("short")
	l.Sheet, l.Row = value("sheet"), strings.TrimSpace(value("row"))
	if n, err := strconv.Atoi(l.Row); err != nil || n < 1 {
		l.Row = ""
	}
	if value("columns") == "" {
		return
	}
	l.Unsure = value("columns") == "unsure"
	l.Columns = map[string]string{}
	for i := range mostColumns {
		if is := value(fmt.Sprintf("col-%s", letters(i))); is != "" {
			l.Columns[letters(i)] = is
		}
	}
}

// mostColumns is how many columns of a list can be said what they are.
const mostColumns = 200

// twice is a column's meaning that was said of two columns, or "".
func (l *draftList) twice() string {
	n := map[string]int{}
	for _, is := range l.Columns {
		n[is]++
	}
	for _, key := range listColumns {
		if n[key] > 1 {
			return key
		}
	}
	return ""
}
