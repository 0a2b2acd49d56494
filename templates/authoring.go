package templates

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
)

// AuthoringSheet is a sheet of the authoring workbook. The workbook holds the same template as its YAML file, for people
// who would rather edit it in a spreadsheet. The caller writes the workbook.
type AuthoringSheet struct {
	Name string
	// Help says in a sentence what the sheet is for.
	Help    string
	Columns []AuthoringColumn
	// Rows hold a text for each column, exactly as in the template.
	Rows [][]string
}

// AuthoringColumn is a column of an authoring sheet.
type AuthoringColumn struct {
	// Heading names the column; reading goes by it.
	Heading string
	// Help says what to write into it.
	Help string
	// Width is in characters.
	Width int
	// Choices are the texts that may be chosen; ChoicesFrom is a sheet whose first column holds them instead.
	Choices     []string
	ChoicesFrom string
	// Number says that the column holds numbers; all others hold texts, also such as 1.10.
	Number bool
	// Unique says that no text may stand twice, Needed that each row needs one.
	Unique, Needed bool
}

// The sheets of the authoring workbook.
const (
	sheetTemplate = "Template"
	sheetLevels   = "Levels"
	sheetThemes   = "Themes"
	sheetTopics   = "Topics"
	sheetCriteria = "Criteria"
	sheetAdvice   = "Advice"
	// sheetChoices has what criteria say about the steps of their scale, sheetApplies which recipients they are
	// asked of: a row for each step and for each value.
	sheetChoices   = "Choices"
	sheetApplies   = "Asked of"
	sheetQuestions = "Questions"
	// sheetContradictions has a row for each pair of answers that cannot both be right.
	sheetContradictions = "Contradictions"
)

// setting is a row of the sheet Template. Its key is the path in the YAML file.
type setting struct {
	key, help string
	get       func(*models.Template) string
}

