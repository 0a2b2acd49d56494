package story_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/scoring/disclosure"
	"github.com/rubric-project/rubric/scoring/story"
	"github.com/rubric-project/rubric/words"
)

// A round is written as one line for each recipient: the answers of each section, N, P, L, F or the number of a level, -
// for a blank, x for not applicable; then, where the line has one, the region after a slash. A line that is only "." has
// not returned.

func number(n int) *int { return &n }

// ladderTemplate has level 1 with two statements, level 2 with the sections A and B of three each, level 3 with three, and
// a symptom.
func ladderTemplate() *models.Template {
	t := &models.Template{ID: "ladder", Title: "Ladder", Language: "en", Scoring: models.Scoring{Method: "staged"},
		Levels: []models.Level{{Number: 1, Name: "One"}, {Number: 2, Name: "Two"}, {Number: 3, Name: "Three"}},
		Themes: []models.Theme{{ID: "A", Name: "Activities"}, {ID: "B", Name: "Evidence"}},
		Topics: []models.Topic{{ID: "L1", Name: "Level 1", Level: number(1)}, {ID: "L2", Name: "Level 2", Level: number(2)}, {ID: "L3", Name: "Level 3", Level: number(3)}}}
	add := func(topic, theme string, n int) {
		for i := range n {
			ref := fmt.Sprintf("%s-%s-%d", topic, theme, i+1)
			t.Criteria = append(t.Criteria, models.Criterion{Ref: ref, Topic: topic, Theme: theme, Kind: models.KindStatement, Subject: ref, Statement: ref})
		}
	}
	add("L1", "A", 2)
	add("L2", "A", 3)
	add("L2", "B", 3)
	add("L3", "A", 3)
	t.Criteria = append(t.Criteria, models.Criterion{Ref: "S", Topic: "L1", Kind: models.KindSymptom, Subject: "S", Statement: "Nobody is in charge"})
	return t
}

// profileTemplate has topics T1 to Tn of three criteria each on levels 1 to 5, with targets.
func profileTemplate(topics int) *models.Template {
	t := &models.Template{ID: "profile", Title: "Profile", Language: "en", Scoring: models.Scoring{Method: "profile"}, Answers: models.AnswerRules{Targets: true}}
	for k := 1; k <= 5; k++ {
		t.Levels = append(t.Levels, models.Level{Number: k, Name: fmt.Sprint("Level ", k)})
	}
	for i := range topics {
		id := fmt.Sprint("T", i+1)
		t.Topics = append(t.Topics, models.Topic{ID: id, Name: "Topic " + fmt.Sprint(i+1)})
		for k := range 3 {
			t.Criteria = append(t.Criteria, models.Criterion{Ref: fmt.Sprintf("%s.%d", id, k+1), Topic: id, Subject: fmt.Sprintf("%s.%d", id, k+1)})
		}
	}
	return t
}

func choice(r rune) models.Choice {
	switch {
	case r == '-':
		return models.Blank()
	case r == 'x':
		return models.NotApplicable()
	case strings.ContainsRune("NPLF", r):
		return models.At(strings.IndexRune("NPLF", r))
	}
	return models.At(int(r - '0'))
}

func members(t *models.Template, lines []string, target int) []models.Member {
	var out []models.Member
	for i, line := range lines {
		answers, region, _ := strings.Cut(line, "/")
		m := models.Member{Recipient: models.Recipient{ID: fmt.Sprintf("%02d", i), Name: fmt.Sprint("School ", i), Groups: map[string]string{"region": region}}}
		if answers = strings.ReplaceAll(answers, " ", ""); answers != "." {
			m.Return = &models.Return{}
			var list []models.Answer
			for k, r := range answers {
				a := models.Answer{Ref: t.Criteria[k].Ref}
				a.Level.Value = choice(r)
				if target > 0 {
					a.Target.Value = models.At(target)
				}
				list = append(list, a)
			}
			m.Return.SetAnswers(list)
			card := scoring.NewScorer(t, t.Scoring).Card(m.Recipient, list)
			m.Scorecard = &card
		}
		out = append(out, m)
	}
	return out
}

