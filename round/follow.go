package round

import (
	"reflect"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// ownKeys are the settings that each round has of its own.
var ownKeys = []string{"id", "title", "template", "issued", "due"}

// takeOver fills what rd does not say from the round before.
func (o *Options) takeOver(rd *models.Round) {
	to, from := reflect.ValueOf(rd).Elem(), reflect.ValueOf(*o.Earlier)
	for i := range to.NumField() {
		key, _, _ := strings.Cut(to.Type().Field(i).Tag.Get("yaml"), ",")
		if !slices.Contains(ownKeys, key) && isNone(to.Field(i)) {
			to.Field(i).Set(from.Field(i))
		}
	}
	if o.Contact != (models.Contact{}) {
		rd.Contact = o.Contact // another person's telephone number is not this one's
	}
}

// previousID is the column that says which id a recipient had in the earlier round, as plain writes it.
const previousID = "previousid"

// ForNextRound is the rows of a recipients list as a round that follows takes them over: without the column
// previous_id, which led to the round before.
func ForNextRound(rows [][]Cell) [][]Cell {
	at := -1
	var out [][]Cell
	for _, row := range rows {
		if at < 0 && !blankRow(row) {
			if at = slices.IndexFunc(row, func(c Cell) bool { return plain(c.Text) == previousID }); at < 0 {
				return rows
			}
		}
		if at >= 0 && at < len(row) {
			row = slices.Delete(slices.Clone(row), at, at+1)
		}
		out = append(out, row)
	}
	return out
}

// checkPrevious sees that no two recipients claim the same earlier one, for then one would get what is the
// other's.
func (p *listParser) checkPrevious(recipients []models.Recipient, cells map[string]Cell) {
	ids, claimed := map[string]string{}, map[string]string{}
	for _, rc := range recipients {
		if rc.PreviousID == "" {
			ids[foldName(rc.ID)] = rc.ID // who has another id now was not this one
		}
	}
	for _, rc := range recipients {
		if rc.PreviousID == "" {
			continue
		}
		cell, key := cells[rc.PreviousID], foldName(rc.PreviousID)
		switch {
		case claimed[key] != "":
			p.add(cell, "the previous id "+quote(rc.PreviousID)+" is given for "+claimed[key]+" and for "+rc.ID,
				"give it to the one whose answers and changes are to go on; the other begins anew")
		case ids[key] != "":
			p.add(cell, "the previous id "+quote(rc.PreviousID)+" is the id of another recipient of this list",
				"if that one is another organisation than before, give it a previous id too, such as none; else correct this one")
		}
		claimed[key] = rc.ID
	}
}
