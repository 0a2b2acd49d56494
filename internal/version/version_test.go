package version

import (
	"runtime/debug"
	"testing"
)

func TestVersion(t *testing.T) {
	for _, c := range []struct {
		main     string
		settings []debug.BuildSetting
		released string
		says     string
	}{
		{"v1.2.3", nil, "1.2.3", "1.2.3"},
		{"v1.2.3-rc.1", nil, "1.2.3-rc.1", "1.2.3-rc.1"},
		{"v1.2.3", []debug.BuildSetting{{Key: "vcs.revision", Value: "b98468e0123456789"}, {Key: "vcs.time", Value: "2026-11-29T14:12:04Z"}}, "1.2.3", "1.2.3, commit b98468e01234, 2026-11-29"},
		{"(devel)", nil, "", "development version"},
		{"", nil, "", "development version"},
		{"v0.1.1-0.20261129141204-b98468e01234", []debug.BuildSetting{{Key: "vcs.revision", Value: "b98468e0123456789"}, {Key: "vcs.time", Value: "2026-11-29T14:12:04Z"}}, "", "development version, commit b98468e01234, 2026-11-29"},
		{"v0.0.0-20261129141204-b98468e01234", nil, "", "development version"},
		{"v1.2.3+dirty", []debug.BuildSetting{{Key: "vcs.modified", Value: "true"}}, "", "development version, with changes"},
	} {
		info := &debug.BuildInfo{Main: debug.Module{Version: c.main}, Settings: c.settings}
		if got := release(info); got != c.released {
			t.Errorf("%s: released %q, want %q", c.main, got, c.released)
		}
		if got := describe(info); got != c.says {
			t.Errorf("%s: %q, want %q", c.main, got, c.says)
		}
	}
}

// What the tests make must not depend on the commit they run at.
func TestATestIsNoRelease(t *testing.T) {
	if got := Released(); got != "" {
		t.Errorf("a test is version %q", got)
	}
}
