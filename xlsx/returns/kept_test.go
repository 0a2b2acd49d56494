package returns_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// The things in a workbook that programs keep or drop when they open and save it.
const (
	customXML = "customXml" // a part that SharePoint adds
	picture   = "picture"   // over a cell
	inCell    = "picture in a cell"
	link      = "link"
	looksOf   = "conditional format"
	boxed     = "text box"
	noted     = "note"
)

var things = []string{customXML, picture, inCell, link, looksOf, boxed, noted}

// keptBy says what each program keeps of them: LibreOffice 7.4 and 25.8, openpyxl 3.0 and 3.1, SheetJS 0.18, ExcelJS 4.4.
// What is not in the list is gone from the file. What is kept, and is no value, is a finding; so is a cell that lost its
// picture, as its error value stays (but with SheetJS in .ods, which leaves the cell empty). Of the rest, apart from
// customXml, which is nobody's evidence, nobody who has only the file can see that it was there; that the file is not whole
// is content-dropped.
var keptBy = map[string][]string{
	"libreoffice.xlsx": {picture, link, looksOf, boxed, noted},
	"libreoffice.ods":  {picture, link, looksOf, boxed, noted},
	"openpyxl.xlsx":    {picture, link, looksOf, noted},
	"sheetjs.xlsx":     {link, noted},
	"sheetjs.ods":      {link},
	"exceljs.xlsx":     {picture, link, looksOf, noted},
}

const policy, textInBox, textInNote = "https://example.org/policy", "as the board agreed", "see the minutes"

// withThings is a filled-in workbook with all of them: a picture over the evidence of one criterion, a picture in that of
// another, a link in that of a third, a conditional format that strikes through the answer to the first, a text box and a
// note.
func withThings(t testing.TB) []byte {
	b, _ := trybook.SmallFilled(t)
	plain := trybook.ReadBack(trybook.SmallTemplate(), b)
	var dot bytes.Buffer
	must(png.Encode(&dot, image.NewRGBA(image.Rect(0, 0, 8, 8))))
	f := trybook.Open(t, b)
	sheet, at := plain.Answers()[0].Level.Origin.Sheet, plain.Answers()
	must(f.AddPictureFromBytes(sheet, at[0].Evidence.Origin.Cell, &excelize.Picture{Extension: ".png", File: dot.Bytes(), Format: &excelize.GraphicOptions{}}))
	must(f.SetCellHyperLink(sheet, at[2].Evidence.Origin.Cell, policy, "External"))
	must(f.AddShape(sheet, &excelize.Shape{Cell: at[3].Evidence.Origin.Cell, Type: "rect", Paragraph: []excelize.RichTextRun{{Text: textInBox}}}))
	must(f.AddComment(sheet, excelize.Comment{Cell: at[3].Comment.Origin.Cell, Author: "A", Paragraph: []excelize.RichTextRun{{Text: textInNote}}}))
	style, err := f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
	must(err)
	must(f.SetConditionalFormat(sheet, at[0].Level.Origin.Cell, []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: "LEN($A$1)>0", Format: &style}}))
	var out bytes.Buffer
	must(f.Write(&out))
	p := trybook.Unpack(t, out.Bytes())
	i := trybook.Find(p, sheet2)
	cell := at[1].Evidence.Origin.Cell
	s := string(p[i].Body)
	from := strings.Index(s, `<c r="`+cell+`"`)
	end := from + strings.Index(s[from:], "</c>") + len("</c>")
	p[i].Body = []byte(s[:from] + `<c r="` + cell + `" t="e" vm="1"><v>#VALUE!</v></c>` + s[end:])
	p = trybook.Edit(p, bookRels, "</Relationships>", `<Relationship Id="rIdShared" Type="`+trybook.RelTypes+`customXml" Target="../customXml/item1.xml"/></Relationships>`)
	p = append(p, trybook.NewPart("customXml/item1.xml", []byte(`<p:properties xmlns:p="http://schemas.microsoft.com/office/2006/metadata/properties"><documentManagement>shared</documentManagement></p:properties>`)))
	return trybook.Pack(p, trybook.Packing{})
}

// holds says which of the things a saved file has, by its parts and not by the reader under test.
func holds(t testing.TB, data []byte) (out []string) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(err)
	found := map[string]bool{}
	for _, f := range r.File {
		src, err := f.Open()
		must(err)
		b, err := io.ReadAll(src)
		must(err)
		s := string(b)
		found[customXML] = found[customXML] || strings.HasPrefix(f.Name, "customXml/") && strings.Contains(s, "documentManagement")
		found[picture] = found[picture] || strings.HasPrefix(s, "\x89PNG") && !strings.Contains(f.Name, "humbnail")
		found[inCell] = found[inCell] || strings.Contains(s, ` vm="1"`)
		found[link] = found[link] || strings.Contains(s, policy)
		found[boxed] = found[boxed] || strings.Contains(s, textInBox)
		found[noted] = found[noted] || strings.Contains(s, textInNote)
		found[looksOf] = found[looksOf] || strings.Contains(s, "LEN($A$1)") || strings.Contains(s, "LEN([.$A$1])") || strings.Contains(s, "LEN(R1C1)")
	}
	for _, x := range things {
		if found[x] {
			out = append(out, x)
		}
	}
	return out
}

