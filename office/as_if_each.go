package office

import (
	"context"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/scoring"
)

// AsIfEach says what each choice of an item would do to the scores of its recipient, in the order of the choices; nil for
// one that was not worked out. An answer in a file that counts changes that return alone, and costs nothing; what other
// choices do is looked for over the whole round, and left out where that has more than most recipients.
func (o *Office) AsIfEach(ctx context.Context, f *Folder, it *decisions.Item, most int) ([]*AsIf, error) {
	in, err := o.TakeIn(ctx, f)
	if err != nil {
		return nil, err
	}
	out := make([]*AsIf, len(it.Choices))
	member, ok := in.member(it.Recipient)
	for i, c := range it.Choices {
		switch {
		case c.Request.Kind == decisions.Leave:
			if ok {
				card := in.Scorecard(member)
				out[i] = &AsIf{Recipient: it.Recipient, FileNow: it.File, FileThen: it.File, Now: card, Then: card}
			}
		case c.Request.Kind == decisions.Answer && ok && in.Members[member].Return != nil && in.Members[member].Return.Digest == it.Digest:
			out[i] = in.answerAsIf(f.Template, member, it, c.Request)
		case len(in.Members) <= most:
			list, err := o.AsIf(ctx, f, decisions.Batch{Requests: []decisions.Request{c.Request}})
			if err != nil {
				return nil, err
			}
			for k := range list {
				if id := c.Request.Recipient; list[k].Recipient == it.Recipient || it.Recipient == "" && list[k].Recipient == id {
					out[i] = &list[k]
				}
			}
		}
	}
	return out, nil
}

// answerAsIf scores one return with one answer decided.
func (in *Intake) answerAsIf(t *models.Template, member int, it *decisions.Item, x decisions.Request) *AsIf {
	ret := []models.Return{*in.Members[member].Return.LaidOut()}
	checks.Decide(t, ret, []decisions.Decision{{Request: x, Digest: it.Digest, State: decisions.InForce}})
	m := models.Member{Recipient: in.Members[member].Recipient, Return: &ret[0]}
	then := scoring.Cards(in.Scoring, []models.Member{m})(t)(0)
	return &AsIf{Recipient: it.Recipient, FileNow: it.File, FileThen: it.File, Now: in.Scorecard(member), Then: then}
}
