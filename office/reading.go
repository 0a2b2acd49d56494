package office

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"strings"
	"time"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/settings"
	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// read reads one file as it lies in returns/: name is its path there. What comes out depends on the name, the bytes and
// the options alone. An archive or a saved message holds several returns; each is named by the container, "!" and its
// name, and the time when it came is known where its message says so. Whatever is wrong is a finding.
func read(ctx context.Context, name string, src io.ReaderAt, size int64, opt returns.ReadOptions) ([]models.Return, []models.Finding) {
	one := func() []models.Return { return []models.Return{returns.Read(ctx, src, size, name, opt)} }
	if !holdsOthers(name, src) {
		return one(), nil
	}
	items, err := unpack(name, src, size)
	if err != nil {
		return one(), nil
	}
	var out []models.Return
	var findings []models.Finding
	returned := 0
	for _, it := range items {
		switch {
		case it.Finding != nil:
			findings = append(findings, *it.Finding)
		case it.Found != nil:
			out = append(out, readFound(ctx, it.Found, opt))
			returned++
		case it.Beside != nil:
			out = append(out, beside(it.Beside))
		}
	}
	if returned+len(findings) == 0 {
		return one(), nil // nothing in it could be a return; read like any file, which says what it is
	}
	return out, findings
}

// readFound reads a return that lies in a container.
func readFound(ctx context.Context, x *mail.Found, opt returns.ReadOptions) models.Return {
	opt.Digest = x.Digest
	ret := returns.Read(ctx, bytes.NewReader(x.Content), int64(len(x.Content)), strings.Join(x.Path, "!"), opt)
	ret.Received, ret.Senders, ret.Container = x.Letter.Date, x.Senders, strings.Join(x.Path[:x.Home], "!")
	return ret
}

// beside stands for a file that only goes with a message; nothing is read of it.
func beside(x *mail.Found) models.Return {
	return models.Return{File: strings.Join(x.Path, "!"), Digest: x.Digest, Size: int64(len(x.Content)), Received: x.Letter.Date,
		Senders: x.Senders, Container: strings.Join(x.Path[:x.Home], "!"), Beside: true}
}

// ReadOptions say how the round's returns are read: in every language that a workbook can have gone out in.
func (o *Office) ReadOptions(f *Folder) returns.ReadOptions {
	return returns.ReadOptions{Template: f.Template, Limits: limitsOf(f.Config.Limits), Languages: f.languages,
		Password: cmp.Or(f.Config.WorkbookPassword, o.WorkbookPassword)}
}

// limitsOf are the limits that round.yaml gives; what it leaves out is 0, and so as by default.
func limitsOf(l settings.ReadLimits) xlsx.Limits {
	out := xlsx.Limits{Packed: int64(l.FileMB) << 20, Unpacked: int64(l.UnpackedMB) << 20, Time: time.Duration(l.Seconds) * time.Second}
	if d := xlsx.DefaultLimits(); out.Unpacked > d.Unpacked {
		times := int((out.Unpacked + d.Unpacked - 1) / d.Unpacked)
		out.Cells, out.Text = d.Cells*times, d.Text*times
	}
	return out
}
