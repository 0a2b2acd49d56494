package mail

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/rubric-project/rubric/models"
)

func isZip(b []byte) bool {
	return bytes.HasPrefix(b, []byte("PK\x03\x04")) || bytes.HasPrefix(b, []byte("PK\x05\x06"))
}

// isDocument tells a document that is a zip inside (workbooks among them) from an archive of files, by parts
// that only documents have.
func isDocument(b []byte) bool {
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		// Cut off: the names at its beginning decide.
		head := b[:min(len(b), 4096)]
		return bytes.Contains(head, []byte("[Content_Types].xml")) || bytes.Contains(head, []byte("_rels/.rels")) || bytes.Contains(head, []byte("mimetypeapplication/"))
	}
	for _, f := range r.File {
		switch strings.ReplaceAll(f.Name, `\`, "/") {
		case "[Content_Types].xml", "_rels/.rels", "mimetype", "META-INF/manifest.xml", "Index/Document.iwa", "Index.zip":
			return true
		}
	}
	return false
}

// zip reads an archive. What an entry says of its size is not believed: reading stops at the limits.
func (in *incoming) zip(c where, content []byte) {
	r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		in.finding(models.MailUnreadable, c, "The archive is damaged or cut off.")
		return
	}
	for _, f := range r.File {
		name := entryName(f)
		if in.stopped || in.over {
			return
		}
		if f.FileInfo().IsDir() || beside(name) {
			continue
		}
		inner := c.into(name)
		if f.Flags&1 != 0 {
			in.finding(models.MailEncrypted, inner, "The archive is protected with a password.")
			continue
		}
		if !in.spend(inner, 0) {
			return
		}
		data, err := readEntry(f, min(in.limits.File, max(in.total, 0)))
		if err != nil {
			in.finding(models.MailUnreadable, inner, "The archive is damaged at this file.")
			continue
		}
		in.parts++ // counted above
		if in.spend(inner, int64(len(data))) {
			in.file(inner, data)
		}
	}
}

// readEntry unpacks at most limit bytes and one more, by which the limit is seen to be exceeded.
func readEntry(f *zip.File, limit int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", f.Name, err)
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, limit+1))
}

// entryName is the name as it was meant: old programs write it in the code page of DOS.
func entryName(f *zip.File) string {
	name := strings.ReplaceAll(f.Name, `\`, "/")
	if !utf8.ValidString(name) {
		name, _ = charmap.CodePage437.NewDecoder().String(name)
	}
	return name
}

// beside is true of what operating systems and spreadsheet programs leave lying beside files.
func beside(name string) bool {
	base := strings.ToLower(path.Base(strings.ReplaceAll(name, `\`, "/")))
	return strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") || base == "thumbs.db" || base == "desktop.ini" ||
		strings.HasPrefix(name, "__MACOSX/") || strings.Contains(name, "/__MACOSX/")
}
