package views_test

import (
	"fmt"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/views"
)

// A blank agrees with nothing; a median of two lies between them; two of one role are called by their names too; withheld,
// nobody is called anything, and the order is not that of the list.
func TestWhatViewsSay(t *testing.T) {
	at, tm := models.At, fourCriteria()
	list := []views.View{view("Zoe", "Teacher", at(2), at(1), models.Blank(), at(4)), view("Ann", "Teacher", at(2), at(4), at(1), at(4))}
	side := views.Side(tm, list)
	got := ""
	for i := range side {
		x, ok := side[i].Agrees()
		got += fmt.Sprintf("%s %v %v %s; ", side[i].Ref, x, ok, side[i].Middle(tm))
	}
	if got != "1 2 true 2; 2  false 2–3; 3  false 1; 4 4 true 4; " {
		t.Errorf("%s", got)
	}
	if names := fmt.Sprint(views.Names(list, false)); names != "[Zoe (Teacher) Ann (Teacher)]" {
		t.Error(names)
	}
	shown := views.Shown(list, true)
	if fmt.Sprint(views.Names(shown, true)) != "[ ]" || shown[0].Part.Name != "Ann" || list[0].Part.Name != "Zoe" {
		t.Error("withheld, the order is that of the list, or somebody is named")
	}
	if views.SameInAll(side) {
		t.Error("views that differ are the same")
	}
	same := []views.View{view("A", "", at(1), at(2), models.Blank(), at(3)), view("B", "", at(1), at(2), models.Blank(), at(3))}
	if !views.SameInAll(views.Side(tm, same)) {
		t.Error("two that say the same, blanks included, are not")
	}
	same[1].Answers[0].Target.Value = at(3)
	if views.SameInAll(views.Side(tm, same)) {
		t.Error("another target is the same")
	}
}

// A consensus workbook knows the views that it was made of: as they are, an earlier form of one, and not another's.
func TestSources(t *testing.T) {
	made := view("Ann", "Head", models.At(1))
	made.Digest = "0123456789abcdef"
	sources := views.Sources([]views.View{made})
	other, later := view("Ben", "Head"), made
	other.Digest, later.Digest = made.Digest, "fedcba9876543210"
	for _, c := range []struct {
		v               views.View
		asItIs, earlier bool
	}{{made, true, false}, {later, false, true}, {other, false, false}} {
		if a, e := views.In(sources, c.v); a != c.asItIs || e != c.earlier {
			t.Errorf("%s %s: %v %v", c.v.Part.Name, c.v.Digest, a, e)
		}
	}
}
