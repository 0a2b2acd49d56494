package returns_test

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// wideRows is a return with a number of further rows below the answers, each with one cell in the last column that a sheet
// has, and the bytes of its parts.
func wideRows(t *testing.T, rows int) (workbook []byte, unpacked int) {
	t.Helper()
	filled, _ := trybook.SmallFilled(t)
	var b strings.Builder
	for i := range rows {
		fmt.Fprintf(&b, `<row r="%d"><c r="XFD%[1]d"><v>1</v></c></row>`, 1000+i)
	}
	parts := trybook.Edit(trybook.Unpack(t, filled), "xl/worksheets/sheet2.xml", "</sheetData>", b.String()+"</sheetData>")
	for _, p := range parts {
		unpacked += len(p.Body)
	}
	return trybook.Pack(parts, trybook.Packing{}), unpacked
}

// TestCostOfCorrections holds what corrections cost against the size of what they are made of: a program that fills up
// rows to the cell that they hold takes a thousand times as much for these.
func TestCostOfCorrections(t *testing.T) {
	tm := trybook.SmallTemplate()
	for _, rows := range []int{0, 2_000, 60_000} {
		b, unpacked := wideRows(t, rows)
		found := []models.Finding{models.NewFinding(models.AnswerMissing, models.Origin{File: "a return.xlsx", Sheet: "Assessment", Cell: "I6"}, "There is no answer.")}
		for i := range min(rows, 1000) {
			found = append(found, models.NewFinding(models.StrayText, models.Origin{File: "a return.xlsx", Sheet: "Assessment", Cell: fmt.Sprintf("XFD%d", 1000+i)}, "'1' stands below the table."))
		}
		in := returns.CorrectionsInput{Round: trybook.Round(tm.ID, "a4"), Template: tm, Workbook: b, Findings: found}
		var out bytes.Buffer
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if err := returns.WriteCorrections(context.Background(), &out, in); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		const fixed, times = 80 << 20, 30
		if spent := after.TotalAlloc - before.TotalAlloc; spent > fixed+times*uint64(unpacked) {
			t.Errorf("%d rows, %d bytes unpacked: %d bytes were allocated", rows, unpacked, spent)
		} else {
			t.Logf("%d rows, %d bytes unpacked: %d bytes", rows, unpacked, spent)
		}
	}
}
