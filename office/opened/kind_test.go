package opened_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"testing"

	"github.com/rubric-project/rubric/office/opened"
)

// A browser is shown pictures that hold no program, of a size that it can bear, whatever the file is called.
func TestKind(t *testing.T) {
	var small, wide bytes.Buffer
	if err := png.Encode(&small, image.NewRGBA(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&wide, image.NewGray(image.Rect(0, 0, 60_000, 1000))); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"a picture":       {small.Bytes(), "image/png"},
		"too large":       {wide.Bytes(), ""},
		"a page":          {[]byte("<html><script>alert(1)</script>"), ""},
		"an svg":          {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), ""},
		"a PDF":           {[]byte("%PDF-1.7"), ""},
		"cut off":         {small.Bytes()[:12], ""},
		"nothing":         {nil, ""},
		"a page as a gif": {[]byte("GIF89a<script>alert(1)</script>"), "?"},
	} {
		got := opened.Kind(c.content)
		if c.want == "?" { // a browser that is told image/gif, and not to sniff, runs nothing in it
			if got != "" && got != "image/gif" {
				t.Errorf("%s: %q", name, got)
			}
			continue
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func ExampleKind() {
	fmt.Printf("%q\n", opened.Kind([]byte("<svg/>")))
	// Output: ""
}
