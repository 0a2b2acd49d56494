package assessment_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// Results opens with a sentence of what came out, and the charts stand above the tables.
func TestResultsOpenWithASentence(t *testing.T) {
	for _, c := range []struct {
		template string
		choose   func(c *models.Criterion) int // the step, from the lowest on; -1 for none
		want     string
	}{
		{"uk-dmm", func(*models.Criterion) int { return -1 }, "Nothing is answered yet: what came out will stand here."},
		{"uk-dmm", func(c *models.Criterion) int { return map[string]int{"1": 3, "2": 1}[c.Topic] },
			"1. Engaging with others stands highest (4), 3. Having the right systems lowest (1)."},
		{"uk-dmm", func(*models.Criterion) int { return 2 }, "All topics answered so far stand at 3."},
		{"csis-cdm3", func(*models.Criterion) int { return -1 }, "Nothing is answered yet: what came out will stand here."},
		{"csis-cdm3", func(c *models.Criterion) int {
			if c.Topic == "L1" || c.Topic == "L2" {
				return 3
			}
			return 0
		}, "You stand at level 2, "},
	} {
		tm := trybook.Template(t, c.template)
		rd := trybook.Round(c.template, "a4")
		a, err := assessment.New(tm, rd)
		if err != nil {
			t.Fatal(err)
		}
		var filling assessment.Filling
		for i := range tm.Criteria {
			x := &tm.Criteria[i]
			if step := c.choose(x); step >= 0 {
				scale := tm.Scale(x)
				filling.Cells = append(filling.Cells, assessment.FillCell{Ref: x.Ref, Answer: scale[min(step, len(scale)-1)].Label()})
			}
		}
		b, err := assessment.Fill(trybook.CopyOf(t, a, rd, tm, trybook.Example), filling)
		if err != nil {
			t.Fatal(err)
		}
		f := trybook.Open(t, b)
		if got, err := f.GetCellValue("Results", "B4"); err != nil || !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %q, want %q", c.template, got, c.want)
		}
	}
}

// Rows of criteria have no fixed height, so that they grow with what is typed; beside them stands what keeps them high
// enough for a program that measures them anew.
func TestRowsGrowWithWhatIsTyped(t *testing.T) {
	row := regexp.MustCompile(`<row r="([0-9]+)"([^>]*)>`)
	variants(t, func(t *testing.T, tm *models.Template, _ *models.Round, _ models.Recipient, workbook []byte) {
		fixed := map[int]bool{}
		for _, m := range row.FindAllStringSubmatch(trybook.PartOf(t, workbook, "xl/worksheets/sheet2.xml"), -1) {
			n, _ := strconv.Atoi(m[1])
			fixed[n] = strings.Contains(m[2], "customHeight")
		}
		f := trybook.Open(t, workbook)
		rows, err := f.GetRows("Assessment")
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for i, cells := range rows {
			if len(cells) == 0 || tm.Criterion(cells[0]) == nil {
				continue
			}
			found++
			if fixed[i+1] {
				t.Errorf("row %d of %s has a fixed height", i+1, cells[0])
			}
			height, err := f.GetRowHeight("Assessment", i+1)
			if err != nil {
				t.Fatal(err)
			}
			strut := cells[len(cells)-1]
			if lines := 1 + strings.Count(strut, "\n"); strings.TrimSpace(strut) != "" || float64(lines)*13.39 < height-1 || float64(lines)*13.39 > height+1 {
				t.Errorf("row %d is %v points high, and %d empty lines keep it so", i+1, height, lines)
			}
		}
		if found != len(tm.Criteria) || !fixed[1] {
			t.Errorf("%d rows of %d criteria, the first row fixed: %v", found, len(tm.Criteria), fixed[1])
		}
	})
}

// Start says on its first rows what the assessment is for, how long it takes, and how far it is filled in.
func TestStartSaysHowLongItTakes(t *testing.T) {
	variants(t, func(t *testing.T, tm *models.Template, _ *models.Round, _ models.Recipient, workbook []byte) {
		rows, err := trybook.Open(t, workbook).GetRows("Start")
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, r := range rows[:14] {
			text += strings.Join(r, " ") + "\n"
		}
		for _, want := range []string{"what the next step looks like", "takes one person about 2 hours", "0 of " + strconv.Itoa(len(tm.Criteria)) + " answered"} {
			if !strings.Contains(text, want) {
				t.Errorf("the first rows of Start do not say %q:\n%s", want, text)
			}
		}
	})
}
