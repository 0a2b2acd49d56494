package picture_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/xlsx/picture"
)

func book(t testing.TB) []byte {
	f := excelize.NewFile()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	band, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 16, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1B5E7D"}},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	must(err)
	must(f.SetColWidth("Sheet1", "A", "B", 20))
	must(f.SetRowHeight("Sheet1", 1, 30))
	must(f.SetCellValue("Sheet1", "A1", "Title"))
	must(f.MergeCell("Sheet1", "A1", "B1"))
	must(f.SetCellStyle("Sheet1", "A1", "B1", band))
	must(f.SetCellValue("Sheet1", "B3", 7))
	for i := range 100 {
		must(f.SetCellValue("Sheet1", fmt.Sprintf("A%d", 4+i), "row"))
	}
	_, err = f.NewSheet("Hidden")
	must(err)
	must(f.SetSheetVisible("Hidden", false))
	var b bytes.Buffer
	must(f.Write(&b))
	return b.Bytes()
}

func TestRead(t *testing.T) {
	sheets, err := picture.Read(book(t), 200)
	if err != nil {
		t.Fatal(err)
	}
	if len(sheets) != 1 || sheets[0].Name != "Sheet1" || !sheets[0].Cut || sheets[0].Height < 200 || sheets[0].Height > 220 {
		t.Fatalf("%+v", sheets)
	}
	title := sheets[0].Boxes[0]
	// Two columns of 20 characters at 5.25 points each, one row of 30 points.
	if title.Fill != "#1b5e7d" || title.Width != 210 || title.Height != 30 || len(title.Texts) != 1 || title.Texts[0].Ink != "#ffffff" || !title.Texts[0].Bold || title.Texts[0].Size != 16 {
		t.Errorf("the title is %+v", title)
	}
	if seven := sheets[0].Boxes[1]; len(seven.Texts) != 1 || seven.Texts[0].Text != "7" || seven.X != 105 || seven.Y != 45 {
		t.Errorf("B3 is %+v", seven)
	}
	if _, err := picture.Read([]byte(strings.Repeat("x", 99)), 100); err == nil {
		t.Error("what is no workbook was read")
	}
}

// The title of a sheet is a coloured box across two columns.
func ExampleRead() {
	sheets, err := picture.Read(book(&testing.B{}), 60)
	if err != nil {
		fmt.Println(err)
		return
	}
	box := sheets[0].Boxes[0]
	fmt.Println(sheets[0].Name, box.Fill, box.Width, box.Texts[0].Text)
	// Output: Sheet1 #1b5e7d 210 Title
}
