package assessment_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/xuri/excelize/v2"
)

// python is the interpreter that has LibreOffice's bridge; the test is skipped where there is none.
func python(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("LibreOffice takes long to start")
	}
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("LibreOffice is not installed")
	}
	for _, p := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(p, "-c", "import uno").Run() == nil {
			return p
		}
	}
	t.Skip("Python's bridge to LibreOffice (python3-uno) is not installed")
	return ""
}

// libreOfficeValues gives for each workbook the values of its formulas as loaded and after LibreOffice calculated them
// anew, by sheet and cell.
func libreOfficeValues(t *testing.T, workbooks map[string][]byte) map[string]map[string]map[string][2]any {
	t.Helper()
	p, dir := python(t), t.TempDir()
	args := []string{"../../testdata/lo_values.py"}
	for name, b := range workbooks {
		path := filepath.Join(dir, name+".xlsx")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	cmd := exec.Command(p, args...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, errs.String())
	}
	byPath := map[string]map[string]map[string][2]any{}
	if err := json.Unmarshal(out, &byPath); err != nil {
		t.Fatal(err)
	}
	got := map[string]map[string]map[string][2]any{}
	for path, sheets := range byPath {
		got[strings.TrimSuffix(filepath.Base(path), ".xlsx")] = sheets
	}
	return got
}

// resultsCase is a way to answer a template, scored by a method.
type resultsCase struct {
	template *models.Template
	scoring  models.Scoring
	choose   func(r *rand.Rand, c *models.Criterion, scale models.Scale) models.Choice
}

// mostly answers the i-th step from above with falling odds, with a share of blanks and of "not applicable".
func mostly(high, blank, na float64) func(*rand.Rand, *models.Criterion, models.Scale) models.Choice {
	return func(r *rand.Rand, c *models.Criterion, scale models.Scale) models.Choice {
		switch x := r.Float64(); {
		case x < blank:
			return models.Blank()
		case x < blank+na:
			return models.NotApplicable()
		}
		if r.Float64() < high {
			return models.At(scale.Highest())
		}
		return models.At(scale[r.IntN(len(scale))].Number)
	}
}

func resultsCases(t *testing.T) map[string]resultsCase {
	dmm, cdm := trybook.Template(t, "uk-dmm"), trybook.Template(t, "csis-cdm3")
	only := func(inner func(*rand.Rand, *models.Criterion, models.Scale) models.Choice, topics string) func(*rand.Rand, *models.Criterion, models.Scale) models.Choice {
		return func(r *rand.Rand, c *models.Criterion, s models.Scale) models.Choice {
			if strings.Contains(topics, c.Topic) {
				return models.At(s.Highest())
			}
			return inner(r, c, s)
		}
	}
	allNA := func(*rand.Rand, *models.Criterion, models.Scale) models.Choice { return models.NotApplicable() }
	topicNA := func(r *rand.Rand, c *models.Criterion, s models.Scale) models.Choice {
		if c.Topic == "3" || c.Theme == "tools" || c.Topic == "L2" {
			return models.NotApplicable()
		}
		return mostly(0.7, 0.1, 0)(r, c, s)
	}
	m := func(method methods.Name, mean string) models.Scoring {
		return models.Scoring{Method: method, Mean: mean}
	}
	return map[string]resultsCase{
		"profile":             {dmm, dmm.Scoring, mostly(0, 0.15, 0.1)},
		"profile-na":          {dmm, dmm.Scoring, allNA},
		"averages":            {dmm, m(methods.Mean, methods.AverageOfAverages), topicNA},
		"mean-all":            {dmm, m(methods.Mean, methods.AllCriteria), mostly(0, 0.3, 0.1)},
		"weakest":             {dmm, m(methods.Weakest, ""), topicNA},
		"staged":              {cdm, cdm.Scoring, only(mostly(0.7, 0.1, 0.05), "L1")},
		"staged-high":         {cdm, cdm.Scoring, only(mostly(0.9, 0.02, 0.02), "L1 L2 L3")},
		"staged-top":          {cdm, cdm.Scoring, only(mostly(1, 0, 0.1), "")},
		"staged-stepped-over": {cdm, cdm.Scoring, topicNA},
		"cumulative":          {cdm, m(methods.Cumulative, ""), only(mostly(0.8, 0.05, 0.05), "L1 L2")},
		"statements-mean":     {cdm, m(methods.Mean, ""), mostly(0.3, 0.1, 0.1)},
		"weights":             {weightedFromZero(), m(methods.Mean, methods.AllCriteria), mostly(0, 0.3, 0.1)},
		"mixed":               {mixedKinds(), m(methods.Profile, ""), mostly(0, 0.3, 0.1)},
		"mixed-ladder":        {mixedKinds(), m(methods.Cumulative, ""), mostly(0.9, 0, 0.1)},
	}
}

