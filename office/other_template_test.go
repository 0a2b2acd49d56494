package office_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/office"
)

// Another template in the place of the one that the workbooks were made from is refused, and the workbooks stay; a change of
// the same one is not.
func TestGenerateRefusesAnotherTemplate(t *testing.T) {
	d := newDesk(t)
	d.generate()
	name := filepath.Join(d.dir, "template.yaml")
	was, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	id := strings.Split(strings.SplitAfterN(string(was), "id: ", 2)[1], "\n")[0]
	try := func(content string) (err error) {
		if e := os.WriteFile(name, []byte(content), 0o600); e != nil {
			t.Fatal(e)
		}
		d.folder("generate", func(f *office.Folder) {
			_, err = d.o.Generate(context.Background(), f, office.GenerateOptions{})
		})
		return err
	}
	outbox := func() string {
		var all strings.Builder
		files, _ := filepath.Glob(filepath.Join(d.dir, "outbox", "*"))
		for _, f := range files {
			b, _ := os.ReadFile(f)
			all.WriteString(office.Digest(b))
		}
		return all.String()
	}
	before := outbox()
	err = try(strings.Replace(string(was), "id: "+id, "id: another", 1))
	if err == nil || !strings.Contains(err.Error(), "template.yaml is the template another, but the workbooks were made from "+strings.Trim(id, `"`)) || outbox() != before {
		t.Errorf("%v", err)
	}
	if err := try(string(was) + "# a remark\n"); err != nil {
		t.Errorf("%v", err)
	}
}
