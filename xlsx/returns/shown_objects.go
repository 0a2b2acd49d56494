package returns

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
)

// mostObject is the size in bytes of the largest picture or file that is taken out of a workbook.
const mostObject = 32 << 20

// ErrNoObject says that a workbook has no such picture or file, or that it cannot be taken out.
var ErrNoObject = errors.New("the workbook has no such picture or file")

// resolveObjects finds the parts that hold objects. What cannot be found has none.
func resolveObjects(ctx context.Context, r io.ReaderAt, size int64, limits xlsx.Limits, list []ShownObject) {
	if len(list) == 0 {
		return
	}
	p, err := opc.Open(ctx, r, size, opc.Limits{Parts: limits.Parts, Unpacked: limits.Unpacked})
	for i := range list {
		of, rel, _ := strings.Cut(list[i].Part, "\x00")
		if list[i].Part = ""; err != nil || rel == "" {
			continue
		}
		rels, relErr := p.Relations(of)
		for _, x := range rels {
			if relErr == nil && x.ID == rel && !x.External && p.Has(x.Target) {
				list[i].Part = x.Target
			}
		}
	}
}

// Object takes a picture or a file out of a workbook: part is that of a ShownObject, and no other part is given. The bytes
// are as they lie there; nothing may be believed of them.
func Object(ctx context.Context, r io.ReaderAt, size int64, file, part string, opt ReadOptions) ([]byte, error) {
	_, shown := Show(ctx, r, size, file, opt)
	for _, x := range shown.Objects {
		if x.Part == "" || x.Part != part {
			continue
		}
		limits := opt.Limits.OrDefault()
		p, err := opc.Open(ctx, r, size, opc.Limits{Parts: limits.Parts, Unpacked: limits.Unpacked})
		if err != nil {
			return nil, ErrNoObject
		}
		content, err := p.Text(part, mostObject)
		if err != nil {
			return nil, ErrNoObject
		}
		return []byte(content), nil
	}
	return nil, ErrNoObject
}
