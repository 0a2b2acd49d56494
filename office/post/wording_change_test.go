package post_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

// The words of messages are read, changed and put back; what cannot be sent is refused with its line and not kept.
func TestWordingIsChanged(t *testing.T) {
	ctx := context.Background()
	o := &office.Office{Jobs: 1, Now: func() time.Time { return time.Date(2027, 2, 1, 9, 0, 0, 0, time.UTC) }}
	list := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(list, []byte("id,name,email\n1,One,one@example.org\n2,Two,two@example.org\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "round")
	if _, err := o.Init(ctx, office.InitOptions{Dir: dir, Template: "csis-cdm3", Recipients: list, Title: "Spring", Due: models.Date{Time: o.Now().AddDate(0, 0, 9)},
		Contact: models.Contact{Email: "office@example.org"}}); err != nil {
		t.Fatal(err)
	}
	f, unlock, _, err := o.OpenToWrite(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	if _, err := o.Generate(ctx, f, office.GenerateOptions{}); err != nil {
		t.Fatal(err)
	}
	p := &post.Post{Office: o}
	given, file, own, err := p.Wording(f, post.Invitations)
	if err != nil || own || file != "messages/invitation.txt" || !strings.HasPrefix(given, "Subject: ") {
		t.Fatalf("%q in %s, own %v, %v", given, file, own, err)
	}
	if err := p.SetWording(f, post.Invitations, "Subject: Hello\r\n\r\nTo {{.Nobody}}"); err == nil || !office.IsMisuse(err) || !strings.Contains(err.Error(), "messages/invitation.txt:3: there is no field {{.Nobody}}") {
		t.Errorf("%v", err)
	}
	if err := p.SetWording(f, post.Invitations, "Subject: Hello\r\n\r\nTo {{.Organisation}}"); err != nil {
		t.Fatal(err)
	}
	m, err := p.Prepare(ctx, f, post.Invitations, post.Options{Only: []string{"2"}})
	if err != nil || m.Len() != 1 {
		t.Fatalf("%v, %v", err, m.Problems)
	}
	if x := m.Outlines()[0]; x.Subject != "Hello" || x.Text != "To Two" || !x.Due() {
		t.Errorf("%+v", x)
	}
	if err := p.SetWording(f, post.Invitations, ""); err != nil {
		t.Fatal(err)
	}
	if now, _, _, err := p.Wording(f, post.Invitations); err != nil || now != given {
		t.Errorf("%v: %q", err, now)
	}
}
