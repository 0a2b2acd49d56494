package checks

import (
	"slices"
	"strings"
	"unicode"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// sameName compares the names in the workbook with the list, and refuses the file where they mean another
// recipient. A name that is new is a change of name, and noted.
func (x *identifier) sameName(f *file, id string, manifests, visible []say) bool {
	rc := x.byID[id]
	for _, s := range manifests {
		// The list may have been changed so that the id is another organisation's now.
		if s.confirmed && s.m.Name != "" && plainName(s.m.Name) != plainName(rc.Name) {
			if ids := x.names.exact(s.m.Name); len(ids) > 0 && !slices.Contains(ids, id) {
				finding := x.refuse(f, models.RecipientAltered, "The workbook was made for '%s' (%s); in the recipients list that id is now '%s', and the name stands at %s.", id, s.m.Name, rc.Name, x.who(ids[0]))
				finding.Remedy = "Check whether ids and names in the recipients list were mixed up. Otherwise find out who filled it in and say whose it is."
				return false
			}
			f.add(models.NameChanged, "The workbook was made when %s was called '%s'; the recipients list says '%s'.", id, s.m.Name, rc.Name).Origin = s.origin
			break
		}
	}
	for _, v := range visible {
		if !x.sameVisibleName(f, id, manifests, v) {
			return false
		}
	}
	return true
}

// sameVisibleName compares the name on a Start sheet.
func (x *identifier) sameVisibleName(f *file, id string, manifests []say, v say) bool {
	rc := x.byID[id]
	if empty(v.name) || plainName(v.name) == plainName(rc.Name) || unchangedName(v.name, manifests) {
		return true
	}
	if ids := x.names.exact(v.name); len(ids) > 0 {
		x.refuse(f, models.RecipientAltered, "The workbook was made for %s, and its Start sheet now names %s.", x.who(id), x.who(ids[0])).Origin = v.origin
		return false
	}
	if other, ok := x.names.nearer(v.name, id); ok {
		x.refuse(f, models.RecipientAltered, "The workbook was made for %s, and its Start sheet now names '%s', which is more like %s.", x.who(id), v.name, x.who(other)).Origin = v.origin
		return false
	}
	if v.id == "" {
		// Name and reference are both others': this is no change of name.
		what := words.Sayf("no reference")
		if models.NormalReference(v.reference) != "" {
			what = words.Sayf("a reference that is not this round's, %s", v.reference)
		}
		x.refuse(f, models.ManifestContradictory, "The workbook was made for %s, but its Start sheet shows another name, '%s', and %s.", x.who(id), v.name, what).Origin = v.origin
		return false
	}
	f.add(models.NameChanged, "The Start sheet names the organisation '%s'; the recipients list says '%s'.", v.name, rc.Name).Origin = v.origin
	return true
}

// unchangedName says that the Start sheet shows the name that the workbook was made with.
func unchangedName(name string, manifests []say) bool {
	for _, s := range manifests {
		if s.confirmed && plainName(s.m.Name) == plainName(name) {
			return true
		}
	}
	return false
}

// plainName is a name's letters and digits in lower case, words separated by one space.
func plainName(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}), " ")
}
