package cluster

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office/apart"
	"github.com/rubric-project/rubric/round"
)

type ctx = context.Context

// listFn lists the files in returns/, and what is passed over there, by shard. Every shard gets something, so that none is
// left out of which nothing came back.
type listFn struct{ Options Options }

func (f *listFn) ProcessElement(_ ctx, _ []byte, file func([]byte), part func(int, []byte)) error {
	r, err := f.Options.round()
	if err != nil {
		return err
	}
	files, passedOver, err := r.Folder.ReturnFiles()
	if err != nil {
		return err
	}
	for k := range r.Shards() {
		part(k, apart.Read{}.AppendTo(nil))
	}
	for _, x := range passedOver {
		read := apart.PassedOver(x)
		part(r.Spread(read.File), read.AppendTo(nil))
	}
	for _, x := range files {
		b, err := json.Marshal(x)
		if err != nil {
			return err
		}
		file(b)
	}
	return nil
}

// readFn reads a file: what it holds goes to the shards of its recipients, and as a whole to where it is kept.
type readFn struct{ Options Options }

func (f *readFn) ProcessElement(ctx ctx, file []byte, part, whole func(int, []byte)) error {
	r, err := f.Options.round()
	if err != nil {
		return err
	}
	var x round.ReturnFile
	if err := json.Unmarshal(file, &x); err != nil {
		return err
	}
	read := r.Read(ctx, x)
	if err := ctx.Err(); err != nil {
		return err
	}
	if r.source != nil { // the engine does the bundle again; the file is not to be blamed for the network
		if err := r.source.failed(x.File); err != nil {
			return err
		}
	}
	for k, p := range r.Divide(read) {
		part(k, p.AppendTo(nil))
	}
	whole(r.Spread(read.File), read.AppendTo(nil))
	return nil
}

// reads decodes what was read, in the order of files.
func reads(next func(*[]byte) bool) ([]apart.Read, error) {
	d := models.ReturnDecoder{Packer: &models.Packer{}}
	var out []apart.Read
	var b []byte
	for next(&b) {
		x, err := apart.Decode(b, &d)
		if err != nil {
			return nil, err
		}
		if x.File != "" {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(a, b apart.Read) int { return strings.Compare(a.File, b.File) })
	return out, nil
}

// keepFn keeps what was read, for Finish.
type keepFn struct{ Options Options }

func (f *keepFn) ProcessElement(ctx ctx, shard int, next func(*[]byte) bool, report func(int, []byte)) error {
	r, err := f.Options.round()
	if err != nil {
		return err
	}
	list, err := reads(next)
	if err != nil {
		return err
	}
	w, err := f.Options.writer(shard, r.Shards())
	if err != nil {
		return err
	}
	err = w.write(ctx, "read/read", "", len(list), func(b []byte) ([]byte, error) {
		for _, x := range list {
			one := x.AppendTo(nil)
			b = append(binary.AppendUvarint(b, uint64(len(one))), one...)
		}
		return b, nil
	})
	if err != nil {
		return err
	}
	return w.report(report)
}
