package returns_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// Each file has its SHA-256, the refused one and the one that is too long to be kept in memory too; one that the caller
// has worked out is taken as it is.
func TestReadReturnDigest(t *testing.T) {
	tm := trybook.Template(t, "uk-dmm")
	book, _ := trybook.Filled(t, "uk-dmm")
	for name, data := range map[string][]byte{
		"workbook": book, "cut off": book[:len(book)/2], "text": []byte("not a workbook"), "long": []byte(strings.Repeat("long, long\n", 1<<20)),
	} {
		read := func(digest string) string {
			return returns.Read(context.Background(), bytes.NewReader(data), int64(len(data)), name, returns.ReadOptions{Template: tm, Digest: digest}).Digest
		}
		sum := sha256.Sum256(data)
		if got := read(""); got != hex.EncodeToString(sum[:]) {
			t.Errorf("%s: %s", name, got)
		}
		if got := read("as known"); got != "as known" {
			t.Errorf("%s: %s where the caller knew it", name, got)
		}
	}
}
