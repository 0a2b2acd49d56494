package cmd

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"sync"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/round/store"
	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// reader reads the files of returns/, each once: what an earlier run read in the same bytes is taken from the store.
type reader struct {
	f     *folder
	opt   returns.ReadOptions
	store *store.Store
	// parsed is called for each file that is not taken from the store; it may be nil.
	parsed func(file string)
}

func newReader(f *folder, parsed func(string)) *reader {
	opt := f.readOptions()
	dependsOn := append([]string{string(f.TemplateSource)}, opt.DependsOn()...)
	return &reader{f: f, opt: opt, store: store.Open(f.Dir, f.Key, dependsOn...), parsed: parsed}
}

// inMemory is the size in bytes up to which a file that is no container is held in memory while it is read.
const inMemory = 4 << 20

var contents = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// read reads one file: the returns in it, and what is to say about it beside them.
func (r *reader) read(ctx context.Context, file round.ReturnFile) ([]models.Return, []models.Finding) {
	list, findings := r.undated(ctx, file)
	for i := range list {
		received(&list[i], file.Modified)
	}
	return list, findings
}

// undated is read without what the file's own date says.
func (r *reader) undated(ctx context.Context, file round.ReturnFile) ([]models.Return, []models.Finding) {
	limit, container := int64(inMemory), isContainer(file.File)
	if container {
		limit = mail.DefaultLimits().Message
	}
	if file.Size == 0 || !container && file.Size > cmp.Or(r.opt.Limits.Packed, xlsx.DefaultLimits().Packed) {
		return r.parse(ctx, file, nil, "")
	}
	src, err := r.f.OpenReturn(file.File)
	if err != nil {
		return r.parse(ctx, file, nil, "")
	}
	defer src.Close()
	if file.Size > limit {
		return r.large(ctx, file, src)
	}
	buffer := contents.Get().(*bytes.Buffer)
	defer contents.Put(buffer)
	if buffer.Reset(); container { // the memory of a large archive is not kept
		buffer = new(bytes.Buffer)
	}
	buffer.Grow(int(file.Size) + bytes.MinRead)
	if n, err := buffer.ReadFrom(io.LimitReader(src, file.Size)); err != nil || n < file.Size {
		return r.parse(ctx, file, nil, "")
	}
	sum := sha256.Sum256(buffer.Bytes())
	digest := hex.EncodeToString(sum[:])
	if list, findings, ok := r.store.Lookup(digest, file.File); ok {
		return list, findings
	}
	list, findings := r.parse(ctx, file, buffer.Bytes(), digest)
	if ctx.Err() == nil {
		r.store.Add(digest, file.File, list, findings)
	}
	return list, findings
}

// large reads a file that is not held in memory. It is kept only if it was the same before and after.
func (r *reader) large(ctx context.Context, file round.ReturnFile, src *os.File) ([]models.Return, []models.Finding) {
	before := digestOf(src)
	if list, findings, ok := r.store.Lookup(before, file.File); ok {
		return list, findings
	}
	list, findings := r.parse(ctx, file, nil, "")
	if ctx.Err() == nil && before != "" && digestOf(src) == before {
		r.store.Add(before, file.File, list, findings)
	}
	return list, findings
}

// digestOf is the SHA-256 of a file in hex, or "" where it cannot be read.
func digestOf(src *os.File) string {
	h := sha256.New()
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return ""
	}
	if _, err := io.Copy(h, src); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}

// parse reads a file; content is its bytes, or nil where they are not at hand, and digest theirs.
func (r *reader) parse(ctx context.Context, file round.ReturnFile, content []byte, digest string) ([]models.Return, []models.Finding) {
	if r.parsed != nil {
		r.parsed(file.File)
	}
	var list []models.Return
	var findings []models.Finding
	if isContainer(file.File) {
		list, findings = readContainer(ctx, r.f, r.opt, file, content)
	} else {
		list = []models.Return{readFile(ctx, r.f, r.opt, file, content, digest)}
	}
	for i := range list {
		list[i].Pack(&r.store.Packer)
	}
	return list, findings
}
