package templates_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
)

// Any template that keeps the rules survives Encode and Load unchanged, whatever its texts hold.
func TestRandomTemplatesSurviveEncode(t *testing.T) {
	for seed := range uint64(300) {
		x := randomExtras(rand.New(rand.NewPCG(seed, 7)))
		var b bytes.Buffer
		if err := templates.Encode(&b, x); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		text := b.String()
		again, err := templates.Load("random.yaml", &b)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		if !reflect.DeepEqual(x, again) {
			t.Fatalf("seed %d: differs after Encode and Load:\n%s", seed, text)
		}
	}
}

// awkward are texts that YAML readers are known to change.
var awkward = []string{"1.10", "no", "0123", "null", "~", "1e3", "2026-11-22", "0x1F", "true", "=1+2", "a: b", "# x", "- x", "x #y",
	"'", `"`, `\`, "%", "@", "`", "&a", "*a", "!t", "[x", "{x", "|", ">", "?", "12:30:45", "1_000", ".5", "+", "ŷ Cymraeg", "日本語", "🙂",
	"a  b", "e\u0301", "\u00a0x", "\u2028x", "x\u200b", "\ufeffx", "—", "y", "<<"}

// randomText is a text of up to most characters without spaces at its ends; each call gives another one.
func randomText(r *rand.Rand, most int, lines bool) string {
	parts := []string{awkward[r.IntN(len(awkward))], fmt.Sprint(r.Uint32())}
	for r.IntN(3) > 0 {
		parts = append(parts, awkward[r.IntN(len(awkward))])
	}
	sep := " "
	if lines && r.IntN(4) == 0 {
		sep = "\n"
	}
	text := []rune(strings.Join(parts, sep))
	if len(text) > most {
		text = text[:most]
	}
	return strings.TrimSpace(string(text))
}

func randomTemplate(r *rand.Rand) *models.Template {
	text := func(most int) string { return randomText(r, most, false) }
	long := func(most int) string { return randomText(r, most, true) }
	maybe := func(s string) string {
		if r.IntN(2) == 0 {
			return ""
		}
		return s
	}
	x := &models.Template{
		ID: fmt.Sprintf("t-%d", r.IntN(1000)), Version: text(20), Title: text(120), Publisher: text(200), Source: text(300),
		Licence: long(300), Wording: maybe(long(300)), Language: []string{"en-GB", "cy", "es-US", "ja"}[r.IntN(4)],
	}
	first := r.IntN(2)
	for i := range 2 + r.IntN(9) {
		x.Levels = append(x.Levels, models.Level{Number: first + i, Name: text(60), AltName: maybe(text(60)), Meaning: long(200)})
	}
	staged := r.IntN(3) == 0
	for i := range 1 + r.IntN(3) {
		x.Themes = append(x.Themes, models.Theme{ID: []string{"no", "K_1", "0.10"}[i], Name: text(80), Summary: maybe(long(100))})
	}
	for i := range 1 + r.IntN(4) {
		x.Topics = append(x.Topics, models.Topic{ID: []string{"1.0", "010", "y", "null"}[i], Name: text(120), Summary: maybe(long(100))})
	}
	x.Scoring.Method = []models.Method{models.MethodProfile, models.MethodWeakest, models.MethodMean}[r.IntN(3)]
	if x.Scoring.Method == models.MethodMean {
		x.Scoring.Mean = []string{"", models.AverageOfAverages, models.AllCriteria}[r.IntN(3)]
	}
	if staged {
		x.Scoring = models.Scoring{Method: models.MethodStaged}
		x.Themes[0].GatesNextLevel = true
		x.Topics = nil
		for i, l := range x.Levels {
			n := l.Number
			x.Topics = append(x.Topics, models.Topic{ID: fmt.Sprintf("L%d", i), Name: text(120), Level: &n})
		}
	}
	x.Answers.NotApplicable = r.IntN(2) == 0
	x.Answers.CommentRequired.NotApplicable = x.Answers.NotApplicable && r.IntN(2) == 0
	if from := r.IntN(3); from > 0 {
		x.Answers.EvidenceRequired.FromLevel = &from
		if from > x.Levels[len(x.Levels)-1].Number {
			x.Answers.EvidenceRequired.FromLevel = nil
		}
	}
	for i := range max(len(x.Topics), len(x.Themes)) + r.IntN(5) {
		c := models.Criterion{Ref: fmt.Sprintf("%d.%d0", r.IntN(3), i), Topic: x.Topics[i%len(x.Topics)].ID, Subject: text(120)}
		if th := x.Themes[i%len(x.Themes)]; !staged || i < len(x.Themes) && i > 0 || i >= len(x.Topics) {
			c.Theme = th.ID
		}
		if r.IntN(3) == 0 {
			c.Weight = float64(1+r.IntN(1_000_000)) / 1000
		}
		if staged {
			c.Kind, c.Statement = models.KindStatement, long(400)
		} else {
			c.Descriptors = map[int]string{}
			for _, l := range x.Levels {
				c.Descriptors[l.Number] = long(400)
			}
		}
		x.Criteria = append(x.Criteria, c)
	}
	if staged { // each theme and each level is used
		for _, th := range x.Themes {
			x.Criteria = append(x.Criteria, models.Criterion{Ref: "T" + th.ID, Topic: x.Topics[0].ID, Theme: th.ID, Kind: models.KindStatement,
				Subject: text(120), Statement: long(300)})
		}
		for _, tp := range x.Topics {
			x.Criteria = append(x.Criteria, models.Criterion{Ref: "S" + tp.ID, Topic: tp.ID, Kind: models.KindStatement, Subject: text(120), Statement: long(300)})
		}
	}
	for i := range r.IntN(3) {
		x.Advice = append(x.Advice, models.Advice{Ref: fmt.Sprintf("A.%d", i), Level: x.Levels[i%2].Number, Text: long(500)})
	}
	return x
}

// randomExtras is a random template with what a template may have beyond levels and criteria.
func randomExtras(r *rand.Rand) *models.Template {
	text := func(most int) string { return randomText(r, most, false) }
	long := func(most int) string { return randomText(r, most, true) }
	x := randomTemplate(r)
	if x.Scoring.Method == models.MethodMean && r.IntN(2) == 0 {
		x.Scoring.Also = []models.Method{models.MethodWeakest, models.MethodProfile}[:1+r.IntN(2)]
	}
	for i := range x.Criteria {
		c := &x.Criteria[i]
		scale := x.Scale(c)
		for _, s := range scale {
			if r.IntN(8) == 0 {
				if c.Options == nil {
					c.Options = map[int]string{}
				}
				c.Options[s.Number] = text(60)
			}
			if r.IntN(8) == 0 {
				if c.NextSteps == nil {
					c.NextSteps = map[int]string{}
				}
				c.NextSteps[s.Number] = long(300)
			}
		}
		for j := range r.IntN(6) - 3 {
			if c.AppliesTo == nil {
				c.AppliesTo = map[string][]string{}
			}
			column := []string{"region", "no", text(60)}[j]
			for range 1 + r.IntN(3) {
				c.AppliesTo[column] = append(c.AppliesTo[column], text(60))
			}
		}
	}
	highest := x.Scale(&x.Criteria[0]).Highest()
	if r.IntN(3) == 0 {
		x.Answers.Target = &highest
	}
	if r.IntN(3) == 0 {
		x.Topics[0].Target = &highest
	}
	if r.IntN(3) == 0 {
		x.About = long(600)
	}
	if x.Scoring.Method == models.MethodStaged {
		x.Scoring.Gates = []string{"", models.GatesAllLevels, models.GatesAboveLowest}[r.IntN(3)]
	}
	if r.IntN(3) == 0 && len(x.Criteria) > 1 {
		low := x.Scale(&x.Criteria[0]).Lowest()
		x.Contradictions = []models.Contradiction{
			{If: models.Condition{Ref: x.Criteria[0].Ref, To: &low}, And: models.Condition{Ref: x.Criteria[1].Ref, From: &low, To: &highest}},
			{If: models.Condition{Ref: x.Criteria[1].Ref, From: &low}, And: models.Condition{Ref: x.Criteria[0].Ref, To: &low}}}
	}
	for i := range r.IntN(4) {
		q := models.Question{ID: []string{"no", "1.10", "0123", "y"}[i], Text: text(200), Required: r.IntN(2) == 0, Type: models.QuestionType([]string{"text", "number", "date", "choice"}[r.IntN(4)])}
		if r.IntN(2) == 0 {
			q.Help = long(200)
		}
		for q.Type == models.QuestionChoice && len(q.Options) < 2+i {
			q.Options = append(q.Options, text(100))
		}
		x.Questions = append(x.Questions, q)
	}
	for _, tag := range []string{"fr-CA", "zh-Hant", "no"}[:r.IntN(4)] {
		if x.Translations == nil {
			x.Translations = map[string]models.Translation{}
		}
		x.Translations[tag] = randomTranslation(r, x)
	}
	if r.IntN(4) == 0 {
		x.Labels = map[string]string{"role": text(60), "given_of": "{given}" + text(60) + "{total}"}
	}
	return x
}

// randomTranslation is a translation of some of a template's texts, and of some labels.
func randomTranslation(r *rand.Rand, x *models.Template) models.Translation {
	text := func() string {
		if r.IntN(3) == 0 {
			return ""
		}
		return randomText(r, 60, false)
	}
	numbered := func(m map[int]string) (out map[int]string) {
		for n := range m {
			if s := text(); s != "" {
				if out == nil {
					out = map[int]string{}
				}
				out[n] = s
			}
		}
		return out
	}
	tr := models.Translation{Title: text(), Licence: randomText(r, 200, true)}
	if r.IntN(2) == 0 {
		tr.Labels = map[string]string{"completed_by": randomText(r, 60, false), "months": "1,2,3,4,5,6,7,8,9,10,11,12"}
	}
	for i, l := range x.Levels {
		y := models.LevelTexts{Name: text(), Meaning: text()}
		if l.AltName != "" {
			y.AltName = randomText(r, 60, false)
		}
		if y != (models.LevelTexts{}) {
			if tr.Levels == nil {
				tr.Levels = map[int]models.LevelTexts{}
			}
			tr.Levels[x.Levels[i].Number] = y
		}
	}
	tr.Topics = map[string]models.GroupTexts{x.Topics[0].ID: {Name: randomText(r, 60, false)}}
	tr.Themes = map[string]models.GroupTexts{x.Themes[0].ID: {Name: randomText(r, 60, false)}}
	tr.Criteria = map[string]models.CriterionTexts{}
	for i := range x.Criteria {
		c := &x.Criteria[i]
		y := models.CriterionTexts{Subject: randomText(r, 60, false), Descriptors: numbered(c.Descriptors), Options: numbered(c.Options), NextSteps: numbered(c.NextSteps)}
		if c.Statement != "" {
			y.Statement = randomText(r, 200, true)
		}
		tr.Criteria[c.Ref] = y
	}
	for _, a := range x.Advice {
		tr.Advice = map[string]string{a.Ref: randomText(r, 200, true)}
	}
	for _, q := range x.Questions {
		options := map[int]string{}
		for i, o := range q.Options {
			options[i+1] = o
		}
		tr.Questions = map[string]models.QuestionTexts{q.ID: {Text: randomText(r, 60, false), Options: numbered(options)}}
	}
	return tr
}
