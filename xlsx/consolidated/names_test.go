package consolidated_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestNamesFit wants the recipients' column as wide as the longest name, and a name too long for it wrapped.
func TestNamesFit(t *testing.T) {
	for _, c := range []struct {
		name    string
		width   float64
		wrapped bool
	}{
		{"Example School District 01", 28, false},
		{"Example Redwood Flat Joint Union High School District", 55, false},
		{strings.Repeat("Example Joint Union High School District ", 3), 60, true},
	} {
		in := exampleRound(t, "csis-cdm3", 3)
		in.Members[0].Recipient.Name = c.name
		in.Register.Entries[0].Recipient.Name = c.name
		f, err := excelize.OpenReader(bytes.NewReader(consolidatedBytes(t, in)))
		if err != nil {
			t.Fatal(err)
		}
		for sheet, row := range map[string]string{"Heat map": "9", "Levels": "7", "Matrix": "7", "Register": "5", "Sensitivity": "6"} {
			if got, err := f.GetColWidth(sheet, "B"); err != nil || got != c.width {
				t.Errorf("%s: the column of names is %v wide (%v), not %v", sheet, got, err, c.width)
			}
			id, err := f.GetCellStyle(sheet, "B"+row)
			if err != nil {
				t.Fatal(err)
			}
			style, err := f.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			if got := style.Alignment != nil && style.Alignment.WrapText; got != c.wrapped {
				t.Errorf("%s: the name of %d characters is wrapped: %v", sheet, len(c.name), got)
			}
		}
		f.Close()
	}
}
