package xlsx_test

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/rubric-project/rubric/xlsx"
)

// FuzzConsolidated reads a consolidated workbook of which one part was changed: it is what it was, or it is refused with
// a message and a remedy.
func FuzzConsolidated(f *testing.F) {
	in := keptRound(f, "uk-dmm", 3)
	var book bytes.Buffer
	if err := xlsx.WriteConsolidated(&book, in); err != nil {
		f.Fatal(err)
	}
	read := func(b []byte) (*xlsx.Consolidated, error) {
		return xlsx.ReadConsolidated(context.Background(), bytes.NewReader(b), int64(len(b)))
	}
	want, err := read(book.Bytes())
	if err != nil {
		f.Fatal(err)
	}
	parts := unpack(f, book.Bytes())
	for i, p := range parts {
		if len(p.body) < 1<<16 {
			f.Add(uint8(i), p.body)
		}
		parts[i].packed = deflated(p.body) // once: it is most of the work
	}
	f.Fuzz(func(t *testing.T, which uint8, body []byte) {
		p := append([]entry(nil), parts...)
		i := int(which) % len(p)
		p[i].body, p[i].packed = body, nil
		got, err := read(pack(p, packing{}))
		if err == nil {
			if !reflect.DeepEqual(got.Members, want.Members) {
				t.Fatal("other answers were taken for the round's")
			}
			return
		}
		var no *xlsx.NotConsolidatedError
		if !errors.As(err, &no) || no.Message == "" || no.Remedy == "" {
			t.Fatalf("an error of another kind: %v", err)
		}
	})
}
