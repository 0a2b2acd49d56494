package checks

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// Asked lists what keeps the template from being used with these recipients, a sentence each. A criterion may be asked by
// a column that the list lacks, or a recipient may be asked nothing that is scored. It is nil where all is well.
func Asked(t *models.Template, recipients []models.Recipient) []string {
	if !t.Selective() || len(recipients) == 0 {
		return nil
	}
	have := map[string]bool{}
	for _, rc := range recipients {
		for column := range rc.Groups {
			have[strings.ToLower(strings.TrimSpace(column))] = true
		}
	}
	var out []string
	missing := map[string]bool{}
	for i := range t.Criteria {
		c := &t.Criteria[i]
		for _, column := range slices.Sorted(maps.Keys(c.AppliesTo)) {
			key := strings.ToLower(strings.TrimSpace(column))
			if !have[key] && !missing[key] {
				missing[key] = true
				out = append(out, fmt.Sprintf("criterion %s is asked by the column %q, which the recipients list does not have", c.Ref, column))
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, rc := range recipients {
		asked := t.For(rc)
		if !slices.ContainsFunc(asked.Criteria, func(c models.Criterion) bool { return c.Scored() }) {
			out = append(out, fmt.Sprintf("recipient %s (%s) is asked no criterion that is scored", rc.ID, rc.Name))
		}
	}
	return out
}

// notAsked finds answers to criteria that the recipient is not asked: its workbook was made when it was in another
// group, or for somebody else. They are left out of everything.
func notAsked(whole, asked *models.Template, ret *models.Return) []models.Finding {
	if whole == asked {
		return nil
	}
	var out []models.Finding
	answers := ret.Answers()
	for i := range answers {
		a := &answers[i]
		if a.Level.Value.IsBlank() || asked.Criterion(a.Ref) != nil || whole.Criterion(a.Ref) == nil {
			continue
		}
		out = append(out, models.NewFinding(models.AnswerNotAsked, at(a.Level.Origin, ret),
			"Criterion %s is not asked of this recipient; its answer was left out.", a.Ref).About(a.Ref))
	}
	return out
}

// answered counts the answers that are not blank to the criteria that are asked.
func answered(asked *models.Template, ret *models.Return) int {
	if ret.Rows() <= len(asked.Criteria) && !asked.Selective() {
		return ret.Answered()
	}
	ret = ret.LaidOut()
	n := 0
	for i := range asked.Criteria {
		if a := ret.Answer(asked.Criteria[i].Ref); a != nil && !a.Level.Value.IsBlank() {
			n++
		}
	}
	return n
}
