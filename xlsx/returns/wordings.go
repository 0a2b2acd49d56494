package returns

import "github.com/rubric-project/rubric/models"

// ownChoices makes the choices of the criteria that word them in their own way. The names of the levels, which stand
// over the descriptors, are taken too; the list is what the criterion says.
func (x *lexicon) ownChoices() {
	x.worded = map[*models.Criterion]*choices{}
	for i := range x.t.Criteria {
		c := &x.t.Criteria[i]
		if len(c.Options) == 0 {
			continue
		}
		own := newChoices(x.t.Scale(c))
		none := func(models.Step) string { return "" }
		for _, in := range x.spoken {
			own.add(in, in.KindScale(c.Kind), none)
		}
		clear(own.labels)
		for _, in := range x.spoken {
			if said := in.Criterion(c.Ref); said != nil {
				own.add(in, in.Scale(said), none)
			}
		}
		own.settle()
		x.worded[c] = own
	}
}
