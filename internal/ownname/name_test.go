package ownname_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/internal/ownname"
)

// The name that the desk kept is the one of the command line too.
func TestName(t *testing.T) {
	home := t.TempDir()
	for _, name := range []string{"XDG_CONFIG_HOME", "AppData", "HOME"} {
		t.Setenv(name, home)
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		t.Fatal(err)
	}
	if got := ownname.Get(); got != "" {
		t.Errorf("before it is set: %q", got)
	}
	if err := os.MkdirAll(filepath.Join(dir, "rubric"), 0o700); err != nil {
		t.Fatal(err)
	}
	for kept, want := range map[string]string{
		`{"rounds":["/r"],"lang":"es","by":" Ann\tExample \n"}`: "Ann Example",
		`{"by":"José"}`: "José",
		`{"by":"` + strings.Repeat("é", 100) + `"}`: strings.Repeat("é", 60),
		`{"rounds":[]}`: "", `{`: "", ``: "", `{"by":3}`: "",
	} {
		if err := os.WriteFile(filepath.Join(dir, "rubric", "desk.json"), []byte(kept), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := ownname.Get(); got != want {
			t.Errorf("%s is read as %q, want %q", kept, got, want)
		}
	}
}
