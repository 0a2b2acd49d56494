package returns_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf16"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// TestPassword opens workbooks that other programs encrypted, in the two ways that Office has: agile (since 2010) and
// standard (2007). TestSavedByOthers holds what is in them against what was filled in.
func TestPassword(t *testing.T) {
	tm := trybook.SmallTemplate()
	_, want := trybook.ChoicesOf(tm)
	standard, err := os.ReadFile(filepath.Join("testdata", "saved", "officecrypto-standard.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	agile, err := os.ReadFile(filepath.Join("testdata", "saved", "officecrypto-agile.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	// In the stream EncryptionInfo ([MS-OFFCRYPTO] 2.3.4.5) the version and flags stand before a header that begins
	// with its length and ends with the provider's name; the verifier follows it.
	name := []byte{}
	for _, u := range utf16.Encode([]rune("Microsoft Enhanced")) {
		name = binary.LittleEndian.AppendUint16(name, u)
	}
	at := bytes.Index(standard, name)
	if at < 0 {
		t.Fatal("the file says nothing of how it is encrypted")
	}
	info := at - 32 - 12 // the header's fields, then version, flags and length
	verifier := at - 32 + int(binary.LittleEndian.Uint32(standard[at-36:]))
	if binary.LittleEndian.Uint32(standard[info:]) != 0x00020004 || binary.LittleEndian.Uint32(standard[at-32+16:]) != 128 || standard[verifier] != 16 {
		t.Fatal("the file is not encrypted as this test takes it to be")
	}
	changed := func(off int, b ...byte) []byte {
		c := bytes.Clone(standard)
		copy(c[off:], b)
		return c
	}
	for _, x := range []struct {
		name, password string
		data           []byte
		want           models.Code // "" for read right
	}{
		{"standard", "secret", standard, ""},
		{"standard, as Office 2007 before its second service pack writes it", "secret", changed(info, 3), ""},
		{"standard, the eldest version", "secret", changed(info, 2), ""},
		{"standard, no password", "", standard, models.FilePassword},
		{"standard, another password", "Secret", standard, models.FileWrongPassword},
		{"standard, the password with a space", "secret ", standard, models.FileWrongPassword},
		{"standard, a password in another script", "секрет", standard, models.FileWrongPassword},
		{"standard, the verifier changed", "secret", changed(verifier+20, standard[verifier+20]^1), models.FileWrongPassword},
		{"standard, the salt changed", "secret", changed(verifier+4, standard[verifier+4]^1), models.FileWrongPassword},
		{"a version that there is not", "secret", changed(info, 9), models.FilePassword},
		{"a cipher that is not read (RC4)", "secret", changed(at-32+8, 0x01, 0x68), models.FilePassword},
		{"a key of 40 bits", "secret", changed(at-32+16, 40), models.FilePassword},
		{"a header longer than the file", "secret", changed(at-36, 0xFF, 0xFF, 0xFF, 0x7F), models.FileDamaged},
		{"a header too short", "secret", changed(at-36, 4), models.FileDamaged},
		{"agile", "secret", agile, ""},
		{"agile, no password", "", agile, models.FilePassword},
		{"agile, another password", "Secret", agile, models.FileWrongPassword},
	} {
		ret := returns.Read(context.Background(), bytes.NewReader(x.data), int64(len(x.data)), "return.xlsx", returns.ReadOptions{Template: tm, Password: x.password})
		if x.want == "" {
			checkAnswers(t, x.name, tm, ret, want)
			noFindings(t, x.name, ret)
			continue
		}
		if len(ret.Answers()) > 0 || len(ret.Findings) != 1 || ret.Findings[0].Code != x.want || ret.Findings[0].Severity != models.Error {
			t.Errorf("%s: %d answers, findings %v, want %s", x.name, len(ret.Answers()), trybook.FindingList(ret), x.want)
		}
	}
	// Standard encryption has no checksum of its own: what is damaged is found by those of the package inside.
	for off := 600; off < len(standard); off += 701 {
		data := changed(off, standard[off]^0x10)
		ret := returns.Read(context.Background(), bytes.NewReader(data), int64(len(data)), "return.xlsx", returns.ReadOptions{Template: tm, Password: "secret"})
		if errors, _, _ := models.Count(ret.Findings); errors > 0 && len(ret.Answers()) == 0 {
			continue
		}
		checkAnswers(t, "a bit changed", tm, ret, want)
	}
}
