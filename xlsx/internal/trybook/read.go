package trybook

import (
	"bytes"
	"context"
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// ReadBack reads a workbook as one that came back.
func ReadBack(tm *models.Template, b []byte) models.Return {
	return returns.Read(context.Background(), bytes.NewReader(b), int64(len(b)), "a return.xlsx", returns.ReadOptions{Template: tm})
}

// HasCode says whether a return has a finding of a code.
func HasCode(ret models.Return, code models.Code) bool {
	for _, f := range ret.Findings {
		if f.Code == code {
			return true
		}
	}
	return false
}

// FindingList writes the first findings of a return, for messages.
func FindingList(ret models.Return) []string {
	var list []string
	for _, f := range ret.Findings {
		if len(list) == 5 {
			list = append(list, "…")
			break
		}
		list = append(list, fmt.Sprintf("%s %s %q", f.Code, f.Origin.Cell, f.Message))
	}
	return list
}
