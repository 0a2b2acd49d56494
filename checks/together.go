package checks

import (
	"strings"

	"github.com/rubric-project/rubric/models"
)

// Beside is what must be known of a file that came in a message or an archive, once it was decided about, to tell whose the
// evidence is that came in the same: File to Size are as in models.Return.
type Beside struct {
	File, Container, Digest string
	Size                    int64
	// Goes says that it only goes with a message (models.Return.Beside), and Evidence that it can be no return.
	Goes, Evidence bool
	Recipient      string
	Status         models.Status
}

// Kept is what becomes of a file by what came beside it. Findings are to be added, or where Alone is set take the place of
// all others.
type Kept struct {
	File        string
	Status      models.Status
	Alone       bool
	Findings    []models.Finding
	Attachments []models.Attachment
}

// Together lists the files that came in a message or an archive. All of one file in returns/ are to be given to KeepBeside.
func (d *Decided) Together() []Beside {
	var out []Beside
	for _, f := range d.files {
		if f.ret.Container != "" && strings.HasPrefix(f.ret.File, f.ret.Container) {
			out = append(out, Beside{File: f.ret.File, Container: f.ret.Container, Digest: f.ret.Digest, Size: f.ret.Size, Goes: f.ret.Beside,
				Evidence: f.evidence(), Recipient: f.recipient, Status: f.status})
		}
	}
	return out
}

// KeepBeside gives the evidence among files that came together to the returns that it came with, and says what changes by
// that. The list is sorted by file.
func KeepBeside(list []Beside) []Kept {
	files := make([]*file, len(list))
	for i := range list {
		x := &list[i]
		ret := &models.Return{File: x.File, Container: x.Container, Digest: x.Digest, Size: x.Size, Beside: x.Goes}
		files[i] = &file{kept: ret, ret: ret, recipient: x.Recipient, status: x.Status, stub: x}
	}
	besides(files)
	var out []Kept
	for _, f := range files {
		if f.alone || f.status != f.stub.Status || len(f.findings)+len(f.attachments) > 0 {
			out = append(out, Kept{f.ret.File, f.status, f.alone, f.findings, f.attachments})
		}
	}
	return out
}

// Keep applies what KeepBeside found, to the files that were decided about here.
func (d *Decided) Keep(list []Kept) {
	byFile := map[string]*file{}
	for _, f := range d.files {
		if len(list) > 0 {
			byFile[f.ret.File] = f
		}
	}
	for _, k := range list {
		f := byFile[k.File]
		if f == nil {
			continue
		}
		f.status = k.Status
		if k.Alone {
			f.findings, f.alone = nil, true
		}
		f.findings, f.attachments = append(f.findings, k.Findings...), append(f.attachments, k.Attachments...)
	}
}
