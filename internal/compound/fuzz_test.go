package compound_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/rubric-project/rubric/internal/compound"
)

// FuzzCompound opens any file as a compound file: what it gives lies inside the file.
func FuzzCompound(f *testing.F) {
	for _, name := range []string{"officecrypto-standard.xlsx", "excelize-password.xlsx"} {
		b, err := os.ReadFile(filepath.Join("..", "..", "xlsx", "returns", "testdata", "saved", name))
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
		entries, err := doc.Entries()
		if len(entries) > len(data)/128 {
			t.Fatalf("%d entries in %d bytes", len(entries), len(data))
		}
		for i, e := range entries {
			if e.Parent >= i || e.Parent >= 0 && (!entries[e.Parent].Folder || entries[e.Parent].Depth+1 != e.Depth) || e.Parent < 0 && e.Depth != 0 {
				t.Fatalf("entry %d: %+v", i, e)
			}
			if b, err := doc.Content(e); err == nil && int64(len(b)) != e.Size {
				t.Fatalf("%d bytes of %+v", len(b), e)
			}
			if i == 50 {
				break
			}
		}
		if err != nil && entries != nil {
			t.Fatal("a tree that is none has entries")
		}
		for _, name := range []string{"EncryptionInfo", "EncryptedPackage", "Workbook", "Root Entry", ""} {
			doc.Has(name)
			if b, err := doc.Read(name); err == nil && len(b) > len(data) {
				t.Fatalf("%d bytes of a file of %d", len(b), len(data))
			}
		}
	})
}
