package checks

import "github.com/rubric-project/rubric/models"

// known is what Register looks up again and again, for every file and every recipient: by maps, so that a round of twice
// the size takes twice the work.
type known struct {
	// asked is the template as it is asked of each recipient, by id; recipients that are asked the same share it. It is
	// empty where everybody is asked everything.
	asked map[string]*models.Template
	// preferred is the place in PreferFiles where a file is named last, from 1.
	preferred map[string]int
	// settled is the file that decides, by recipient and then by criterion or question.
	settled map[string]map[string]string
}

// index looks at the recipients, unless asked has been worked out before, and at what a person settled.
func (in RegisterInput) index(asked map[string]*models.Template) *known {
	k := &known{asked: asked, preferred: map[string]int{}, settled: map[string]map[string]string{}}
	if asked == nil {
		k.asked = map[string]*models.Template{}
	}
	if asked == nil && in.Template.Selective() {
		same := map[string]*models.Template{}
		for _, rc := range in.Recipients {
			key := in.Template.NotAsked(rc)
			if same[key] == nil {
				same[key] = in.Template.For(rc)
			}
			k.asked[rc.ID] = same[key]
		}
	}
	for i, file := range in.PreferFiles {
		k.preferred[file] = i + 1
	}
	for _, s := range in.Settled {
		if k.settled[s.Recipient] == nil {
			k.settled[s.Recipient] = map[string]string{}
		}
		k.settled[s.Recipient][s.Ref] = s.File
	}
	return k
}

// applying is the template as it is asked of a recipient; of one who is not in the list, everything.
func (in RegisterInput) applying(id string) *models.Template {
	if t := in.known.asked[id]; t != nil {
		return t
	}
	return in.Template
}
