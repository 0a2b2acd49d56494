package story_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/scoring/story"
)

// The profile has four topics of three criteria.
const (
	lowFirst  = "111 333 333 333" // topic 1 below its own middle, 3
	highFirst = "555 333 333 333"
	even      = "333 333 333 333"
	mixed     = "333 343 323 333" // topic 2 above, topic 3 below
	mixedBack = "333 323 343 333"
	blankable = "11- 333 333 333" // topic 1: 1, or 7/3 were the blank 5
	undone    = "2-- 333 333 333" // topic 1: 2, or 4 were the blanks 5
)

func TestRulesOfTopics(t *testing.T) {
	profile := profileTemplate(4)
	six := profileTemplate(8)
	far := strings.Repeat("333 ", 7)
	cases := []struct {
		name string
		given
		rule headlines.Rule
		want string
	}{
		// Of ten, 10 are needed with four topics looked at: 2·4·(1/2)^10 = 0.008, while 9 give 0.09.
		{"a topic low", given{lines: times(10, lowFirst)}, headlines.Result, "“Topic 1” stands low."},
		{"by how many", given{lines: times(10, lowFirst)}, headlines.InHalves, "10 of 10 organisations have “Topic 1” in the lower half of their own topics. The other 3 topics do not stand apart."},
		{"a topic high", given{lines: times(10, highFirst)}, headlines.Result, "“Topic 1” stands high."},
		{"nine returns", given{lines: times(9, lowFirst)}, headlines.Result, ""},
		{"nine of ten", given{lines: together(times(9, lowFirst), times(1, highFirst))}, headlines.Result, ""},
		{"blanks that do not undo it", given{lines: times(10, blankable)}, headlines.Result, "“Topic 1” stands low."},
		{"blanks that undo it", given{lines: times(10, undone)}, headlines.Result, ""},
		{"no topic apart", given{lines: together(times(6, mixed), times(6, mixedBack))}, headlines.Result, ""},
		// Eight of eight are enough, 2·4·(1/2)^8 = 0.03; seven of seven, without the copy, are not: 0.06.
		{"eight lean, four do not", given{lines: together(times(8, lowFirst), times(4, even))}, headlines.Result, "“Topic 1” stands low."},
		{"resting on a copied return", given{lines: together(times(8, lowFirst), times(4, even)), findings: copies(0, 1)}, headlines.Result, ""},
		{"with a copied return to spare", given{lines: times(12, lowFirst), findings: copies(0, 1)}, headlines.Result, "“Topic 1” stands low."},
		{"for outside, too few for medians", given{lines: together(times(9, lowFirst)), outside: true}, headlines.Result, ""},

		{"topic rose", given{lines: times(12, "444 333 333 333"), earlier: times(12, even)}, headlines.Change, "“Topic 1” rose in 12 of 12 organisations and fell in none."},
		{"topic fell", given{lines: together(times(11, "222 333 333 333"), times(1, "444 333 333 333")), earlier: times(12, even)}, headlines.Change, "“Topic 1” fell in 11 of 12 organisations and rose in 1."},
		{"topic rose in few", given{lines: together(times(11, "444 333 333 333"), times(12, even)), earlier: times(23, even)}, headlines.Change, "Since October 2026, no topic clearly rose or fell among the 23 organisations that returned both times. No topic moved by more than chance could bring."},
		{"topic rose in few, for outside", given{lines: together(times(11, "444 333 333 333"), times(12, even)), earlier: times(23, even), outside: true}, headlines.Change, ""},
		{"all rose but one, which fell", given{lines: times(12, "444 444 444 222"), earlier: times(12, even)}, headlines.Change, "“Topic 1” rose in 12 of 12 organisations and fell in none. Of the other topics, 2 rose as clearly, and 1 fell."},
		{"topic rose in nine", given{lines: times(9, "444 333 333 333"), earlier: times(9, even)}, headlines.Change, ""},

		// Eight topics of three: the first six criteria; more than twice an eighth of six is two or more, but four are asked.
		{"furthest all in two topics", given{template: six, lines: together(times(3, "222 222 "+strings.Repeat("333 ", 6)), times(3, "333 333 "+strings.Repeat("333 ", 6)))}, headlines.FurthestOff, "Furthest short of level 3: T1.1 “T1.1” (3 of 6 below it) and T1.2 “T1.2” (3 of 6 below it)."},
		{"furthest all in two topics, of four returns", given{template: six, lines: together(times(3, "222 222 "+strings.Repeat("333 ", 6)), times(1, "333 333 "+strings.Repeat("333 ", 6)))}, headlines.FurthestOff, ""},
		{"furthest all in two topics, for outside", given{template: six, lines: together(times(9, "222 222 "+strings.Repeat("333 ", 6)), times(9, "333 333 "+strings.Repeat("333 ", 6))), outside: true}, headlines.FurthestOff, ""},
		{"furthest, four of six", given{template: widened(), lines: together(times(4, "111122"+strings.Repeat("3", 22)), times(4, "333333"+strings.Repeat("3", 22)))}, headlines.FurthestOff, "4 of the six criteria furthest short of level 3 are in “Topic 1”, first “W1” (4 of 8 below it)."},
		{"fewer than six are short", given{template: six, lines: times(8, "222 "+far)}, headlines.FurthestOff, ""},

		{"targets", given{lines: times(6, even), target: 5}, headlines.Targets, "72 of 72 targets lie above the present level, in the middle organisation by 2.0 levels on average. In no topic is the gap clearly wider than in the others."},
		{"targets, widest", given{lines: times(10, lowFirst), target: 4}, headlines.Targets, "120 of 120 targets lie above the present level, in the middle organisation by 1.5 levels on average. The gap is widest in “Topic 1”."},
		{"no targets", given{lines: times(6, even)}, headlines.Targets, ""},

		{"outstanding", given{lines: together(in2(times(5, even), "Coast"), in2(times(4, "."), "Hills"), in2(times(3, even), "Hills"), in2(times(8, even), "Plain"))}, headlines.Caveat, "4 of 20 are outstanding, 4 of them in Hills."},
		{"few outstanding", given{lines: together(times(19, even), times(1, "."))}, headlines.Caveat, ""},
		{"outstanding everywhere", given{lines: together(in2(times(5, even), "Coast"), in2(times(2, "."), "Hills"), in2(times(2, "."), "Coast"), in2(times(8, even), "Plain"), in2(times(2, "."), "Plain"))}, headlines.Caveat, "6 of 19 are outstanding."},

		{"a group on a topic", given{lines: together(in2(times(9, highFirst), "Coast"), in2(times(9, lowFirst), "Hills"))}, headlines.Group, "“Coast” stands higher in “Topic 1”: 9 of its 9 organisations score 5.00 or more there, of the 9 others 0."},
		{"a group on a topic, between the levels", given{lines: together(in2(together(times(8, "112 333 333 333"), times(1, "333 333 333 333")), "Coast"), in2(together(times(8, "223 333 333 333"), times(1, "112 333 333 333")), "Hills"))}, headlines.Group, "“Coast” stands lower in “Topic 1”: 8 of its 9 organisations score 1.33 or less there, of the 9 others 1."},
	}
	for _, c := range cases {
		if c.template == nil {
			c.template = profile
		}
		check(t, c.name, c.story(t), c.rule, c.want)
	}
}

