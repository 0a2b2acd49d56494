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
	"github.com/rubric-project/rubric/words"
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

// encryptedByAES stands in place of a method (APPNOTE.TXT 6.3.10, appendix E; 4.4.5 for the others).
const encryptedByAES = 99

var zipMethods = map[uint16]string{1: "shrink", 6: "implode", 9: "deflate64", 12: "bzip2", 14: "LZMA", 16: "CMPSC", 19: "LZ77",
	20: "zstd", 93: "zstd", 94: "MP3", 95: "xz", 96: "JPEG", 97: "WavPack", 98: "PPMd"}

// zip reads an archive. What an entry says of its size is not believed where it says little: reading stops at the
// limits. What keeps an archive from being read is said once for all its files.
func (in *incoming) zip(c where, content []byte) {
	r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	in.look(len(content))
	if err != nil {
		in.advised(models.MailUnreadable, c, words.Sayf("The archive is damaged or cut off."), "Ask the sender to send it again.")
		return
	}
	locked, other, others := 0, uint16(0), 0
	for _, f := range r.File {
		name := entryName(f)
		if in.stopped || in.over {
			return
		}
		switch inner := c.into(name); {
		case f.FileInfo().IsDir() || beside(name):
		case openElsewhere(name):
			in.finding(models.FileOwnerTemporary, inner, leftWhileOpen)
		case f.Flags&1 != 0 || f.Method == encryptedByAES:
			locked++
		case f.Method != zip.Store && f.Method != zip.Deflate:
			other = f.Method
			others++
		default:
			in.zipEntry(inner, f)
		}
	}
	if locked > 0 {
		in.finding(models.MailEncrypted, c, "The archive is protected with a password%s.", inAll(locked, len(r.File)))
	}
	if others > 0 {
		method := zipMethods[other]
		if method == "" {
			method = fmt.Sprintf("number %d", other)
		}
		in.advised(models.MailUnreadable, c, words.Sayf("The archive is packed by the method %s%s, which is not unpacked here.", method, inAll(others, len(r.File))), "Unpack it with the program that made it and put the workbooks into returns/, or ask the sender to send them without an archive.")
	}
}

// inAll says how many files it concerns where that is not all of them.
func inAll(n, all int) words.Said {
	if n == all {
		return words.Said{}
	}
	return words.Sayf(" (%d of its %d files)", n, all)
}

// zipEntry takes one file out of an archive.
func (in *incoming) zipEntry(inner where, f *zip.File) {
	if !in.enter(inner, 0) {
		return
	}
	in.parts++ // counted again below
	if f.UncompressedSize64 > uint64(in.limits.File) {
		in.enter(inner, in.limits.File+1) // nothing is made of it
		return
	}
	data, err := readEntry(f, min(in.limits.File, in.total))
	in.make(int64(len(data)))
	switch {
	case err != nil && in.total >= 0:
		in.finding(models.MailUnreadable, inner, "The archive is damaged at this file.")
		in.parts--
	case in.enter(inner, int64(len(data))):
		in.file(inner, data)
	}
}

// readEntry unpacks at most limit bytes and one more, by which the limit is seen to be exceeded.
func readEntry(f *zip.File, limit int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", f.Name, err)
	}
	defer r.Close()
	// The size that it states, but no more than deflate can make of what is there: 1,032 times.
	var b bytes.Buffer
	b.Grow(int(min(limit+1, int64(min(f.UncompressedSize64, 1032*f.CompressedSize64, 1<<31)))) + bytes.MinRead)
	_, err = io.Copy(&b, io.LimitReader(r, limit+1))
	return b.Bytes(), err
}

// entryName is the name as it was meant: old programs write it in the code page of DOS.
func entryName(f *zip.File) string {
	name := strings.ReplaceAll(f.Name, `\`, "/")
	if !utf8.ValidString(name) {
		name, _ = charmap.CodePage437.NewDecoder().String(name)
	}
	return name
}

// beside is true of what operating systems leave lying beside files, by the same rule as returns/ is read: a name that only
// begins with a dot is a file like any other.
func beside(name string) bool {
	name = strings.ReplaceAll(name, `\`, "/")
	base := strings.ToLower(path.Base(name))
	return strings.HasPrefix(base, "._") || besideNames[base] || strings.HasPrefix(name, "__MACOSX/") || strings.Contains(name, "/__MACOSX/")
}

var besideNames = map[string]bool{".ds_store": true, "thumbs.db": true, "desktop.ini": true, "__macosx": true, "@eadir": true, ".directory": true, ".gitkeep": true, ".keep": true}

// openElsewhere is true of what a spreadsheet program keeps beside a file while it is open: Excel and Word (~$), LibreOffice
// (.~lock.…#).
func openElsewhere(name string) bool {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	return strings.HasPrefix(base, "~$") || strings.HasPrefix(base, ".~lock.") && strings.HasSuffix(base, "#")
}

const leftWhileOpen = "A spreadsheet program left this file behind while it had another one open; it is not a return, and was passed over."
