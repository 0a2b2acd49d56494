package xlsx

import (
	"bytes"
	"io"
	"path"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/ods"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// recognise tells by its content what the file is, and reads it if it is a workbook of a kind that is read.
func (o *opening) recognise(r io.ReaderAt, size int64) (*sheet.Workbook, error) {
	var head []byte
	if b, ok := r.(opc.Bytes); ok {
		head = b[:min(size, 4096)]
	} else {
		head = make([]byte, min(size, 4096))
		if n, err := r.ReadAt(head, 0); n < len(head) {
			return nil, err
		}
	}
	if strings.HasPrefix(path.Base(o.name), "~$") && size < 1024 {
		return nil, refuse.New(models.FileOwnerTemporary, "the file is the note that a spreadsheet program leaves while a workbook is open")
	}
	if err := o.placeholder(head); err != nil {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK")):
		return o.openZip(r, size)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return o.openCompound(r, size)
	}
	if len(head) > 262 && string(head[257:262]) == "ustar" {
		o.file.Format = "tar"
		return nil, refuse.New(models.FileZip, "the file is an archive (tar)")
	}
	for _, k := range magic {
		if bytes.HasPrefix(head, []byte(k.start)) && (k.inside == "" || bytes.Contains(head[:min(len(head), 64)], []byte(k.inside))) {
			o.file.Format = k.format
			return nil, refuse.New(k.code, "the file is %s", words.Sayf(k.what))
		}
	}
	return nil, o.recogniseText(head, r, size)
}

// magic are the beginnings of the files that are not workbooks and turn up all the same.
var magic = []struct {
	start, inside, format string
	code                  models.Code
	what                  string
}{
	{"%PDF-", "", "pdf", models.FilePDF, "a PDF"},
	{"\x89PNG\r\n\x1a\n", "", "png", models.FileImage, "a picture (PNG)"},
	{"\xFF\xD8\xFF", "", "jpeg", models.FileImage, "a picture (JPEG)"},
	{"GIF8", "", "gif", models.FileImage, "a picture (GIF)"},
	{"BM", "\x00\x00\x00\x00", "bmp", models.FileImage, "a picture (BMP)"},
	{"II*\x00", "", "tiff", models.FileImage, "a picture (TIFF)"},
	{"MM\x00*", "", "tiff", models.FileImage, "a picture (TIFF)"},
	{"RIFF", "WEBP", "webp", models.FileImage, "a picture (WebP)"},
	{"\x00\x00\x00", "ftyphei", "heic", models.FileImage, "a picture (HEIC)"},
	{"\x00\x00\x00", "ftypmif1", "heic", models.FileImage, "a picture (HEIC)"},
	{"ID;P", "", "sylk", models.FileNotWorkbook, "a table in an old format of exchange (SYLK)"},
	{"TABLE\r\n0,1", "", "dif", models.FileNotWorkbook, "a table in an old format of exchange (DIF)"},
	{"TABLE\n0,1", "", "dif", models.FileNotWorkbook, "a table in an old format of exchange (DIF)"},
	{`{\rtf`, "", "rtf", models.FileDocument, "a text document (RTF)"},
	{"\x1f\x8b", "", "gzip", models.FileZip, "an archive (gzip)"},
	{"7z\xBC\xAF\x27\x1C", "", "7z", models.FileZip, "an archive (7-Zip)"},
	{"Rar!\x1a\x07", "", "rar", models.FileZip, "an archive (RAR)"},
	{"BZh", "", "bzip2", models.FileZip, "an archive (bzip2)"},
	{"\xFD7zXZ\x00", "", "xz", models.FileZip, "an archive (xz)"},
	{"\x28\xB5\x2F\xFD", "", "zstd", models.FileZip, "an archive (zstd)"},
	{"\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D", "", "onenote", models.FileDocument, "a section of OneNote"},
	{"!BDN", "", "pst", models.FileNotWorkbook, "a store of messages of Outlook (.pst)"},
	{"\x09\x00\x04\x00", "", "xls", models.FileOldExcel, "a workbook of an early Excel"},
	{"\x09\x02\x06\x00", "", "xls", models.FileOldExcel, "a workbook of an early Excel"},
	{"\x09\x04\x06\x00", "", "xls", models.FileOldExcel, "a workbook of an early Excel"},
	{"\x09\x08", "", "xls", models.FileOldExcel, "a workbook of an early Excel"},
}

// openZip tells apart what comes in zip packages.
func (o *opening) openZip(r io.ReaderAt, size int64) (*sheet.Workbook, error) {
	o.file.Format = "zip"
	p, err := opc.Open(o.ctx, r, size, o.opt.Limits.packing())
	if err != nil {
		return nil, err
	}
	switch {
	case p.Has("mimetype") && p.Has("content.xml"):
		o.file.Format = "ods"
		return ods.Read(p, o.opt.Limits.content())
	case !p.Has("[Content_Types].xml"):
		return nil, o.recogniseZip(p)
	}
	kind, main, err := sheet.FileKind(p)
	if err != nil {
		return nil, err
	}
	o.file.Format = kind
	switch kind {
	case "xlsb":
		return nil, refuse.New(models.FileBinaryExcel, "the file is a binary workbook (.xlsb)")
	case "document", "presentation":
		return nil, refuse.New(models.FileDocument, "the file is a text document or a presentation")
	case "":
		o.file.Format = "zip"
		return nil, refuse.New(models.FileNotWorkbook, "the file is an office document, but not a workbook that is known")
	}
	return sheet.ReadPackage(p, kind, main, o.opt.Limits.content())
}

// recogniseZip says what a zip without an office document is.
func (o *opening) recogniseZip(p *opc.Package) error {
	for _, name := range p.Names() {
		switch {
		case strings.HasPrefix(name, "Index/Slide"), name == "index.apxl", strings.HasSuffix(name, "/index.apxl"):
			o.file.Format = "presentation"
			return refuse.New(models.FileDocument, "the file is a presentation of Keynote")
		case name == "index.xml" && p.Has("buildVersionHistory.plist"): // Pages and Numbers of iWork '09
			o.file.Format = "iwork"
			if strings.EqualFold(path.Ext(o.name), ".pages") {
				return refuse.New(models.FileDocument, "the file is a document of Pages")
			}
			return refuse.New(models.FileNumbers, "the file is a document of Numbers '09")
		case strings.HasPrefix(name, "Accounts/"), strings.HasPrefix(name, "Local/com.microsoft.__Messages"):
			o.file.Format = "olm"
			return refuse.New(models.FileNotWorkbook, "the file is a store of messages of Outlook for Mac (.olm)")
		case strings.HasPrefix(name, "Index/") && strings.HasSuffix(name, ".iwa"), name == "Index.zip", strings.HasSuffix(name, "/Index.zip"):
			o.file.Format = "numbers"
			return refuse.New(models.FileNumbers, "the file is an Apple Numbers document")
		case strings.HasPrefix(name, "xl/"):
			return refuse.Damaged("the file has lost its list of contents ([Content_Types].xml)")
		}
	}
	return refuse.New(models.FileZip, "the file is a zip archive, not a workbook")
}
