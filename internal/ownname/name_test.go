package ownname_test

import (
	"strings"
	"testing"

	"github.com/rubric-project/rubric/internal/ownname"
)

func TestName(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("AppData", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	if got := ownname.Get(); got != "" {
		t.Errorf("before it is set: %q", got)
	}
	for _, c := range [][2]string{{" Ann\tExample \n", "Ann Example"}, {"José", "José"}, {strings.Repeat("é", 100), strings.Repeat("é", 60)}, {"", ""}, {"", ""}} {
		if err := ownname.Set(c[0]); err != nil {
			t.Fatal(err)
		}
		if got := ownname.Get(); got != c[1] {
			t.Errorf("%q was kept as %q", c[0], got)
		}
	}
}
