package returns

import (
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// numericRefs are the criteria whose ref is the number: 1.1 could be 1.1 and 1.10.
func (x *lexicon) numericRefs(number float64) []*models.Criterion { return x.numbers[number] }

// datedRef is a criterion whose ref a spreadsheet program can turn into a date: two numbers with a dot, a dash or
// a stroke between them.
type datedRef struct {
	c    *models.Criterion
	a, b int
}

func asDate(c *models.Criterion) (datedRef, bool) {
	k := strings.IndexAny(c.Ref, ".-/")
	if k < 0 {
		return datedRef{}, false
	}
	a, err := strconv.Atoi(c.Ref[:k])
	b, err2 := strconv.Atoi(c.Ref[k+1:])
	return datedRef{c, a, b}, err == nil && err2 == nil
}

// datedRefs are the criteria whose ref a spreadsheet program can have turned into a date of that day, month
// and year.
func (x *lexicon) datedRefs(year, month, day int) []*models.Criterion {
	var list []*models.Criterion
	for _, d := range x.dates {
		if d.a == day && d.b == month || d.a == month && d.b == day || d.a == month && (d.b == year%100 || d.b == year) {
			list = append(list, d.c)
		}
	}
	return list
}
