package consolidated_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// Up to 10,000 returns the figures are formulas; beyond, they are values. Method says so, and nothing offers a choice that
// no figure would follow.
func TestConsolidatedBeyondFormulas(t *testing.T) {
	base := exampleRound(t, "uk-dmm", 3)
	tm := *base.Template
	tm.Criteria = slices.Clone(tm.Criteria[:1])
	in := consolidated.Input{Results: &models.Results{Round: base.Round, Template: &tm, Scoring: tm.Scoring, Members: make([]models.Member, 10001)}}
	for i := range in.Members {
		a := models.Answer{Ref: tm.Criteria[0].Ref}
		a.Level.Value = models.At(1 + i%5)
		in.Members[i] = models.Member{Recipient: base.Members[0].Recipient, Return: new(models.Return{File: "a.xlsx"}.With([]models.Answer{a}))}
	}
	parts := partsOf(t, consolidatedBytes(t, in))
	for name, part := range parts {
		if !strings.HasPrefix(name, "xl/worksheets/") {
			continue
		}
		for _, element := range []string{"<f>", "<f ", "<dataValidation "} {
			if n := strings.Count(part, element); n > 0 {
				t.Errorf("%s: %d elements %s", name, n, element)
			}
		}
	}
	texts := parts["xl/sharedStrings.xml"]
	for text, want := range map[string]bool{"Values in place of formulas": true, "nothing else can be chosen": true, "no other level can be chosen": true, "yellow cell": false} {
		if got := strings.Contains(texts, text); got != want {
			t.Errorf("%q: in the workbook %v, want %v", text, got, want)
		}
	}
}
