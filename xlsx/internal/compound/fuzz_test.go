package compound_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/rubric-project/rubric/xlsx/internal/compound"
)

// FuzzCompound opens any file as a compound file: what it gives lies inside the file.
func FuzzCompound(f *testing.F) {
	for _, name := range []string{"officecrypto-standard.xlsx", "excelize-password.xlsx"} {
		b, err := os.ReadFile(filepath.Join("..", "..", "returns", "testdata", "saved", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add(bytes.Repeat([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), 200))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := compound.Open(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		for _, name := range []string{"EncryptionInfo", "EncryptedPackage", "Workbook", "Root Entry", ""} {
			doc.Has(name)
			if b, err := doc.Read(name); err == nil && len(b) > len(data) {
				t.Fatalf("%d bytes of a file of %d", len(b), len(data))
			}
		}
	})
}
