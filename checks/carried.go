package checks

import (
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
	"github.com/rubric-project/rubric/words"
)

// carriedOver tells answers that stand as they were carried over from an earlier round from those that were given
// anew. They count, with a warning, unless the sender says of each that it still holds (in workbooks of earlier versions
// once for all, on the sheet Start). A workbook in
// which nothing at all was touched is one that nobody filled in, and is refused; the office can take the
// recipient's word for it and let it count.
func carriedOver(in RegisterInput, f *file) {
	sets := in.Carried[f.recipient]
	if f.recipient == "" || len(sets) == 0 || !empty(f.ret.Respondent.Checked.Value) {
		return
	}
	byRef := map[string][]*crosswalk.Carried{}
	for i := range sets {
		for k := range sets[i].Answers {
			x := &sets[i].Answers[k]
			byRef[x.Ref] = append(byRef[x.Ref], x)
		}
	}
	given, cleared, texts := 0, 0, 0
	confirmed := map[string]bool{}
	for _, ref := range f.ret.Confirmed {
		confirmed[ref] = true
	}
	answers := f.sent()
	var open []string
	for i := range answers {
		a := &answers[i]
		same := !confirmed[a.Ref] && slices.ContainsFunc(byRef[a.Ref], func(x *crosswalk.Carried) bool { return x.Untouched(a) })
		had := slices.ContainsFunc(byRef[a.Ref], func(x *crosswalk.Carried) bool { return !x.Level.IsBlank() })
		switch {
		case same:
			f.untouched++
			open = append(open, a.Ref)
		case !a.Level.Value.IsBlank():
			given++
		case had:
			cleared++
		case !empty(a.Comment.Value) || !empty(a.Evidence.Value) || !a.Target.Value.IsBlank():
			texts++
		}
	}
	if f.untouched == 0 {
		return
	}
	from := sets[len(sets)-1].Title
	if given+cleared+texts == 0 && unsigned(f.ret) && in.known.preferred[f.ret.File] == 0 {
		f.add(models.CarriedUntouched, "Everything in the workbook is as it was filled in for the sender: %s carried over from %s, none of them touched or said to be checked.",
			words.Counted(f.untouched, "answer", "answers"), from)
		f.status, f.original = models.Rejected, true
		return
	}
	list := words.Named(open)
	if len(list) > mostOpen {
		list = append(list[:mostOpen-1], words.Sayf("%d more", len(open)-mostOpen+1))
	}
	f.add(models.CarriedOver, "%d of %s as carried over from %s, and the sender did not say that they still hold: %s.",
		f.untouched, words.Counted(f.ret.Answered(), "answer stands", "answers stand"), from, words.Joined(", ", list...))
}

// mostOpen is how many criteria a finding names that were not confirmed.
const mostOpen = 10

// unsigned says that nobody filled in who completed the workbook.
func unsigned(ret *models.Return) bool {
	r := &ret.Respondent
	return empty(r.Name.Value) && empty(r.Role.Value) && empty(r.Date.Value) && empty(r.SignedBy.Value)
}

// untouched counts the answers of a recipient that stand as they were carried over.
func untouched(files []*file) int {
	n := 0
	for _, f := range files {
		n += f.untouched
	}
	return n
}
