package sheet

import (
	"bytes"
	"sync"
)

// The returns of a round come from one workbook and few programs, so that the styles of most are the same bytes. What
// was read of the last ones is kept, and taken again where all bytes are the same; the part is unpacked and its checksum
// held against them all the same.

// knownStyles is what was read of styles; nothing of it is ever changed.
type knownStyles struct {
	content     []byte
	formats     []Format
	conditional []*Format
}

// keepStyles is the length of the longest styles that are kept: those of an assessment have 20 kB.
const keepStyles = 64 << 10

var lastStyles struct {
	sync.Mutex
	list [4]*knownStyles // the one that was used last comes first
}

// styleQuestion asks for styles that are known.
type styleQuestion struct {
	found   *knownStyles
	content []byte // a copy, where they are not known
}

// isKnown looks for styles.
func (q *styleQuestion) isKnown(content []byte) bool {
	if len(content) > keepStyles {
		return false
	}
	lastStyles.Lock()
	defer lastStyles.Unlock()
	for i, k := range lastStyles.list {
		if k != nil && bytes.Equal(k.content, content) {
			copy(lastStyles.list[1:i+1], lastStyles.list[:i])
			lastStyles.list[0] = k
			q.found = k
			return true
		}
	}
	q.content = bytes.Clone(content)
	return false
}

// remember keeps what was read of styles that were not known.
func (q *styleQuestion) remember(w *Workbook) {
	if q.content == nil {
		return
	}
	k := &knownStyles{q.content, w.formats, w.conditional}
	lastStyles.Lock()
	defer lastStyles.Unlock()
	copy(lastStyles.list[1:], lastStyles.list[:len(lastStyles.list)-1])
	lastStyles.list[0] = k
}
