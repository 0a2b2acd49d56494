package returns_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// refsTemplate has the references that spreadsheet programs change: 1.10 is the number 1.1, 3.4 the third of April
// or the fourth of March.
func refsTemplate() *models.Template {
	t := trybook.SmallTemplate()
	refs := []string{"1.1", "1.10", "1.2", "2.1", "3.10", "3.1", "3.4", "4.3", "10.94", "12.26", "7.7"}
	t.Criteria = nil
	for i, ref := range refs {
		c := models.Criterion{Ref: ref, Topic: "1", Subject: "Subject " + string(rune('A'+i)), Descriptors: map[int]string{}}
		for _, l := range t.Levels {
			c.Descriptors[l.Number] = fmt.Sprintf("What criterion %d looks like at the level %s.", i, l.Name)
		}
		t.Criteria = append(t.Criteria, c)
	}
	return t
}

// refsWorkbook is a table of answers with the reference cell given for each row (from A2 down), with or without the
// texts by which a row can be recognised.
func refsWorkbook(tm *models.Template, answer func(i int) string, refCell func(i int) string, rows []int, texts bool) []byte {
	cell := func(ref, text string) string {
		return `<c r="` + ref + `" t="inlineStr"><is><t>` + escape(text) + `</t></is></c>`
	}
	var s strings.Builder
	s.WriteString(`<row r="1">` + cell("A1", "Ref") + cell("B1", "Criterion") + cell("C1", "Current level") + cell("D1", "Target level") + cell("E1", "Evidence") + cell("F1", "Comment") + `</row>`)
	for n, i := range rows {
		fmt.Fprintf(&s, `<row r="%d"><c r="A%d"%s`, n+2, n+2, refCell(i))
		if texts {
			s.WriteString(cell(fmt.Sprint("B", n+2), tm.Criteria[i].Subject))
		}
		s.WriteString(cell(fmt.Sprint("C", n+2), answer(i)) + cell(fmt.Sprint("F", n+2), "about "+tm.Criteria[i].Ref) + `</row>`)
	}
	return trybook.TableWorkbook("", trybook.SheetOf("Assessment", "", s.String(), ""))
}

// changedRefs are the ways in which a program changes a reference: the rest of a cell behind its position, or "" where
// it leaves this one as it is. The styles are those of tableFormats.
var changedRefs = map[string]func(ref string) string{
	"a number": func(ref string) string { return `><v>` + ref + `</v></c>` },
	"a number, as it is saved": func(ref string) string {
		x, _ := strconv.ParseFloat(ref, 64)
		return `><v>` + strconv.FormatFloat(x, 'f', -1, 64) + `</v></c>`
	},
	"a number that shows two decimals": func(ref string) string { return ` s="5"><v>` + ref + `</v></c>` },
	"a number in a column of texts":    func(ref string) string { return ` s="4"><v>` + ref + `</v></c>` },
	"the text of the number": func(ref string) string {
		x, _ := strconv.ParseFloat(ref, 64)
		return inlineCell(strconv.FormatFloat(x, 'f', -1, 64))
	},
	"the result of a formula": func(ref string) string { return `><f>A1*1</f><v>` + ref + `</v></c>` },
	"day and month":           func(ref string) string { return dateRef(ref, "02.01.2006") },
	"month and day":           func(ref string) string { return dateRef(ref, "01.02.2006") },
	"month and year":          func(ref string) string { return dateRef(ref, "month.year") },
	"a date by ISO 8601": func(ref string) string {
		a, b, _ := strings.Cut(ref, ".")
		d, err := time.Parse("2.1.2006", a+"."+b+".2026")
		if err != nil {
			return ""
		}
		return ` t="d"><v>` + d.Format(time.DateOnly) + `</v></c>`
	},
	"the text of a date": func(ref string) string {
		d, err := time.Parse("2.1.2006", ref+".2026")
		if err != nil {
			return ""
		}
		return inlineCell(d.Format("02-Jan"))
	},
	"nothing":  func(string) string { return `/>` },
	"an error": func(string) string { return ` t="e"><v>#NAME?</v></c>` },
	"a number and nothing behind it": func(ref string) string {
		a, _, _ := strings.Cut(ref, ".")
		return `><v>` + a + `</v></c>`
	},
}

func dateRef(ref, how string) string {
	a, b, _ := strings.Cut(ref, ".")
	text := ref + ".2026"
	if how == "month.year" {
		how, text = "2.1.2006", "1."+a+".20"+fmt.Sprintf("%02s", b)
	} else {
		how = strings.NewReplacer("02", "2", "01", "1").Replace(how)
	}
	d, err := time.Parse(how, text)
	if err != nil {
		return ""
	}
	return ` s="2"><v>` + strconv.Itoa(int(d.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours()/24)) + `</v></c>`
}

