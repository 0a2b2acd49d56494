package consolidated

import "github.com/rubric-project/rubric/models"

// notAskedMark stands in the Matrix for a criterion that the recipient is not asked.
const notAskedMark = "–"

// leaveOut marks what member i is not asked, whatever its workbook holds.
func (b *book) leaveOut(i int, levels, targets []int16) {
	if !b.t.Selective() {
		return
	}
	groups := b.in.Members[b.members[i].index].Recipient.Groups
	for c := range levels {
		if b.criteria[c].Applies(groups) {
			continue
		}
		levels[c] = notAsked
		if targets != nil {
			targets[c] = notAsked
		}
	}
}

// asked counts the criteria that a recipient is asked.
func (b *book) asked(rc models.Recipient) int {
	if !b.t.Selective() {
		return len(b.t.Criteria)
	}
	n := 0
	for i := range b.t.Criteria {
		if b.t.Criteria[i].Applies(rc.Groups) {
			n++
		}
	}
	return n
}

// lessNotAsked is what a formula takes off the number of a range's cells for those that are not asked.
func (b *book) lessNotAsked(cells string) string {
	if !b.t.Selective() {
		return ""
	}
	return "-COUNTIF(" + cells + ",\"" + notAskedMark + "\")"
}

// askedOf counts the criteria that the members from to before to are asked, each for itself.
func (b *book) askedOf(from, to int) int {
	if !b.t.Selective() {
		return (to - from) * len(b.criteria)
	}
	n := 0
	for i := from; i < to; i++ {
		n += b.asked(b.in.Members[b.members[i].index].Recipient)
	}
	return n
}

// lessWeightNotAsked is the same for the weights of a row of the Matrix.
func (wb *workbook) lessWeightNotAsked(cells string) string {
	if !wb.t.Selective() {
		return ""
	}
	return "-SUMIF(" + cells + ",\"" + notAskedMark + "\"," + wb.matrix.weights + ")"
}
