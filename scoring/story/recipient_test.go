package story_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
)

// Each line says what a recipient is told, sentence by sentence.
func TestRecipient(t *testing.T) {
	ladder, profile, advised := ladderTemplate(), profileTemplate(4), ladderTemplate()
	advised.Advice = []models.Advice{{Ref: "A1", Level: 2, Text: "Write it down."}}
	with := func(own string, others ...[]string) []string {
		return together(append([][]string{{own}}, others...)...)
	}
	cases := []struct {
		name string
		given
		want []string
	}{
		{"fell a level", given{template: ladder, lines: with("FF LLL FFF FFF 0", times(9, "FF FFF FFF NNN 0"), times(3, "FF NNN NNN NNN 0")), earlier: times(13, "FF FFF FFF FFF 0")}, []string{
			"Level 2 – Two: one level lower than last time.",
			"Level 3 asks for over 85% in every section of the levels below, and for over 50% in its own. One falls short: “Activities” of level 2 (100% last time, 67% now; over 85% is asked). 100% is every statement of a section fully in place.",
			"2 steps bring level 3 back: 2 in “Activities” of level 2. A step is one statement rated one higher.",
			"To do first: L2-A-1 “L2-A-1” (now L – Largely in place) and L2-A-2 “L2-A-2” (now L – Largely in place).",
			"3 statements are rated lower than last time, none higher. In the sections that keep level 3 away, 3 fell."}},
		{"two up and one down, where nothing is decided", given{template: ladder, lines: with("FF FFF FFF NNN 0"), earlier: with("FL FLF FFF NNP 0")}, []string{
			"Level 2 – Two: one level higher than last time.",
			"Level 3 asks for over 85% in every section of the levels below, and for over 50% in its own. One falls short: “Activities” of level 3 (11% last time, 0% now; over 50% is asked). 100% is every statement of a section fully in place.",
			"5 steps bring level 3: 5 in “Activities” of level 3. A step is one statement rated one higher.",
			"To do first: L3-A-1 “L3-A-1” (now N – Not in place) and L3-A-2 “L3-A-2” (now N – Not in place).",
			"2 statements are rated higher than last time and 1 lower. In the sections that keep level 3 away, one fell."}},
		{"one up, and the nearer of two sections first", given{template: advised, lines: with("FF LLL FFN FFF 0"), earlier: with("FF LLL FFN FFL 0")}, []string{
			"Level 2 – Two: the same as last time.",
			"Level 3 asks for over 85% in every section of the levels below, and for over 50% in its own. 2 fall short: “Activities” of level 2 (67%; over 85% is asked) and “Evidence” of level 2 (67%; over 85% is asked). 100% is every statement of a section fully in place.",
			"4 steps bring level 3: 2 in “Activities” of level 2 and 2 in “Evidence” of level 2. A step is one statement rated one higher.",
			"To do first: L2-A-1 “L2-A-1” (now L – Largely in place) and L2-A-2 “L2-A-2” (now L – Largely in place). The model's first advice at level 2: “Write it down”.",
			"One statement is rated higher than last time, none lower."}},
		{"nothing to move but a blank section", given{template: ladder, lines: with("FF FFF FFF --- 0")}, []string{
			"Level 2 – Two. With the blanks answered it could be 2 to 3.",
			"Level 3 asks for over 85% in every section of the levels below, and for over 50% in its own. One falls short: “Activities” of level 3.",
			"5 steps bring level 3: 5 in “Activities” of level 3. A step is one statement rated one higher.",
			"To do first: L3-A-1 “L3-A-1” (not answered) and L3-A-2 “L3-A-2” (not answered)."}},
		{"first time, with a blank and a symptom", given{template: ladder, lines: with("FF FF- FFF FFF 1", times(2, "FF FFF FFF NNN 0"))}, []string{
			"Level 3 – Three. With the blanks answered it could be 2 to 3.", "Still true: “Nobody is in charge”."}},
		{"at the top", given{template: ladder, lines: with("FF FFF FFF FFF 0")}, []string{"Level 3 – Three. It is the highest level: what matters now is to stay there."}},
		{"a topic apart", given{template: profile, lines: with("111 444 445 454")}, []string{
			"“Topic 1” stands below your other topics. Its 3 criteria stand at 1.00 on average, those of your other topics at 4.22.",
			"To do first: T1.1 “T1.1” (now 1 – Level 1) and T1.2 “T1.2” (now 1 – Level 1)."}},
		{"a topic apart unless blanks undo it", given{template: profile, lines: with("1-- 444 445 454")}, []string{"Your topics do not stand apart from one another.",
			"To do first: T1.1 “T1.1” (now 1 – Level 1) and T2.1 “T2.1” (now 4 – Level 4)."}},
		{"topics alike", given{template: profile, lines: with("343 434 333 444")}, []string{"Your topics do not stand apart from one another.",
			"To do first: T1.1 “T1.1” (now 3 – Level 3) and T2.2 “T2.2” (now 3 – Level 3)."}},
		{"all at the top of every scale", given{template: profile, lines: with("555 555 555 555")}, []string{"Your topics do not stand apart from one another."}},
		{"targets", given{template: profile, lines: with("343 434 333 444"), target: 4}, []string{
			"Your topics do not stand apart from one another.",
			"To do first: T1.1 “T1.1” (now 3 – Level 3; target 4 – Level 4) and T2.2 “T2.2” (now 3 – Level 3; target 4 – Level 4).", "6 of your 12 targets lie above where you stand, by 0.5 levels on average."}},
		{"a topic rose", given{template: profile, lines: with("444 434 333 343"), earlier: with("333 434 333 343")}, []string{
			"Your topics do not stand apart from one another.",
			"To do first: T2.2 “T2.2” (now 3 – Level 3) and T3.1 “T3.1” (now 3 – Level 3).", "“Topic 1” rose since last time: 3 criteria stand higher, none lower."}},
		{"nothing answered", given{template: profile, lines: with("--- --- --- ---")}, nil},
	}
	for _, c := range cases {
		s, err := c.facts(t).Recipient(in(c.given, "en"), 0)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, x := range s.Items {
			got = append(got, x.Sentence())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: said\n%q, want\n%q", c.name, got, c.want)
		}
	}
}

