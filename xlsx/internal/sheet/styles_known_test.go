package sheet

import (
	"bytes"
	"fmt"
	"sync"
	"testing"

	"github.com/rubric-project/rubric/xlsx/internal/opc"
)

// Styles that are known are taken as they were read; any other are read, however alike they are.
func TestStylesKnown(t *testing.T) {
	type styles struct {
		id             int
		struck         bool
		whole, damaged *opc.Package
	}
	var lists [4][]styles // returns are read side by side
	for n := range lists {
		for i := range 60 {
			x := styles{id: 1 + i%14, struck: i%2 == 1}
			content := fmt.Appendf(nil, `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts><font><strike val="%d"/></font></fonts><fills/><cellXfs><xf numFmtId="%02d" fontId="0" fillId="0"/></cellXfs></styleSheet>`, i%2, x.id)
			x.whole = packed(t, map[string][]byte{"styles.xml": content})
			x.damaged = packed(t, map[string][]byte{"styles.xml": bytes.Replace(content, []byte("</fonts>"), []byte("</fontz>"), 1)})
			lists[n] = append(lists[n], x)
		}
	}
	var wg sync.WaitGroup
	for _, list := range lists {
		wg.Go(func() {
			for _, x := range list {
				var w Workbook
				if err := w.readStyles(x.whole, "styles.xml"); err != nil || len(w.formats) != 1 {
					t.Errorf("format %d: %v, %d formats", x.id, err, len(w.formats))
					return
				}
				if got := w.formats[0]; got.Code != builtinFormat(x.id) || got.Date != (x.id == 14) || got.look.struck != x.struck {
					t.Errorf("format %d, struck %v, was read as %q, date %v, struck %v", x.id, x.struck, got.Code, got.Date, got.look.struck)
				}
				if new(Workbook).readStyles(x.damaged, "styles.xml") == nil {
					t.Error("styles that are not well-formed were read")
				}
			}
		})
	}
	wg.Wait()
}
