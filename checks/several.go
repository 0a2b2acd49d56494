package checks

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// choose decides which of a recipient's returns counts, and gives each its status and findings.
func choose(in RegisterInput, group []*file) *file {
	bySaved := order(in, group)
	winner := group[len(group)-1]
	prefer := cmp.Or(in.Prefer, in.Round.Prefer, "latest")
	why := "it was saved last"
	if !bySaved {
		why = "it was received last"
	}
	if prefer == "first" {
		winner, why = group[0], strings.Replace(why, "last", "first", 1)
	}
	if !bySaved && sameReceipt(group, winner) {
		why = "they came at the same time, and the order of their names decides"
	}
	named, last := 0, 0
	for _, f := range group {
		if p := in.known.preferred[f.ret.File]; p > 0 {
			if named++; p > last {
				winner, why, last = f, "it was chosen by hand", p
			}
		}
	}
	winner.status = models.Counted
	for _, f := range group {
		if f == winner {
			continue
		}
		f.status = models.Superseded
		f.changes = Changes(*f.ret, *winner.ret)
		decisionsEnded(in.Template, f.ret, winner)
		f.add(models.SupersededFile, winner.ret.File+" of the same "+winner.whose()+" counts: "+why+". "+summary(f.changes))
	}
	if len(group) > 1 {
		var others []string
		for _, f := range group {
			if f != winner {
				others = append(others, f.ret.File)
			}
		}
		what := "The recipient sent"
		if winner.part != "" {
			what = "Of this part there are"
		}
		winner.add(models.SeveralReturns, fmt.Sprintf("%s %d returns. This one counts: %s. The others: %s.", what, len(group), why, strings.Join(others, ", ")))
		if !bySaved && named == 0 {
			winner.add(models.TimesContradict, undecided(group, winner))
		}
	}
	winner.findings = append(winner.findings, answersOf(in, winner)...)
	if late(in, winner) {
		t, _ := sentTime(in, winner.ret)
		winner.add(models.ReturnedAfter, fmt.Sprintf("The return was saved on %s, after the due date of %s.", models.Date{Time: t}.Long(), in.Round.Due.Long()))
	}
	return winner
}

// whose is what several returns have in common.
func (f *file) whose() string {
	if f.part != "" {
		return "recipient and part"
	}
	return "recipient"
}

// answersOf are the findings of Answers, for what the file should have.
func answersOf(in RegisterInput, f *file) []models.Finding {
	ret := *f.ret
	ret.Findings = f.readerFindings(in)
	return append(Answers(in.asked(f), &ret), notAsked(in.Template, in.applying(f.recipient), &ret)...)
}

// order sorts a recipient's returns, earliest first: by the workbook's own time of saving, where all of them
// have one that can be right and no two the same; by receipt otherwise. It says which of the two it was. One rule
// for the whole group, since a mixture could not put three returns in order.
func order(in RegisterInput, group []*file) (bySaved bool) {
	bySaved = true
	seen := map[int64]bool{}
	for _, f := range group {
		t, ok := savedTime(in, f.ret)
		if !ok || seen[t.UnixNano()] {
			bySaved = false
		}
		seen[t.UnixNano()] = true
	}
	slices.SortFunc(group, func(a, b *file) int {
		if bySaved {
			return a.ret.Saved.Compare(b.ret.Saved)
		}
		return cmp.Or(a.ret.Received.Compare(b.ret.Received), a.ret.Saved.Compare(b.ret.Saved), strings.Compare(a.ret.File, b.ret.File))
	})
	return bySaved
}

// zones is how far a time may be off because a program wrote its local time as UTC.
const zones = 26 * time.Hour

// savedTime is the workbook's own time of saving, where it can be right. Programs that keep no such time
// leave the one that the workbook was made with, midnight on the day of issue, or an invented one (some
// libraries write 1980 or 2006); and a workbook cannot have been saved after it was received.
func savedTime(in RegisterInput, ret *models.Return) (time.Time, bool) {
	t := ret.Saved
	switch {
	case t.IsZero(), t.Equal(in.Round.Issued.Time), t.Before(in.Round.Issued.Add(-zones)):
		return time.Time{}, false
	case !ret.Received.IsZero() && t.After(ret.Received.Add(zones)):
		return time.Time{}, false
	}
	return t, true
}

// sentTime is when the sender was done, as far as it is known: saved, or else received.
func sentTime(in RegisterInput, ret *models.Return) (time.Time, bool) {
	if t, ok := savedTime(in, ret); ok {
		return t, true
	}
	return ret.Received, !ret.Received.IsZero()
}

// sameReceipt says whether another return came at the very time at which the one that counts did.
func sameReceipt(group []*file, winner *file) bool {
	return slices.ContainsFunc(group, func(f *file) bool { return f != winner && f.ret.Received.Equal(winner.ret.Received) })
}

func undecided(group []*file, winner *file) string {
	if sameReceipt(group, winner) {
		return "The recipient's returns do not say for certain when they were saved, and were received at the same time. The order of their names decided."
	}
	return "The recipient's returns do not say for certain when they were saved. The order of receipt decided."
}

// summary says in a sentence what changed.
func summary(changes []models.Change) string {
	if len(changes) == 0 {
		return "Their answers are the same."
	}
	levels, texts := []string(nil), 0
	for _, c := range changes {
		switch c.Field {
		case "level":
			levels = append(levels, fmt.Sprintf("%s (%s → %s)", c.Ref, cmp.Or(c.Before, "blank"), cmp.Or(c.After, "blank")))
		default:
			texts++
		}
	}
	var parts []string
	if n := len(levels); n > 0 {
		parts = append(parts, text.Count(n, "answer changed", "answers changed")+": "+text.FirstFew(levels, 5, ", ", ", and %d more"))
	}
	if texts > 0 {
		parts = append(parts, text.Count(texts, "target or text changed", "targets or texts changed"))
	}
	return strings.ToUpper(parts[0][:1]) + parts[0][1:] + strings.Join(append([]string{""}, parts[1:]...), "; ") + "."
}
