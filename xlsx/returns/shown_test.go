package returns_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"reflect"
	"testing"

	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// What a person is shown beside what was read: the texts of the cells, and where pictures lie, with their bytes.
func TestShow(t *testing.T) {
	var dot bytes.Buffer
	if err := png.Encode(&dot, image.NewRGBA(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	b, opt := withThings(t), returns.ReadOptions{Template: trybook.SmallTemplate()}
	show := func(b []byte) (returns.Shown, bool) {
		ret, shown := returns.Show(context.Background(), bytes.NewReader(b), int64(len(b)), "a.xlsx", opt)
		read := returns.Read(context.Background(), bytes.NewReader(b), int64(len(b)), "a.xlsx", opt)
		return shown, reflect.DeepEqual(ret, read)
	}
	shown, same := show(b)
	if !same {
		t.Error("what is shown was read otherwise than by Read")
	}
	plain := trybook.ReadBack(trybook.SmallTemplate(), b)
	for _, a := range plain.Answers() {
		want := trybook.SmallTemplate().Label(trybook.SmallTemplate().Criterion(a.Ref), a.Level.Value)
		if got := shown.Cells[a.Ref].Answer; got != want {
			t.Errorf("%s: the cell shows %q, want %q", a.Ref, got, want)
		}
	}
	found := 0
	for _, x := range shown.Objects {
		if x.Part == "" {
			continue
		}
		content, err := returns.Object(context.Background(), bytes.NewReader(b), int64(len(b)), "a.xlsx", x.Part, opt)
		if err != nil || !x.Picture || x.Ref != plain.Answers()[0].Ref || !bytes.Equal(content, dot.Bytes()) {
			t.Errorf("%+v: %d bytes, %v", x, len(content), err)
		}
		found++
	}
	if found != 1 {
		t.Errorf("%d pictures with content, want 1: %+v", found, shown.Objects)
	}
	for _, part := range []string{"", "xl/workbook.xml", "../a", "xl/media/none.png"} {
		if _, err := returns.Object(context.Background(), bytes.NewReader(b), int64(len(b)), "a.xlsx", part, opt); !errors.Is(err, returns.ErrNoObject) {
			t.Errorf("the part %q is given: %v", part, err)
		}
	}
	if shown, same := show(b[:len(b)/2]); !same || len(shown.Objects) > 0 {
		t.Errorf("half a file: %+v", shown)
	}
}