// TestRefsChangedByAProgram changes the references in each such way, one and all, with the texts beside them and
// without, in their order and turned round, and with the row of the number's other reading gone. An answer is
// credited to its own criterion, or to none, with an error that names the row or the criterion.
func TestRefsChangedByAProgram(t *testing.T) {
	tm := refsTemplate()
	scale := tm.LevelScale()
	answer := func(i int) string { return scale[(i+i/3)%3].Label() }
	all := make([]int, len(tm.Criteria))
	for i := range all {
		all[i] = i
	}
	whole := func(i int) string { return inlineCell(tm.Criteria[i].Ref) }
	restored, doubted := 0, 0
	for name, change := range changedRefs {
		for only := -1; only < len(all); only++ { // one reference, or all
			for _, texts := range []bool{true, false} {
				for _, gone := range []int{-1, 0, 1} { // neither, the row before, the row behind: 1.1 stands before 1.10
					if gone >= 0 && !strings.HasPrefix(name, "a number") {
						continue
					}
					rows := slices.Clone(all)
					if gone >= 0 && only >= 0 {
						other := only - 1 + 2*gone
						if other < 0 || other >= len(all) {
							continue
						}
						rows = slices.DeleteFunc(rows, func(i int) bool { return i == other })
						// A text 1.1 in the place of 1.10, with nothing beside it and no other 1.1, is 1.1 for any reader.
						if name == "the text of the number" && !texts {
							continue
						}
					}
					slices.Reverse(rows)
					cell := func(i int) string {
						if c := change(tm.Criteria[i].Ref); c != "" && (only < 0 || only == i) {
							return c
						}
						return whole(i)
					}
					if name == "the text of the number" && !texts && only < 0 {
						continue // likewise
					}
					b := refsWorkbook(tm, answer, cell, rows, texts)
					ret := returns.Read(context.Background(), bytes.NewReader(b), int64(len(b)), "return.xlsx", returns.ReadOptions{Template: tm})
					what := fmt.Sprintf("%s (criterion %d of %d, texts %v, rows %d)", name, only, len(all), texts, len(rows))
					about := map[string]bool{}
					for _, f := range ret.Findings {
						if f.Severity == models.Error {
							about[f.Ref] = true
						}
					}
					refused := trybook.HasCode(ret, models.NoAnswersFound)
					for i, c := range tm.Criteria {
						a := ret.Answer(c.Ref)
						switch {
						case a == nil || a.Level.Value.IsBlank():
							doubted++
							if !about[c.Ref] && !refused {
								t.Errorf("%s: %s is lost without an error; findings %v", what, c.Ref, trybook.FindingList(ret))
							}
						case scale.Label(a.Level.Value) != answer(i):
							t.Errorf("%s: %s is %s, but in its row stands %s", what, c.Ref, scale.Label(a.Level.Value), answer(i))
						case a.Comment.Value != "about "+c.Ref:
							t.Errorf("%s: the comment of %s is %q", what, c.Ref, a.Comment.Value)
						default:
							restored++
						}
					}
				}
			}
		}
	}
	if restored == 0 || doubted == 0 {
		t.Errorf("%d answers were read and %d were in doubt: one of the two was not tried", restored, doubted)
	}
	t.Logf("%d answers read right, %d blank with an error", restored, doubted)
}

// TestRefThatIsTwoNumbers says the cases by name, each with the finding that it has.
func TestRefThatIsTwoNumbers(t *testing.T) {
	tm := refsTemplate()
	row := func(ref string) int {
		return slices.IndexFunc(tm.Criteria, func(c models.Criterion) bool { return c.Ref == ref })
	}
	april := dateRef("3.4", "02.01.2006")
	for _, x := range []struct {
		ref, cell string
		texts     bool
		read      bool
		want      models.Code
	}{
		{"1.10", `><v>1.1</v></c>`, true, true, models.RefRestored},
		{"1.10", `><v>1.1</v></c>`, false, false, models.RefFromDate},
		{"1.1", `><v>1.1</v></c>`, true, true, models.RefRestored},
		{"1.1", `><v>1.1</v></c>`, false, false, models.RefFromDate},
		{"3.10", `><v>3.1</v></c>`, false, false, models.RefFromDate},
		{"10.94", `><v>10.94</v></c>`, true, true, models.RefRestored},
		{"10.94", `><v>10.94</v></c>`, false, true, ""},
		{"12.26", `><v>12.26</v></c>`, false, true, ""},
		{"3.4", april, true, true, models.RefRestored},
		{"3.4", april, false, false, models.RefFromDate},
		{"4.3", april, true, true, models.RefRestored},
		{"4.3", april, false, false, models.RefFromDate},
		{"7.7", dateRef("7.7", "02.01.2006"), false, false, models.RefFromDate},
		{"1.10", inlineCell("1.1"), true, false, models.RowTwice},
		{"1.10", inlineCell("1.1"), false, false, models.RowTwice},
		{"1.10", inlineCell("１．１０"), false, true, ""},
		{"1.10", inlineCell(" 1.10\u00a0"), false, true, ""},
	} {
		all := make([]int, len(tm.Criteria))
		for i := range all {
			all[i] = i
		}
		b := refsWorkbook(tm, func(i int) string { return tm.LevelScale()[i%3].Label() }, func(i int) string {
			if i == row(x.ref) {
				return x.cell
			}
			return inlineCell(tm.Criteria[i].Ref)
		}, all, x.texts)
		ret := read(t, tm, b)
		a := ret.Answer(x.ref)
		what := fmt.Sprintf("%s as %s (texts %v)", x.ref, x.cell, x.texts)
		if got := a != nil && a.Level.Value == models.At(row(x.ref)%3+1); got != x.read {
			t.Errorf("%s: read %v, want %v; findings %v", what, got, x.read, trybook.FindingList(ret))
		}
		if x.want != "" && !trybook.HasCode(ret, x.want) {
			t.Errorf("%s: no %s; findings %v", what, x.want, trybook.FindingList(ret))
		}
	}
}