// TestWhatProgramsKeep opens and saves a workbook with all these things by other programs. Nothing that is still in the file
// is passed over in silence, nothing is said that is not in it any more, and the answers are the same.
func TestWhatProgramsKeep(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts other programs")
	}
	dir := t.TempDir()
	whole := withThings(t)
	checkThings(t, "as it was made", whole, things)
	must(os.WriteFile(filepath.Join(dir, "in.xlsx"), whole, 0o600))
	saved := 0
	for _, run := range savers(dir) {
		cmd := run.command
		cmd.Dir = dir
		if run.there != nil && run.there.Run() != nil {
			t.Logf("%s is not installed here", run.makes[0])
			continue
		}
		if text, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v: %s", run.makes[0], err, text)
			continue
		}
		for _, name := range run.makes {
			data, err := os.ReadFile(filepath.Join(dir, "out", name))
			if err != nil {
				t.Error(err)
				continue
			}
			if keep := os.Getenv("RUBRIC_KEEP"); keep != "" {
				must(os.WriteFile(filepath.Join(keep, name), data, 0o600))
			}
			saved++
			kept := holds(t, data)
			if !slices.Equal(kept, keptBy[name]) {
				t.Errorf("%s holds %q, the table says %q", name, kept, keptBy[name])
			}
			checkThings(t, name, data, kept)
		}
	}
	if saved == 0 {
		t.Skip("none of the programs is installed here")
	}
}

// saver opens in.xlsx and saves it into out/; there says that the program is installed.
type saver struct {
	makes          []string
	there, command *exec.Cmd
}

func savers(dir string) []saver {
	must(os.MkdirAll(filepath.Join(dir, "out"), 0o755))
	office := func(name, filter string) saver {
		shell := fmt.Sprintf("soffice -env:UserInstallation=file://%s/profile --headless --convert-to '%s' --outdir lo in.xlsx && mv lo/in.* out/%s", dir, filter, name)
		return saver{[]string{name}, exec.Command("sh", "-c", "command -v soffice"), exec.Command("sh", "-c", shell)}
	}
	python := "/usr/bin/python3"
	return []saver{office("libreoffice.xlsx", "xlsx:Calc MS Excel 2007 XML"), office("libreoffice.ods", "ods"),
		{[]string{"openpyxl.xlsx"}, exec.Command(python, "-c", "import openpyxl"), exec.Command(python, "-W", "ignore", "-c", "import openpyxl\nopenpyxl.load_workbook('in.xlsx').save('out/openpyxl.xlsx')")},
		{[]string{"sheetjs.xlsx", "sheetjs.ods"}, exec.Command("node", "-e", "require('xlsx')"), exec.Command("node", "-e", "const X=require('xlsx'),w=X.readFile('in.xlsx',{cellStyles:true});for(const t of ['xlsx','ods'])X.writeFile(w,'out/sheetjs.'+t,{bookType:t,compression:true})")},
		{[]string{"exceljs.xlsx"}, exec.Command("node", "-e", "require('exceljs')"), exec.Command("node", "-e", "const E=require('exceljs');(async()=>{const e=new E.Workbook();await e.xlsx.readFile('in.xlsx');await e.xlsx.writeFile('out/exceljs.xlsx')})().catch(e=>{console.error(e);process.exit(1)})")}}
}

// checkThings holds what is read of a file against what it holds.
func checkThings(t *testing.T, name string, data []byte, kept []string) {
	t.Helper()
	tm := trybook.SmallTemplate()
	_, want := trybook.ChoicesOf(tm)
	ret := trybook.ReadBack(tm, data)
	checkAnswers(t, name, tm, ret, want)
	has := func(thing string) bool { return slices.Contains(kept, thing) }
	about := func(code models.Code, ref string) bool {
		return slices.ContainsFunc(ret.Findings, func(f models.Finding) bool { return f.Code == code && (ref == "" || f.Ref == ref) })
	}
	refs := []string{ret.Answers()[0].Ref, ret.Answers()[1].Ref, ret.Answers()[2].Ref}
	pictures := 0
	for _, f := range ret.Findings {
		if f.Code == models.PictureNotRead && f.Ref != refs[1] {
			pictures++
		}
	}
	if has(picture) != (pictures > 0) {
		t.Errorf("%s: a picture is there: %v; findings %v", name, has(picture), trybook.FindingList(ret))
	}
	if evidence := ret.Answer(refs[2]).Evidence.Value; has(link) != (about(models.TextLink, refs[2]) && strings.Contains(evidence, policy)) {
		t.Errorf("%s: a link is there: %v; the evidence is %q, findings %v", name, has(link), evidence, trybook.FindingList(ret))
	}
	if has(looksOf) != about(models.AnswerLook, refs[0]) {
		t.Errorf("%s: a conditional format is there: %v; findings %v", name, has(looksOf), trybook.FindingList(ret))
	}
	said := func(text string) bool {
		return slices.ContainsFunc(ret.Findings, func(f models.Finding) bool { return f.Code == models.StrayText && strings.Contains(f.Message, text) })
	}
	if has(boxed) != said(textInBox) || has(noted) != said(textInNote) {
		t.Errorf("%s: a text box is there: %v, a note: %v; findings %v", name, has(boxed), has(noted), trybook.FindingList(ret))
	}
	whole := has(picture) && has(link) && has(looksOf) && has(boxed) && has(noted)
	if whole == about(models.ContentDropped, "") {
		t.Errorf("%s: it is whole: %v; findings %v", name, whole, trybook.FindingList(ret))
	}
	// The picture in a cell leaves the cell's error value behind, whatever becomes of it.
	if name != "sheetjs.ods" && !about(models.PictureNotRead, refs[1]) && !about(models.TextIsError, refs[1]) {
		t.Errorf("%s: nothing says that the evidence to %s is lost: %v", name, refs[1], trybook.FindingList(ret))
	}
	if trybook.HasCode(ret, models.FileHostile) {
		t.Errorf("%s: somebody is accused: %v", name, trybook.FindingList(ret))
	}
}
