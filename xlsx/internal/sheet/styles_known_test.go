package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/rubric-project/rubric/xlsx/internal/opc"
)

// Styles that are known are taken as they were read; any other are read, however alike they are.
func TestStylesKnown(t *testing.T) {
	styles := func(id int, strike string) []byte {
		return fmt.Appendf(nil, `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts><font><strike val="%s"/></font></fonts><fills/><cellXfs><xf numFmtId="%02d" fontId="0" fillId="0"/></cellXfs></styleSheet>`, strike, id)
	}
	read := func(content []byte) (*Workbook, error) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		f, err := z.Create("styles.xml")
		if err != nil {
			t.Error(err)
		}
		if _, err := f.Write(content); err != nil {
			t.Error(err)
		}
		if err := z.Close(); err != nil {
			t.Error(err)
		}
		p, err := opc.Open(context.Background(), opc.Bytes(b.Bytes()), int64(b.Len()), opc.Limits{Parts: 2, Unpacked: 1 << 20})
		if err != nil {
			t.Error(err)
		}
		w := &Workbook{}
		return w, w.readStyles(p, "styles.xml")
	}
	var wg sync.WaitGroup
	for range 4 { // returns are read side by side
		wg.Go(func() {
			for i := range 60 {
				id, strike := 1+i%14, fmt.Sprint(i%2)
				w, err := read(styles(id, strike))
				if err != nil || len(w.formats) != 1 {
					t.Errorf("%d: %v, %d formats", id, err, len(w.formats))
					return
				}
				if got := w.formats[0]; got.Code != builtinFormat(id) || got.Date != (id == 14) || got.look.struck != (strike == "1") {
					t.Errorf("format %d, struck %s, was read as %q, date %v, struck %v", id, strike, got.Code, got.Date, got.look.struck)
				}
				if _, err := read(bytes.Replace(styles(id, strike), []byte("</fonts>"), []byte("</fontz>"), 1)); err == nil {
					t.Error("styles that are not well-formed were read")
				}
			}
		})
	}
	wg.Wait()
}
