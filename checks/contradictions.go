package checks

import (
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// contradictions finds pairs of answers that the template says cannot both be right, one finding for each pair, at the
// first of the two cells. What is blank or not asked contradicts nothing.
func contradictions(t *models.Template, ret *models.Return) []models.Finding {
	var out []models.Finding
	for _, x := range t.Contradictions {
		if a, b, both := contradict(t, x, ret); both {
			out = append(out, models.SaidFinding(models.AnswersContradict, at(a.Level.Origin, ret), contradiction(t, a, b)).About(a.Ref))
		}
	}
	return out
}

// contradict says whether the return has both answers of a contradiction, and which they are.
func contradict(t *models.Template, x models.Contradiction, ret *models.Return) (a, b *models.Answer, both bool) {
	a, b = ret.Answer(x.If.Ref), ret.Answer(x.And.Ref)
	both = a != nil && b != nil && x.If.Holds(a.Level.Value) && x.And.Holds(b.Level.Value) &&
		t.Criterion(x.If.Ref) != nil && t.Criterion(x.And.Ref) != nil
	return a, b, both
}

// contradiction says in a sentence which answers contradict each other, and where the second stands.
func contradiction(t *models.Template, a, b *models.Answer) words.Said {
	return words.Sayf("The answer %s to %s contradicts the answer %s to %s in %s.", shown(t, a.Ref, a.Level.Value), named(t, a.Ref),
		shown(t, b.Ref, b.Level.Value), named(t, b.Ref), place(b.Level.Origin, a.Level.Origin.File))
}

// named is a criterion by ref and subject.
func named(t *models.Template, ref string) words.Said {
	return words.Sayf("%s (%s)", ref, t.Criterion(ref).Subject)
}

// place names the cell of an answer, and its file where that is another than the given one.
func place(o models.Origin, file string) words.Said {
	if o.Cell == "" {
		return words.Sayf("the same workbook")
	}
	if o.File != file {
		return words.Sayf("cell %s of the sheet %s of %s", o.Cell, o.Sheet, o.File)
	}
	return words.Sayf("cell %s of the sheet %s", o.Cell, o.Sheet)
}

// contradictions finds those between the files of one recipient that no file has for itself.
func (m *merging) contradictions(t *models.Template, merged *models.Return) {
	for _, x := range t.Contradictions {
		a, b, both := contradict(t, x, merged)
		if !both || slices.ContainsFunc(m.files, func(f *file) bool { _, _, own := contradict(t, x, f.ret); return own }) {
			continue
		}
		if i := slices.IndexFunc(m.files, func(f *file) bool { return f.ret.File == a.Level.Origin.File }); i >= 0 {
			m.note(m.files[i], models.AnswersContradict, a.Level.Origin, a.Ref, contradiction(t, a, b))
		}
	}
}
