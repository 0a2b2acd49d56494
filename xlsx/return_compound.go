package xlsx

import (
	"io"

	"github.com/richardlehane/mscfb"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// openCompound tells apart what comes in compound files (MS-CFB): workbooks with a password, and the formats of
// Office 97-2003.
func (rd *reading) openCompound(r io.ReaderAt, size int64) (*sheet.Workbook, error) {
	rd.ret.Format = "compound"
	doc, err := mscfb.New(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, refuse.New(models.FileCutOff, "the file is a document of an older kind, and is not complete")
	}
	for i, f := 0, (*mscfb.File)(nil); i < 1000; i++ {
		if f, err = doc.Next(); err != nil {
			break
		}
		switch f.Name {
		case "EncryptedPackage", "EncryptionInfo":
			rd.ret.Format = "encrypted"
			return nil, refuse.New(models.FilePassword, "the workbook is protected with a password for opening")
		case "Workbook", "Book":
			rd.ret.Format = "xls"
			return nil, refuse.New(models.FileOldExcel, "the file is a workbook of Excel 97-2003 (.xls)")
		case "WordDocument", "PowerPoint Document":
			rd.ret.Format = "document"
			return nil, refuse.New(models.FileDocument, "the file is a document of Office 97-2003")
		case "__properties_version1.0":
			rd.ret.Format = "msg"
			return nil, refuse.New(models.FileNotWorkbook, "the file is a message of Outlook")
		}
	}
	return nil, refuse.New(models.FileNotWorkbook, "the file is a document of no kind that is known")
}
