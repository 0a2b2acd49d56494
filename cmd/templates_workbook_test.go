package cmd_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/cmd"
	"github.com/rubric-project/rubric/models"
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
	t.Parallel()
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
	for i, ref := range map[int]string{2: "1.30", 3: "1E3"} {
		for _, tr := range awkward.Translations {
			if texts, ok := tr.Criteria[awkward.Criteria[i].Ref]; ok {
				delete(tr.Criteria, awkward.Criteria[i].Ref)
				tr.Criteria[ref] = texts
			}
		}
		awkward.Criteria[i].Ref = ref
	}
	path := filepath.Join(dir, "awkward.yaml")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := templates.Encode(f, awkward); err != nil {
		t.Fatal(err)
	}
	f.Close()
	for _, name := range []string{"uk-dmm", "csis-cdm3", "../testdata/everything.yaml", path} {
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

// inSpanish adds a translation to testdata/everything.yaml, which has all else that a template can have.
const inSpanish = `translations:
  es:
    title: "Un poco de todo"
    levels: {0: {name: "Ausente", meaning: "Nada todavía."}, 1: {name: "Parcial", meaning: "Aquí y allá."}, 2: {name: "Habitual", meaning: "Por regla general."}}
    topics: {"1": {name: "Recoger"}, "2": {name: "Enseñar"}}
    criteria:
      "1.1": {subject: "Quién recoge", descriptors: {0: "Nadie.", 1: "Una persona.", 2: "Un equipo."}, options: {0: "No lo hace nadie", 2: "Lo hace un equipo"}, next_steps: {0: "Nombre a alguien.", 1: "Nombre un suplente."}}
      "1.2": {subject: "1.10", descriptors: {0: "=1+2", 1: "0123", 2: "TRUE"}}
    questions:
      staff: {text: "¿Cuántas personas trabajan con datos?", help: "Basta una estimación."}
      system: {text: "¿Dónde guarda los datos?", options: {1: "Sistema propio", 2: "Uno compartido"}}
`

// An authoring workbook that LibreOffice saved holds the same template. One start of it saves all of them.
func TestAuthoringWorkbookSavedByLibreOffice(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("LibreOffice is not installed (Debian: libreoffice-calc)")
	}
	dir := t.TempDir()
	everything, err := os.ReadFile("../testdata/everything.yaml")
	if err != nil {
		t.Fatal(err)
	}
	sources := map[string]string{
		"uk-dmm": "uk-dmm", "csis-cdm3": "csis-cdm3",
		"everything": written(t, filepath.Join(dir, "everything.yaml"), string(everything)+inSpanish),
	}
	args := []string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "saved")}
	for name, source := range sources {
		book := filepath.Join(dir, name+".xlsx")
		succeed(t, "templates", "export", source, "--xlsx", "-o", book)
		args = append(args, book)
	}
	if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for name, source := range sources {
		back := filepath.Join(dir, name+".back.yaml")
		succeed(t, "templates", "import", filepath.Join(dir, "saved", name+".xlsx"), "-o", back)
		if out := succeed(t, "templates", "diff", source, back); out != "The two templates are the same.\n" {
			t.Errorf("%s differs:\n%s", name, out)
		}
		before := filepath.Join(dir, name+".before.yaml")
		succeed(t, "templates", "export", source, "-o", before)
		if got, want := loaded(t, back), loaded(t, before); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the template differs", name)
		}
	}
}

func loaded(t *testing.T, path string) *models.Template {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	x, err := templates.Load(filepath.Base(path), f)
	if err != nil {
		t.Fatal(err)
	}
	return x
}