var settings = []setting{
	{"id", "lower-case letters, digits and hyphens", func(t *models.Template) string { return t.ID }},
	{"version", "change it whenever a ref, a level or a wording changes", func(t *models.Template) string { return t.Version }},
	{"title", "what the template is called", func(t *models.Template) string { return t.Title }},
	{"publisher", "whose model this is", func(t *models.Template) string { return t.Publisher }},
	{"source", "where it is published", func(t *models.Template) string { return t.Source }},
	{"licence", "what may be done with it", func(t *models.Template) string { return t.Licence }},
	{"wording", "whether the texts are the published ones or a summary", func(t *models.Template) string { return t.Wording }},
	{"about", "how the assessment is meant to be carried out; shown to those who fill it in", func(t *models.Template) string { return t.About }},
	{"language", "such as en-GB, cy or es-US", func(t *models.Template) string { return t.Language }},
	{"scoring.method", methods.That(func(methods.Info) bool { return true }), func(t *models.Template) string { return string(t.Scoring.Method) }},
	{"scoring.mean", "for the method mean: average-of-averages or all-criteria", func(t *models.Template) string { return t.Scoring.Mean }},
	{"scoring.also", "further methods to show beside it, with commas between: mean, weakest", func(t *models.Template) string { return methodList(t.Scoring.Also) }},
	{"scoring.gates", "for the method staged: all-levels, or above-lowest where the lowest level's own sections gate nothing", func(t *models.Template) string { return t.Scoring.Gates }},
	{"answers.not_applicable", "yes to offer \"Not applicable\"", func(t *models.Template) string { return yes(t.Answers.NotApplicable) }},
	{"answers.targets", "yes to ask for the level aimed at", func(t *models.Template) string { return yes(t.Answers.Targets) }},
	{"answers.target", "the level that you set as target for everyone, if you do", func(t *models.Template) string { return number(t.Answers.Target) }},
	{"answers.comment_required.not_applicable", "yes to require a comment with \"Not applicable\"", func(t *models.Template) string { return yes(t.Answers.CommentRequired.NotApplicable) }},
	{"answers.comment_required.from_level", "the number from which a comment is required", func(t *models.Template) string { return number(t.Answers.CommentRequired.FromLevel) }},
	{"answers.evidence_required.not_applicable", "yes to require evidence with \"Not applicable\"", func(t *models.Template) string { return yes(t.Answers.EvidenceRequired.NotApplicable) }},
	{"answers.evidence_required.from_level", "the number from which evidence is required", func(t *models.Template) string { return number(t.Answers.EvidenceRequired.FromLevel) }},
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// levelColumn is the heading of the column with the descriptors of a level.
func levelColumn(l models.Level) string { return fmt.Sprintf("level %d – %s", l.Number, l.Name) }

// Authoring lays the template out as the sheets of the authoring workbook, which FromAuthoring reads back.
func Authoring(t *models.Template) []AuthoringSheet {
	about := AuthoringSheet{Name: sheetTemplate, Help: "What the template is, and how its answers are scored.", Columns: []AuthoringColumn{
		{Heading: "setting", Help: "do not change this column", Width: 40}, {Heading: "value", Help: "change this column", Width: 60}, {Heading: "meaning", Help: "what to write", Width: 60}}}
	for _, s := range settings {
		about.Rows = append(about.Rows, []string{s.key, s.get(t), s.help})
	}
	levels := AuthoringSheet{Name: sheetLevels, Help: "The scale: 2 to 10 levels, numbered upwards from 0 or 1.", Columns: []AuthoringColumn{
		{Heading: "number", Width: 9, Number: true, Unique: true}, {Heading: "name", Width: 28, Unique: true, Needed: true}, {Heading: "alt_name", Help: "a second name, if it has one", Width: 28}, {Heading: "meaning", Width: 80, Needed: true}}}
	for _, l := range t.Levels {
		levels.Rows = append(levels.Rows, []string{strconv.Itoa(l.Number), l.Name, l.AltName, l.Meaning})
	}
	themes := AuthoringSheet{Name: sheetThemes, Help: "The second way of grouping criteria; the sheet may stay empty.", Columns: []AuthoringColumn{
		{Heading: "id", Width: 14, Unique: true}, {Heading: "name", Width: 32, Unique: true, Needed: true}, {Heading: "summary", Width: 70},
		{Heading: "gates_next_level", Help: "yes for criteria for progression, method staged", Width: 18, Choices: []string{"yes", "no"}}}}
	for _, x := range t.Themes {
		themes.Rows = append(themes.Rows, []string{x.ID, x.Name, x.Summary, yes(x.GatesNextLevel)})
	}
	topics := AuthoringSheet{Name: sheetTopics, Help: "The first way of grouping criteria; every criterion has one.", Columns: []AuthoringColumn{
		{Heading: "id", Width: 14, Unique: true}, {Heading: "name", Width: 40, Unique: true, Needed: true}, {Heading: "summary", Width: 70},
		{Heading: "level", Help: "for the methods staged and cumulative", Width: 9, Number: true},
		{Heading: "target", Help: "the level that you set as target for everyone in this topic, if another than for all", Width: 9, Number: true}}}
	for _, x := range t.Topics {
		topics.Rows = append(topics.Rows, []string{x.ID, x.Name, x.Summary, number(x.Level), number(x.Target)})
	}
	advice := AuthoringSheet{Name: sheetAdvice, Help: "Next steps, shown to those who stand at a level and never rated.", Columns: []AuthoringColumn{
		{Heading: "ref", Width: 14, Unique: true}, {Heading: "level", Width: 9, Number: true, Needed: true}, {Heading: "text", Width: 100, Needed: true}}}
	for _, a := range t.Advice {
		advice.Rows = append(advice.Rows, []string{a.Ref, strconv.Itoa(a.Level), a.Text})
	}
	return append([]AuthoringSheet{about, levels, themes, topics, criteriaSheet(t), advice, choicesSheet(t), appliesSheet(t), questionsSheet(t), contradictionsSheet(t)},
		languageSheets(t)...)
}

func criteriaSheet(t *models.Template) AuthoringSheet {
	s := AuthoringSheet{Name: sheetCriteria, Help: "What is assessed: a row for each criterion. A ref stays the same for good.", Columns: []AuthoringColumn{
		{Heading: "ref", Width: 12, Unique: true}, {Heading: "topic", Width: 10, ChoicesFrom: sheetTopics, Needed: true}, {Heading: "theme", Width: 14, ChoicesFrom: sheetThemes},
		{Heading: "kind", Help: "empty: a level; statement; symptom", Width: 12, Choices: []string{"statement", "symptom"}},
		{Heading: "subject", Width: 36, Unique: true, Needed: true}, {Heading: "statement", Help: "for the kinds statement and symptom; without a kind, in place of descriptors", Width: 60}, {Heading: "weight", Width: 9, Number: true}}}
	first := len(s.Columns)
	for _, l := range t.Levels {
		s.Columns = append(s.Columns, AuthoringColumn{Heading: levelColumn(l), Help: "what this level looks like", Width: 44})
	}
	for _, c := range t.Criteria {
		weight := ""
		if c.Weight != 0 {
			weight = strconv.FormatFloat(c.Weight, 'f', -1, 64)
		}
		row := []string{c.Ref, c.Topic, c.Theme, string(c.Kind), c.Subject, c.Statement, weight}
		for _, l := range t.Levels {
			row = append(row, c.Descriptors[l.Number])
		}
		s.Rows = append(s.Rows, row)
	}
	// Where no criterion is answered with a level, there are no descriptors to write.
	if !slices.ContainsFunc(t.Criteria, func(c models.Criterion) bool { return c.Kind == models.KindLevels }) {
		s.Columns = s.Columns[:first]
		for i := range s.Rows {
			s.Rows[i] = s.Rows[i][:first]
		}
	}
	return s
}
