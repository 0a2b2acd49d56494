package assessment

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/xlsx/internal/draw"
)

// A row whose height is set stays as it is while somebody types, and a long comment loses its start and end. So the rows
// of criteria and actions have the height that a program finds by itself (no customHeight, ECMA-376 part 1, 18.3.1.73), up to the 409
// points that a row may have. A program measures what stands in the cells then, without any room above and below: beside
// the table, in a narrow column that is not printed, stands a text of empty lines that is as high as the row must be at
// least. Its letters are a little larger than those of the table, which is the room above and below. An empty column
// stands between: where cells of a row are deleted, and the others move to the left, nothing takes the place of the
// status, which tells the reader so.

// growingSize is the font size of the empty lines.
const growingSize = draw.FontSize + 0.5

// growing lets a row of a table grow with what is typed into it, and keeps it high enough for a text of so many points. last
// is the table's last column.
func (b *book) growing(sheet string, last, row int, points float64) {
	col := last + 2
	b.Width(sheet, col-1, 0.8)
	b.Width(sheet, col, 0.8)
	most := math.Floor(draw.HighestRow / (growingSize * draw.LineHeight))
	lines := min(math.Ceil(points/(draw.FontSize*draw.LineHeight)-0.01), most)
	b.Put(sheet, col, row, strings.Repeat("\n", int(lines)-1), draw.Look{Wrap: true, Ink: "FFFFFF", Size: growingSize})
	b.Height(sheet, row, draw.RowHeight(lines*growingSize*draw.LineHeight, 0))
	if b.grow[sheet] == nil {
		b.grow[sheet] = map[int]bool{}
	}
	b.grow[sheet][row] = true
}

var fixedHeight = regexp.MustCompile(` customHeight="[^"]*"`)

var rowTag = regexp.MustCompile(`<row r="([0-9]+)"[^>]*>`)

// free takes the fixed heights off the rows of a sheet that grow.
func (b *book) free(sheet string, part []byte) []byte {
	return rowTag.ReplaceAllFunc(part, func(m []byte) []byte {
		if row, err := strconv.Atoi(string(rowTag.FindSubmatch(m)[1])); err != nil || !b.grow[sheet][row] {
			return m
		}
		return fixedHeight.ReplaceAll(m, nil)
	})
}
