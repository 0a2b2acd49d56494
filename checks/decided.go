package checks

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/words"
)

// decidable are the findings about the answer to one criterion that a decision of the office settles.
var decidable = map[models.Code]bool{
	models.AnswerNotInList: true, models.AnswerAmbiguous: true, models.AnswerIsDate: true, models.AnswerIsError: true, models.AnswerNoValue: true,
	models.AnswerFormula: true, models.AnswerHiddenValue: true, models.AnswerNotApplicable: true, models.AnswerNormalised: true, models.AnswerStruck: true,
	models.AnswerUnseen: true, models.AnswerLook: true, models.RowTwice: true, models.RowTwiceSame: true, models.RowMissing: true, models.RowMixed: true,
	models.MergedAnswer: true,
}

// Decidable says whether a finding about the answer to a criterion is settled by deciding that answer.
func Decidable(code models.Code) bool { return decidable[code] }

// Decide lets decisions about answers count in the returns that they are bound to by their content. What was found wrong
// with such an answer is said within one finding then, and the answer's origin has the decision's number. list has the
// decisions in force, at most one for a file's content and ref. returns are changed; those that were, as they were read,
// are given back by their files: see RegisterInput.AsRead.
func Decide(t *models.Template, returns []models.Return, list []decisions.Decision) map[string]*models.Return {
	byDigest := map[string][]decisions.Decision{}
	for _, d := range list {
		if d.Kind == decisions.Answer && d.State == decisions.InForce && t.Criterion(d.Ref) != nil {
			byDigest[d.Digest] = append(byDigest[d.Digest], d)
		}
	}
	asRead := map[string]*models.Return{}
	for i := range returns {
		if own := byDigest[returns[i].Digest]; len(own) > 0 && returns[i].Rows() > 0 {
			was := returns[i]
			asRead[was.File] = &was
			decide(t, &returns[i], own)
		}
	}
	return asRead
}

func decide(t *models.Template, ret *models.Return, list []decisions.Decision) {
	packed := *ret
	answers := slices.Clone(ret.LaidOut().Answers())
	findings := slices.Clone(ret.Findings)
	for _, d := range list {
		c := t.Criterion(d.Ref)
		a := &answers[rowOf(t, &answers, d.Ref)]
		was := a.Level.Value
		a.Level.Value, _ = t.Decided(&d)
		a.Level.Origin = at(a.Level.Origin, ret)
		a.Level.Origin.Decision = d.Number
		var said []words.Said
		findings = slices.DeleteFunc(findings, func(f models.Finding) bool {
			if f.Ref != d.Ref || !decidable[f.Code] {
				return false
			}
			said = append(said, f.Said())
			return true
		})
		if len(said) == 0 {
			said = []words.Said{words.Sayf("'%s'.", t.Scale(c).Label(was))}
			if was.IsBlank() {
				said = []words.Said{words.Sayf("no answer.")}
			}
		}
		findings = append(findings, decidedFinding(t, c, d, a.Level.Origin, words.Joined(" ", said...)))
	}
	ret.SetAnswers(answers)
	ret.PackLike(&packed)
	ret.Findings = findings
	models.SortFindings(ret.Findings)
}

// rowOf is the place of the answer to a criterion, which is made where the row was not found.
func rowOf(t *models.Template, answers *[]models.Answer, ref string) int {
	place := map[string]int{}
	for i := range t.Criteria {
		place[t.Criteria[i].Ref] = i
	}
	for i, a := range *answers {
		if a.Ref == ref {
			return i
		}
		if place[a.Ref] > place[ref] {
			*answers = slices.Insert(*answers, i, models.Answer{Ref: ref})
			return i
		}
	}
	*answers = append(*answers, models.Answer{Ref: ref})
	return len(*answers) - 1
}

// decidedFinding says what was decided, and what the file says.
func decidedFinding(t *models.Template, c *models.Criterion, d decisions.Decision, origin models.Origin, file words.Said) models.Finding {
	_, label := t.Decided(&d)
	code, when := models.AnswerDecided, d.At.UTC()
	what := words.Sayf("The office decided that the answer to %s (%s) is '%s' (decision %d, %s, %s).", c.Ref, c.Subject, label, d.Number, d.By, when)
	switch d.Value {
	case decisions.Ask:
		code = models.AnswerAsked
		what = words.Sayf("The office decided to ask the sender for the answer to %s (%s) (decision %d, %s, %s).", c.Ref, c.Subject, d.Number, d.By, when)
	case decisions.Blank:
		what = words.Sayf("The office decided that the answer to %s (%s) is blank (decision %d, %s, %s).", c.Ref, c.Subject, d.Number, d.By, when)
	}
	why := words.Said{}
	if d.Reason != "" {
		why = words.Sayf("The reason: %s.", strings.TrimSuffix(d.Reason, "."))
	}
	return models.SaidFinding(code, origin, words.Joined(" ", what, why, words.Sayf("The file has: %s", file))).About(c.Ref)
}

// decisionsEnded notes in the return that counts what was decided about answers of an earlier one and is answered
// otherwise now.
func decisionsEnded(t *models.Template, earlier *models.Return, winner *file) {
	list := earlier.Answers()
	for i := range list {
		was := &list[i].Level
		now := winner.ret.Answer(list[i].Ref)
		if was.Origin.Decision == 0 || was.Value.IsBlank() || now == nil || now.Level.Value == was.Value || now.Level.Origin.Decision > 0 {
			continue
		}
		c := t.Criterion(list[i].Ref)
		if c == nil {
			continue
		}
		ended := words.Sayf("The office had decided for %s that the answer to %s (%s) is '%s' (decision %d). This return counts now, and there is no answer that counts.",
			earlier.File, c.Ref, c.Subject, t.Scale(c).Label(was.Value), was.Origin.Decision)
		if !now.Level.Value.IsBlank() {
			ended = words.Sayf("The office had decided for %s that the answer to %s (%s) is '%s' (decision %d). This return counts now, and the answer is '%s'.",
				earlier.File, c.Ref, c.Subject, t.Scale(c).Label(was.Value), was.Origin.Decision, t.Scale(c).Label(now.Level.Value))
		}
		winner.findings = append(winner.findings, models.SaidFinding(models.DecisionEnded, at(now.Level.Origin, winner.ret), ended).About(c.Ref))
	}
}
