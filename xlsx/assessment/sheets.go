package assessment

import "github.com/rubric-project/rubric/xlsx/internal/layout"

// The sheets that people see, by their names in English; in other languages they have other names.
const (
	SheetStart      = layout.SheetStart
	SheetAssessment = layout.SheetAssessment
	SheetResults    = layout.SheetResults
)
