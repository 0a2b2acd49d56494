package checks

import (
	"strings"
	"unicode"

	"github.com/rubric-project/rubric/models"
)

// Answers checks a return's answers against the template: rows and answers that are missing, comments and evidence that
// the template requires, targets below the current level, answers that contradict each other. A return without any
// answer gives the one finding Unfilled, unless the reader has said why there is none. What the reader has found already,
// in ret.Findings, is not said again. The findings are sorted.
func Answers(t *models.Template, ret *models.Return) []models.Finding {
	ret = ret.LaidOut()
	known := readersFindings(ret)
	if ret.Answered() == 0 {
		return unfilled(ret, known)
	}
	var out []models.Finding
	for i := range t.Criteria {
		c := &t.Criteria[i]
		a := ret.Answer(c.Ref)
		if a == nil {
			out = append(out, rowMissing(ret, c, known)...)
			continue
		}
		out = append(out, answerMissing(ret, c, a, known)...)
		out = append(out, targetBelow(t, c, a)...)
		out = append(out, textsMissing(t, ret, a, known)...)
	}
	out = append(out, contradictions(t, ret)...)
	out = append(out, questionsMissing(t, ret, known)...)
	models.SortFindings(out)
	return out
}

// found is what the reader said about a return, for looking up.
type found struct {
	// refs holds the criteria whose answer could not be read, or has no row.
	refs map[string]bool
	// cells holds the places of all findings.
	cells map[models.Origin]bool
	// unreadable says that answers there may be were not read.
	unreadable bool
}

func readersFindings(ret *models.Return) found {
	k := found{refs: map[string]bool{}, cells: map[models.Origin]bool{}}
	for _, f := range ret.Findings {
		if f.Origin.Cell != "" {
			k.cells[f.Origin] = true
		}
		if f.Code == models.AnswerDecided { // a blank that the office decided is not missing
			k.refs[f.Ref] = true
		}
		if f.Severity != models.Error || f.Code == models.TargetNotInList {
			continue
		}
		k.refs[f.Ref] = true
		if info, ok := f.Code.Info(); ok && info.Area != "identity" && info.Area != "questions" {
			k.unreadable = true
		}
	}
	return k
}

// empty says that a text shows nothing: white space, and characters that have no width.
func empty(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r)
	}) < 0
}

// at is the origin, or where it is not known the file.
func at(o models.Origin, ret *models.Return) models.Origin {
	if o == (models.Origin{}) {
		return models.Origin{File: ret.File}
	}
	return o
}
