package checks

import (
	"slices"

	"github.com/rubric-project/rubric/models"
)

// withoutWaiting sets aside the returns of a recipient that nothing but the visible reference confirms, where one with a
// seal answers the same: the reference stands in every invitation, so that whoever has seen one can write it. They wait
// until a person prefers them, or credits them by hand. It returns the others.
func withoutWaiting(in RegisterInput, group []*file) []*file {
	var out []*file
	for _, f := range group {
		i := slices.IndexFunc(group, func(g *file) bool { return g != f && g.trusted() && overlap(f, g) })
		if f.trusted() || i < 0 || in.known.preferred[f.ret.File] > 0 {
			out = append(out, f)
			continue
		}
		f.status = models.Waiting
		f.add(models.UnsealedBeside, "Nothing but the visible reference confirms this return, and "+group[i].ret.File+" of the same recipient has a seal. It does not take its place.")
	}
	return out
}

// trusted says that a seal or a person says whose a file is.
func (f *file) trusted() bool { return f.sealed || f.assigned }

// overlap says whether two files of a recipient answer some of the same topics.
func overlap(a, b *file) bool {
	if a.part == b.part || a.whole() || b.whole() {
		return true
	}
	return slices.ContainsFunc(a.topics, func(t string) bool { return slices.Contains(b.topics, t) })
}
