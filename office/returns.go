package office

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/round/store"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// readReturns reads the files of returns/, in the order of their paths, and says what was passed over.
func (o *Office) readReturns(ctx context.Context, f *Folder) ([]models.Return, []models.Finding, error) {
	files, passedOver, err := f.ReturnFiles()
	if err != nil {
		return nil, nil, err
	}
	read := make([]models.Return, len(files))
	found := make([][]models.Finding, len(files))
	var mu sync.Mutex
	several := map[int][]models.Return{} // of files that hold another number than one
	reader := o.newReader(f)
	err = o.Each(ctx, "reading returns", len(files), func(i int) error {
		list, findings := reader.read(ctx, files[i])
		if found[i] = findings; len(list) == 1 {
			read[i] = list[0]
			return ctx.Err()
		}
		mu.Lock()
		several[i] = list
		mu.Unlock()
		return ctx.Err()
	})
	if err == nil {
		if f.haveRead == nil { // what was read elsewhere says nothing of what the store is good for
			reader.store.Flush()
		}
		f.stores = append(f.stores, reader.store)
		err = f.lost()
	}
	return spread(read, several), append(passedOver, slices.Concat(found...)...), err
}

// spread puts the returns of files that hold several, or none, in the place of the one that each file has.
func spread(read []models.Return, several map[int][]models.Return) []models.Return {
	if len(several) == 0 {
		return read
	}
	var out []models.Return
	for i := range read {
		if list, ok := several[i]; ok {
			out = append(out, list...)
		} else {
			out = append(out, read[i])
		}
	}
	return out
}

// reader reads the files of returns/, each once: what an earlier run read in the same bytes is taken from the store.
type reader struct {
	f     *Folder
	opt   returns.ReadOptions
	store *store.Store // nil where nothing is kept
	// parsed is called for each file that is not taken from the store; it may be nil.
	parsed func(file string)
}

func (o *Office) newReader(f *Folder) *reader {
	opt := o.ReadOptions(f)
	dependsOn := append([]string{string(f.TemplateSource)}, opt.DependsOn()...)
	return &reader{f: f, opt: opt, store: store.Open(f.Dir, f.Key, dependsOn...), parsed: o.Parsed}
}

// inMemory is the size in bytes up to which a file that is no container is held in memory while it is read.
const inMemory = 4 << 20

var contents = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// read reads one file. What it holds came when the file did, or earlier where its message says so.
func (r *reader) read(ctx context.Context, file round.ReturnFile) ([]models.Return, []models.Finding) {
	list, findings := r.undated(ctx, file)
	came := file.Modified.UTC().Truncate(time.Second)
	for i := range list {
		if d := list[i].Received; d.IsZero() || !d.Before(came) {
			list[i].Received = came
		}
	}
	return list, findings
}

// undated is read without what the file's own date says.
func (r *reader) undated(ctx context.Context, file round.ReturnFile) ([]models.Return, []models.Finding) {
	if r.f.haveRead != nil {
		if list, findings, ok := r.f.haveRead(file.File); ok {
			return list, findings
		}
	}
	src, err := r.f.OpenReturn(file.File)
	if err != nil {
		return []models.Return{{File: file.File, Findings: []models.Finding{notOpened(file, err)}}}, nil
	}
	defer src.Close()
	if r.store == nil {
		return r.parse(ctx, file.File, src, file.Size, "")
	}
	limit, container := int64(inMemory), holdsOthers(file.File, src)
	if container {
		limit = mail.DefaultLimits().Message
	}
	switch {
	case file.Size == 0 || !container && file.Size > r.opt.Limits.OrDefault().Packed:
		return r.parse(ctx, file.File, src, file.Size, "")
	case file.Size > limit:
		return r.large(ctx, file, src)
	}
	buffer := contents.Get().(*bytes.Buffer)
	defer contents.Put(buffer)
	if buffer.Reset(); container { // the memory of a large archive is not kept
		buffer = new(bytes.Buffer)
	}
	buffer.Grow(int(file.Size) + bytes.MinRead)
	if n, err := buffer.ReadFrom(io.LimitReader(src, file.Size)); err != nil || n < file.Size {
		if info, unknown := src.Stat(); unknown == nil && disk.CloudOnly(info) {
			return []models.Return{{File: file.File, Findings: []models.Finding{notOpened(file, disk.ErrInCloud)}}}, nil
		}
		return r.parse(ctx, file.File, src, file.Size, "")
	}
	digest := Digest(buffer.Bytes())
	if list, findings, ok := r.store.Lookup(digest, file.File); ok {
		return list, findings
	}
	list, findings := r.parse(ctx, file.File, bytes.NewReader(buffer.Bytes()), file.Size, digest)
	if ctx.Err() == nil {
		r.store.Add(digest, file.File, list, findings)
	}
	return list, findings
}

// notOpened says why a return could not be opened. That of a file which a cloud drive has not brought here is its matter.
func notOpened(file round.ReturnFile, err error) models.Finding {
	at := models.Origin{File: file.File}
	why, remedy := disk.Words(err)
	if why == "" {
		return models.NewFinding(models.FileUnreadable, at, "The file could not be opened: %s.", err)
	}
	return models.NewFinding(models.FileUnreadable, at, "The file could not be opened: %s.", words.Said{Form: why}).
		Advising(words.Said{Form: remedy, Kind: words.SaidSentence})
}

// large reads a file that is not held in memory. It is kept only if it was the same before and after.
func (r *reader) large(ctx context.Context, file round.ReturnFile, src round.OpenedReturn) ([]models.Return, []models.Finding) {
	before := digestOf(src)
	if list, findings, ok := r.store.Lookup(before, file.File); ok {
		return list, findings
	}
	list, findings := r.parse(ctx, file.File, src, file.Size, "")
	if ctx.Err() == nil && before != "" && digestOf(src) == before {
		r.store.Add(before, file.File, list, findings)
	}
	return list, findings
}

// digestOf is the SHA-256 of a file in hex, or "" where it cannot be read.
func digestOf(src io.ReadSeeker) string {
	h := sha256.New()
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return ""
	}
	if _, err := io.Copy(h, src); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}

// parse reads a file that no earlier run read; digest is that of its bytes, or "" where it is not known.
func (r *reader) parse(ctx context.Context, name string, src io.ReaderAt, size int64, digest string) ([]models.Return, []models.Finding) {
	if r.parsed != nil {
		r.parsed(name)
	}
	opt := r.opt
	opt.Digest = digest
	list, findings := read(ctx, name, src, size, opt)
	if r.store == nil {
		return list, findings
	}
	return r.store.Compact(list, findings)
}
