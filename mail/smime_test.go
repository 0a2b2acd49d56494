package mail_test

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/mail"
)

// openssl makes the messages: it writes S/MIME as mail programs do, also with lengths that are not known beforehand.
func openssl(t *testing.T, in string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command("openssl", args...)
	cmd.Stdin = strings.NewReader(in)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("openssl %s: %v", strings.Join(args, " "), err)
	}
	return out
}

// TestSignedFilesAreOpened is for files that somebody signed by themselves, as AutoFirma and others do it, and for messages
// that are signed and come under another name.
func TestSignedFilesAreOpened(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl is not installed")
	}
	dir := t.TempDir()
	key, cert := filepath.Join(dir, "key.pem"), filepath.Join(dir, "cert.pem")
	openssl(t, "", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-subj", "/CN=a@schools.example", "-days", "2")
	one := workbookBytes(t, strings.Repeat("one", 30_000))
	policy := "%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
	picture, minutes := "\x89PNG\r\n\x1a\npicture", "What was said: nothing.\n"
	sign := func(in string, more ...string) []byte {
		return openssl(t, in, append([]string{"cms", "-sign", "-binary", "-outform", "DER", "-signer", cert, "-inkey", key}, more...)...)
	}
	entity := string(crlf("Content-Type: multipart/mixed; boundary=x\n\n" + part("Content-Type: application/x; name=a.xlsx\n", one) + "--x--\n"))
	for _, test := range []struct {
		name    string
		content []byte
		want    string // the path to what was signed
	}{
		{"Libro.xlsx.csig", sign(one, "-nodetach"), "Libro.xlsx.csig!Libro.xlsx"},
		{"Libro.xlsx.p7m", sign(one, "-nodetach", "-stream"), "Libro.xlsx.p7m!Libro.xlsx"},
		{"Policy.pdf.p7m", sign(policy, "-nodetach"), "Policy.pdf.p7m!Policy.pdf"},
		{"photo.png.p7m", sign(picture, "-nodetach"), "photo.png.p7m!photo.png"},
		{"minutes.txt.csig", sign(minutes, "-nodetach"), "minutes.txt.csig!minutes.txt"},
		{"smime.dat", sign(entity, "-nodetach"), "smime.dat!a.xlsx"},
		{"a.p7s", sign(one), ""}, // the signature alone
	} {
		if !mail.Holds(test.name, test.content[:min(len(test.content), 64<<10)]) {
			t.Errorf("%s is not opened", test.name)
		}
		in := []byte(letter + "Content-Type: multipart/mixed; boundary=x\n\n" + part("Content-Type: application/octet-stream; name="+test.name+"\n", string(test.content)) + "--x--\n")
		for name, content := range map[string][]byte{test.name: test.content, "m.eml": in} {
			got := ""
			for _, it := range mail.Read(name, content, mail.Limits{}) {
				x := it.Found
				if x == nil {
					x = it.Beside
				}
				if x != nil && slices.Contains([]string{one, policy, picture, minutes}, string(x.Content)) {
					got = strings.TrimPrefix(strings.Join(x.Path, "!"), "m.eml!")
				}
			}
			if got != test.want {
				t.Errorf("%s in %s: found as %q, want %q", test.name, name, got, test.want)
			}
		}
	}
}

func TestSignedMessagesAreOpened(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl is not installed")
	}
	dir := t.TempDir()
	key, cert := filepath.Join(dir, "key.pem"), filepath.Join(dir, "cert.pem")
	openssl(t, "", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-subj", "/CN=a@schools.example", "-days", "2")
	one := workbookBytes(t, strings.Repeat("one", 30_000)) // longer than the pieces that openssl makes
	entity := string(crlf("Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nsigned\n" + part("Content-Type: application/x; name=a.xlsx\n", one) + "--x--\n"))
	header := []string{"-from", "a@schools.example", "-subject", "Return"}
	sign := func(in string, more ...string) []byte {
		return openssl(t, in, append(append([]string{"cms", "-sign", "-binary", "-signer", cert, "-inkey", key}, header...), more...)...)
	}
	twice := sign(entity, "-nodetach")
	_, inner, _ := strings.Cut(string(twice), "MIME-Version")
	for _, test := range []struct {
		name    string
		message []byte
		want    string
	}{
		{"signed as a whole", sign(entity, "-nodetach"), "found"},
		{"signed as a whole, lengths not known", sign(entity, "-nodetach", "-stream"), "found"},
		{"signed beside", sign(entity), "found"},
		{"signed twice", sign("MIME-Version"+inner, "-nodetach"), "found"},
		{"signed and encrypted", openssl(t, entity, append(append([]string{"cms", "-encrypt", "-aes256"}, header...), cert)...), "mail-encrypted"},
		{"signed as a whole, damaged", []byte(strings.Replace(string(sign(entity, "-nodetach")), "MII", "AAA", 1)), "mail-unreadable"},
	} {
		t.Run(test.name, func(t *testing.T) {
			items := mail.Read("a.eml", test.message, mail.Limits{})
			got := "nothing"
			if len(items) == 1 && items[0].Finding != nil {
				got = string(items[0].Finding.Code)
			} else if len(items) == 1 && items[0].Found != nil && string(items[0].Found.Content) == one && items[0].Found.Name == "a.xlsx" {
				got = "found"
			}
			if got != test.want {
				t.Errorf("got %s of %d, want %s", got, len(items), test.want)
			}
		})
	}
}
