//go:build unix

package office_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A sealing key that everybody can read is remarked on. Windows does not say who may read a file.
func TestAKeyThatEverybodyCanRead(t *testing.T) {
	d := newDesk(t)
	if err := os.Chmod(filepath.Join(d.dir, ".rubric", "key"), 0o644); err != nil {
		t.Fatal(err)
	}
	if n := d.notes()[""]; len(n) != 1 || !strings.Contains(n[0].Text, ".rubric/key") {
		t.Errorf("notes: %+v", n)
	}
}
