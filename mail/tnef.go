package mail

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"github.com/rubric-project/rubric/models"
)

// isTNEF knows Outlook's packing by its signature ([MS-OXTNEF], 2.1.3.1).
func isTNEF(b []byte) bool { return bytes.HasPrefix(b, []byte{0x78, 0x9f, 0x3e, 0x22}) }

// The attributes that matter ([MS-OXTNEF], 2.1.3.3): the identifier in the lower half.
const (
	tnefRenderData = 0x9002 // begins an attachment
	tnefTitle      = 0x8010
	tnefData       = 0x800f
	tnefProperties = 0x9005
)

// The properties of an attachment that matter ([MS-OXPROPS]).
const (
	mapiDisplayName = 0x3001
	mapiData        = 0x3701
	mapiShortName   = 0x3704
	mapiLongName    = 0x3707
)

// tnefFile is one attachment in Outlook's packing. message says that it is a message, packed in the same way.
type tnefFile struct {
	name    string
	content []byte
	message bool
}

// tnef takes the attachments out of winmail.dat.
func (in *incoming) tnef(c where, content []byte) {
	in.look(len(content))
	files, whole := tnefFiles(content, in.limits.Parts+1)
	if !whole {
		in.finding(models.MailWinmail, c, "The attachments are packed in Outlook's own format, which is damaged or cut off here.")
	}
	w := &walk{incoming: in}
	before := in.emitted
	for _, f := range files {
		inner := c.into(orName(printable(f.name), "attachment"+extensionByContent(f.content[:min(len(f.content), 64)])))
		name := inner.path[len(inner.path)-1]
		switch {
		case in.stopped || in.over:
			return
		case f.message && in.spend(inner, int64(len(f.content))):
			in.tnef(inner, f.content)
		case f.message:
		case len(f.content) == 0 && !in.enter(inner, 0):
		case len(f.content) == 0:
			w.unreadable(inner, "The attachment is empty, or only a link to a file elsewhere.")
		case accompanies("", name) && !holdsFile(f.content):
			if attachable(name) && !shownInText(name) {
				w.passBeside(inner, f.content)
			}
		case in.spend(inner, int64(len(f.content))):
			in.file(inner, f.content)
		}
	}
	if in.emitted == before && !c.inMail {
		in.finding(models.MailNoAttachment, c, "Outlook's own format has no attachment in it.")
	}
}

// tnefFiles reads the attachments, whose contents are not copied. whole is false where the packing ends early or is not
// what it should be; what came before is returned. There are at most most files: the caller says what is beyond.
func tnefFiles(b []byte, most int) (files []tnefFile, whole bool) {
	if !isTNEF(b) || len(b) < 6 {
		return nil, false
	}
	b = b[6:] // signature and key
	for len(b) > 0 {
		// Level, identifier, type, length, data, checksum.
		if len(b) < 9 {
			return files, false
		}
		id, size := binary.LittleEndian.Uint16(b[1:]), uint64(binary.LittleEndian.Uint32(b[5:]))
		if level := b[0]; level != 1 && level != 2 || size+2 > uint64(len(b)-9) {
			return files, false
		}
		data := b[9 : 9+size]
		b = b[9+size+2:]
		if id == tnefRenderData {
			if len(files) >= most {
				return files, true
			}
			files = append(files, tnefFile{})
		}
		if len(files) == 0 {
			continue
		}
		f := &files[len(files)-1]
		switch id {
		case tnefTitle:
			if f.name == "" {
				f.name = narrow(data)
			}
		case tnefData:
			f.content = data
		case tnefProperties:
			f.properties(data)
		}
	}
	return files, true
}

// properties takes the long name, and the content where it stands there and not in an attribute of its own.
func (f *tnefFile) properties(b []byte) {
	names := map[uint16]string{}
	mapiProperties(b, func(id, kind uint16, value []byte) {
		switch id {
		case mapiLongName, mapiShortName, mapiDisplayName:
			names[id] = narrow(value)
			if kind == mapiUnicode {
				names[id] = wide(value)
			}
		case mapiData:
			if kind == mapiObject && len(value) > 16 { // an interface's identifier comes first
				value = value[16:]
				f.message = isTNEF(value)
			}
			if kind == mapiObject || len(f.content) == 0 {
				f.content = value
			}
		}
	})
	for _, id := range []uint16{mapiLongName, mapiShortName, mapiDisplayName} {
		if names[id] != "" && (id == mapiLongName || f.name == "") {
			f.name = names[id]
			return
		}
	}
}

// narrow is a text of one byte for each character, taken for Windows-1252.
func narrow(b []byte) string {
	out, _ := charmap.Windows1252.NewDecoder().Bytes(b[:min(len(b), longestAddress)])
	return strings.TrimRight(string(out), "\x00")
}

func wide(b []byte) string {
	units := make([]uint16, min(len(b), longestAddress)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return strings.TrimRight(string(utf16.Decode(units)), "\x00")
}
