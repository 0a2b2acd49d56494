package splice_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/rubric-project/rubric/xlsx/internal/splice"
)

func pack(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, content := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// unpack reads with archive/zip, which checks CRC and sizes.
func unpack(t testing.TB, pkg []byte) (names []string, parts map[string]string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(pkg), int64(len(pkg)))
	if err != nil {
		t.Fatal(err)
	}
	parts = map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		names = append(names, f.Name)
		parts[f.Name] = string(b)
	}
	return names, parts
}

func frame(t testing.TB, parts map[string]string, tokens []string, own ...string) *splice.Frame {
	t.Helper()
	b, err := splice.Parse(pack(t, parts))
	if err != nil {
		t.Fatal(err)
	}
	f, err := b.Prepare(tokens, own...)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestGapsAndOwnParts(t *testing.T) {
	long := strings.Repeat("a long part that compresses well; ", 5000)
	parts := map[string]string{
		"xl/same.xml":         long,
		"xl/gaps.xml":         "@A@" + long + "@B@ and @A@" + long + "@B@",
		"xl/own.xml":          "not taken over",
		"[Content_Types].xml": "types",
		"empty":               "",
	}
	f := frame(t, parts, []string{"@A@", "@B@"}, "xl/own.xml", "xl/new.xml")
	for _, v := range []string{"", "x", strings.Repeat("ŵ", 100_000)} {
		var out bytes.Buffer
		w := f.NewWriter(&out, v, "<b>")
		if err := w.Part("xl/new.xml", []byte("new "+v)); err != nil {
			t.Fatal(err)
		}
		s, err := w.Create("xl/own.xml")
		if err != nil {
			t.Fatal(err)
		}
		for i := range 1000 {
			fmt.Fprintln(s, i, v[:min(len(v), 2)])
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		names, got := unpack(t, out.Bytes())
		if names[0] != "[Content_Types].xml" || len(names) != 6 {
			t.Errorf("entries are %q", names)
		}
		if got["xl/same.xml"] != long || got["empty"] != "" || got["xl/new.xml"] != "new "+v {
			t.Error("a part that has no gaps differs")
		}
		if want := v + long + "<b> and " + v + long + "<b>"; got["xl/gaps.xml"] != want {
			t.Errorf("with %d bytes in the gap the part has %d bytes, not %d", len(v), len(got["xl/gaps.xml"]), len(want))
		}
		if !strings.HasPrefix(got["xl/own.xml"], "0 ") || strings.Count(got["xl/own.xml"], "\n") != 1000 {
			t.Error("the streamed part differs")
		}
	}
}

func TestSameBytesFromSeveralGoroutines(t *testing.T) {
	f := frame(t, map[string]string{"a": "one @ two", "b": "three"}, []string{"@"}, "c")
	write := func(v string) string {
		var out bytes.Buffer
		w := f.NewWriter(&out, v)
		if err := w.Part("c", []byte(strings.Repeat(v, 50))); err != nil {
			t.Error(err)
		}
		if err := w.Close(); err != nil {
			t.Error(err)
		}
		return out.String()
	}
	var wg sync.WaitGroup
	for i := range 20 {
		v := fmt.Sprint("value ", i%3)
		want := write(v)
		wg.Go(func() {
			if write(v) != want {
				t.Error("two copies with the same value differ")
			}
		})
	}
	wg.Wait()
}

func TestMistakesAreErrors(t *testing.T) {
	f := frame(t, map[string]string{"a": "@"}, []string{"@"}, "own")
	var out bytes.Buffer
	if err := f.NewWriter(&out, "v").Close(); err == nil || !strings.Contains(err.Error(), "own is missing") {
		t.Errorf("a missing part gives %v", err)
	}
	if err := f.NewWriter(&out).Close(); err == nil {
		t.Error("a missing value gives no error")
	}
	w := f.NewWriter(&out, "v")
	if err := w.Part("other", nil); err == nil {
		t.Error("a part that was not announced gives no error")
	}
	w = f.NewWriter(&out, "v")
	if err := w.Part("own", nil); err != nil {
		t.Fatal(err)
	}
	if err := w.Part("own", nil); err == nil {
		t.Error("a part written twice gives no error")
	}
	if err := f.NewWriter(failing{}, "v").Close(); err == nil {
		t.Error("a writer that fails gives no error")
	}
	if _, err := splice.Parse([]byte("no zip")); err == nil {
		t.Error("Parse takes what is no package")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func FuzzGaps(f *testing.F) {
	f.Add(uint64(1), "value", uint16(3))
	f.Fuzz(func(t *testing.T, seed uint64, value string, n uint16) {
		r := rand.New(rand.NewPCG(seed, 0))
		var in, want strings.Builder
		for range n % 50 {
			piece := strings.Repeat(string(rune('a'+r.IntN(26))), r.IntN(300))
			in.WriteString(piece + "\x00\x01")
			want.WriteString(piece + value)
		}
		fr := frame(t, map[string]string{"p": in.String()}, []string{"\x00\x01"})
		var out bytes.Buffer
		if err := fr.NewWriter(&out, value).Close(); err != nil {
			t.Fatal(err)
		}
		if _, got := unpack(t, out.Bytes()); got["p"] != want.String() {
			t.Error("the part differs")
		}
	})
}
