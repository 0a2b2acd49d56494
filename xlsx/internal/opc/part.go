package opc

import (
	"bufio"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"sync"

	"github.com/klauspost/compress/flate"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// Inflaters and their buffers are kept for reuse: making them costs as much as inflating a small part.
var inflaters = sync.Pool{New: func() any { return &inflater{in: bufio.NewReaderSize(nil, 32<<10), out: flate.NewReader(nil)} }}

type inflater struct {
	in  *bufio.Reader
	out io.ReadCloser
}

var scanners = sync.Pool{New: func() any { return xmlscan.New(nil, nil) }}

// Part is an open part. Reading it to its end checks its size and checksum.
type Part struct {
	p    *Package
	e    *entry
	inf  *inflater
	src  io.Reader
	crc  hash.Hash32
	n    int64
	done error
}

// Open opens a part. The caller reads it to its end, or else cannot trust what it read, and closes it.
func (p *Package) Open(name string) (*Part, error) {
	e := p.find(name)
	if e == nil {
		return nil, refuse.Damaged("the part %s is missing", name)
	}
	f := &Part{p: p, e: e, crc: crc32.NewIEEE(), inf: inflaters.Get().(*inflater)}
	f.inf.in.Reset(io.NewSectionReader(p.in, e.data, e.packed))
	f.src = f.inf.in
	if e.method == deflated {
		if err := f.inf.out.(flate.Resetter).Reset(f.inf.in, nil); err != nil {
			return nil, err
		}
		f.src = f.inf.out
	}
	return f, nil
}

// Name is the part's name.
func (f *Part) Name() string { return f.e.name }

// Read inflates.
func (f *Part) Read(b []byte) (int, error) {
	if f.done != nil {
		return 0, f.done
	}
	if err := f.p.ctx.Err(); err != nil {
		f.done = err
		return 0, err
	}
	n, err := f.src.Read(b)
	f.n += int64(n)
	f.p.spent += int64(n)
	f.crc.Write(b[:n])
	switch {
	case f.n > f.e.unpacked:
		f.done = refuse.New(models.FileContradictory, "the part %s is larger than the file says", f.e.name)
	case f.p.spent > f.p.limits.Unpacked:
		f.done = refuse.New(models.FileOverLimit, "the file unpacks to more than %d MB", f.p.limits.Unpacked>>20)
	case err == nil:
		return n, nil
	case errors.Is(err, io.EOF):
		f.done = f.atEnd()
	default:
		f.done = f.explain(err)
	}
	if f.done != io.EOF {
		return 0, f.done
	}
	return n, io.EOF
}

// explain turns an error of the decompressor into one of ours; errors of the file itself stay.
func (f *Part) explain(err error) error {
	var corrupt flate.CorruptInputError
	var internal flate.InternalError
	if errors.As(err, &corrupt) || errors.As(err, &internal) || errors.Is(err, io.ErrUnexpectedEOF) {
		return refuse.Damaged("the part %s cannot be unpacked", f.e.name)
	}
	return err
}

// atEnd checks what can only be known at the end, and gives io.EOF if all is well.
func (f *Part) atEnd() error {
	if _, err := f.inf.in.ReadByte(); err == nil {
		return refuse.Damaged("the part %s is followed by bytes that do not belong to it", f.e.name)
	}
	if f.n != f.e.unpacked {
		return refuse.New(models.FileContradictory, "the part %s is smaller than the file says", f.e.name)
	}
	if f.crc.Sum32() != f.e.crc {
		return refuse.Damaged("the part %s has changed since it was saved: its checksum does not fit", f.e.name)
	}
	return io.EOF
}

// orDamage says why a part was refused: where the rest of it shows that its bytes changed since it was saved,
// that is the cause, whatever looked odd in them first.
func (f *Part) orDamage(first error) error {
	_, err := io.Copy(io.Discard, f)
	var damage *refuse.Error
	if errors.As(err, &damage) && (damage.Code == models.FileDamaged || damage.Code == models.FileContradictory) {
		return refuse.Damaged("the part %s has changed since it was saved: what is in it no longer fits its size and checksum", f.e.name)
	}
	return first
}

// Close gives back what the part held.
func (f *Part) Close() {
	if f.inf != nil {
		f.inf.in.Reset(nil)
		inflaters.Put(f.inf)
		f.inf, f.done = nil, io.ErrClosedPipe
	}
}

// Text reads a part of at most limit bytes.
func (p *Package) Text(name string, limit int) (string, error) {
	f, err := p.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, int64(limit)+1))
	if err == nil && len(b) > limit {
		err = refuse.New(models.FileOverLimit, "the part %s is larger than it may be", name)
	}
	return string(b), err
}
