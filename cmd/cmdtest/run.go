package cmdtest

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/cmd"
)

// Testdata is a file of the folder testdata of the project, wherever below it the test stands.
func Testdata(name ...string) string {
	dir, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	return filepath.Join(append([]string{dir, "testdata"}, name...)...)
}

// Python is the one that Debian's openpyxl and LibreOffice's bridge are installed for.
const Python = "/usr/bin/python3"

// Rubric runs a command and returns what it printed; another exit status than want ends the test.
func Rubric(t *testing.T, want int, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	app := &cmd.App{In: strings.NewReader(""), Out: &out, Err: &errs, Now: InMarch}
	if got := app.Run(context.Background(), args...); got != want {
		t.Fatalf("rubric %s: status %d, want %d\n%s%s", strings.Join(args, " "), got, want, out.String(), errs.String())
	}
	return out.String()
}

// One finds the one file that fits a pattern.
func One(t *testing.T, pattern string) string {
	t.Helper()
	list, err := filepath.Glob(pattern)
	if err != nil || len(list) != 1 {
		t.Fatalf("%s fits %d files, want one", pattern, len(list))
	}
	return list[0]
}
