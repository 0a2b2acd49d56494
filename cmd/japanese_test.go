package cmd_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

// japaneseMatrix is a matrix as an office keeps one: title lines above, headings of two lines, topics merged over
// their rows, the columns in an order of its own.
func japaneseMatrix(t *testing.T, file string) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	const sheet = "成熟度表"
	rows := [][]string{
		{"学校データ活用の成熟度表"},
		{"第二版"},
		{"分野\n（大項目）", "番号", "見る\n観点", "段階1\n始めたばかり", "段階2\n進んでいる", "段階3\n根付いている"},
		{"集める", "A-1", "入力の決まり", "決まりがない。", "一部の部署に決まりがある。", "全員が同じ決まりで入力する。"},
		{"", "A-2", "集める回数", "思いついたときに集める。", "年に一度集める。", "学期ごとに集め、\n足りないものを確かめる。"},
		{"使う", "B-1", "会議での利用", "使わない。", "ときどき図を見る。", "毎回、図を見て次の手を決める。"},
	}
	err := f.SetSheetName("Sheet1", sheet)
	for r, row := range rows {
		for c, text := range row {
			at, _ := excelize.CoordinatesToCellName(c+1, r+1)
			if text != "" && err == nil {
				err = f.SetCellStr(sheet, at, text)
			}
		}
	}
	if err == nil {
		err = f.MergeCell(sheet, "A4", "A5")
	}
	if err == nil {
		err = f.SaveAs(file)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// cellsOf is all texts of all sheets of a workbook, one a line.
func cellsOf(t *testing.T, file string) string {
	t.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b strings.Builder
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			b.WriteString(strings.Join(row, "\n") + "\n")
		}
	}
	return b.String()
}

// A matrix in Japanese, with line breaks in its headings, goes from the workbook that an office keeps to the reports:
// every text arrives as it was, and what the font of the PDFs cannot print is said with the name of its script.
func TestJapaneseMatrix(t *testing.T) {
	dir := t.TempDir()
	if keep := os.Getenv("RUBRIC_KEEP"); keep != "" {
		dir = keep
	}
	at := func(parts ...string) string { return filepath.Join(append([]string{dir}, parts...)...) }
	has := func(what, text string, want ...string) {
		t.Helper()
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s lacks %q:\n%s", what, w, text)
			}
		}
	}
	japaneseMatrix(t, at("matrix.xlsx"))
	if err := os.WriteFile(at("schools.csv"), []byte("id,name,地区\n01,例示第一小学校,北\n02,例示第二小学校,南\n"), 0o600); err != nil {
		t.Fatal(err)
	}

	// The headings are given as they are read on one line, whatever line breaks they have.
	out := cmdtest.Rubric(t, 0, "templates", "import", at("matrix.xlsx"), "-o", at("ja.yaml"), "--id", "gakko", "--title", "学校データ活用", "--lang", "ja",
		"--map", "topic=分野 （大項目）,ref=番号,subject=見る 観点,1=段階1 始めたばかり,2=段階2 進んでいる,3=段階3 根付いている")
	has("the import", out, "3 levels, 2 topics", "3 criteria with 9 descriptors")
	has("the template", cmdtest.Rubric(t, 0, "templates", "show", at("ja.yaml")), "学校データ活用", "集める", "B-1", "会議での利用", "始めたばかり")
	cmdtest.Rubric(t, 0, "templates", "check", at("ja.yaml"))

	cmdtest.Rubric(t, 0, "init", at("r"), "--template", at("ja.yaml"), "--recipients", at("schools.csv"), "--title", "令和の調査", "--due", "2027-03-26", "--issued", "2027-02-01")
	cmdtest.Rubric(t, 0, "-C", at("r"), "generate")
	for _, name := range []string{"01 例示第一小学校.xlsx", "02 例示第二小学校.xlsx"} {
		has(name, cellsOf(t, at("r", "outbox", name)), "学校データ活用", "集める", "使う", "A-2", "入力の決まり", "全員が同じ決まりで入力する。",
			"学期ごとに集め、\n足りないものを確かめる。", "始めたばかり", "根付いている", strings.TrimSuffix(name[3:], ".xlsx"))
	}
	fill := func(name string, cells ...assessment.FillCell) {
		t.Helper()
		book, err := os.ReadFile(at("r", "outbox", name))
		if err == nil {
			book, err = assessment.Fill(book, assessment.Filling{Respondent: assessment.FillRespondent{Name: "例示 花子"}, Cells: cells})
		}
		if err == nil {
			err = os.WriteFile(at("r", "returns", name), book, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	fill("01 例示第一小学校.xlsx", assessment.FillCell{Ref: "A-1", Answer: "3 – 根付いている", Comment: "手引きは職員室。\n毎年見直す。"},
		assessment.FillCell{Ref: "A-2", Answer: "1 – 始めたばかり"}, assessment.FillCell{Ref: "B-1", Answer: "2 – 進んでいる"})
	fill("02 例示第二小学校.xlsx", assessment.FillCell{Ref: "A-1", Answer: "進んでいる"}, assessment.FillCell{Ref: "B-1", Answer: "３"}) // the name alone; a full-width digit

	cmdtest.Rubric(t, 0, "-C", at("r"), "validate")
	scores := cmdtest.Rubric(t, 0, "-C", at("r"), "score")
	has("the scores", scores, "例示第一小学校")
	cmdtest.Rubric(t, 0, "-C", at("r"), "consolidate")
	for id, want := range map[string]map[string]int{"01": {"A-1": 3, "A-2": 1, "B-1": 2}, "02": {"A-1": 2, "B-1": 3}} {
		got := cmdtest.AnswersOf(t, at("r"), id)
		for _, ref := range []string{"A-1", "A-2", "B-1"} {
			if n, ok := got[ref].Answer.Number(); n != want[ref] || ok != (want[ref] > 0) {
				t.Errorf("%s: %s was read as %v, want %d", id, ref, got[ref].Answer, want[ref])
			}
		}
	}
	has("the consolidated workbook", cellsOf(t, at("r", "results", "consolidated.xlsx")), "学校データ活用", "例示第一小学校", "例示第二小学校",
		"集める", "会議での利用", "根付いている", "手引きは職員室。\n毎年見直す。", "例示 花子")

	has("what report says", cmdtest.Rubric(t, 0, "-C", at("r"), "report"), "text-not-printable", "Japanese")
	for _, name := range []string{"01 例示第一小学校.pdf", "overview.pdf"} {
		if _, err := os.Stat(at("r", "results", "pdf", name)); err != nil {
			t.Error(err)
		}
	}
}