// Beside the middle half of all returns: a direction in which no topic stands is said by a word. Of 40 others each topic has
// quartiles of 2 and 4; three criteria of 1 lie a third of a level and more below, of 5 above.
func TestBesideTheMiddleHalf(t *testing.T) {
	var others []string
	for i := range 40 {
		line := ""
		for k := range 4 {
			line += fmt.Sprintf(" %s", []string{"222", "333", "444"}[(i+k*7+i/3)%3])
		}
		others = append(others, line)
	}
	for _, c := range []struct{ own, want string }{
		{"555 111 333 333", "You stand clearly above the middle half of all 41 returns in 1 of 4 topics, and below it in 1."},
		{"555 555 333 333", "You stand clearly above the middle half of all 41 returns in 2 of 4 topics, and below it in none."},
		{"333 333 333 111", "You stand clearly below the middle half of all 41 returns in 1 of 4 topics, and above it in none."},
		{"333 343 333 333", "In none of 4 topics do you stand clearly above or below the middle half of all 41 returns."},
	} {
		g := given{template: profileTemplate(4), lines: together([]string{c.own}, others)}
		s, err := g.facts(t).Recipient(in(g, "en"), 0)
		if err != nil {
			t.Fatal(err)
		}
		x := s.Item(headlines.Beside)
		if x == nil || (headlines.Item{Text: x.Text}).Sentence() != c.want {
			t.Errorf("%s: said %+v, want %q", c.own, x, c.want)
		}
	}
}
