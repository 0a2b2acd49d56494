package office

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/xlsx"
)

// loadRecipients reads the rows of a recipients list, CSV or workbook; package round makes recipients of them.
func loadRecipients(ctx context.Context, name string) ([][]round.Cell, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, Bad(Option("recipients"), " ", name, ": there is no such file; give a CSV or xlsx file with the columns id, name, email, contact")
	}
	if err != nil {
		return nil, unreadable(name, err)
	}
	if !bytes.HasPrefix(data, []byte("PK")) {
		switch strings.ToLower(filepath.Ext(name)) {
		case ".xls", ".xlsb", ".ods", ".numbers":
			return nil, Bad(Option("recipients"), " ", name, ": this kind of file is not read; save it as Excel Workbook (.xlsx) or as CSV UTF-8")
		}
		return round.ReadCSV(name, data)
	}
	rows, findings := xlsx.ReadTable(ctx, bytes.NewReader(data), int64(len(data)), name, xlsx.Limits{})
	for _, f := range findings {
		if f.Severity == models.Error {
			return nil, Bad(Option("recipients"), " ", f.Origin, ": ", f.Message, " ", remedyForOwn(f))
		}
	}
	out := make([][]round.Cell, len(rows))
	for i, row := range rows {
		for k, c := range row {
			text := c.Text
			if c.Shown != "" {
				text = c.Shown // the zeros in front of a school's code are often in the format alone
			}
			out[i] = append(out[i], round.Cell{Text: text, Line: i + 1, Column: k + 1, Ref: c.Origin.Cell, Date: c.Kind == xlsx.CellDate})
		}
	}
	return out, nil
}
