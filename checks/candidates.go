package checks

import (
	"slices"

	"github.com/rubric-project/rubric/models"
)

// candidates are the ids of the recipients whose file it may be, likeliest first: named by a place that a seal or a
// reference confirms, named by another place, called by the name on the Start sheet, and by the name of the file.
func (x *identifier) candidates(f *file) []string {
	manifests, visible := x.says(f.ret)
	var ids []string
	add := func(list ...string) {
		for _, id := range list {
			if x.byID[id] != nil && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	all := slices.Concat(manifests, visible)
	for _, s := range all {
		if s.confirmed {
			add(s.id)
		}
	}
	for _, s := range all {
		add(s.id)
	}
	for _, s := range all {
		if s.name != "" {
			add(x.names.exact(s.name)...)
		}
		if s.m.Name != "" {
			add(x.names.exact(s.m.Name)...)
		}
	}
	add(x.files.in(f.ret.File)...)
	return ids
}

// hasCode says whether one of the findings has the code.
func hasCode(list []models.Finding, code models.Code) bool {
	return slices.ContainsFunc(list, func(f models.Finding) bool { return f.Code == code })
}
