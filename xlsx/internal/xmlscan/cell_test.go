package xmlscan_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// cells lists the elements c of a document with their attributes, values and formulas, or says that the document
// is refused. If atOnce, those that are simple enough are taken with Cell.
func cells(b []byte, atOnce bool) (list []string, taken int, ok bool) {
	s := scanner(b, atOnce)
	for {
		for atOnce {
			c, ok := s.Cell(1)
			if !ok {
				break
			}
			taken++
			var inside []string
			if c.HasValue {
				inside = append(inside, "v="+string(c.Value.AppendText(nil)))
			}
			if c.Formula {
				inside = append(inside, "f")
			}
			list = append(list, fmt.Sprintf("r=%q s=%q t=%q %q", c.Ref, c.Style, c.Kind, sorted(inside)))
		}
		ev, err := s.Next()
		if err != nil {
			return nil, taken, false
		}
		if ev == xmlscan.EOF {
			return list, taken, true
		}
		if ev != xmlscan.Start || !s.Is(1, "c") {
			continue
		}
		r, _ := s.Raw("r")
		style, _ := s.Raw("s")
		kind, _ := s.Raw("t")
		head := fmt.Sprintf("r=%q s=%q t=%q ", r, style, kind)
		inside, err := insideOf(s)
		if err != nil {
			return nil, taken, false
		}
		list = append(list, head+fmt.Sprintf("%q", sorted(inside)))
	}
}

// insideOf lists what is inside the element that has just begun.
func insideOf(s *xmlscan.Scanner) (inside []string, err error) {
	depth := s.Depth()
	open := ""
	for {
		ev, err := s.Next()
		switch {
		case err != nil:
			return nil, err
		case ev == xmlscan.End && s.Depth() < depth:
			return inside, nil
		case ev == xmlscan.Start && s.Depth() == depth+1 && s.Is(1, "v"):
			inside, open = append(inside, "v="), "v"
		case ev == xmlscan.Start && s.Depth() == depth+1 && s.Is(1, "f"):
			inside, open = append(inside, "f"), "f"
		case ev == xmlscan.Start:
			inside = append(inside, "another element")
		case ev == xmlscan.Text && s.Depth() == depth+1 && open == "v":
			inside[len(inside)-1] += string(s.AppendText(nil))
		case ev == xmlscan.Text && s.Depth() == depth:
			inside = append(inside, "text")
		}
	}
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}

// FuzzCell: a cell that is taken at once is the one that Next gives piece by piece.
func FuzzCell(f *testing.F) {
	in := func(cells string) []byte { return []byte(`<a xmlns="urn:a"><row>` + cells + `</row></a>`) }
	for _, c := range []struct {
		cells string
		taken int
	}{
		{`<c r="A1" s="3" t="s"><v>17</v></c><c r="B1"/><c></c>`, 3},
		{`<c t="str" r="A1"><f>A1&amp;&#34;x&#34;</f><v>a &lt; b</v></c>`, 1},
		{`<c><v>1</v><f t="shared" si="0"/></c>`, 1},
		{`<c r="A1" r="B1"><v>1</v></c>`, 0},
		{`<c r="A1" x="1"><v>1</v></c>`, 0},
		{`<c r='A1'><v>1</v></c>`, 0},
		{`<c r="A1" ><v>1</v></c>`, 0},
		{`<c><v>1</v><v>2</v></c>`, 0},
		{`<c><v>]]></v></c>`, 0},
		{`<c><v>&no;</v></c>`, 0},
		{`<c><v><![CDATA[1]]></v></c>`, 0},
		{`<c><is><t>x</t></is></c>`, 0},
		{`<c xmlns="urn:b"><v>1</v></c>`, 0},
		{`<col/><c`, 0},
	} {
		if _, taken, _ := cells(in(c.cells), true); taken != c.taken {
			f.Errorf("%s: %d taken at once, not %d", c.cells, taken, c.taken)
		}
		f.Add(in(c.cells))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		pieces, _, ok := cells(b, false)
		quick, _, ok2 := cells(b, true)
		if ok != ok2 || !slices.Equal(pieces, quick) {
			t.Fatalf("piece by piece %v %q, at once %v %q", ok, pieces, ok2, quick)
		}
	})
}
