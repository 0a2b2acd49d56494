package desk

import "bytes"

// resultsCSV is the table of groups by topic as a file.
func (d *Desk) resultsCSV(c *call) (answer, error) {
	var b bytes.Buffer
	if err := c.view.Intake.WriteMedians(&b, c.view.Folder.Template); err != nil {
		return answer{}, err
	}
	return answer{content: &content{name: c.view.Folder.Config.ID + " medians, for the office only.csv", kind: "text/csv; charset=utf-8", body: &b, size: int64(b.Len())}}, nil
}
