package returns_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// TestWhoDroppedContent reads workbooks whose conditional formats are gone, as different programs say that they saved
// them. That things are gone is always said. A program is named where it may be the one that left them out: office programs
// keep them, so that somebody took them out by hand, or with a program that does not say so.
func TestWhoDroppedContent(t *testing.T) {
	whole, _ := trybook.SmallFilled(t)
	tm := trybook.SmallTemplate()
	conditional := regexp.MustCompile(`(?s)<conditionalFormatting.*</conditionalFormatting>|<extLst>.*</extLst>`)
	app := regexp.MustCompile(`<Application>[^<]*</Application>`)
	for _, x := range []struct {
		application string
		named       bool
	}{
		{"Microsoft Excel", false}, {"Microsoft Excel Online", false}, {"Microsoft Macintosh Excel", false},
		{"LibreOffice/24.2.7.2$Linux_X86_64 LibreOffice_project/420", false}, {"WPS Office_6.2.0.8299_F1E3", false}, {"ONLYOFFICE/8.1.0", false},
		{"SheetJS", true}, {"A program of our own", true}, {"", false},
	} {
		for _, gone := range []bool{false, true} {
			parts := trybook.Unpack(t, whole)
			p := &parts[trybook.Find(parts, "docProps/app.xml")]
			p.Body = app.ReplaceAll(p.Body, []byte("<Application>"+strings.ReplaceAll(x.application, "$", "$$")+"</Application>"))
			if gone {
				s := &parts[trybook.Find(parts, sheet2)]
				s.Body = conditional.ReplaceAll(s.Body, nil)
			}
			ret := trybook.ReadBack(tm, trybook.Pack(parts, trybook.Packing{}))
			if ret.Application != x.application {
				t.Fatalf("the workbook says that %q saved it, want %q", ret.Application, x.application)
			}
			var said []string
			for _, f := range ret.Findings {
				if f.Code == models.ContentDropped {
					said = append(said, f.Message)
				}
			}
			switch {
			case !gone && len(said) > 0:
				t.Errorf("%s: nothing is gone, and it is said: %q", x.application, said)
			case gone && len(said) != 1:
				t.Errorf("%s: the conditional formats are gone: %v", x.application, trybook.FindingList(ret))
			case gone && (!strings.Contains(said[0], "conditional formats") || x.named != strings.Contains(said[0], "saved by") || x.named && !strings.Contains(said[0], x.application)):
				t.Errorf("%s: said %q; the program is to be named: %v", x.application, said[0], x.named)
			}
		}
	}
}
