// Package version says which version of rubric this program is, from what Go noted when it was built.
package version

import (
	"regexp"
	"runtime/debug"
	"strings"
)

// released is set by those who build a release without version control:
// go build -ldflags "-X github.com/rubric-project/rubric/internal/version.released=1.2.3".
var released string

// Released is the version that was released, such as 1.2.3. It is empty for a program that was built between
// releases, so that results do not depend on the commit that they were made with.
func Released() string { return release(built()) }

// String is what 'rubric --version' says: the version that was released, the commit and its day.
func String() string { return describe(built()) }

func built() *debug.BuildInfo {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	if released != "" {
		info.Main.Version = "v" + released
	}
	return info
}

// A tag with an optional name of a preliminary version. Go's names for commits between tags (pseudo-versions) end
// with a time and a commit, and those of changed files with +dirty.
var (
	tag    = regexp.MustCompile(`^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$`)
	pseudo = regexp.MustCompile(`[.-]\d{14}-[0-9a-f]{12}$`)
)

func release(info *debug.BuildInfo) string {
	v := info.Main.Version
	if !tag.MatchString(v) || pseudo.MatchString(v) {
		return ""
	}
	return v[1:]
}

func describe(info *debug.BuildInfo) string {
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	about := []string{"development version"}
	if v := release(info); v != "" {
		about[0] = v
	}
	if commit := settings["vcs.revision"]; commit != "" {
		about = append(about, "commit "+commit[:min(len(commit), 12)])
	}
	if day, _, ok := strings.Cut(settings["vcs.time"], "T"); ok {
		about = append(about, day)
	}
	if settings["vcs.modified"] == "true" {
		about = append(about, "with changes")
	}
	return strings.Join(about, ", ")
}
