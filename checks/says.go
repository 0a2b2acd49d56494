package checks

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// say is what one place says.
type say struct {
	place     models.Place
	m         models.Manifest // zero for the visible reference
	id        string          // of the recipient named; "" where the reference is nobody's
	part      string          // and of which part, with its topics
	topics    string
	confirmed bool   // by the seal, or by the reference itself
	reference string // as it is written, for the visible reference
	name      string // that the Start sheet shows
	origin    models.Origin
}

// says sorts what the places say. A place can speak more than once: a sheet may have been copied, and a
// manifest holds the reference too.
func (x *identifier) says(ret *models.Return) (manifests, visible []say) {
	for _, c := range ret.Claims {
		s := say{place: c.Place, m: c.Manifest, id: strings.TrimSpace(c.Manifest.Recipient), part: c.Manifest.Part, topics: c.Manifest.Topics,
			reference: c.Reference, name: c.Name, origin: at(c.Origin, ret)}
		made := x.reference[models.NormalReference(c.Reference)]
		named := made.Recipient
		if c.Place == models.VisibleReference {
			s.id, s.part, s.topics, s.confirmed = named, made.Part, made.Topics, named != ""
			visible = append(visible, s)
			continue
		}
		if c.Manifest != (models.Manifest{}) {
			s.confirmed = c.Manifest.SealFits(x.in.Key)
			manifests = append(manifests, s)
		}
		if named != "" && (named != s.id || made.Part != s.part || made.Topics != s.topics) {
			s.m, s.id, s.part, s.topics, s.confirmed = models.Manifest{}, named, made.Part, made.Topics, true
			manifests = append(manifests, s)
		}
	}
	return manifests, visible
}

// shownReference says whether the Start sheet shows what can be a reference, and readable is the first.
func shownReference(visible []say) (readable *say, ok bool) {
	for i := range visible {
		if models.NormalReference(visible[i].reference) != "" {
			return &visible[i], true
		}
	}
	return nil, false
}

// anyNamed says whether one of the visible references is a recipient's.
func anyNamed(visible []say) bool {
	return slices.ContainsFunc(visible, func(s say) bool { return s.id != "" })
}

// called is the organisation's name as the workbook has it, in words.
func called(manifests []say) string {
	for _, s := range manifests {
		if s.m.Name != "" {
			return " (" + s.m.Name + ")"
		}
	}
	return ""
}