// weightedFromZero is a template with a scale from 0, weights, and criteria without a theme.
func weightedFromZero() *models.Template {
	x := small("weighted")
	x.Themes = []models.Theme{{ID: "a", Name: "Theme A"}}
	for i := range 12 {
		c := models.Criterion{
			Ref: fmt.Sprintf("%d.%d", i%2+1, i/2+1), Topic: fmt.Sprint(i%2 + 1), Subject: fmt.Sprint("Subject ", i),
			Weight: []float64{0, 0.333, 2.5, 7}[i%4], Descriptors: map[int]string{0: "none", 1: "some", 2: "all"},
		}
		if i%3 == 0 {
			c.Theme = "a"
		}
		x.Criteria = append(x.Criteria, c)
	}
	return x
}

// mixedKinds is a template with levels, statements and symptoms, without themes.
func mixedKinds() *models.Template {
	x := small("mixed")
	one, two := 1, 2
	x.Topics[0].Level, x.Topics[1].Level = &one, &two
	for i := range 9 {
		c := models.Criterion{Ref: fmt.Sprint("C", i), Topic: fmt.Sprint(i%2 + 1), Subject: fmt.Sprint("Subject ", i)}
		switch {
		case i < 4:
			c.Descriptors = map[int]string{0: "none", 1: "some", 2: "all"}
		case i < 7:
			c.Kind, c.Statement = models.KindStatement, "A statement, in place or not."
		default:
			c.Kind, c.Statement = models.KindSymptom, "A symptom, still true or not."
		}
		x.Criteria = append(x.Criteria, c)
	}
	return x
}

func small(id string) *models.Template {
	return &models.Template{
		ID: id, Version: "1", Title: "An example & a test", Publisher: "Nobody", Source: "https://example.org", Licence: "None",
		Language: "en", Scoring: models.Scoring{Method: methods.Profile}, Answers: models.AnswerRules{NotApplicable: true},
		Levels: []models.Level{{Number: 0, Name: "None", Meaning: "Nothing."}, {Number: 1, Name: "Some", Meaning: "Something."}, {Number: 2, Name: "All", Meaning: "\"Everything\"."}},
		Topics: []models.Topic{{ID: "1", Name: "First"}, {ID: "2", Name: "Second"}},
	}
}

// TestResultsEqualScoring fills in workbooks, lets LibreOffice calculate them, and holds the sheet Results against
// package scoring. Of these and of blank workbooks it says that what a viewer shows that cannot calculate is what
// comes out when everything is calculated.
func TestResultsEqualScoring(t *testing.T) {
	t.Parallel()
	python(t)
	cases := resultsCases(t)
	filled, cards := map[string][]byte{}, map[string]models.Scorecard{}
	for name, c := range cases {
		rd := trybook.Round(c.template.ID, "a4")
		rd.Scoring = &c.scoring
		r := rand.New(rand.NewPCG(uint64(len(name)), 7))
		var answers []models.Answer
		var cells []assessment.FillCell
		for i := range c.template.Criteria {
			x := &c.template.Criteria[i]
			scale := c.template.Scale(x)
			choice := c.choose(r, x, scale)
			answers = append(answers, models.Answer{Ref: x.Ref, Level: models.Sourced[models.Choice]{Value: choice}})
			cells = append(cells, assessment.FillCell{Ref: x.Ref, Answer: typedAs(scale, choice, i, scale.Label(choice))})
		}
		b, err := assessment.Fill(trybook.Workbook(t, c.template, rd, trybook.Example), assessment.Filling{Cells: cells})
		if err != nil {
			t.Fatal(err)
		}
		filled[name], cards[name] = b, scoring.Score(c.template, c.scoring, answers)
		if !strings.Contains(name, "-") {
			filled["blank "+name] = trybook.Workbook(t, c.template, rd, trybook.Example)
		}
	}
	carried, carriedCards := carriedWorkbooks(t)
	for name, b := range carried {
		filled[name], cards[name] = b, carriedCards[name]
		id := strings.TrimPrefix(name, "carried-")
		cases[name] = resultsCase{template: trybook.Template(t, id)}
	}
	values := libreOfficeValues(t, filled)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := readResults(t, filled[name], values[name])
			compareScores(t, s, c.template, cards[name])
			checkCached(t, values[name])
			if sheets, ok := values["blank "+name]; ok {
				checkCached(t, sheets)
			}
		})
	}
}

