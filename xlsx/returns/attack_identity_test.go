package returns_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

var (
	attackKey    = []byte("a key of thirty-two bytes, made up")
	attackOthers = []models.Recipient{{ID: "007", Name: "Example Unified School District 07"}, {ID: "008", Name: "Example Unified School District 08"}}
)

// returnOf is the workbook of a recipient, with one answer, sealed.
func returnOf(t testing.TB, id string, rc models.Recipient) []byte {
	t.Helper()
	tm, rd := trybook.Template(t, id), trybook.Round(id, "a4")
	m := models.Manifest{Round: rd.ID, Template: tm.ID, TemplateVersion: tm.Version, TemplateDigest: "0123456789abcdef", Recipient: rc.ID, Name: rc.Name}
	a, err := assessment.New(tm, rd)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := a.Write(&b, rc, m.Sealed(attackKey), m.Reference(attackKey)); err != nil {
		t.Fatal(err)
	}
	cells, _ := trybook.ChoicesOf(tm)
	out, err := assessment.Fill(b.Bytes(), assessment.Filling{Cells: cells})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestAttackIdentity passes one recipient's answers off as another's, in part or by mistake. They are credited to
// their owner, or to nobody.
func TestAttackIdentity(t *testing.T) {
	const id = "uk-dmm"
	tm, rd := trybook.Template(t, id), trybook.Round(id, "a4")
	seven, eight := returnOf(t, id, attackOthers[0]), returnOf(t, id, attackOthers[1])
	other, err := excelize.OpenReader(bytes.NewReader(eight))
	must(err)
	cellOf := func(f *excelize.File, sheet, label string) string {
		at, err := f.SearchSheet(sheet, label)
		must(err)
		col, row, err := excelize.CellNameToCoordinates(at[0])
		must(err)
		for col++; ; col++ {
			name, err := excelize.CoordinatesToCellName(col, row)
			must(err)
			if v, _ := f.GetCellValue(sheet, name); v != "" {
				return name
			}
		}
	}
	put := func(f *excelize.File, sheet, label string) {
		v, err := other.GetCellValue(sheet, cellOf(other, sheet, label))
		must(err)
		must(f.SetCellStr(sheet, cellOf(f, sheet, label), v))
	}
	hidden := func(f *excelize.File) {
		rows, err := other.GetRows("rubric")
		must(err)
		for i, r := range rows {
			name, _ := excelize.CoordinatesToCellName(2, i+1)
			must(f.SetCellStr("rubric", name, r[1]))
		}
	}
	properties := func(f *excelize.File) {
		list, err := other.GetCustomProps()
		must(err)
		for _, p := range list {
			must(f.SetCustomProps(p))
		}
	}
	lose := func(f *excelize.File) { // what openpyxl does
		list, err := f.GetCustomProps()
		must(err)
		for _, p := range list {
			must(f.SetCustomProps(excelize.CustomProperty{Name: p.Name}))
		}
	}
	for _, c := range []struct {
		name string
		do   func(f *excelize.File)
		code models.Code
		to   string
	}{
		{"nothing changed", func(*excelize.File) {}, "", "007"},
		{"another's hidden sheet", hidden, models.ManifestContradictory, ""},
		{"another's reference typed over", func(f *excelize.File) { put(f, "Start", "Reference") }, models.RecipientAltered, ""},
		{"another's name typed over", func(f *excelize.File) { put(f, "Start", "Organisation") }, models.RecipientAltered, ""},
		{"another's properties and reference", func(f *excelize.File) { properties(f); put(f, "Start", "Reference") }, "", ""},
		{"another's hidden sheet, own properties lost", func(f *excelize.File) { hidden(f); lose(f) }, models.RecipientAltered, ""},
		{"another's hidden sheet, properties and reference, own name left", func(f *excelize.File) { hidden(f); properties(f); put(f, "Start", "Reference") }, models.RecipientAltered, ""},
		{"the hidden sheet and the properties lost, another's reference typed over", func(f *excelize.File) {
			must(f.DeleteSheet("rubric"))
			lose(f)
			put(f, "Start", "Reference")
		}, models.RecipientAltered, ""},
		{"the recipient typed over in the hidden sheet", func(f *excelize.File) { must(f.SetCellStr("rubric", cellOf(f, "rubric", "recipient"), "008")) }, models.RecipientAltered, ""},
		{"another's Start sheet beside the own one", func(f *excelize.File) {
			_, err := f.NewSheet("Start (2)")
			must(err)
			for i, l := range []string{"Organisation", "Reference"} {
				v, err := other.GetCellValue("Start", cellOf(other, "Start", l))
				must(err)
				row := []any{l, v}
				must(f.SetSheetRow("Start (2)", []string{"A1", "A2"}[i], &row))
			}
		}, models.RecipientAltered, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := excelize.OpenReader(bytes.NewReader(seven))
			must(err)
			c.do(f)
			var b bytes.Buffer
			must(f.Write(&b))
			ret := read(t, tm, b.Bytes())
			reg := checks.Register(checks.RegisterInput{Round: rd, Template: tm, TemplateDigest: "0123456789abcdef", Key: attackKey,
				Recipients: attackOthers, Returns: []models.Return{ret}, Today: rd.Due})
			line := reg.Files[0]
			var codes []string
			found := c.code == ""
			for _, f := range line.Findings {
				codes = append(codes, string(f.Code))
				found = found || f.Code == c.code
			}
			if line.Recipient != c.to || !found || c.to == "" && line.Status == models.Counted {
				t.Errorf("credited to %q as %s, meant %q with %q: %s", line.Recipient, line.Status, c.to, c.code, strings.Join(codes, " "))
			}
		})
	}
}
