package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rubric-project/rubric/demo"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

// samples is how many filled-in returns the others are drawn from. In a round of 640 and more nobody is suspected of having
// copied: each text stands in ten returns or more, and is taken for a common one, and one text is each recipient's own.
const samples = 64

// invented is a round folder whose returns are made up when they are opened: that of recipient i has the answers of sample
// i modulo samples, and its own manifest and seal. All but returns/ lies on the disk.
type invented struct {
	fs.FS
	r          *round.Round
	t          *models.Template
	book       *assessment.Workbook
	recipients int
	saved      time.Time
	// parts are those of a return, in their order; sizes is how long a return with each sample is.
	parts []part
	sizes []int64
}

// recipient is the one in place i. All ids and names are of one length, so that all returns of a sample are.
func recipient(i int) models.Recipient {
	return models.Recipient{ID: fmt.Sprintf("%07d", i), Name: fmt.Sprintf("Example Organisation %07d", i),
		Groups: map[string]string{"region": "Region " + strconv.Itoa(i%12), "type": []string{"Primary", "Secondary", "Special", "All-through"}[i/12%4]}}
}

// ownWords is what a recipient says in one comment and nobody else does.
func ownWords(i int) string {
	return recipient(i).Name + " says so in its own words"
}

// returned says whether a recipient has returned: seven in eight have.
func returned(i int) bool { return i%8 != 7 }

// invent prepares the returns of a round.
func invent(r *round.Round, t *models.Template, recipients int) (*invented, error) {
	v := &invented{FS: os.DirFS(r.Dir), r: r, t: t, recipients: recipients, saved: r.Config.Due.AddDate(0, 0, -7)}
	var err error
	if v.book, err = assessment.New(t, r.Config); err != nil {
		return nil, err
	}
	plan, err := demo.New(t, 2*samples, demo.Seed)
	if err != nil {
		return nil, err
	}
	one, err := v.empty(0)
	if err != nil {
		return nil, err
	}
	other, err := v.empty(1111111)
	if err != nil {
		return nil, err
	}
	places, err := inputCells(one, t)
	if err != nil {
		return nil, err
	}
	var filled [][]byte
	for _, d := range plan.Deliveries {
		if d.Why != "" || len(d.Cells) == 0 || len(filled) == samples {
			continue
		}
		cells := slices.Clone(d.Cells)
		for k := len(cells) - 1; k >= 0; k-- {
			if cells[k].Answer != "" {
				cells[k].Comment = ownWords(0)
				break
			}
		}
		whole, err := fillQuickly(one, cells, places)
		if err != nil {
			return nil, err
		}
		filled = append(filled, whole)
	}
	if v.parts, err = partsOf(one, other, filled, ownWords(0)); err != nil {
		return nil, err
	}
	for k := range filled {
		content, err := v.content(k)
		if err != nil {
			return nil, err
		}
		v.sizes = append(v.sizes, int64(len(content)))
	}
	return v, v.check(8_765_432)
}

// manifest is what a recipient's workbook says of itself.
func (v *invented) manifest(i int) models.Manifest {
	rc := recipient(i)
	m := models.Manifest{Round: v.r.Config.ID, Template: v.t.ID, TemplateVersion: v.t.Version, TemplateDigest: v.r.TemplateDigest, Recipient: rc.ID, Name: rc.Name}
	return m.Sealed(v.r.Key)
}

// empty is a recipient's workbook as it goes out.
func (v *invented) empty(i int) ([]byte, error) {
	m := v.manifest(i)
	var b bytes.Buffer
	err := v.book.Write(&b, recipient(i), m, m.Reference(v.r.Key))
	return b.Bytes(), err
}

// own puts a recipient's name, id, reference and seal in the place of those of recipient 0; all are as long.
func (v *invented) own(i int) *strings.Replacer {
	was, is := v.manifest(0), v.manifest(i)
	return strings.NewReplacer(was.Name, is.Name, was.Seal, is.Seal, was.Reference(v.r.Key), is.Reference(v.r.Key), was.Recipient, is.Recipient)
}

// content is the return of recipient i.
func (v *invented) content(i int) ([]byte, error) {
	own := v.own(i)
	var out bytes.Buffer
	out.Grow(256 << 10)
	w := zip.NewWriter(&out)
	for _, p := range v.parts {
		if err := p.write(w, i, own); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), err
}

// check holds what is made up for a recipient against a workbook that was written for it.
func (v *invented) check(i int) error {
	content, err := v.content(i)
	if err != nil {
		return err
	}
	empty, err := v.empty(i)
	if err != nil {
		return err
	}
	made, written, err := twoBooks(content, empty)
	if err != nil {
		return err
	}
	for k, f := range written.File {
		if want, err := textOf(f); err != nil {
			return err
		} else if got, err := textOf(made.File[k]); err != nil || got != want && len(v.parts[k].filled) == 1 {
			return fmt.Errorf("%s is not as it is written for the recipient (%v)", f.Name, err)
		}
	}
	return nil
}

// Open makes a return up; everything else is the folder's.
func (v *invented) Open(name string) (fs.File, error) {
	if name == round.ReturnsDir {
		return &file{info: info{name: name, dir: true, at: v.saved}}, nil
	}
	id, isReturn := strings.CutSuffix(strings.TrimPrefix(name, round.ReturnsDir+"/"), ".xlsx")
	if !isReturn || !strings.HasPrefix(name, round.ReturnsDir+"/") {
		return v.FS.Open(name)
	}
	i, err := strconv.Atoi(id)
	if err != nil || i >= v.recipients || !returned(i) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	content, err := v.content(i)
	if err != nil {
		return nil, err
	}
	return &file{*bytes.NewReader(content), v.info(i)}, nil
}

func (v *invented) info(i int) info {
	return info{name: recipient(i).ID + ".xlsx", size: v.sizes[i%len(v.sizes)], at: v.saved}
}

// ReadDir lists the returns.
func (v *invented) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != round.ReturnsDir {
		return fs.ReadDir(v.FS, name)
	}
	out := make([]fs.DirEntry, 0, v.recipients)
	for i := range v.recipients {
		if returned(i) {
			out = append(out, fs.FileInfoToDirEntry(v.info(i)))
		}
	}
	return out, nil
}

// write puts the returns onto the disk, as real files of the same bytes.
func (v *invented) write() error {
	for i := range v.recipients {
		if !returned(i) {
			continue
		}
		content, err := v.content(i)
		if err != nil {
			return err
		}
		name := path.Join(v.r.Dir, round.ReturnsDir, recipient(i).ID+".xlsx")
		if err := writeSaved(name, content, v.saved); err != nil {
			return err
		}
	}
	return nil
}

// file is an open return, and info what is known of it.
type file struct {
	bytes.Reader
	info
}

type info struct {
	name string
	size int64
	at   time.Time
	dir  bool
}

func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *file) Close() error               { return nil }
func (f *file) Size() int64                { return f.info.size }

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) ModTime() time.Time { return i.at }
func (i info) IsDir() bool        { return i.dir }
func (i info) Sys() any           { return nil }
func (i info) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o755
	}
	return 0o644
}