// typedAs is a choice in one of the forms that people type or paste.
func typedAs(scale models.Scale, choice models.Choice, i int, label string) string {
	if choice.IsNotApplicable() && i%2 == 0 {
		return "n/a"
	}
	for _, s := range scale {
		if n, ok := choice.Number(); !ok || n != s.Number {
			continue
		}
		switch i % 4 {
		case 1:
			return s.Code
		case 2:
			return strings.ToLower(s.Code + " - " + s.Name)
		}
	}
	return label
}

func checkCached(t *testing.T, sheets map[string]map[string][2]any) {
	t.Helper()
	n := 0
	for sheet, cells := range sheets {
		for at, v := range cells {
			n++
			if v[0] != v[1] {
				t.Errorf("%s!%s is cached as %v, and is %v", sheet, at, v[0], v[1])
			}
		}
	}
	if n == 0 {
		t.Error("there are no formulas")
	}
}

// sheetValues is the sheet Results: texts and the values of formulas, by column and row from 0.
type sheetValues struct {
	f    *excelize.File
	rows [][]any
}

func readResults(t *testing.T, workbook []byte, values map[string]map[string][2]any) *sheetValues {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(workbook))
	if err != nil {
		t.Fatal(err)
	}
	s := &sheetValues{f: f}
	texts, err := f.GetRows("Results")
	if err != nil {
		t.Fatal(err)
	}
	for r := range 400 {
		row := make([]any, 40)
		for c := range row {
			if r < len(texts) && c < len(texts[r]) {
				row[c] = texts[r][c]
			}
			at, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				t.Fatal(err)
			}
			if v, ok := values["Results"][at]; ok {
				row[c] = v[1]
				if x, ok := v[1].(string); ok && strings.HasPrefix(x, "#") {
					t.Errorf("Results!%s is %s", at, x)
				}
			}
		}
		s.rows = append(s.rows, row)
	}
	return s
}

// table finds the table whose first heading is given: for each line its figures by heading.
func (s *sheetValues) table(first string) map[string]map[string]any {
	for r, row := range s.rows {
		if row[1] != first {
			continue
		}
		out := map[string]map[string]any{}
		for _, line := range s.rows[r+1:] {
			label, ok := line[1].(string)
			if !ok || label == "" {
				break
			}
			out[label] = map[string]any{}
			for c := 2; row[c] != nil && row[c] != ""; c++ {
				out[label][row[c].(string)] = line[c]
			}
		}
		return out
	}
	return nil
}

// named is the value of the cell that a defined name stands for.
func (s *sheetValues) named(name string) (any, bool) {
	for _, d := range s.f.GetDefinedName() {
		if d.Name == name {
			c, r, err := excelize.CellNameToCoordinates(strings.ReplaceAll(strings.TrimPrefix(d.RefersTo, "Results!"), "$", ""))
			return s.rows[r-1][c-1], err == nil
		}
	}
	return nil, false
}

func compareScores(t *testing.T, s *sheetValues, tm *models.Template, card models.Scorecard) {
	t.Helper()
	defer s.f.Close()
	topics := s.table("Topic")
	for _, g := range card.Topics {
		topic, _ := tm.Topic(g.Topic)
		compareGroup(t, lookup(topics, topic.Name), tm, card.Scoring.Method, g)
	}
	themes := s.table("Theme")
	for _, g := range card.Themes {
		theme, _ := tm.Theme(g.Theme)
		compareGroup(t, lookup(themes, theme.Name), tm, card.Scoring.Method, g)
	}
	cells := s.table("Topic and theme")
	for _, g := range card.Cells {
		if g.Criteria == 0 {
			continue
		}
		topic, _ := tm.Topic(g.Topic)
		theme, _ := tm.Theme(g.Theme)
		compareGroup(t, lookup(cells, topic.Name+" – "+theme.Name), tm, card.Scoring.Method, g)
	}
	counts := lookup(topics, "All criteria")
	if counts["Answered"] != float64(card.Overall.Answered) || counts["Blank"] != float64(card.Overall.Blank) {
		t.Errorf("all criteria: %v, and scoring %+v", counts, card.Overall.Tally)
	}
	if v, ok := s.named("Overall_score"); ok {
		compareFigure(t, "overall", v, card.Overall.Score.Value)
	} else if card.Scoring.Method == methods.Mean || card.Scoring.Method == methods.Weakest {
		t.Error("there is no overall score")
	}
	if card.Staged != nil {
		compareLevel(t, s, tm, card)
	}
}

