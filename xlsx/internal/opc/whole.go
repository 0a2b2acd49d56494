package opc

import (
	"hash/crc32"
	"io"
	"sync"

	"github.com/rubric-project/rubric/xlsx/internal/inflate"
)

// Bytes is a file that lies in memory. Parts of a package in it are unpacked at once where they are small.
type Bytes []byte

// ReadAt is io.ReaderAt.
func (b Bytes) ReadAt(to []byte, at int64) (int, error) {
	if at < 0 || at > int64(len(b)) {
		return 0, io.EOF
	}
	n := copy(to, b[at:])
	if n < len(to) {
		return n, io.EOF
	}
	return n, nil
}

// maxWhole is the size in bytes up to which a part is unpacked at once. It bounds the memory for this, whatever the
// file claims; sheets of a form have a tenth of it.
const maxWhole = 2 << 20

var unpackers = sync.Pool{New: func() any { return new(unpacker) }}

type unpacker struct {
	inf inflate.Inflater
	buf []byte
}

// whole gives a part's content, if it is small, lies in memory, and its size and checksum are as declared. It says
// false for any other: then Open tells what is wrong, if anything is. The content is good until the unpacker is used
// again, and must not be changed.
func (u *unpacker) whole(p *Package, e *entry) ([]byte, bool) {
	file, ok := p.in.(Bytes)
	if !ok || e.unpacked > maxWhole || p.spent+e.unpacked > p.limits.Unpacked || p.ctx.Err() != nil {
		return nil, false
	}
	size := int(e.unpacked)
	src, n := file[e.data:], int(e.packed) // checkLocal has seen that it lies in the file
	b := src[:n]
	if e.method == deflated {
		if len(u.buf) < size+inflate.Slack {
			u.buf = make([]byte, max(size+inflate.Slack, 128<<10))
		}
		if !u.inf.Inflate(u.buf, size, src, n) {
			return nil, false
		}
		b = u.buf[:size]
	}
	if crc32.ChecksumIEEE(b) != e.crc {
		return nil, false
	}
	p.spent += e.unpacked
	return b, true
}
