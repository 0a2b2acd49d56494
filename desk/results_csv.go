package desk

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// resultsCSV is the table of groups by topic as a file: medians, and how many returns they rest on.
func (d *Desk) resultsCSV(c *call) (answer, error) {
	x, err := c.consolidation()
	if err != nil {
		return answer{}, err
	}
	var b bytes.Buffer
	b.WriteString("\ufeff") // Excel takes a file without a mark for another encoding
	w := csv.NewWriter(&b)
	heads := []string{"column", "group", "returns"}
	for _, t := range c.view.Folder.Template.Topics {
		heads = append(heads, tame(t.ID+" "+t.Name))
	}
	w.Write(heads)
	write := func(g *models.GroupView) {
		row := []string{tame(g.Column), tame(g.Value), strconv.Itoa(g.Returned)}
		for _, t := range g.Topics {
			text := ""
			if v, ok := t.Median.Get(); ok {
				text = strconv.FormatFloat(v, 'f', -1, 64)
			}
			row = append(row, text)
		}
		w.Write(row)
	}
	write(&x.All)
	for i := range x.Groups {
		write(&x.Groups[i])
	}
	w.Flush()
	return answer{content: &content{name: c.view.Folder.Config.ID + " medians, for the office only.csv", kind: "text/csv; charset=utf-8", body: &b, size: int64(b.Len())}}, nil
}

// tame keeps a text from being taken for a formula.
func tame(s string) string {
	if strings.ContainsAny(s[:min(1, len(s))], "=+-@\t\r") {
		return "'" + s
	}
	return s
}
