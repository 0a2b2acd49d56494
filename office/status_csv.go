package office

import (
	"encoding/csv"
	"io"
	"strconv"
	"time"

	"github.com/rubric-project/rubric/dataset"
)

// WriteCSV writes a line for each recipient that is shown. Texts are as in the other CSV files of the round: no program
// takes one for a formula, and none can steer a terminal (dataset.Plain).
func (r *StatusResult) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	out.Write([]string{"id", "name", "status", "returned_late", "answered", "criteria", "errors", "warnings", "file", "post", "since", "reminders"})
	for _, e := range r.Shown {
		s := r.Post[e.Recipient.ID]
		since := ""
		if !s.Since.IsZero() {
			since = s.Since.UTC().Format(time.RFC3339)
		}
		out.Write([]string{dataset.Plain(e.Recipient.ID), dataset.Plain(e.Recipient.Name), string(e.Status), strconv.FormatBool(e.ReturnedLate),
			strconv.Itoa(e.Answered), strconv.Itoa(e.Criteria), strconv.Itoa(e.Errors), strconv.Itoa(e.Warnings), dataset.Plain(e.File), s.Word, since, strconv.Itoa(s.Reminders)})
	}
	out.Flush()
	return out.Error()
}
