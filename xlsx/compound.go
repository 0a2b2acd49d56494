package xlsx

import (
	"bytes"
	"errors"
	"io"

	"github.com/rubric-project/rubric/internal/compound"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/crypt"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// openCompound tells apart what comes in compound files: workbooks with a password, which are read if it is
// known, and the formats of Office 97-2003.
func (o *opening) openCompound(r io.ReaderAt, size int64) (*sheet.Workbook, error) {
	o.file.Format = "compound"
	doc, err := compound.Open(r, size)
	if err != nil {
		return nil, notCompound(err)
	}
	switch {
	case doc.Has("DRMEncryptedTransform"), doc.Has("DRMEncryptedDataSpace"), doc.Has("\x09DRMDataSpace"), doc.Has("\x09DRMContent"):
		o.file.Format = "encrypted"
		return nil, refuse.New(models.FileLabelEncrypted, "a sensitivity label encrypts the workbook")
	case doc.Has("EncryptedPackage"):
		o.file.Format = "encrypted"
		return o.openEncrypted(doc)
	case doc.Has("Workbook"), doc.Has("Book"):
		o.file.Format = "xls"
		return nil, refuse.New(models.FileOldExcel, "the file is a workbook of Excel 97-2003 (.xls)")
	case doc.Has("WordDocument"), doc.Has("PowerPoint Document"):
		o.file.Format = "document"
		return nil, refuse.New(models.FileDocument, "the file is a document of Office 97-2003")
	case doc.Has("__properties_version1.0"):
		o.file.Format = "msg"
		return nil, refuse.New(models.FileNotWorkbook, "the file is a message of Outlook")
	}
	return nil, refuse.New(models.FileNotWorkbook, "the file is a document of no kind that is known")
}

// builtInPassword is the one with which Excel encrypts a workbook whose structure is protected and nothing else, and which
// it tries by itself when it opens one ([MS-OFFCRYPTO] 2.4.2.3).
const builtInPassword = "VelvetSweatshop"

func (o *opening) openEncrypted(doc *compound.File) (*sheet.Workbook, error) {
	info, err := doc.Read("EncryptionInfo")
	if err != nil {
		return nil, notCompound(err)
	}
	var b []byte
	for _, password := range []string{builtInPassword, o.opt.Password} {
		sealed, readErr := doc.Read("EncryptedPackage") // each time anew, as it is decrypted in place
		if readErr != nil {
			return nil, notCompound(readErr)
		}
		if b, err = crypt.Decrypt(o.ctx, info, sealed, password); !isWrongPassword(err) {
			break
		}
		if o.opt.Password == "" {
			return nil, refuse.New(models.FilePassword, "the workbook is protected with a password for opening")
		}
	}
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(b, []byte("PK")) {
		return nil, refuse.Damaged("what is encrypted in the file is not a workbook")
	}
	return o.openZip(opc.Bytes(b), int64(len(b)))
}

// notCompound says of a compound file that cannot be read which finding that is.
func notCompound(err error) error {
	var twice *compound.TwiceError
	switch {
	case errors.As(err, &twice):
		return refuse.New(models.FileContradictory, "the file has two streams of the name %s", twice.Name)
	case errors.Is(err, compound.ErrDamaged):
		return refuse.New(models.FileCutOff, compound.ErrDamaged.Error())
	}
	return err
}

func isWrongPassword(err error) bool {
	var e *refuse.Error
	return errors.As(err, &e) && e.Code == models.FileWrongPassword
}
