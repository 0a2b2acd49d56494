package desk_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestStatePictures takes a picture of every state of every page: RUBRIC_PICTURES_STATES names the folder,
// RUBRIC_PICTURES_ONLY words that addresses must hold, RUBRIC_PICTURES_STATE the states, such as full, RUBRIC_PICTURES_WIDTH the
// width of the window, and RUBRIC_PICTURES_LOOK how it looks: dark, or grey.
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
			if s.reach == nil || !strings.Contains(s.name, os.Getenv("RUBRIC_PICTURES_STATE")) {
				continue
			}
			v, dir, path := s.reach(t)
			b := tab(t, v, dir)
			if width, err := strconv.ParseInt(os.Getenv("RUBRIC_PICTURES_WIDTH"), 10, 64); err == nil {
				b.do(chromedp.EmulateViewport(width, 768))
			}
			if look := os.Getenv("RUBRIC_PICTURES_LOOK"); look == "dark" {
				b.scheme(look)
			}
			b.open(path)
			if os.Getenv("RUBRIC_PICTURES_LOOK") == "grey" {
				b.do(chromedp.Evaluate[chromedp.Void](`document.documentElement.style.filter = "grayscale(1)"`))
			}
			if wide := b.wider(); wide != "" {
				t.Logf("%s %s: %s", route, s.name, wide)
			}
			if s.click != "" {
				b.press(s.click)
			}
			b.picture(filepath.Join(to, strings.Trim(strings.NewReplacer("/", "-", "{key}", "").Replace(route), "-")+"-"+s.name+".png"))
		}
	}
}
