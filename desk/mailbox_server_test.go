package desk_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/desk"
	"github.com/rubric-project/rubric/internal/mailservers"
)

// ownCertificate is one for 127.0.0.1 that no computer knows, with a file of it that is trusted when it is named.
func ownCertificate(t *testing.T) (tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.ParseIP("127.0.0.1")},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	der, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "office.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o644); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, file
}

// mailWith is a message with a file.
func mailWith(from, name string, content []byte) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: %s\r\nTo: office@office.example\r\nSubject: our workbook\r\nDate: Mon, 01 Mar 2027 09:00:00 +0000\r\nMessage-ID: <%s@example.org>\r\nMIME-Version: 1.0\r\n"+
		"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHere it is.\r\n--b\r\nContent-Type: application/octet-stream; name=\"%s\"\r\n"+
		"Content-Disposition: attachment; filename=\"%s\"\r\nContent-Transfer-Encoding: base64\r\n\r\n", from, strings.ReplaceAll(name, " ", "-"), name, name)
	text := base64.StdEncoding.EncodeToString(content)
	for len(text) > 76 {
		b.WriteString(text[:76] + "\r\n")
		text = text[76:]
	}
	b.WriteString(text + "\r\n--b--\r\n")
	return b.Bytes()
}

// The form of the page Returns collects from a mail server that somebody else wrote: what was attached comes in and counts,
// a second time brings nothing new, a wrong password is said, and the mailbox is as it was before.
func TestCollectFromAMailServer(t *testing.T) {
	const user, password = "office@office.example", "a secret of the office 4711"
	cert, ca := ownCertificate(t)
	server := mailservers.New(t, mailservers.Settings{User: user, Password: password, Valid: &cert, Other: &cert, Addresses: map[string]string{"@schools.example": "box"}, MaxSize: "20M"})
	full := demoRound(t, "uk-dmm")
	box := filepath.Join(server.Maildir("office"), "new")
	for _, sub := range []string{"new", "cur", "tmp"} {
		if err := os.MkdirAll(filepath.Join(server.Maildir("office"), sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for i, name := range []string{"01044.xlsx", "01093.xlsx", "01254.xlsx"} { // the last is cut off
		content, err := os.ReadFile(filepath.Join(full, "returns", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(box, fmt.Sprintf("%d.M%d.host", 1772355600+i, i)), mailWith("head@schools.example", name, content), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	err := filepath.WalkDir(server.Maildir("office"), func(p string, _ os.DirEntry, err error) error {
		if err == nil {
			err = os.Chown(p, 5000, 5000) // the server's owner of mailboxes
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}

	dir := withoutReturns(t)
	v := visit(t, dir)
	base := "/r/" + desk.KeyOf(dir)
	collect := func(secret string) string {
		t.Helper()
		page, _, _ := v.get(base + "/returns")
		fields := form(t, page)
		for name, value := range map[string]string{"server": "127.0.0.1", "port": strconv.Itoa(server.IMAPS), "user": user, "password": secret, "mailbox": "INBOX", "ca": ca} {
			fields.Set(name, value)
		}
		v.post(base+"/returns/mailbox", fields)
		return v.ended(base + "/returns?job=ended")
	}
	if page := collect("wrong"); !strings.Contains(page, "Nothing was collected. The server 127.0.0.1") || strings.Contains(page, "files are new") || strings.Contains(page, "wrong</") {
		t.Errorf("a wrong password:\n%.3000s", page)
	}
	page := collect(password)
	if !strings.Contains(page, "3 files are new") || !strings.Contains(page, "97 of 97 answers") || strings.Contains(page, password) {
		t.Errorf("%.6000s", page)
	}
	entries, _ := os.ReadDir(filepath.Join(dir, "returns"))
	if len(entries) != 3 {
		t.Errorf("%d files in returns/", len(entries))
	}
	if page = collect(password); !strings.Contains(page, "0 files are new, 3 were here already") {
		t.Errorf("the second time:\n%.3000s", page)
	}
	files, err := filepath.Glob(filepath.Join(server.Maildir("office"), "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	messages := 0
	for _, f := range files {
		if strings.Contains(f, ".M") {
			messages++
			if _, flags, _ := strings.Cut(filepath.Base(f), ":2,"); strings.ContainsAny(flags, "ST") {
				t.Errorf("a message is marked: %s", filepath.Base(f))
			}
		}
	}
	if messages != 3 {
		t.Errorf("%d messages are left in the mailbox", messages)
	}
	if b, _ := os.ReadFile(filepath.Join(dir, ".rubric", "journal.jsonl")); bytes.Contains(b, []byte(password)) {
		t.Error("the journal has the password")
	}
}