// A method whose score is the lowest level says which criterion keeps most of those at a level there.
func TestLowestCriterionHoldsBack(t *testing.T) {
	weakest := profileTemplate(2)
	weakest.Scoring.Method = "weakest"
	for _, c := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"one criterion", together(times(6, "133 333"), times(2, "313 333"), times(3, "333 333")), "6 of the 8 at level 1 are kept from level 2 by T1.1 “T1.1”."},
		{"blanks may come as near", together(times(5, "133 333"), times(5, "-13 333")), "5 of the 10 at level 1 are kept from level 2 by each of T1.1 “T1.1” and T1.2 “T1.2”."},
		{"were the blank the lowest, level 2 is 1", together(times(6, "233 33-"), times(2, "323 333")), ""},
		{"four alike", times(6, "111 133"), ""},
		{"four returns", times(4, "133 333"), ""},
		{"all at the top", times(8, "555 555"), ""},
	} {
		check(t, c.name, given{template: weakest, lines: c.lines}.story(t), headlines.HoldsBack, c.want)
	}
	check(t, "for outside", given{template: weakest, lines: together(times(12, "133 333"), times(12, "333 333")), outside: true}.story(t), headlines.HoldsBack, "")
}

// widened has the first topic with four criteria, W1 to W4, and eight of three.
func widened() *models.Template {
	t := profileTemplate(9)
	var list []models.Criterion
	for _, ref := range []string{"W1", "W2", "W3", "W4"} {
		list = append(list, models.Criterion{Ref: ref, Topic: "T1", Subject: ref})
	}
	for _, c := range t.Criteria {
		if c.Topic != "T1" {
			list = append(list, c)
		}
	}
	t.Criteria = list
	return t
}

