package cmd_test

import (
	"github.com/rubric-project/rubric/cmd/cmdtest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A workbook filled in in outbox/ is named by generate, whose status says so, with the commands that take it in; a finding
// about no file says whom it is about.
func TestAFilledInWorkbookIsNamedWithWhatToDo(t *testing.T) {
	base := t.TempDir()
	dir, list := filepath.Join(base, "round"), filepath.Join(base, "list.csv")
	putFile(t, list, "id,name,email\n1,Example 学校,one@example.org\n2,Example School 02,two@example.org\n")
	cmdtest.Rubric(t, 0, "init", dir, "--template", "uk-dmm", "--recipients", list, "--title", "T", "--issued", "2027-02-01", "--due", "2027-03-01")
	cmdtest.Rubric(t, 0, "generate", "-C", dir)
	const one = "1 Example 学校.xlsx"
	comesBack(t, dir, one, one, "A. Example", 10, "1.1 3 – Learning")
	filled, err := os.ReadFile(filepath.Join(dir, "returns", one))
	if err != nil {
		t.Fatal(err)
	}
	os.Remove(filepath.Join(dir, "returns", one))
	putFile(t, filepath.Join(dir, "outbox", one), string(filled))
	if text := cmdtest.Rubric(t, 1, "generate", "-C", dir); !strings.Contains(text, "1 workbook written") {
		t.Errorf("generate says\n%s", text)
	}
	if text := cmdtest.Rubric(t, 0, "collect", filepath.Join(dir, "outbox", one), "-C", dir); !strings.Contains(text, one+": moved to returns/") {
		t.Errorf("collect says\n%s", text)
	}
	cmdtest.Rubric(t, 0, "generate", "--only", "Example 学校", "-C", dir)
	text := cmdtest.Rubric(t, 0, "report", "-C", dir)
	if strings.Count(text, "text-not-printable") != 1 || !strings.Contains(text, "recipient 1: warning: ") || strings.Contains(text, "\n: ") || strings.HasPrefix(text, ": ") {
		t.Errorf("report says\n%s", text)
	}
}
