package cmd_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/cmd"
	"github.com/rubric-project/rubric/templates"
)

// run runs a command and returns its status and what it wrote.
func run(t *testing.T, args ...string) (status int, out string) {
	t.Helper()
	var b bytes.Buffer
	app := &cmd.App{In: strings.NewReader(""), Out: &b, Err: &b, Now: func() time.Time { return time.Date(2027, 1, 2, 3, 4, 5, 0, time.UTC) }}
	status = app.Run(context.Background(), args...)
	return status, b.String()
}

// A template survives the authoring workbook unchanged, also with texts that spreadsheets like to change.
func TestAuthoringWorkbookLosesNothing(t *testing.T) {
	dir := t.TempDir()
	awkward, err := templates.Builtin("uk-dmm")
	if err != nil {
		t.Fatal(err)
	}
	awkward.ID, awkward.Version = "awkward", "1.10"
	for i, text := range []string{"1.10", "0123", "=1+2", "'quoted", "2026-11-22", "1E5", "TRUE", "#N/A", "_x0041_", "two\nlines", "ŷ 日本語 🙂", "a  b <&> \"q\"", "-1", "+44 20", "@x", "1/2", "\u00a0x", "50%"} {
		awkward.Criteria[i].Subject = text
		awkward.Criteria[i].Descriptors[1] = text
		awkward.Criteria[i].Weight = float64(i+1) / 8
		if strings.Contains(text, "\n") {
			awkward.Criteria[i].Subject = "one line"
		}
	}
	awkward.Criteria[2].Ref, awkward.Criteria[3].Ref = "1.30", "1E3"
	path := filepath.Join(dir, "awkward.yaml")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := templates.Encode(f, awkward); err != nil {
		t.Fatal(err)
	}
	f.Close()
	for _, name := range []string{"uk-dmm", "csis-cdm3", path} {
		book, back := filepath.Join(dir, "book.xlsx"), filepath.Join(dir, "back.yaml")
		if status, out := run(t, "templates", "export", name, "--xlsx", "-o", book, "--force"); status != 0 {
			t.Fatal(out)
		}
		first, _ := os.ReadFile(book)
		if status, out := run(t, "templates", "export", name, "--xlsx", "-o", book, "--force"); status != 0 {
			t.Fatal(out)
		}
		if again, _ := os.ReadFile(book); !bytes.Equal(first, again) {
			t.Errorf("%s: the workbook differs from run to run", name)
		}
		if status, out := run(t, "templates", "import", book, "-o", back, "--force"); status != 0 {
			t.Fatal(out)
		}
		if _, out := run(t, "templates", "diff", name, back); out != "The two templates are the same.\n" {
			t.Errorf("%s differs:\n%s", name, out)
		}
	}
	again, err := os.Open(filepath.Join(dir, "back.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	x, err := templates.Load("back.yaml", io.Reader(again))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(x, awkward) {
		t.Error("the template differs")
	}
}
