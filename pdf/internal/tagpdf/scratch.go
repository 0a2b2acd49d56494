package tagpdf

import (
	"github.com/klauspost/compress/zlib"
)

// scratch is the memory that a document is made in. It is used again: a round's reports are alike in size, and getting memory and
// giving it back took a fifth of their time.
type scratch struct {
	tree    tree
	sheets  []*page // the pages that were ever drawn in it
	objects []object
	// bodies holds the objects that are made; head, packed and table are of writeFile, and out is the file.
	bodies, head, packed, table, out []byte
	numbers                          []int
	entries                          []entry
	zip                              *zlib.Writer
	zipped                           []byte
}

// spare are scratches that nobody uses. They are few, and none of them is large.
var spare = make(chan *scratch, 8)

const largeScratch = 1 << 20

func newScratch() *scratch {
	var s *scratch
	select {
	case s = <-spare:
	default:
		s = &scratch{}
		s.zip, _ = zlib.NewWriterLevel(nil, level)
	}
	s.tree.reset()
	return s
}

// release hands the memory on to the next document.
func (d *Doc) release() {
	s := d.scratch
	d.scratch, d.pages = nil, nil
	clear(s.objects)
	if len(s.sheets) > 64 || cap(s.out)+cap(s.packed)+cap(s.bodies) > largeScratch {
		return
	}
	select {
	case spare <- s:
	default:
	}
}

// page is an empty page for the given place in the document.
func (s *scratch) page(n int) *page {
	if n == len(s.sheets) {
		s.sheets = append(s.sheets, &page{buf: make([]byte, 0, 16<<10)})
	}
	p := s.sheets[n]
	*p = page{buf: p.buf[:0], owners: p.owners[:0], open: nothingOpen, width: -1}
	return p
}

// Write takes what the compressor gives.
func (s *scratch) Write(b []byte) (int, error) {
	s.zipped = append(s.zipped, b...)
	return len(b), nil
}

// deflate is the compressed form of b, until it is called again.
func (s *scratch) deflate(b []byte) []byte {
	s.zipped = s.zipped[:0]
	s.zip.Reset(s)
	_, _ = s.zip.Write(b) // zipped takes everything
	_ = s.zip.Close()
	return s.zipped
}
