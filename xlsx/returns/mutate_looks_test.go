package returns_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// expected is what a change of looks has to bring about beside the answers.
type expected struct {
	// codes must be found, and none must not.
	codes, none []models.Code
	// evidence is what must stand in the evidence of a criterion, by ref.
	evidence map[string]string
}

func (x expected) check(ret models.Return) string {
	for _, c := range x.codes {
		if !trybook.HasCode(ret, c) {
			return "nothing says " + string(c)
		}
	}
	for _, c := range x.none {
		if trybook.HasCode(ret, c) {
			return "it says " + string(c) + ", which is untrue"
		}
	}
	for ref, part := range x.evidence {
		if a := ret.Answer(ref); a == nil || !strings.Contains(a.Evidence.Value, part) {
			return ref + ": the evidence lacks " + part
		}
	}
	return ""
}

// answer lets a criterion be answered by one of its steps, with more attributes and content than a value has.
func (e *editing) answerIn(cell func(label string) string) (*models.Criterion, int) {
	c := e.pick()
	scale := e.b.tm.Scale(c)
	step := scale[e.r.IntN(len(scale))]
	row := e.g.row(e.b, c.Ref)
	e.set(row, e.g.answerCol, cell(escape(step.Label())))
	e.m.want[c.Ref] = models.At(step.Number)
	delete(e.m.doubt, c.Ref)
	return c, row
}

func inline(style int, is string) string {
	return fmt.Sprintf(` s="%d" t="inlineStr"><is>%s</is></c>`, style, is)
}

// style adds a style of cells to the workbook and says its number; format is of numbers.
func (e *editing) style(font, fill, format string) int {
	i := trybook.Find(*e.parts, "xl/styles.xml")
	s := string((*e.parts)[i].Body)
	add := func(list, item, what string) int {
		from := strings.Index(s, "<"+list)
		end := from + strings.Index(s[from:], "</"+list+">")
		n := len(regexp.MustCompile("<"+item+"[ />]").FindAllString(s[from:end], -1))
		s = s[:end] + what + s[end:]
		return n
	}
	number := 0
	if format != "" {
		number = 398
		code := `<numFmt numFmtId="398" formatCode="` + format + `"/>`
		if strings.Contains(s, "</numFmts>") {
			s = strings.Replace(s, "</numFmts>", code+"</numFmts>", 1)
		} else {
			s = strings.Replace(s, "<fonts", `<numFmts count="1">`+code+"</numFmts><fonts", 1)
		}
	}
	f, g := add("fonts", "font", "<font>"+font+"</font>"), add("fills", "fill", "<fill>"+fill+"</fill>")
	n := add("cellXfs", "xf", fmt.Sprintf(`<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>`, number, f, g))
	(*e.parts)[i].Body = []byte(s)
	return n
}

// differential adds a style of conditional formats and says its number.
func (e *editing) differential(dxf string) int {
	i := trybook.Find(*e.parts, "xl/styles.xml")
	s := string((*e.parts)[i].Body)
	s = regexp.MustCompile(`<dxfs[^>]*/>`).ReplaceAllString(s, "<dxfs></dxfs>")
	if !strings.Contains(s, "</dxfs>") {
		at := strings.Index(s, "</cellStyles>") + len("</cellStyles>")
		if at < len("</cellStyles>") {
			at = strings.Index(s, "</cellXfs>") + len("</cellXfs>")
		}
		s = s[:at] + "<dxfs></dxfs>" + s[at:]
	}
	n := len(regexp.MustCompile("<dxf[ />]").FindAllString(s, -1))
	(*e.parts)[i].Body = []byte(strings.Replace(s, "</dxfs>", "<dxf>"+dxf+"</dxf></dxfs>", 1))
	return n
}

// after puts an element where it belongs behind the cells: before the first of those that follow it.
func (e *editing) after(element string, followers ...string) {
	at := strings.Index(e.g.tail, "</worksheet>")
	for _, f := range followers {
		if i := strings.Index(e.g.tail, "<"+f); i >= 0 && i < at {
			at = i
		}
	}
	e.g.tail = e.g.tail[:at] + element + e.g.tail[at:]
}

