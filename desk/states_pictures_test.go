package desk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestStatePictures takes a picture of every state of every page: RUBRIC_PICTURES_STATES names the folder, and
// RUBRIC_PICTURES_ONLY words that addresses must hold.
func TestStatePictures(t *testing.T) {
	to := os.Getenv("RUBRIC_PICTURES_STATES")
	if to == "" {
		t.Skip("RUBRIC_PICTURES_STATES names no folder for pictures")
	}
	for route, list := range states {
		if !strings.Contains(route, os.Getenv("RUBRIC_PICTURES_ONLY")) {
			continue
		}
		for _, s := range list {
			if s.reach == nil {
				continue
			}
			v, dir, path := s.reach(t)
			b := tab(t, v, dir)
			b.open(path)
			if s.click != "" {
				b.do(chromedp.Click(s.click), chromedp.WaitVisible("main"))
			}
			b.picture(filepath.Join(to, strings.Trim(strings.NewReplacer("/", "-", "{key}", "").Replace(route), "-")+"-"+s.name+".png"))
		}
	}
}
