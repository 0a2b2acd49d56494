package consolidated

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// notGiven stands in a group column where the recipients list has no value.
const notGiven = "(none)"

// groupColumn is a column of the recipients list by which recipients are compared.
type groupColumn struct {
	name   string
	values []groupValue
}

// groupValue is one group.
type groupValue struct {
	value                string
	recipients, returned int
	suppressed           bool
}

func (b *book) groupsOf(r models.Recipient) []string {
	out := make([]string, len(b.in.Round.Groups))
	for i, g := range b.in.Round.Groups {
		out[i] = cmp.Or(strings.TrimSpace(r.Groups[g]), b.tell(notGiven))
	}
	return out
}

// findGroups counts recipients by group, in the order of the consolidation or else by value.
func (b *book) findGroups() {
	for gi, name := range b.in.Round.Groups {
		at, col := map[string]int{}, groupColumn{name: name}
		for i := range b.in.Members {
			v := b.groupsOf(b.in.Members[i].Recipient)[gi]
			k, ok := at[v]
			if !ok {
				k = len(col.values)
				at[v] = k
				col.values = append(col.values, groupValue{value: v})
			}
			col.values[k].recipients++
			if b.in.Members[i].Return != nil {
				col.values[k].returned++
			}
		}
		slices.SortFunc(col.values, func(x, y groupValue) int { return cmp.Compare(x.value, y.value) })
		for k := range col.values {
			col.values[k].suppressed = b.in.Publish && b.in.Disclosure != nil && b.fewReturns(name, col.values[k].value)
		}
		b.groups = append(b.groups, col)
	}
}

// groupKey is a group as others than this workbook call it.
func (b *book) groupKey(value string) string {
	if value == b.tell(notGiven) {
		return notGiven
	}
	return value
}

// fewReturns says that nothing of a group may be shown in the edition for circulation.
func (b *book) fewReturns(column, value string) bool {
	_, why := b.in.Disclosure.Group(column, b.groupKey(value))
	return why == nil || why.Group != ""
}
