package opc_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/rubric-project/rubric/xlsx/internal/opc"
)

// FuzzPackage: whatever part is read to its end without an error, the standard library reads the same.
func FuzzPackage(f *testing.F) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, n := range []string{"[Content_Types].xml", "a/b.xml"} {
		e, _ := w.Create(n)
		_, _ = e.Write([]byte("<a>" + n + n + n + "</a>"))
	}
	e, _ := w.CreateHeader(&zip.FileHeader{Name: "stored", Method: zip.Store})
	_, _ = e.Write([]byte("stored"))
	_ = w.Close()
	f.Add(b.Bytes())
	f.Add([]byte("PK\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := opc.Open(context.Background(), bytes.NewReader(b), int64(len(b)), opc.Limits{Parts: 100, Unpacked: 1 << 20})
		if err != nil {
			return
		}
		z, zerr := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		for _, n := range p.Names() {
			r, err := p.Open(n)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(r)
			r.Close()
			if err != nil || zerr != nil {
				continue
			}
			for _, x := range z.File {
				if x.Name != n {
					continue
				}
				rc, err := x.Open()
				if err != nil {
					continue
				}
				want, err := io.ReadAll(rc)
				if err == nil && !bytes.Equal(got, want) {
					t.Fatalf("%s: read %q, the standard library %q", n, got, want)
				}
			}
		}
		_, _ = p.Relations("")
		_, _ = p.ContentType("a/b.xml")
	})
}
