package office

import (
	"encoding/csv"
	"io"
	"strconv"

	"github.com/rubric-project/rubric/dataset"
	"github.com/rubric-project/rubric/models"
)

// WriteMedians writes the median of each topic for all and for every group, as CSV with a byte order mark, by which Excel
// knows the encoding. Texts are as in the other CSV files of the round (dataset.Plain). It is for the office only.
func (in *Intake) WriteMedians(w io.Writer, t *models.Template) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	heads := []string{"column", "group", "returns"}
	for _, topic := range t.Topics {
		heads = append(heads, dataset.Plain(topic.ID+" "+topic.Name))
	}
	out.Write(heads)
	x := in.Consolidation()
	for _, g := range append([]models.GroupView{x.All}, x.Groups...) {
		row := []string{dataset.Plain(g.Column), dataset.Plain(g.Value), strconv.Itoa(g.Returned)}
		for _, topic := range g.Topics {
			text := ""
			if v, ok := topic.Median.Get(); ok {
				text = strconv.FormatFloat(v, 'f', -1, 64)
			}
			row = append(row, text)
		}
		out.Write(row)
	}
	out.Flush()
	return out.Error()
}
