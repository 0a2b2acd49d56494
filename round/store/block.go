package store

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/klauspost/compress/zstd"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/models"
)

// A file of the store is a block:
//
//	format     8 bytes
//	salt       16 bytes, random: with it the file's own key is made (HKDF, RFC 5869)
//	lengths    of index and data as they lie in the file, 4 bytes each
//	index      sealed: each entry's key and length
//	data       sealed: the entries one after the other, compressed (Zstandard, RFC 8878)
//
// Sealed is AES-256-GCM (NIST SP 800-38D) with what stands before as additional data. The key is the file's own, so
// index and data have the nonces 0 and 1.
const (
	format  = "rubricR1"
	salting = 16
	header  = len(format) + salting + 8
	// mostIndex and mostData are the largest sizes of index and data.
	mostIndex, mostData = 1 << 20, 128 << 20
	suffix              = ".read"
	// temporary is how names begin of files that are still being written; package round deletes those left behind.
	temporary = ".rubric-writing-"
)

// batch is entries that are to become a block.
type batch struct {
	index []indexed
	data  []byte
}

// indexed is an entry in the index of a block.
type indexed struct {
	key    key
	length int
}

func (b *batch) add(k key, raw []byte) {
	b.index = append(b.index, indexed{k, len(raw)})
	b.data = append(b.data, raw...)
}

func (b *batch) full() bool { return len(b.index) >= blockEntries || len(b.data) >= blockBytes }

// block is a block in the store whose index was read. Its entries are read when the first of them is looked up.
type block struct {
	name  string
	index []indexed
	used  []bool // under Store.mu

	mu   sync.Mutex
	read bool
	// entries is nil where the data could not be used; bad says why. Those that were taken are nil, too.
	entries []*entry
	taken   []bool
	bad     error
}

// entry is an entry of the block, or nil where it cannot be used. Of a large round there is no room for what was read beside
// what is made of it, so that an entry is kept no longer when it was asked for; one that is asked for again, for a file that
// lies there twice, is decoded once more and then kept.
func (b *block) entry(s *Store, n int) *entry {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.read {
		b.read, b.taken = true, make([]bool, len(b.index))
		b.entries = b.decode(s, func(int) bool { return true })
	}
	if b.entries == nil {
		return nil
	}
	if b.taken[n] && b.entries[n] == nil {
		if again := b.decode(s, func(k int) bool { return k == n }); again != nil {
			b.entries[n] = again[n]
		}
		return b.entries[n]
	}
	e := b.entries[n]
	if !b.taken[n] && e != nil {
		b.taken[n], b.entries[n] = true, nil
	}
	return e
}

// decode decodes the entries that are wanted, by their places; nil where the data cannot be used.
func (b *block) decode(s *Store, wanted func(n int) bool) []*entry {
	raw := b.raw(s)
	if raw == nil {
		b.bad = errUseless
		return nil
	}
	d := models.ReturnDecoder{Packer: &s.Packer}
	out := make([]*entry, len(b.index))
	for n, e := range b.index {
		if wanted(n) {
			if out[n] = decoded(raw[:e.length], &d); out[n] == nil {
				b.bad = errUseless
			}
		}
		raw = raw[e.length:]
	}
	return out
}

var errUseless = errors.New("store: the block cannot be used")

// openBlock reads a block's index. It is nil where the file cannot be used, and gone says that it is there no longer.
func (s *Store) openBlock(name string) (b *block, gone bool) {
	f, err := os.Open(name)
	if err != nil {
		return nil, errors.Is(err, fs.ErrNotExist)
	}
	defer f.Close()
	head, box, sizes := s.head(f)
	if box == nil {
		return nil, false
	}
	sealed := make([]byte, sizes[0])
	if _, err := io.ReadFull(f, sealed); err != nil {
		return nil, false
	}
	index, err := box.Open(sealed[:0], nonce(0), sealed, head)
	if err != nil {
		return nil, false
	}
	b = &block{name: name}
	total := 0
	for len(index) > 0 {
		var e indexed
		n := copy(e.key[:], index)
		length, m := binary.Uvarint(index[n:])
		if n < len(e.key) || m <= 0 || length > largestEntry {
			return nil, false
		}
		e.length, index = int(length), index[n+m:]
		total += e.length
		b.index = append(b.index, e)
	}
	if total > blockBytes+largestEntry {
		return nil, false
	}
	b.used = make([]bool, len(b.index))
	return b, false
}

