package scoring

import (
	"maps"
	"slices"

	"github.com/rubric-project/rubric/models"
)

// matched is which criteria of two templates are the same.
type matched struct {
	// criteria are the later template's that are compared, earlierRef their refs in the earlier.
	criteria                []models.Criterion
	earlierRef              []string
	laterRef                map[string]string
	added, dropped, altered []string
}

// match finds the criteria that are the same in both templates.
func match(earlier, later *models.Template, crosswalk map[string]string) matched {
	m := matched{laterRef: map[string]string{}}
	from := map[string]*models.Criterion{}
	merged := map[string]bool{}
	for i := range earlier.Criteria {
		c := &earlier.Criteria[i]
		ref := c.Ref
		if to, ok := crosswalk[ref]; ok {
			ref = to
		} else if takenOver(crosswalk, ref) {
			continue // another criterion has this ref now
		}
		if later.Criterion(ref) == nil {
			continue
		}
		merged[ref] = from[ref] != nil // two criteria became one: it is neither of them
		from[ref] = c
	}
	for i := range later.Criteria {
		c := &later.Criteria[i]
		old, ok := from[c.Ref]
		if !ok {
			m.added = append(m.added, c.Ref)
			continue
		}
		m.laterRef[old.Ref] = c.Ref
		_, vouched := crosswalk[old.Ref]
		scale, oldScale := later.Scale(c), earlier.Scale(old)
		if merged[c.Ref] || old.Kind != c.Kind || !slices.EqualFunc(oldScale, scale, sameNumber) ||
			!vouched && !(sameWording(old, c) && slices.Equal(oldScale, scale)) {
			m.altered = append(m.altered, c.Ref)
			continue
		}
		m.criteria = append(m.criteria, *c)
		m.earlierRef = append(m.earlierRef, old.Ref)
	}
	for i := range earlier.Criteria {
		if _, ok := m.laterRef[earlier.Criteria[i].Ref]; !ok {
			m.dropped = append(m.dropped, earlier.Criteria[i].Ref)
		}
	}
	return m
}

// takenOver says whether the crosswalk gives the ref to another criterion.
func takenOver(crosswalk map[string]string, ref string) bool {
	for _, to := range crosswalk {
		if to == ref {
			return true
		}
	}
	return false
}

func sameNumber(a, b models.Step) bool { return a.Number == b.Number }

// sameWording says whether a respondent reads the same.
func sameWording(a, b *models.Criterion) bool {
	return a.Text() == b.Text() && maps.Equal(a.Descriptors, b.Descriptors)
}

// translate gives earlier answers their later refs, and leaves out those without one.
func (m *matched) translate(answers []models.Answer) []models.Answer {
	out := make([]models.Answer, 0, len(answers))
	for _, a := range answers {
		if ref, ok := m.laterRef[a.Ref]; ok {
			a.Ref = ref
			out = append(out, a)
		}
	}
	return out
}
