package consolidated

// What the edition for circulation shows of changes stands beside what this round's edition and the earlier
// round's show of scores. A change, summed over the recipients compared, is their scores now less their scores
// then; taken from the sums that the two editions give, of all recipients or of groups, it leaves the scores of
// those who returned only once. Where these are the minimum or fewer, the change is not shown.

// givesAway says whether scores of fewer recipients than the minimum could be worked out from the change x and the
// two editions.
func (wb *workbook) givesAway(x *changeLine) bool {
	scores := wb.heat.overallScores
	if x.topic >= 0 {
		scores = wb.heat.scores[x.topic]
	}
	now, compared, both := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range wb.members {
		if scores[i].Known() {
			now[wb.members[i].id] = true
		}
	}
	for i := range wb.in.Comparison.Recipients {
		id := wb.in.Comparison.Recipients[i].Recipient
		both[id] = true
		if x.change[i].Known() {
			compared[id] = true
		}
	}
	// Which of those who have no change had a score then is not known: perhaps all of them, perhaps none.
	then := map[string]bool{}
	for id := range compared {
		then[id] = true
	}
	for _, id := range wb.in.Comparison.Left {
		both[id], then[id] = true, true
	}
	return wb.fewLeft(now, compared) || wb.fewLeft(then, compared) || wb.fewLeft(both, compared)
}

// fewLeft says whether some, but fewer than the minimum, can be left when the sums of one edition over groups of one
// column, or over all, are taken from a sum over those compared. Every group counts as shown: which ones the earlier
// edition showed is not known.
func (wb *workbook) fewLeft(returned, compared map[string]bool) bool {
	groups := map[string][]string{}
	for i := range wb.in.Members {
		rc := wb.in.Members[i].Recipient
		groups[rc.ID] = wb.groupsOf(rc)
	}
	for k := -1; k < len(wb.groups); k++ {
		in, out := map[string]int{}, map[string]int{}
		for id := range returned {
			group := ""
			if of := groups[id]; of != nil && k >= 0 {
				group = of[k]
			}
			if compared[id] {
				in[group]++
			} else {
				out[group]++
			}
		}
		left := 0
		for group, n := range in {
			left += min(n, out[group]) // the group's sum is taken off or not, whichever leaves fewer
		}
		if left > 0 && left < wb.in.Disclosure.LeastForMean() {
			return true
		}
	}
	return false
}
