package cmd_test

import (
	"github.com/rubric-project/rubric/cmd/cmdtest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const arabicFont = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"

// A font that the round names sets the names that the summaries' typeface cannot; without it they are findings. A font that
// cannot be used is refused before anything is made.
func TestFontsOfARound(t *testing.T) {
	if _, err := os.Stat(arabicFont); err != nil {
		t.Skip("needs ", arabicFont, " (Debian: fonts-dejavu)")
	}
	dir := cmdtest.Example(t, "--recipients", "14")
	list := filepath.Join(dir, "recipients.csv")
	rows := strings.SplitAfter(readFile(t, list), "\n")
	named := regexp.MustCompile(`^(01044,)("[^"]*"|[^,]*),`)
	for i := range rows {
		rows[i] = named.ReplaceAllString(rows[i], "${1}مدرسة الأمل,")
	}
	into(t, dir, "recipients.csv", []byte(strings.Join(rows, "")))
	out := cmdtest.Rubric(t, 1, "report", "-C", dir, "--json")
	if !strings.Contains(out, "text-not-printable") {
		t.Errorf("without a font: %s", out)
	}
	data, err := os.ReadFile(arabicFont)
	if err != nil {
		t.Fatal(err)
	}
	into(t, dir, "DejaVuSans.ttf", data)
	config := readFile(t, filepath.Join(dir, "round.yaml"))
	into(t, dir, "round.yaml", []byte(config+"\nfonts: [DejaVuSans.ttf]\n"))
	if out := cmdtest.Rubric(t, 1, "report", "-C", dir, "--json"); strings.Contains(out, "text-not-printable") {
		t.Errorf("with a font: %s", out)
	}
	next := filepath.Join(t.TempDir(), "next")
	cmdtest.Rubric(t, 0, "init", next, "--from", dir, "--title", "Next", "--due", "2028-03-31")
	if _, err := os.Stat(filepath.Join(next, "DejaVuSans.ttf")); err != nil {
		t.Errorf("the next round does not have the font: %v", err)
	}
	if got := readFile(t, filepath.Join(next, "round.yaml")); !strings.Contains(got, "DejaVuSans.ttf") {
		t.Errorf("the next round does not name the font:\n%s", got)
	}
	own := filepath.Join(t.TempDir(), "own")
	cmdtest.Rubric(t, 0, "init", own, "--template", "uk-dmm", "--recipients", list, "--title", "Own", "--due", "2028-03-31", "--font", arabicFont)
	if got := readFile(t, filepath.Join(own, "round.yaml")); !strings.Contains(got, "DejaVuSans.ttf") {
		t.Errorf("the round does not name its font:\n%s", got)
	}
	into(t, dir, "DejaVuSans.ttf", data[:1000])
	cmdtest.Rubric(t, 2, "report", "-C", dir)
}

func into(t *testing.T, dir, name string, content []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
		t.Fatal(err)
	}
}
