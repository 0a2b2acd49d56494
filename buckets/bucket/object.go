package bucket

import (
	"io"
	"io/fs"
	"sync"
)

const (
	// wholeUpTo is the size in bytes up to which an object is read into memory by one request.
	wholeUpTo = 16 << 20
	// blockSize is how much of a larger one is read at a time, and blocksHeld how many blocks are kept.
	blockSize  = 4 << 20
	blocksHeld = 4
)

// object is an open object.
type object struct {
	*io.SectionReader
	info
	files *Files
	name  string

	mu sync.Mutex
	// blocks are by their place; an object that is whole in memory is one block. held has the places in their order.
	blocks map[int64][]byte
	held   []int64
}

func (o *object) Size() int64                { return o.info.size }
func (o *object) Stat() (fs.FileInfo, error) { return o.info, nil }
func (o *object) Close() error               { return nil }

// content reads an object at any place.
type content struct{ o *object }

func (c content) ReadAt(b []byte, at int64) (int, error) {
	done := 0
	for done < len(b) {
		if at >= c.o.info.size {
			return done, io.EOF
		}
		block, from, err := c.o.block(at)
		if err != nil {
			return done, err
		}
		n := copy(b[done:], block[at-from:])
		done, at = done+n, at+int64(n)
	}
	return done, nil
}

// block is the one that holds a place, and where it begins.
func (o *object) block(at int64) ([]byte, int64, error) {
	if o.info.size <= wholeUpTo {
		return o.blocks[0], 0, nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	from := at - at%blockSize
	if b, ok := o.blocks[from]; ok {
		return b, from, nil
	}
	r, err := o.files.open.NewRangeReader(o.files.ctx, o.files.key(o.name), from, min(blockSize, o.info.size-from), nil)
	if err != nil {
		return nil, 0, o.files.couldNot(o.name, err)
	}
	defer r.Close()
	b := make([]byte, min(blockSize, o.info.size-from))
	if _, err := io.ReadFull(r, b); err != nil {
		return nil, 0, o.files.couldNot(o.name, err)
	}
	if o.blocks == nil {
		o.blocks = map[int64][]byte{}
	}
	if len(o.held) == blocksHeld {
		delete(o.blocks, o.held[0])
		o.held = o.held[1:]
	}
	o.blocks[from], o.held = b, append(o.held, from)
	return b, from, nil
}