// raw gives a block's entries as they were encoded, or nil where they cannot be used.
func (b *block) raw(s *Store) []byte {
	f, err := os.Open(b.name)
	if err != nil {
		return nil
	}
	defer f.Close()
	head, box, sizes := s.head(f)
	if box == nil {
		return nil
	}
	both := make([]byte, int(sizes[0])+int(sizes[1]))
	if _, err := io.ReadFull(f, both); err != nil {
		return nil
	}
	index, sealed := both[:sizes[0]], both[sizes[0]:]
	packed, err := box.Open(sealed[:0], nonce(1), sealed, append(head, index...))
	if err != nil {
		return nil
	}
	total := 0
	for _, e := range b.index {
		total += e.length
	}
	out, err := unpacker().DecodeAll(packed, make([]byte, 0, total))
	if err != nil || len(out) != total {
		return nil
	}
	return out
}

// head reads the head of a file and makes its key; the cipher is nil where it is no file of this store.
func (s *Store) head(f *os.File) (head []byte, box cipher.AEAD, sizes [2]uint32) {
	head = make([]byte, header)
	info, err := f.Stat()
	if err != nil {
		return nil, nil, sizes
	}
	if _, err := io.ReadFull(f, head); err != nil || !bytes.HasPrefix(head, []byte(format)) {
		return nil, nil, sizes
	}
	lengths := head[len(format)+salting:]
	sizes = [2]uint32{binary.BigEndian.Uint32(lengths), binary.BigEndian.Uint32(lengths[4:])}
	if sizes[0] > mostIndex || sizes[1] > mostData || int64(header)+int64(sizes[0])+int64(sizes[1]) != info.Size() {
		return nil, nil, sizes
	}
	return head, s.box(head), sizes
}

// box makes the cipher of a file from its head.
func (s *Store) box(head []byte) cipher.AEAD {
	own, err := hkdf.Key(sha256.New, s.sealing, head[len(format):len(format)+salting], "a block of what was read", 32)
	if err != nil {
		return nil
	}
	c, err := aes.NewCipher(own)
	if err != nil {
		return nil
	}
	box, err := cipher.NewGCM(c)
	if err != nil {
		return nil
	}
	return box
}

func nonce(n byte) []byte { return append(make([]byte, 11), n) }

// writeBlock writes a block as a file of its own, whole or not at all.
func (s *Store) writeBlock(b batch) error {
	var index []byte
	for _, e := range b.index {
		index = binary.AppendUvarint(append(index, e.key[:]...), uint64(e.length))
	}
	packed := packer().EncodeAll(b.data, nil)
	head := append([]byte(format), make([]byte, salting)...)
	rand.Read(head[len(format):])
	box := s.box(head)
	if box == nil || len(index)+box.Overhead() > mostIndex || len(packed)+box.Overhead() > mostData {
		return errUseless
	}
	head = binary.BigEndian.AppendUint32(head, uint32(len(index)+box.Overhead()))
	head = binary.BigEndian.AppendUint32(head, uint32(len(packed)+box.Overhead()))
	out := box.Seal(bytes.Clone(head), nonce(0), index, head)
	return s.writeFile(box.Seal(out, nonce(1), packed, out))
}

// writeFile writes a file under a name of its own. It is not waited for that it reaches the disk: a file that a crash
// cut off is noticed, and costs time only.
func (s *Store) writeFile(content []byte) error {
	if err := os.Mkdir(s.dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	var unique [8]byte
	rand.Read(unique[:])
	own := hex.EncodeToString(unique[:])
	temp := filepath.Join(s.dir, temporary+own)
	err := os.WriteFile(temp, content, 0o600)
	if err == nil {
		err = disk.Replace(temp, filepath.Join(s.dir, own+suffix))
	}
	if err != nil {
		disk.Remove(temp)
	}
	return err
}

// packer and unpacker are shared by all blocks: both are for concurrent use in the way they are used here. Their memory
// is bounded by what a block may hold.
var (
	packer = sync.OnceValue(func() *zstd.Encoder {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true))
		if err != nil {
			panic(err) // a mistake in the options
		}
		return e
	})
	unpacker = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(blockBytes+largestEntry))
		if err != nil {
			panic(err) // a mistake in the options
		}
		return d
	})
)
