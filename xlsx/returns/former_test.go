package returns_test

import (
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// Workbooks that were made before symptoms were worded anew come back with the words of then, and are read as they are.
func TestReadReturnWithFormerWords(t *testing.T) {
	tm := trybook.Template(t, "csis-cdm3")
	for _, former := range []string{"No – No longer true", "No – Ya no es cierto"} {
		ret := read(t, tm, plainWorkbook(t, tm, func(c *models.Criterion) [4]any {
			if c.Kind == models.KindSymptom {
				return [4]any{former, "", "", ""}
			}
			return [4]any{"F – Fully in place", "", "", ""}
		}))
		noFindings(t, former, ret)
		for i := range tm.Criteria {
			c := &tm.Criteria[i]
			if a := ret.Answer(c.Ref); c.Kind == models.KindSymptom && (a == nil || a.Level.Value != models.At(0)) {
				t.Errorf("%s: %s is read as %v", former, c.Ref, a)
			}
		}
	}
}
