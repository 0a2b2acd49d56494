package mail_test

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
)

// packed is an archive whose members are marked with a method and flags; what is in them is never unpacked.
func packed(t *testing.T, method, flags uint16, plain int, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i, name := range names {
		h := &zip.FileHeader{Name: name, Method: zip.Store, CompressedSize64: 3, UncompressedSize64: 3, CRC32: crc32.ChecksumIEEE([]byte("abc"))}
		if i >= plain {
			h.Method, h.Flags = method, flags
		}
		f, err := w.CreateRaw(h)
		if err == nil {
			_, err = f.Write([]byte("abc"))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestWhatKeepsAnArchiveFromBeingReadIsSaidOnce holds that an archive of forty members is one finding, and says what
// would help.
func TestWhatKeepsAnArchiveFromBeingReadIsSaidOnce(t *testing.T) {
	for _, test := range []struct {
		name          string
		method, flags uint16
		plain         int
		code          models.Code
		says          string
	}{
		{"deflate64", 9, 0, 0, models.MailUnreadable, "deflate64, which"},
		{"LZMA", 14, 0, 0, models.MailUnreadable, "LZMA"},
		{"bzip2", 12, 0, 0, models.MailUnreadable, "bzip2"},
		{"zstd", 93, 0, 0, models.MailUnreadable, "zstd"},
		{"unknown", 77, 0, 0, models.MailUnreadable, "number 77"},
		{"some of them", 9, 0, 2, models.MailUnreadable, "(2 of its 4 files)"},
		{"a password", zip.Store, 1, 0, models.MailEncrypted, "password"},
		{"a password, AES", 99, 0, 1, models.MailEncrypted, "(3 of its 4 files)"},
	} {
		var findings []*models.Finding
		found := 0
		for _, it := range mail.Read("a.zip", packed(t, test.method, test.flags, test.plain, "a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx"), mail.Limits{}) {
			if it.Found != nil {
				found++
			} else {
				findings = append(findings, it.Finding)
			}
		}
		if found != test.plain || len(findings) != 1 || findings[0].Code != test.code || !strings.Contains(findings[0].Message, test.says) {
			t.Errorf("%s: found %d and said %+v", test.name, found, findings)
		}
	}
}
