package checks

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// choice is which of several files of a recipient counts, and why.
type choice struct {
	winner *file
	why    words.Said
	// bySaved says that the times of saving decided, byHand that a person did.
	bySaved, byHand bool
}

// others are the names of those that do not count.
func (c choice) others(group []*file) (names []string) {
	for _, f := range group {
		if f != c.winner {
			names = append(names, f.ret.File)
		}
	}
	return names
}

// pick sorts a recipient's files by time and picks the one that counts: that which a person chose, or else the latest or
// the first, as the round prefers.
func pick(in RegisterInput, group []*file) (c choice) {
	c.bySaved = order(in, group)
	c.winner = group[len(group)-1]
	first := cmp.Or(in.Prefer, in.Round.Prefer, "latest") == "first"
	if first {
		c.winner = group[0]
	}
	c.why = whichCounts(c.bySaved, first)
	if !c.bySaved && sameReceipt(group, c.winner) {
		c.why = words.Sayf("they came at the same time, and the order of their names decides")
	}
	last := 0
	for _, f := range group {
		if p := in.known.preferred[f.ret.File]; p > 0 {
			if c.byHand = true; p > last {
				c.winner, c.why, last = f, words.Sayf("it was chosen by hand"), p
			}
		}
	}
	return c
}

// choose decides which of a recipient's returns counts, and gives each its status and findings.
func choose(in RegisterInput, group []*file) *file {
	c := pick(in, group)
	winner, why := c.winner, c.why
	winner.status = models.Counted
	for _, f := range group {
		if f == winner {
			continue
		}
		f.status = models.Superseded
		f.changes = Changes(*f.ret, *winner.ret)
		decisionsEnded(in.Template, f.ret, winner)
		f.add(models.SupersededFile, "%s of the same %s counts: %s. %s", winner.ret.File, winner.whose(), why, summary(f.changes))
	}
	if len(group) > 1 {
		form := "The recipient sent %d returns. This one counts: %s. The others: %s."
		if !winner.whole() {
			form = "Of this part there are %d returns. This one counts: %s. The others: %s."
		}
		winner.add(models.SeveralReturns, form, len(group), why, strings.Join(c.others(group), ", "))
		if !c.bySaved && !c.byHand {
			winner.add(models.TimesContradict, undecided(group, winner))
		}
	}
	winner.findings = append(winner.findings, answersOf(in, winner)...)
	if late(in, winner) {
		t, _ := sentTime(in, winner.ret)
		winner.add(models.ReturnedAfter, "The return was saved on %s, after the due date of %s.", t, in.Round.Due.Time)
	}
	return winner
}

// whose is what several returns have in common.
func (f *file) whose() words.Said {
	if !f.whole() {
		return words.Sayf("recipient and part")
	}
	return words.Sayf("recipient")
}

// whichCounts says why a return counts and not another of the same recipient.
func whichCounts(bySaved, first bool) words.Said {
	switch {
	case bySaved && first:
		return words.Sayf("it was saved first")
	case bySaved:
		return words.Sayf("it was saved last")
	case first:
		return words.Sayf("it was received first")
	}
	return words.Sayf("it was received last")
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
func summary(changes []models.Change) words.Said {
	if len(changes) == 0 {
		return words.Sayf("Their answers are the same.")
	}
	levels, texts := []words.Said(nil), 0
	for _, c := range changes {
		switch c.Field {
		case "level":
			levels = append(levels, words.Sayf("%s (%s → %s)", c.Ref, orBlank(c.Before), orBlank(c.After)))
		default:
			texts++
		}
	}
	var parts []words.Said
	if n := len(levels); n > 0 {
		parts = append(parts, words.Sayf("%s: %s", words.Counted(n, "answer changed", "answers changed"), words.FirstFew(levels, 5, ", and %d more")))
	}
	if texts > 0 {
		parts = append(parts, words.Counted(texts, "target or text changed", "targets or texts changed"))
	}
	all := words.Joined("; ", parts...)
	all.Kind = words.SaidSentence
	return all
}

// orBlank is a choice as it was written, or a word for none.
func orBlank(s string) words.Said {
	if s == "" {
		return words.Sayf("blank")
	}
	return words.Name(s)
}
