package planning

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/models/priorities"
)

// ownRows is how many rows there are for actions of the recipient's own.
const ownRows = 6

// formOf is a recipient's plan before it is filled in. t is the template as the recipient is asked it, in its language.
func formOf(t *models.Template, answers []models.Answer, card *models.Scorecard, earlier plans.Earlier, then *plans.Plan) plans.Form {
	var st *models.Staged
	if card != nil {
		st = card.Staged
	}
	var out plans.Form
	for i, p := range priorities.Of(t, answers, st) {
		r := rowOf(t, p)
		r.ID = fmt.Sprint(i + 1)
		out.Rows = append(out.Rows, r)
	}
	for i, a := range plans.OpenOf(then) {
		out.Since = earlier.Since
		r := plans.Row{ID: fmt.Sprint("c", i+1), Ref: a.Ref, Carried: &a}
		if c := t.Criterion(a.Ref); c != nil {
			now := priorities.Pick{Criterion: c}
			for k := range answers {
				if n, ok := answers[k].Level.Value.Number(); ok && answers[k].Ref == a.Ref {
					now.Answer, now.Level = &answers[k], n
				}
			}
			full := rowOf(t, now)
			r.Criterion, r.Topic, r.Now = full.Criterion, full.Topic, full.Now
		}
		out.Rows = append(out.Rows, r)
	}
	for i := range ownRows {
		out.Rows = append(out.Rows, plans.Row{ID: fmt.Sprint("a", i+1)})
	}
	if st != nil {
		for _, a := range t.AdviceFor(st.Level) {
			out.Advice = append(out.Advice, a.Ref+"  "+a.Text)
		}
	}
	return out
}

// rowOf describes a priority: where the recipient is, and what comes next.
func rowOf(t *models.Template, p priorities.Pick) plans.Row {
	c := p.Criterion
	r := plans.Row{Ref: c.Ref, Criterion: c.Text(), Topic: topicOf(t, c)}
	scale := t.Scale(c)
	at := scale.Lowest()
	if p.Answer == nil {
		r.Now = t.Words().Get("plan.not_answered")
	} else {
		at = p.Level + 1
		r.Now = withText(p.Label(t), c.Descriptors[p.Level])
		r.Steps = c.NextSteps[p.Level]
		if target, ok := p.Answer.Target.Value.Number(); ok && target > p.Level {
			if step, ok := scale.Step(target); ok {
				r.Target = step.Label()
			}
		}
	}
	if next, ok := scale.Step(at); ok && p.Answer != nil {
		r.Next = withText(next.Label(), c.Descriptors[at])
	}
	return r
}

func topicOf(t *models.Template, c *models.Criterion) string {
	x, _ := t.Topic(c.Topic)
	return x.Name
}

func withText(label, text string) string {
	if text == "" {
		return label
	}
	return label + ". " + text
}
