package returns

import (
	"github.com/rubric-project/rubric/xlsx/internal/sheet"

	"github.com/rubric-project/rubric/xlsx/internal/layout"
)

// ownWords tells of most cells at a glance that they are neither a label nor a decisive heading.
type ownWords struct {
	starts            keyStarts
	shortest, longest int
}

// ownWords notes what the labels and the decisive headings begin with, and how long they are.
func (x *lexicon) ownWords() {
	for key, h := range x.columns {
		if h.col == layout.Ref || h.col == layout.Answer {
			x.words.starts.add(key)
		}
	}
	for i := range x.labels.list {
		x.words.starts.add(x.labels.list[i].key)
	}
	x.words.shortest, x.words.longest = min(shortestHeading, x.labels.shortest), max(x.longest, x.labels.longest)
}

// words finds the cells of a sheet that can be a label or a decisive heading, as indexes of its Cells, once: one look
// at all the cells serves both.
func (rd *reading) words(sh *sheet.Sheet) []int32 {
	list, ok := rd.wordsOf[sh]
	if ok {
		return list
	}
	w := &rd.lex.words
	for i := range sh.Cells {
		c := &sh.Cells[i]
		if c.Kind != sheet.Text {
			continue
		}
		if b := rd.book.Bytes(c); len(b) >= w.shortest && len(b) <= w.longest && len(b) > 0 && !w.starts.exclude(b) {
			list = append(list, int32(i))
		}
	}
	if rd.wordsOf == nil {
		rd.wordsOf = map[*sheet.Sheet][]int32{}
	}
	rd.wordsOf[sh] = list
	return list
}
