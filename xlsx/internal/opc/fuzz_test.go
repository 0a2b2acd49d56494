package opc_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"testing"

	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// FuzzPackage: whatever part is read to its end without an error, the standard library reads the same; and a part
// that is unpacked at once is the one that comes piece by piece.
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
		inMemory, err := opc.Open(context.Background(), opc.Bytes(b), int64(len(b)), opc.Limits{Parts: 100, Unpacked: 1 << 20})
		if err != nil {
			t.Fatal("in memory it is refused", err)
		}
		for _, n := range p.Names() {
			piece, err := scanned(p, n)
			whole, err2 := scanned(inMemory, n)
			if (err == nil) != (err2 == nil) || err == nil && piece != whole {
				t.Fatalf("%s: piece by piece %q, %v; at once %q, %v", n, piece, err, whole, err2)
			}
		}
		_, _ = p.Relations("")
		_, _ = p.ContentType("a/b.xml")
	})
}

// scanned is the elements of a part.
func scanned(p *opc.Package, name string) (string, error) {
	var out []byte
	err := p.Scan(name, nil, func(s *xmlscan.Scanner) error {
		out = fmt.Appendf(out, "%d %s", s.Depth(), s.Local)
		for _, a := range s.Attrs {
			out = fmt.Appendf(out, " %s=%q", a.Local, a.Value)
		}
		return nil
	})
	return string(out), err
}
