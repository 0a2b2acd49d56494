package assessment

import (
	"fmt"
	"html"
	"strings"

	"github.com/rubric-project/rubric/xlsx/internal/calc"
)

type carriedChart struct {
	part    string
	content []byte
}

// with writes the chart with the values that its cells have.
func (c *carriedChart) with(book *calc.Book) []byte {
	return numberCache.ReplaceAllFunc(c.content, func(cache []byte) []byte {
		m := numberCache.FindSubmatch(cache)
		at := calc.Cell{Row: number(m[3])}
		for i, name := range book.Sheets {
			if name == strings.Trim(html.UnescapeString(string(m[1])), "'") {
				at.Sheet = i
			}
		}
		for _, l := range m[2] {
			at.Col = at.Col*26 + int32(l-'A') + 1
		}
		return cachedPoint.ReplaceAllFunc(cache, func(point []byte) []byte {
			k := cachedPoint.FindSubmatch(point)[1]
			cell := at
			cell.Row += number(k)
			if v, ok := book.Value(cell); ok && v.Kind == calc.KindNumber {
				return fmt.Appendf(nil, `<c:pt idx="%s"><c:v>%g</c:v></c:pt>`, k, v.Number)
			}
			return point
		})
	})
}
