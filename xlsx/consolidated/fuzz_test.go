package consolidated_test

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/xlsx/consolidated"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// FuzzConsolidated reads a consolidated workbook of which one part was changed: it is what it was, or it is refused with
// a message and a remedy.
func FuzzConsolidated(f *testing.F) {
	in := keptRound(f, "uk-dmm", 3)
	var book bytes.Buffer
	if err := consolidated.Write(&book, in); err != nil {
		f.Fatal(err)
	}
	read := func(b []byte) (*consolidated.Round, error) {
		return consolidated.Read(context.Background(), bytes.NewReader(b), int64(len(b)))
	}
	want, err := read(book.Bytes())
	if err != nil {
		f.Fatal(err)
	}
	parts := trybook.Unpack(f, book.Bytes())
	for i, p := range parts {
		if len(p.Body) < 1<<16 {
			f.Add(uint8(i), p.Body)
		}
		parts[i].Packed = trybook.Deflated(p.Body) // once: it is most of the work
	}
	f.Fuzz(func(t *testing.T, which uint8, body []byte) {
		p := append([]trybook.Entry(nil), parts...)
		i := int(which) % len(p)
		p[i].Body, p[i].Packed = body, nil
		got, err := read(trybook.Pack(p, trybook.Packing{}))
		if err == nil {
			if !reflect.DeepEqual(got.Members, want.Members) {
				t.Fatal("other answers were taken for the round's")
			}
			return
		}
		var no *fault.Error
		if !errors.As(err, &no) || no.Message == "" || no.Remedy == "" {
			t.Fatalf("an error of another kind: %v", err)
		}
	})
}
