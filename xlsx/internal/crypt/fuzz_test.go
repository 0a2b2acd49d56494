package crypt_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rubric-project/rubric/internal/compound"
	"github.com/rubric-project/rubric/xlsx/internal/crypt"
)

// FuzzDecrypt opens an encrypted package with anything for what the file says of its encryption. It ends in time, and
// what is opened is as long as it is said to be.
func FuzzDecrypt(f *testing.F) {
	for _, name := range []string{"officecrypto-standard.xlsx", "officecrypto-agile.xlsx", "excelize-password.xlsx"} {
		b, err := os.ReadFile(filepath.Join("..", "..", "returns", "testdata", "saved", name))
		if err != nil {
			f.Fatal(err)
		}
		doc, err := compound.Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			f.Fatal(err)
		}
		info, err := doc.Read("EncryptionInfo")
		if err != nil {
			f.Fatal(err)
		}
		sealed, err := doc.Read("EncryptedPackage")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(bytes.Clone(info), bytes.Clone(sealed[:4096]), "secret")
	}
	f.Fuzz(func(t *testing.T, info, sealed []byte, password string) {
		ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
		defer cancel()
		start := time.Now()
		out, err := crypt.Decrypt(ctx, info, bytes.Clone(sealed), password)
		if took := time.Since(start); took > 5*time.Second {
			t.Fatalf("it took %v", took)
		}
		if err == nil && (len(out)+8 > len(sealed) || len(sealed) < 8) || err != nil && out != nil {
			t.Fatalf("%d bytes of %d, %v", len(out), len(sealed), err)
		}
	})
}