func compareLevel(t *testing.T, s *sheetValues, tm *models.Template, card models.Scorecard) {
	t.Helper()
	v, _ := s.named("Level_attained")
	compareFigure(t, "level attained", v, card.Overall.Score.Value)
	var blockers []string
	title := ""
	for r, row := range s.rows {
		switch label, _ := row[1].(string); {
		case label == "Could be":
			compareFigure(t, "level from", row[2], card.Overall.Score.Low)
			compareFigure(t, "level to", row[4], card.Overall.Score.High)
		case label == "Next level":
			want := models.Figure{}
			if card.Staged.HasNext {
				want = models.Some(float64(card.Staged.Next))
			}
			compareFigure(t, "next level", row[2], want)
		case strings.HasPrefix(label, "What keeps level"), strings.HasPrefix(label, "The highest level"):
			title = label
			for _, line := range s.rows[r+1 : r+7] {
				name, _ := line[1].(string)
				if name == "" {
					break
				}
				blockers = append(blockers, name)
			}
		}
	}
	var want []string
	seen := map[string]bool{}
	for _, b := range card.Staged.Blockers {
		topic, _ := tm.Topic(b.Topic)
		theme, _ := tm.Theme(b.Theme)
		name := strings.TrimSuffix(topic.Name+" – "+theme.Name, " – ")
		if !seen[name] {
			want = append(want, name)
		}
		seen[name] = true
	}
	if card.Staged.HasNext && !strings.Contains(title, fmt.Sprintf(": %d section", len(want))) {
		t.Errorf("%q, and scoring has %d: %v", title, len(want), want)
	}
	want = want[:min(len(want), 6)]
	for i := range max(len(want), len(blockers)) {
		if i >= len(want) || i >= len(blockers) || !strings.HasSuffix(blockers[i], want[i]) {
			t.Errorf("what keeps the next level away: %q, and scoring %q", blockers, want)
			break
		}
	}
}

// lookup finds a line by its label, with or without the topic's number before it.
func lookup(table map[string]map[string]any, label string) map[string]any {
	for k, v := range table {
		if k == label || strings.HasSuffix(k, ". "+label) {
			return v
		}
	}
	return nil
}

func compareGroup(t *testing.T, line map[string]any, tm *models.Template, method methods.Name, g models.GroupScore) {
	t.Helper()
	where := g.Topic + " " + g.Theme
	if line == nil {
		t.Errorf("%s: not on the sheet", where)
		return
	}
	count := func(heading string, n int) {
		compareFigure(t, where+" "+heading, line[heading], models.Some(float64(n)))
	}
	count("Criteria", g.Criteria)
	count("Answered", g.Answered)
	count("Not applicable", g.NotApplicable)
	count("Blank", g.Blank)
	if method == methods.Staged || method == methods.Cumulative {
		compareFigure(t, where+" achievement", line["Achieve-ment"], g.Score.Value)
		if v, ok := line["Rating"]; ok && v != g.Rating && !(v == "–" && g.Rating == "") {
			t.Errorf("%s: rating %v, and scoring %q", where, v, g.Rating)
		}
	} else {
		compareFigure(t, where+" median", line["Median"], g.Median)
		compareFigure(t, where+" mean", line["Mean"], g.Mean)
		compareFigure(t, where+" lowest", line["Lowest"], g.Lowest)
	}
	compareFigure(t, where+" from", line["From"], g.Score.Low)
	compareFigure(t, where+" to", line["To"], g.Score.High)
	for _, scale := range []models.Scale{tm.LevelScale(), models.Ratings} {
		for i, step := range scale {
			if v, ok := line[step.Label()]; ok && len(g.Distribution) == len(scale) && v != "–" {
				compareFigure(t, where+" "+step.Label(), v, models.Some(float64(g.Distribution[i].Count)))
			}
		}
	}
}

func compareFigure(t *testing.T, what string, got any, want models.Figure) {
	t.Helper()
	w, known := want.Get()
	switch v := got.(type) {
	case float64:
		if known && math.Abs(v-w) < 1e-12 {
			return
		}
	case string:
		if !known && v == "–" || known && v == fmt.Sprint(w) {
			return
		}
	}
	t.Errorf("%s: Results says %v, and scoring %v", what, got, want.Format(15))
}