func copies(members ...int) []models.Finding {
	var out []models.Finding
	for _, m := range members {
		out = append(out, models.Finding{Code: models.CopiedReturn, Recipient: []string{"00", "01"}[m]})
	}
	return out
}

// What leaves the office never says more than the office is told, names nobody, and has nothing of single returns.
func TestNothingOfTheOfficeLeavesIt(t *testing.T) {
	g := given{template: ladderTemplate(), lines: together(times(6, lacksA), times(6, atOne), times(6, atThree), times(3, lacksTop)), earlier: together(times(9, lacksA), times(12, atOne)), outside: true}
	g.lines = in2(g.lines, "Coast")
	s := g.story(t)
	c := s.Charts
	if len(c.Up)+len(c.Down)+len(c.Open)+len(c.Ways)+len(c.Lacking)+len(c.Missing) > 0 {
		t.Errorf("charts for outside have %+v", c)
	}
	for _, l := range c.Levels {
		if l.Up+l.Down+l.UpOpen+l.DownOpen+l.New > 0 {
			t.Errorf("level %d says who moved: %+v", l.Number, l)
		}
	}
	f := g.facts(t)
	group := f.Group(in(g, "en"), story.Outside, "region", "Coast")
	for _, rule := range []headlines.Rule{headlines.HoldsBack, headlines.Near, headlines.Change, headlines.Group, headlines.InHalves} {
		if x := group.Item(rule); x != nil {
			t.Errorf("a group's page for outside says %q, which the disclosure has no figures of", x.Text)
		}
	}
}

// A story is told in the language asked for, and its digest is the same in every language and another for other figures.
func TestLanguages(t *testing.T) {
	g := given{template: ladderTemplate(), lines: times(7, lacksA)}
	f := g.facts(t)
	en, es := f.Round(in(g, "en"), story.Office), f.Round(in(g, "es"), story.Office)
	if want := "7 de 7 organizaciones están en el nivel 2"; es.Items[0].Text != want {
		t.Errorf("said %q, want %q", es.Items[0].Text, want)
	}
	g.lines = times(8, lacksA)
	if other := g.story(t); en.Digest != es.Digest || en.Digest == other.Digest || en.Digest == "" {
		t.Errorf("digests %q, %q and of other figures %q", en.Digest, es.Digest, other.Digest)
	}
}

// The weights: three steps or fewer count 1, five 3/5.
func TestPriorities(t *testing.T) {
	g := given{template: ladderTemplate(), lines: together(times(2, lacksA), times(3, lacksTop))}
	c := g.story(t).Charts
	if len(c.Held) != 2 || c.Held[0].Topic != "L2" || c.Held[0].Weight != 2 || c.Held[0].Near != 2 || c.Held[1].Topic != "L3" || c.Held[1].Far != 3 {
		t.Errorf("held back by %+v", c.Held)
	}
	if d := c.Held[1].Weight - 3*0.6; d > 1e-9 || d < -1e-9 {
		t.Errorf("three at five steps weigh %v, want 1.8", c.Held[1].Weight)
	}
	// L2's statements are a third short, those of level 3 whole: 2·1/3 each against 3·0.6·1.
	if len(c.Lacking) != 6 || c.Lacking[0].Ref != "L3-A-1" || c.Lacking[0].Kept != 3 || c.Lacking[3].Ref != "L2-A-1" || c.Lacking[3].Near != 2 {
		t.Errorf("lacking: %+v", c.Lacking)
	}
	if i := slices.IndexFunc(c.Ways, func(w headlines.Way) bool { return w.From == 2 }); i < 0 || c.Ways[i].Counts != [4]int{2, 3, 0, 0} {
		t.Errorf("ways: %+v", c.Ways)
	}
}

// A topic that stands apart only as long as the doubtful returns count is not named, and the chart says why.
func TestTopicsInDoubt(t *testing.T) {
	for _, c := range []struct {
		name string
		given
		want int // doubtful returns that are named
	}{
		{"resting on a copied return", given{lines: together(times(8, lowFirst), times(4, even)), findings: copies(0, 1)}, 1},
		{"without a doubt", given{lines: together(times(8, lowFirst), times(4, even))}, 0},
		{"none apart either way", given{lines: together(times(6, mixed), times(6, mixedBack)), findings: copies(0, 1)}, 0},
		{"for outside", given{lines: together(times(8, lowFirst), times(4, even)), findings: copies(0, 1), outside: true}, 0},
	} {
		c.template = profileTemplate(4)
		if got := c.story(t).Charts.Doubtful; got != c.want {
			t.Errorf("%s: %d in doubt, want %d", c.name, got, c.want)
		}
	}
}
