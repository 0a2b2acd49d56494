package desk_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/rubric-project/rubric/desk"
)

// guide are the pages of a round in the guide for offices, by their addresses.
var guide = []string{"overview", "send", "returns", "decide", "results", "files"}

const guideList = "Code,School,E-mail,Head teacher,Region\n00107,Example Elementary School District 7,seven@example.org,Ann Example,North\n" +
	"00108,\"Example Unified, Coast\",coast@example.org,,Coast\n00109,Example Valley High School,valley@example.org,Sam Sample,North\n"

// TestGuidePictures takes the pictures of docs/guide anew: RUBRIC_GUIDE names the folder. They show a window of 1366 × 768, and
// a folder as it may be called on anybody's computer.
func TestGuidePictures(t *testing.T) {
	to := os.Getenv("RUBRIC_GUIDE")
	if to == "" {
		t.Skip("RUBRIC_GUIDE names no folder for the guide's pictures")
	}
	v := visit(t, "")
	page, _, _ := v.get("/new")
	page, at, _ := v.fill(page, "/new", "template", "uk-dmm")
	page, at, _ = v.fill(page, at, "title", "Data check 2027", "organiser", "Example data office", "issued", "2027-02-01", "due", "2027-03-26", "contact-name", "Ann Example", "contact-email", "data@example.org")
	v.upload(uploadAction(t, page), nil, "file", "schools.csv", []byte(guideList))
	b := tab(t, v, "")
	b.open("/new")
	b.shot(filepath.Join(to, "new.png"), "")
	b.open(at)
	b.shot(filepath.Join(to, "list.png"), "")

	dir := demoRound(t, "uk-dmm")
	asMade(t, dir)
	v = visit(t, dir)
	b = tab(t, v, dir)
	for _, name := range guide {
		b.open("/r/" + desk.KeyOf(dir) + "/" + name)
		if name == "decide" { // the first is a simple one; an answer that is not clear shows more
			b.do(chromedp.Click(`#queue ol:last-of-type li:first-child a`), chromedp.Sleep(time.Second), chromedp.WaitReady("main"))
		}
		b.shot(filepath.Join(to, name+".png"), dir)
	}
}

// asMade gives a round that was copied what copying took: its results are newer than its returns, and its key is its owner's.
func asMade(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(dir, "results"), func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, os.Chtimes(path, time.Time{}, time.Now()))
	})
	if err := errors.Join(err, os.Chmod(filepath.Join(dir, ".rubric", "key"), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// shot writes a picture of the window, with another name for the round's folder, and as small as it can be.
func (b *browser) shot(file, dir string) {
	b.t.Helper()
	if dir != "" {
		own, _ := json.Marshal(filepath.Dir(dir))
		b.do(chromedp.Evaluate[chromedp.Void](`(() => { const w = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); while (w.nextNode()) {
			w.currentNode.nodeValue = w.currentNode.nodeValue.replaceAll(` + string(own) + `, "Documents").replace("Documents/round", "Documents/data-check-2027") } })()`))
	}
	content, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		content, err = smaller(content)
	}
	if err == nil {
		err = os.WriteFile(file, content, 0o644)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// smaller is a picture in the 64 colours that it has most of.
func smaller(content []byte) ([]byte, error) {
	whole, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	count := map[color.RGBA]int{}
	box := whole.Bounds()
	at := func(x, y int) color.RGBA {
		r, g, b, _ := whole.At(x, y).RGBA()
		return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255}
	}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			count[at(x, y)]++
		}
	}
	most := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	var palette color.Palette
	for _, c := range most { // none that is all but one already there
		if len(palette) < 64 && (len(palette) == 0 || far(c, palette)) {
			palette = append(palette, c)
		}
	}
	out, nearest := image.NewPaletted(box, palette), map[color.RGBA]uint8{}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			c := at(x, y)
			i, ok := nearest[c]
			if !ok {
				i = uint8(palette.Index(c))
				nearest[c] = i
			}
			out.SetColorIndex(x, y, i)
		}
	}
	var b bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, out)
	return b.Bytes(), err
}

// far says whether a colour is told apart from all of a palette.
func far(c color.RGBA, palette color.Palette) bool {
	near := palette[palette.Index(c)].(color.RGBA)
	gap := func(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }
	return gap(c.R, near.R)+gap(c.G, near.G)+gap(c.B, near.B) > 12
}
