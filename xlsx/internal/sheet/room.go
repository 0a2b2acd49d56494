package sheet

import "sync"

// room is the memory of a workbook that was read and is no longer needed. Reading a round's returns one after
// the other would otherwise make a megabyte of garbage for each.
type room struct {
	texts   []byte
	strings []uint32
	cells   [][]Cell
}

var rooms = sync.Pool{New: func() any { return &room{} }}

// The largest pieces of memory that are kept, in bytes and cells, and the largest number of lists of cells.
const (
	keepTexts = 1 << 20
	keepCells = 1 << 14
	keepLists = 16
)

// Release gives the memory of the workbook's cells and texts back. Nothing of the workbook, neither a sheet nor
// a cell nor what Bytes gave, may be used afterwards; what Text gave may.
func (w *Workbook) Release() {
	m := rooms.Get().(*room)
	if cap(w.texts) <= keepTexts {
		m.texts = w.texts[:0]
	}
	if cap(w.strings) <= keepTexts/4 {
		m.strings = w.strings[:0]
	}
	for _, sh := range w.Sheets {
		if n := cap(sh.Cells); n > 0 && n <= keepCells && len(m.cells) < keepLists {
			m.cells = append(m.cells, sh.Cells[:0])
		}
		sh.Cells = nil
	}
	w.texts, w.strings, w.Sheets = nil, nil, nil
	rooms.Put(m)
}

// newCells is room for about n cells.
func (w *Workbook) newCells(n int) []Cell {
	if k := len(w.room.cells); k > 0 {
		cells := w.room.cells[k-1]
		w.room.cells = w.room.cells[:k-1]
		return cells
	}
	return make([]Cell, 0, n)
}
