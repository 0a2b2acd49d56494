package office_test

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/office/post"
)

// calendarIn is the entry for the calendar in a draft; "" for none.
func (d *desk) calendarIn(file string) string {
	d.t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(d.read(file)))
	if err != nil {
		d.t.Fatal(err)
	}
	_, params, _ := mime.ParseMediaType(m.Header.Get("Content-Type"))
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := r.NextPart()
		if err != nil {
			return ""
		}
		if strings.HasPrefix(p.Header.Get("Content-Type"), "text/calendar") {
			b, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, p))
			if err != nil {
				d.t.Fatal(err)
			}
			return string(b)
		}
	}
}

// Drafts carry an entry where the round says so, the same twice; once the due date is another, it is the same entry, moved.
func TestCalendarFollowsTheDueDate(t *testing.T) {
	d := newDesk(t)
	d.generate()
	draft := func() string {
		d.drafts(post.Invitations)
		files, _ := filepath.Glob(filepath.Join(d.dir, "outbox", "01*.eml"))
		if len(files) != 1 {
			t.Fatalf("%v", files)
		}
		return d.calendarIn("outbox/" + filepath.Base(files[0]))
	}
	set := func(old, new string) {
		config := strings.Replace(string(d.read("round.yaml")), old, new, 1)
		if err := os.WriteFile(filepath.Join(d.dir, "round.yaml"), []byte(config), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if c := draft(); c != "" {
		t.Errorf("nobody asked for an entry:\n%s", c)
	}
	due := regexp.MustCompile(`due: \S+`).FindString(string(d.read("round.yaml")))
	set(due, due+"\ncalendar: true")
	first := draft()
	if again := draft(); first != again || !strings.Contains(first, "SEQUENCE:0\r\n") || !strings.Contains(first, "DTSTART;VALUE=DATE:"+strings.ReplaceAll(strings.TrimPrefix(due, "due: "), "-", "")) {
		t.Errorf("first:\n%s\nagain:\n%s", first, again)
	}
	uid := regexp.MustCompile(`UID:\S+`).FindString(first)
	later := due[:len(due)-2] + "29"
	if strings.Contains(due, "-02-") {
		later = strings.Replace(due, "-02-", "-03-", 1)
	}
	set(due, later)
	if moved := draft(); !strings.Contains(moved, uid+"\r\n") || !strings.Contains(moved, "SEQUENCE:1\r\n") || !strings.Contains(moved, strings.ReplaceAll(strings.TrimPrefix(later, "due: "), "-", "")) {
		t.Errorf("moved:\n%s", moved)
	}
	set(later, due)
	if back := draft(); !strings.Contains(back, "SEQUENCE:2\r\n") {
		t.Errorf("back again:\n%s", back)
	}
}
