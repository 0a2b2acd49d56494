package office

import (
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/scoring/story"
)

// Headlines is what the figures of a round say, for the office, by the rules of overview and consolidated workbook, in a
// language; or of a group where column is given. Where the office has put its own text in place of the round's sentences, that
// is it, and the notes say so. It is nil where no return counts.
func (o *Office) Headlines(f *Folder, in *Intake, lang, column, value string) (*headlines.Story, []Note, error) {
	t := tellOf(o.results(f, in, Since{}), Since{}.Due)
	if t.results.Consolidation.Returned == 0 {
		return nil, nil, nil
	}
	s, err := t.round(lang, story.Office, column, value)
	if err != nil || column != "" {
		return s, nil, err
	}
	return o.saying(s, f, in, story.Office, false)
}

// Findings gives what a recipient's answers say in sentences, in its language, by the rules of its summary, to be said to it;
// none where no return of it counts. Sentences that set it beside others are left out: what is told needs nobody else's figures.
func (o *Office) Findings(f *Folder, in *Intake) func(id string) ([]string, error) {
	t := tellOf(o.results(f, in, Since{}), Since{}.Due)
	member := map[string]int{}
	for i := range in.Members {
		if in.Members[i].Return != nil {
			member[in.Members[i].Recipient.ID] = i
		}
	}
	return func(id string) (out []string, err error) {
		i, ok := member[id]
		if !ok {
			return nil, nil
		}
		s, err := t.recipient(f.LanguageOf(in.Members[i].Recipient), i)
		if err != nil {
			return nil, err
		}
		for _, x := range s.Items {
			if x.Rule != headlines.Beside {
				out = append(out, x.Sentence())
			}
		}
		return out, nil
	}
}
