package desk

import (
	"bytes"
	"strings"

	"github.com/rubric-project/rubric/office"
)

// csvAddress is where the list is downloaded as it is narrowed down now.
func (c *call) csvAddress() string {
	return strings.Replace(c.with("page", ""), "/returns", "/returns/list.csv", 1)
}

// returnsCSV is the list as the page shows it, on all its pages.
func (d *Desk) returnsCSV(c *call) (answer, error) {
	var p returnsPage
	result := office.StatusResult{Shown: c.filtered(&p), Post: c.view.Status.Post}
	var b bytes.Buffer
	if err := result.WriteCSV(&b); err != nil {
		return answer{}, err
	}
	return answer{content: &content{name: "returns.csv", kind: "text/csv; charset=utf-8", body: bytes.NewReader(b.Bytes()), size: int64(b.Len())}}, nil
}