type given struct {
	template *models.Template
	lines    []string
	earlier  []string
	target   int
	findings []models.Finding
	outside  bool
}

func (g given) facts(t *testing.T) *story.Facts {
	t.Helper()
	list := members(g.template, g.lines, g.target)
	rd := &models.Round{ID: "r", Title: "R", Language: "en", Groups: []string{"region"}}
	r := models.Results{Round: rd, Template: g.template, Members: list, Findings: g.findings, Consolidation: scoring.Consolidate(g.template, g.template.Scoring, rd.Groups, list)}
	if g.earlier != nil {
		c := scoring.Compare(g.template.Scoring, scoring.Side{Template: g.template, Members: members(g.template, g.earlier, 0)}, scoring.Side{Template: g.template, Members: list}, nil)
		r.Comparison, r.Earlier = &c, "Before"
	}
	d, err := disclosure.New(disclosure.Input{Template: g.template, Scoring: g.template.Scoring, Groups: rd.Groups, Minimum: 5, Members: list})
	if err != nil {
		t.Fatal(err)
	}
	r.Disclosure = d
	due, _ := models.ParseDate("2026-10-30")
	f, err := story.Gather(story.Input{Results: models.NewResults(r), Earlier: due})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func in(g given, lang string) story.In {
	w, _ := words.For(lang)
	return story.In{Words: w, Template: g.template.In(lang)}
}

func (g given) story(t *testing.T) headlines.Story {
	reader := story.Office
	if g.outside {
		reader = story.Outside
	}
	return g.facts(t).Round(in(g, "en"), reader)
}

func times(n int, line string) []string {
	var out []string
	for range n {
		out = append(out, line)
	}
	return out
}

func together(lists ...[]string) []string {
	var out []string
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

// Recipients of the ladder by where they stand. Section A or B of level 2 is to be rated F, which is over 85 %, for level
// 3: with three statements of L (6 of 9) two steps are missing, 7·9 = 63 < 85·... as ⌊9·0.85⌋+1 = 8. Level 3's own section
// has to be L, which is over 50 %: ⌊9·0.5⌋+1 = 5 of 9.
const (
	atOne     = "FF NNN NNN NNN N" // five steps in A and five in B to L
	lacksA    = "FF LLL FFF FFF N" // level 2, two steps in A
	lacksB    = "FF FFF LLL FFF N" // level 2, two steps in B
	lacksTop  = "FF FFF FFF NNN N" // level 2, five steps in level 3
	perhapsA  = "FF FF- FFF FFF N" // level 3, or 2 were the blank N
	atThree   = "FF FFF FFF FFF N"
	saysStill = "FF FFF FFF NNN 1"
)

func TestRules(t *testing.T) {
	ladder := ladderTemplate()
	rated := func(lists ...[]string) []string { // the symptom is answered No
		out := together(lists...)
		for i, l := range out {
			if strings.HasSuffix(l, " N") {
				out[i] = strings.TrimSuffix(l, "N") + "0"
			}
		}
		return out
	}
	missing := times(2, ".")
	cases := []struct {
		name string
		given
		rule headlines.Rule
		want string // "" where nothing may be said
	}{
		{"levels", given{lines: rated(times(6, lacksA), times(3, atOne), times(1, atThree))}, headlines.Result, "6 of 10 organisations stand at level 2; 3 at level 1 and 1 at level 3."},
		{"levels, as many", given{lines: rated(times(4, lacksA), times(4, atOne))}, headlines.Result, "4 of 8 organisations stand at level 1, as many at level 2."},
		{"levels, blanks", given{lines: rated(times(3, lacksA), times(2, perhapsA), times(1, "."))}, headlines.Result, "3 of 5 organisations stand at level 2; 2 at level 3. Blank answers could move 2 of them."},
		{"levels for outside, enough", given{lines: rated(times(6, lacksA), times(3, atOne)), outside: true}, headlines.Result, "6 of 9 organisations stand at level 2; 3 at level 1."},
		{"levels for outside, too few", given{lines: rated(times(3, lacksA), times(2, atOne)), outside: true}, headlines.Result, ""},
		{"levels for outside, all but one alike", given{lines: rated(times(8, lacksA), times(1, atOne)), outside: true}, headlines.Result, ""},

		{"change", given{lines: rated(times(3, atThree), times(2, atOne), times(2, lacksA)), earlier: rated(times(5, lacksA), times(2, lacksA))}, headlines.Change, "Since October 2026, 3 of 7 organisations rose a level, 2 fell, 2 stayed."},
		{"change that blanks undo", given{lines: rated(times(3, atThree), times(1, perhapsA), times(2, lacksA)), earlier: rated(times(6, lacksA))}, headlines.Change, "Since October 2026, 3 of 6 organisations rose a level, 0 fell, 2 stayed. One more moved, unless blank answers undo it."},
		{"change of four", given{lines: rated(times(4, atThree)), earlier: rated(times(4, lacksA))}, headlines.Change, ""},
		{"no earlier round", given{lines: rated(times(9, atThree))}, headlines.Change, ""},
		{"change for outside, all alike", given{lines: rated(times(9, atThree)), earlier: rated(times(9, lacksA)), outside: true}, headlines.Change, ""},

		{"change for outside", given{lines: together(rated(times(4, atThree)), times(4, "NF NNN NNN NNN 0"), times(4, "FN NNN NNN NNN 1")), earlier: together(rated(times(4, lacksA)), times(4, "NF NNN NNN NNN 0"), rated(times(4, lacksA))), outside: true}, headlines.Change, "Since October 2026, 4 of 12 organisations rose a level, 4 fell, 4 stayed."},

		{"held back", given{lines: rated(times(5, lacksA), times(2, lacksTop))}, headlines.HoldsBack, "5 of the 7 at level 2 are kept from level 3 by “Activities” of level 2; for 5 of them nothing else is missing. At all levels together, L2-A-1 “L2-A-1” would help most: 5 of those kept back lack it."},
		{"held back by each of two", given{lines: rated(times(4, lacksA), times(4, lacksB))}, headlines.HoldsBack, "4 of the 8 at level 2 are kept from level 3 by each of “Activities” of level 2 and “Evidence” of level 2."},
		{"held back, four", given{lines: rated(times(4, lacksA))}, headlines.HoldsBack, ""},
		{"held back, blanks could lift them", given{lines: times(5, "FF L-- FFF FFF 0")}, headlines.HoldsBack, ""},
		{"held back for outside, all", given{lines: rated(times(9, lacksA), times(3, atOne)), outside: true}, headlines.HoldsBack, ""},

		{"near", given{lines: rated(times(3, lacksA), times(4, lacksTop))}, headlines.Near, "3 of the 7 with a level to reach are three steps or fewer away. A step is one statement rated one higher."},
		{"near, one", given{lines: rated(times(1, lacksA), times(6, lacksTop))}, headlines.Near, "One of the 7 with a level to reach is three steps or fewer away. A step is one statement rated one higher."},
		{"near at least", given{lines: together(rated(times(2, lacksA), times(4, lacksTop)), []string{"FF LLL FFF L-- 0"})}, headlines.Near, "At least 2 of the 7 with a level to reach are three steps or fewer away. A step is one statement rated one higher."},
		{"nobody near", given{lines: rated(times(7, lacksTop))}, headlines.Near, ""},

		{"risk", given{lines: together(rated(times(5, lacksTop)), times(5, saysStill))}, headlines.Risk, "5 of 10 say that this is still true: “Nobody is in charge”."},
		{"risk of four", given{lines: together(rated(times(5, lacksTop)), times(4, saysStill))}, headlines.Risk, ""},
		{"risk under a quarter", given{lines: together(rated(times(16, lacksTop)), times(5, saysStill))}, headlines.Risk, ""},

		{"certain", given{lines: together(rated(times(5, lacksA), times(1, atOne)), missing)}, headlines.Caveat, "Whatever the 2 still outstanding say, level 2 stays the most common."},
		{"not certain", given{lines: together(rated(times(5, lacksA), times(4, atOne)), missing)}, headlines.Caveat, "2 of 11 are outstanding; they could change which level is the most common."},
		{"nothing outstanding", given{lines: rated(times(9, lacksA))}, headlines.Caveat, ""},
		{"copied", given{lines: rated(times(9, lacksA)), findings: []models.Finding{{Code: models.CopiedReturn, Recipient: "01"}, {Code: models.CopiedReturn, Recipient: "04"}}}, headlines.Caveat, "Returns of different organisations are the same word for word (01, 04): ask these before you quote a figure."},
		{"copied, for outside", given{lines: rated(times(6, lacksA), times(3, atOne)), outside: true, findings: []models.Finding{{Code: models.CopiedReturn, Recipient: "01"}, {Code: models.CopiedReturn, Recipient: "04"}}}, headlines.Caveat, ""},
		{"much blank", given{lines: together(rated(times(7, lacksA)), times(2, "-- L-- FFF FFF 0"))}, headlines.Caveat, "2 of 9 returns leave over a fifth blank."},

		{"a group stands apart", given{lines: together(in2(rated(times(9, atThree)), "Coast"), in2(rated(times(9, atOne)), "Hills"))}, headlines.Group, "“Coast” stands higher: 9 of its 9 organisations are at level 3 or above, of the 9 others 0."},
		{"a group stands lower", given{lines: together(in2(rated(times(9, lacksA)), "Coast"), in2(rated(times(8, atThree), times(2, lacksA)), "Hills"), in2(rated(times(2, atThree)), "Plain"))}, headlines.Group, "“Coast” stands lower: 9 of its 9 organisations are at level 2 or below, of the 12 others 2."},
		{"a group, as the blanks may be", given{lines: together(in2(rated(times(8, atThree), times(1, perhapsA)), "Coast"), in2(rated(times(8, atOne), times(1, "FF FFF FFF P-- N")), "Hills"))}, headlines.Group, "“Coast” stands higher: at least 8 of its 9 organisations are at level 3 or above, of the 9 others at most 1."},
		{"a group that is too small", given{lines: together(in2(rated(times(4, atThree)), "Coast"), in2(rated(times(14, atOne)), "Hills"))}, headlines.Group, ""},
		{"groups alike", given{lines: together(in2(rated(times(5, atThree), times(4, atOne)), "Coast"), in2(rated(times(4, atThree), times(5, atOne)), "Hills"))}, headlines.Group, ""},
		{"a group for outside", given{lines: together(in2(rated(times(9, atThree)), "Coast"), in2(rated(times(9, atOne)), "Hills")), outside: true}, headlines.Group, ""},
		{"response", given{lines: times(3, ".")}, headlines.Response, "0 of 3 organisations have returned their assessment (0%)."},
	}
	for _, c := range cases {
		if c.template == nil {
			c.template = ladder
		}
		check(t, c.name, c.story(t), c.rule, c.want)
	}
}

func in2(lines []string, region string) []string {
	var out []string
	for _, l := range lines {
		out = append(out, l+"/"+region)
	}
	return out
}

func check(t *testing.T, name string, s headlines.Story, rule headlines.Rule, want string) {
	t.Helper()
	got := ""
	if x := s.Item(rule); x != nil {
		got = x.Sentence()
		if len(x.Figures) == 0 && x.Text != "" && strings.ContainsAny(x.Text, "0123456789") {
			t.Errorf("%s: no figures behind %q", name, got)
		}
	}
	if got != want {
		t.Errorf("%s: said %q, want %q", name, got, want)
	}
	if len(s.Items) > headlines.Most {
		t.Errorf("%s: %d items", name, len(s.Items))
	}
}
