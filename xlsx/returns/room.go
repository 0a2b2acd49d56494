package returns

import (
	"sync"

	"github.com/rubric-project/rubric/models"
)

// hitRoom is memory for the rows of one return after the other, which would otherwise be a sixth of its garbage.
type hitRoom struct {
	hits map[*models.Criterion][]hit
	rows []hit // of the first table
	used bool
}

var hitRooms = sync.Pool{New: func() any { return &hitRoom{hits: map[*models.Criterion][]hit{}} }}

func (k *hitRoom) release() {
	clear(k.hits)
	clear(k.rows[:cap(k.rows)])
	k.used = false
	if cap(k.rows) <= 4096 {
		hitRooms.Put(k)
	}
}

// list is room for a table's rows.
func (k *hitRoom) list(n int) []hit {
	if k.used {
		return make([]hit, 0, n)
	}
	if k.used = true; cap(k.rows) < n {
		k.rows = make([]hit, 0, n)
	}
	return k.rows[:0]
}
