package scoring

import (
	"maps"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
)

// matched is which criteria of two templates can be compared.
type matched struct {
	// criteria are the later template's that are compared; sources says of each where its earlier answer is.
	criteria                []models.Criterion
	sources                 []source
	added, dropped, altered []string
}

// source is where the earlier answer to a criterion stands, and what its numbers are on the later scale.
type source struct {
	kind  crosswalk.Kind
	refs  []string
	steps map[int]int
}

// match finds the criteria that can be compared: by the crosswalk, or without one those of the same ref, wording
// and scale. A split without weights is not compared, since none of its parts is the earlier criterion.
func match(earlier, later *models.Template, walk *crosswalk.Crosswalk) matched {
	var m matched
	routes := sameRefs(earlier, later)
	fresh := map[string]bool{}
	if walk != nil {
		routes = walk.Routes()
		for _, e := range walk.Entries {
			if e.Kind == crosswalk.New && !e.Check {
				for _, ref := range e.To {
					fresh[ref] = true
				}
			}
		}
	}
	goesOn := map[string]bool{}
	for i := range later.Criteria {
		c := &later.Criteria[i]
		r, ok := routes[c.Ref]
		if !ok && (fresh[c.Ref] || walk == nil) {
			m.added = append(m.added, c.Ref)
			continue
		}
		for _, ref := range r.From {
			goesOn[ref] = true
		}
		s, ok := sourceOf(earlier, later, c, r, walk)
		if !ok {
			m.altered = append(m.altered, c.Ref)
			continue
		}
		m.criteria, m.sources = append(m.criteria, *c), append(m.sources, s)
	}
	m.shareWeights(routes)
	for i := range earlier.Criteria {
		if ref := earlier.Criteria[i].Ref; !goesOn[ref] {
			m.dropped = append(m.dropped, ref)
		}
	}
	return m
}

// sameRefs is the crosswalk of templates without one.
func sameRefs(earlier, later *models.Template) map[string]crosswalk.Route {
	routes := map[string]crosswalk.Route{}
	for i := range later.Criteria {
		if ref := later.Criteria[i].Ref; earlier.Criterion(ref) != nil {
			routes[ref] = crosswalk.Route{Kind: crosswalk.Same, From: []string{ref}}
		}
	}
	return routes
}

// sourceOf says where the earlier answer to criterion c stands, and whether it can be held against the later.
func sourceOf(earlier, later *models.Template, c *models.Criterion, r crosswalk.Route, walk *crosswalk.Crosswalk) (source, bool) {
	s := source{kind: r.Kind, refs: r.From}
	if len(r.From) == 0 || r.Kind == crosswalk.Split && r.Share == 0 {
		return s, false
	}
	for _, ref := range r.From {
		old := earlier.Criterion(ref)
		if old == nil || old.Kind != c.Kind {
			return s, false
		}
		scale, oldScale := later.Scale(c), earlier.Scale(old)
		if walk == nil && !(sameWording(old, c) && slices.Equal(oldScale, scale)) {
			return s, false
		}
		var ok bool
		if s.steps, ok = walk.LevelsFrom(oldScale, scale); !ok {
			return s, false
		}
	}
	return s, true
}

// shareWeights gives the parts of a split together the weight that they have in the later template, divided by
// their shares of the earlier criterion. A part that cannot be compared leaves its share out.
func (m *matched) shareWeights(routes map[string]crosswalk.Route) {
	total := map[string]float64{}
	for i := range m.criteria {
		if r := routes[m.criteria[i].Ref]; r.Share > 0 {
			total[r.From[0]] += float64(m.criteria[i].EffectiveWeight()) / 1000
		}
	}
	for i := range m.criteria {
		if r := routes[m.criteria[i].Ref]; r.Share > 0 {
			m.criteria[i].Weight = max(r.Share*total[r.From[0]], 0.001)
		}
	}
}

// sameWording says whether a respondent reads the same.
func sameWording(a, b *models.Criterion) bool {
	return a.Text() == b.Text() && maps.Equal(a.Descriptors, b.Descriptors)
}

// translate gives earlier answers as they stand under the later refs. Where several criteria became one, their
// answers count where they agree.
func (m *matched) translate(answers []models.Answer) []models.Answer {
	byRef := make(map[string]models.Choice, len(answers))
	for _, a := range answers {
		byRef[a.Ref] = a.Level.Value
	}
	out := make([]models.Answer, 0, len(m.criteria))
	for i, s := range m.sources {
		choices := make([]models.Choice, len(s.refs))
		for k, ref := range s.refs {
			choices[k] = byRef[ref]
		}
		if c, ok := crosswalk.Agreed(choices); ok {
			a := models.Answer{Ref: m.criteria[i].Ref}
			a.Level.Value = c.Walked(s.steps)
			out = append(out, a)
		}
	}
	return out
}

// String is the refs that the figures come from.
func (s source) String() string { return strings.Join(s.refs, ", ") }
