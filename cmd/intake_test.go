package cmd_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/models"
)

// TestReturnsInArchivesAndMessages drops returns packed and in a message into returns/, as people do: they
// count as if they lay there themselves.
func TestReturnsInArchivesAndMessages(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "demo")
	cmdtest.Rubric(t, 0, "demo", dir, "--recipients", "24", "--quiet")
	before := register(t, dir)
	var good []models.Entry
	for _, e := range before.Entries {
		if e.Status == models.Returned && e.Errors+e.Warnings == 0 {
			good = append(good, e)
		}
	}
	if len(good) < 4 {
		t.Fatalf("the demonstration has only %d good returns", len(good))
	}
	take := func(e models.Entry) []byte {
		name := filepath.Join(dir, "returns", filepath.FromSlash(e.File))
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		return b
	}
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for _, e := range good[:2] {
		w, err := z.Create("folder/assessment.xlsx") // as each of a district's schools names it
		if err != nil {
			t.Fatal(err)
		}
		w.Write(take(e))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	put(t, dir, "packed.zip", packed.Bytes())
	put(t, dir, "message.eml", bytes.Replace(messageWith(good[2].File, take(good[2])), []byte("school@example.org"), []byte("head@elsewhere.example.net"), 1))
	put(t, dir, "renamed.zip", take(good[3])) // a workbook is a zip, and some mail programs name it so
	put(t, dir, "holiday.eml", []byte("From: a@example.org\r\nSubject: Away\r\n\r\nI am away.\r\n"))

	after := register(t, dir)
	want := map[string]string{good[0].Recipient.ID: "packed.zip!folder/assessment.xlsx", good[1].Recipient.ID: "packed.zip!folder/assessment (2).xlsx",
		good[3].Recipient.ID: "renamed.zip"}
	for i, e := range after.Entries {
		if e.Status != before.Entries[i].Status || e.Answered != before.Entries[i].Answered {
			t.Errorf("%s: %s with %d answers, before %s with %d", e.Recipient.ID, e.Status, e.Answered, before.Entries[i].Status, before.Entries[i].Answered)
		}
		if w, ok := want[e.Recipient.ID]; ok && e.File != w {
			t.Errorf("%s: file %q, want %q", e.Recipient.ID, e.File, w)
		}
	}
	out := cmdtest.Rubric(t, 1, "-C", dir, "validate", "--json")
	if !strings.Contains(out, `"holiday.eml"`) {
		t.Error("nothing says that a message without a workbook is no return")
	}
	if !strings.Contains(out, "head@elsewhere.example.net") {
		t.Error("nothing says that a message came from another address than its recipient's")
	}
}

func register(t *testing.T, dir string) models.Register {
	t.Helper()
	var r models.Register
	if err := json.Unmarshal([]byte(cmdtest.Rubric(t, 0, "-C", dir, "status", "--json")), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func put(t *testing.T, dir, name string, content []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "returns", name), content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// messageWith is a message with one attachment, as mail programs write it.
func messageWith(name string, content []byte) []byte {
	var b bytes.Buffer
	b.WriteString("From: School <school@example.org>\r\nTo: returns@example.org\r\nSubject: Our return\r\nDate: Mon, 12 Oct 2026 10:00:00 +0000\r\n" +
		"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=xyz\r\n\r\n--xyz\r\nContent-Type: text/plain\r\n\r\nHere it is.\r\n" +
		"--xyz\r\nContent-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\r\nContent-Transfer-Encoding: base64\r\n" +
		"Content-Disposition: attachment; filename=\"" + name + "\"\r\n\r\n")
	line := base64.StdEncoding.EncodeToString(content)
	for len(line) > 76 {
		b.WriteString(line[:76] + "\r\n")
		line = line[76:]
	}
	b.WriteString(line + "\r\n--xyz--\r\n")
	return b.Bytes()
}
