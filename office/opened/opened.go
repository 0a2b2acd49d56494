// Package opened is one return as a person looks at it: what stands in each of its cells beside what was read, the pictures
// and files on its sheets, the evidence that came with it, and the original itself. It reads; nothing is written.
//
// Look is where to begin. What lies inside a return was made by anybody: Kind says by the first bytes which pictures a
// browser may show, and everything else is for saving only.
package opened

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// Return is one return, opened.
type Return struct {
	// Line is what became of the file.
	Line models.FileLine
	// Return is what was read from the file itself: no decision is in it. It has no answers where the file was refused.
	Return models.Return
	// Cells are what stands in the cells for answer and target, by ref.
	Cells map[string]returns.ShownCells
	// Objects are the pictures and files on its sheets.
	Objects []returns.ShownObject
}

// Look opens a file of the register by its path inside returns/.
func Look(ctx context.Context, o *office.Office, f *office.Folder, in *office.Intake, file string) (*Return, error) {
	line, ok := in.FileLine(file)
	if !ok {
		return nil, missing(file)
	}
	content, err := f.ReturnContent(file)
	if err != nil {
		return nil, missing(file)
	}
	out := &Return{Line: line}
	var shown returns.Shown
	out.Return, shown = returns.Show(ctx, bytes.NewReader(content), int64(len(content)), file, o.ReadOptions(f))
	out.Cells, out.Objects = shown.Cells, shown.Objects
	return out, nil
}

func missing(file string) error {
	return &fault.Error{Usage: true, Message: "there is no file " + path.Base(file) + " among what came back", Remedy: "it may have been moved or renamed; look at the list of returns"}
}

// Original is the file as it came, with its own name.
func Original(f *office.Folder, in *office.Intake, file string) (name string, content []byte, err error) {
	if _, ok := in.FileLine(file); !ok {
		return "", nil, missing(file)
	}
	if content, err = f.ReturnContent(file); err != nil {
		return "", nil, missing(file)
	}
	return path.Base(file[strings.LastIndexByte(file, '!')+1:]), content, nil
}

// Object is a picture or a file on the sheets of a return; part is that of one of Objects.
func Object(ctx context.Context, o *office.Office, f *office.Folder, in *office.Intake, file, part string) (content []byte, err error) {
	_, content, err = Original(f, in, file)
	if err == nil {
		content, err = returns.Object(ctx, bytes.NewReader(content), int64(len(content)), file, part, o.ReadOptions(f))
	}
	if errors.Is(err, returns.ErrNoObject) {
		err = &fault.Error{Usage: true, Message: "this picture or file cannot be taken out of the workbook", Remedy: "download the workbook and look at it there"}
	}
	return content, err
}

// Attachment is an evidence file that came beside a return, by its digest.
func Attachment(f *office.Folder, in *office.Intake, file, digest string) (name string, content []byte, err error) {
	line, ok := in.FileLine(file)
	if !ok {
		return "", nil, missing(file)
	}
	for _, a := range line.Attachments {
		if a.Digest != digest {
			continue
		}
		if a.File != "" {
			content, err = kept(f.Dir, a.File)
		} else {
			content, err = f.EvidenceContent(a.From)
		}
		if err != nil || office.Digest(content) != digest {
			return "", nil, missing(a.Name)
		}
		return a.Name, content, nil
	}
	return "", nil, missing("evidence")
}

// kept reads a file below attachments/, without following a link out of it.
func kept(dir, file string) ([]byte, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	x, err := root.Open(filepath.FromSlash(file))
	if err != nil {
		return nil, err
	}
	defer x.Close()
	return io.ReadAll(x)
}