var (
	afterLinks  = []string{"printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "drawing", "legacyDrawing", "tableParts", "extLst"}
	afterFormat = append([]string{"conditionalFormatting", "dataValidations", "hyperlinks"}, afterLinks...)
)

// conditional puts a conditional format over an answer. NEXT in the rule stands for the number of the style.
func (e *editing) conditional(dxf, rule string) string {
	_, row := e.answerIn(inlineCell)
	rule = strings.ReplaceAll(rule, "NEXT", strconv.Itoa(e.differential(dxf)))
	at := fmt.Sprintf("%s%d", trybook.ColumnLetters(e.g.answerCol+1), row+1)
	e.after(`<conditionalFormatting sqref="`+at+`">`+rule+`</conditionalFormatting>`, afterFormat...)
	return at
}

// evidenceColumn is where the evidence stands, from 0; -1 where the workbook has none.
func (e *editing) evidenceColumn() int { return columnOf(e.b.plain.Answers()[0].Evidence.Origin.Cell) }

func (e *editing) commentColumn() int { return columnOf(e.b.plain.Answers()[0].Comment.Origin.Cell) }

func columnOf(cell string) int {
	col := 0
	for _, r := range cell {
		if r >= 'A' && r <= 'Z' {
			col = col*26 + int(r-'A') + 1
		}
	}
	return col - 1
}

// relation adds a relationship of the sheet of answers.
func (e *editing) relation(id, kind, target string) {
	const rels = "xl/worksheets/_rels/sheet2.xml.rels"
	one := `<Relationship Id="` + id + `" Type="` + trybook.RelTypes + kind + `" Target="` + target + `"`
	if kind == "hyperlink" {
		one += ` TargetMode="External"`
	}
	if i := slices.IndexFunc(*e.parts, func(p trybook.Entry) bool { return p.Name == rels }); i >= 0 {
		s := regexp.MustCompile(`(<Relationships[^>]*)/>`).ReplaceAllString(string((*e.parts)[i].Body), "$1></Relationships>")
		(*e.parts)[i].Body = []byte(strings.Replace(s, "</Relationships>", one+"/></Relationships>", 1))
		return
	}
	*e.parts = append(*e.parts, trybook.NewPart(rels, []byte(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+one+`/></Relationships>`)))
}

const noFill = `<patternFill patternType="none"/>`

// looks are what a person sees and a reader of values does not, and evidence that is no text. Each says itself what has to
// be found; OpenDocument has others.
var looks = []func(e *editing) string{
	func(e *editing) string {
		font := []string{`<color rgb="FFFFFFFF"/>`, `<color theme="0"/>`, `<color indexed="9"/>`, `<sz val="1"/>`}[e.r.IntN(4)]
		s := e.style(font, noFill, "")
		c, _ := e.answerIn(func(l string) string { return inline(s, "<t>"+l+"</t>") })
		e.m.expect.codes = []models.Code{models.AnswerUnseen}
		return "the answer to " + c.Ref + " in letters of " + font
	},
	func(e *editing) string {
		run := []string{`<color rgb="FFFFFFFF"/>`, `<sz val="1"/>`}[e.r.IntN(2)]
		s := e.style("", noFill, "")
		c, _ := e.answerIn(func(l string) string {
			head, rest := l[:1], l[1:]
			return inline(s, `<r><t xml:space="preserve">`+head+`</t></r><r><rPr>`+run+`</rPr><t xml:space="preserve">`+rest+`</t></r>`)
		})
		e.m.expect.codes = []models.Code{models.AnswerUnseen}
		return "a run of the answer to " + c.Ref + " in letters of " + run
	},
	func(e *editing) string {
		s := e.style("<strike/>", noFill, "")
		c, _ := e.answerIn(func(l string) string { return inline(s, "<t>"+l+"</t>") })
		e.m.want[c.Ref], e.m.doubt[c.Ref] = models.Blank(), true
		return "the answer to " + c.Ref + " struck through"
	},
	func(e *editing) string {
		s := e.style(`<b/><sz val="12"/><color rgb="FFFFFFFF"/>`, `<patternFill patternType="solid"><fgColor rgb="FF1F3864"/></patternFill>`, "")
		c, _ := e.answerIn(func(l string) string { return inline(s, "<t>"+l+"</t>") })
		e.m.expect.none = []models.Code{models.AnswerUnseen}
		return "the answer to " + c.Ref + " in white on dark blue"
	},
	func(e *editing) string {
		col, c := e.commentColumn(), e.pick()
		if col < 0 {
			return "nothing"
		}
		font, format := `<color rgb="FFFFFFFF"/>`, ""
		if e.r.IntN(2) == 0 {
			font, format = "", ";;;"
		}
		e.set(e.g.row(e.b, c.Ref), col, inline(e.style(font, noFill, format), "<t>we are not ready</t>"))
		e.m.expect.codes = []models.Code{models.TextUnseen}
		return "a comment to " + c.Ref + " that is not seen: " + font + format
	},
	func(e *editing) string {
		dxf := []string{"<font><strike/></font>", `<font><color rgb="FFFFFFFF"/></font>`, `<numFmt numFmtId="397" formatCode=";;;"/>`}[e.r.IntN(3)]
		code := models.AnswerLook
		if strings.Contains(dxf, "numFmt") {
			code = models.AnswerHiddenValue
		}
		at := e.conditional(dxf, `<cfRule type="expression" priority="99" dxfId="NEXT"><formula>LEN($A$1)&gt;0</formula></cfRule>`)
		e.m.expect.codes = []models.Code{code}
		return "a conditional format over " + at + ": " + dxf
	},
	func(e *editing) string {
		rule := []string{`<cfRule type="iconSet" priority="9"><iconSet iconSet="3TrafficLights1" showValue="0"><cfvo type="percent" val="0"/><cfvo type="percent" val="33"/><cfvo type="percent" val="67"/></iconSet></cfRule>`,
			`<cfRule type="dataBar" priority="9"><dataBar showValue="0"><cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/></dataBar></cfRule>`}[e.r.IntN(2)]
		at := e.conditional("", rule)
		e.m.expect.codes = []models.Code{models.AnswerLook}
		return "icons or bars in place of " + at
	},
	func(e *editing) string {
		at := e.conditional("<font><b/></font>", `<cfRule type="expression" priority="99" dxfId="NEXT"><formula>LEN($A$1)&gt;0</formula></cfRule>`)
		e.m.expect.none = []models.Code{models.AnswerLook}
		return "a conditional format that makes " + at + " bold"
	},
	func(e *editing) string {
		col, c := e.evidenceColumn(), e.pick()
		if col < 0 {
			return "nothing"
		}
		row, url := e.g.row(e.b, c.Ref), fmt.Sprintf("https://example.org/policy/%d", e.r.IntN(1000))
		e.set(row, col, inlineCell("our policy"))
		e.relation("rIdLink", "hyperlink", url)
		link := fmt.Sprintf(`<hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ref="%s%d" r:id="rIdLink"/>`, trybook.ColumnLetters(col+1), row+1)
		if strings.Contains(e.g.tail, "</hyperlinks>") {
			e.g.tail = strings.Replace(e.g.tail, "</hyperlinks>", link+"</hyperlinks>", 1)
		} else {
			e.after("<hyperlinks>"+link+"</hyperlinks>", afterLinks...)
		}
		e.m.texts, e.m.expect = false, expected{codes: []models.Code{models.TextLink}, evidence: map[string]string{c.Ref: url}}
		return "a link in the evidence to " + c.Ref
	},
	func(e *editing) string {
		col, c := e.evidenceColumn(), e.pick()
		if col < 0 {
			return "nothing"
		}
		url := fmt.Sprintf("https://example.org/f/%d", e.r.IntN(1000))
		e.set(e.g.row(e.b, c.Ref), col, ` t="str"><f>HYPERLINK("`+url+`","our policy")</f><v>our policy</v></c>`)
		e.m.texts, e.m.expect = false, expected{codes: []models.Code{models.TextLink}, evidence: map[string]string{c.Ref: url}}
		return "a link by a function in the evidence to " + c.Ref
	},
	func(e *editing) string {
		if strings.Contains(e.g.tail, "<drawing ") {
			return "nothing"
		}
		c := e.pick()
		e.relation("rIdPicture", "drawing", "../drawings/aside9.xml")
		trybook.Edit(*e.parts, types, "</Types>", `<Override PartName="/xl/drawings/aside9.xml" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>`)
		*e.parts = append(*e.parts, trybook.NewPart("xl/drawings/aside9.xml", []byte(fmt.Sprintf(`<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:oneCellAnchor><xdr:from><xdr:col>%d</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="P"/><xdr:cNvPicPr/></xdr:nvPicPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>`,
			e.r.IntN(12), e.g.row(e.b, c.Ref)))))
		e.m.expect.codes = []models.Code{models.PictureNotRead}
		return "a picture in the row of " + c.Ref
	},
	func(e *editing) string {
		col, c := e.evidenceColumn(), e.pick()
		if col < 0 {
			return "nothing"
		}
		cell := []string{` t="e" vm="1"><v>#VALUE!</v></c>`, ` t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>`}[e.r.IntN(2)]
		e.set(e.g.row(e.b, c.Ref), col, cell)
		e.m.expect.codes = []models.Code{models.PictureNotRead}
		return "a picture in the cell for evidence to " + c.Ref
	},
	func(e *editing) string {
		c := e.pick()
		e.set(e.g.row(e.b, c.Ref), e.g.answerCol, ` t="e" vm="1"><v>#VALUE!</v></c>`)
		e.m.want[c.Ref], e.m.doubt[c.Ref] = models.Blank(), true
		return "a picture in the cell for the answer to " + c.Ref
	},
	func(e *editing) string {
		c := e.pick()
		row, col := e.g.row(e.b, c.Ref), e.g.answerCol-1
		if len(c.Descriptors) < 2 || e.cell(row, col) == "" || e.cell(row, col-1) == "" {
			return "nothing"
		}
		s := fmt.Sprintf(` s="%d"`, e.style("", `<patternFill patternType="solid"><fgColor rgb="FFFFFF00"/></patternFill>`, ""))
		e.g.rows[row][col] = s + regexp.MustCompile(` s="\d+"`).ReplaceAllString(e.cell(row, col), "")
		e.set(row, e.g.answerCol, "")
		e.m.want[c.Ref] = models.Blank()
		delete(e.m.doubt, c.Ref)
		e.m.expect.codes = []models.Code{models.LevelsColoured}
		return "no answer to " + c.Ref + " but a coloured description"
	},
}

func init() {
	for _, look := range looks {
		edits = append(edits, func(e *editing) string {
			if e.g.ods {
				return "nothing"
			}
			return look(e)
		})
	}
}

// TestLooksAreNoticed makes each change of looks in each workbook: each is noticed, and noticed to be missing by the judge
// where the findings and the addresses are lost.
func TestLooksAreNoticed(t *testing.T) {
	made, missed := 0, 0
	for n, look := range looks {
		done := 0
		for k, id := range []string{"uk-dmm", "csis-cdm3", "saved/libreoffice.xlsx", "saved/openpyxl.xlsx", "saved/exceljs.xlsx", "saved/sheetjs.xlsx"} {
			b := baseOf(t, id)
			m := mutation{want: maps.Clone(b.want), doubt: map[string]bool{}, any: map[string]bool{}, loose: map[string]bool{}, texts: true}
			g, parts := gridOf(b), b.parts()
			m.what = look(&editing{rand.New(rand.NewPCG(uint64(n), uint64(k))), b, g, &m, &parts})
			if m.what == "nothing" {
				continue
			}
			done++
			parts[trybook.Find(parts, sheet2)].Body = g.xml()
			m.data = trybook.Pack(parts, trybook.Packing{})
			ret := read(t, b.tm, m.data)
			if result, why := m.judge(b, ret); result == silentlyWrong || result == "refused" {
				t.Errorf("%s, %s: %s %s; findings %v", id, m.what, result, why, trybook.FindingList(ret))
			}
			if len(m.expect.codes) > 0 {
				made++
				ret.Findings = nil
				if result, _ := m.judge(b, ret); result != silentlyWrong {
					t.Errorf("%s, %s: without its findings it is %s", id, m.what, result)
				}
			}
			for ref := range m.expect.evidence {
				missed++
				again := read(t, b.tm, m.data)
				again.Answer(ref).Evidence.Value = "our policy"
				if result, _ := m.judge(b, again); result != silentlyWrong {
					t.Errorf("%s, %s: without the address it is %s", id, m.what, result)
				}
			}
		}
		if done < 2 {
			t.Errorf("look %d was made in %d workbooks", n, done)
		}
	}
	if made < 40 || missed < 4 {
		t.Errorf("%d changes that must be said, %d addresses", made, missed)
	}
}
