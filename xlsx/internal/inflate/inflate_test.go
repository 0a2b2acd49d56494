package inflate_test

import (
	"bytes"
	"io"
	"testing"

	"compress/flate"

	"github.com/rubric-project/rubric/xlsx/internal/inflate"
)

// packed packs a text at a level.
func packed(t testing.TB, text []byte, level int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, level)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// standard is what the standard library makes of a stream, and how much of it it needed.
func standard(b []byte) (text []byte, n int, ok bool) {
	in := bytes.NewReader(b)
	text, err := io.ReadAll(io.LimitReader(flate.NewReader(in), 1<<20))
	return text, len(b) - in.Len(), err == nil && len(text) < 1<<20
}

// texts are as different as streams can be: long and short, one letter, no order, far repeats.
func texts() [][]byte {
	var noise, rows, far []byte
	x := uint32(1)
	for range 70_000 {
		x = x*1664525 + 1013904223
		noise = append(noise, byte(x>>24))
	}
	for i := range 3000 {
		rows = append(rows, "<c r=\"A"...)
		rows = append(rows, byte('0'+i%10), byte('0'+i/10%10), byte('0'+i/100%10))
		rows = append(rows, "\" s=\"2\"><v>"...)
		rows = append(rows, noise[i]%10+'0')
		rows = append(rows, "</v></c>"...)
	}
	for i := range 40 {
		far = append(append(far, noise[i*100:i*100+900]...), noise[:300]...)
	}
	skewed := make([]byte, 60_000) // codes of all lengths
	for i := range skewed {
		for n := noise[i]; n&1 == 1 && skewed[i] < 40; n >>= 1 {
			skewed[i]++
		}
		skewed[i] += noise[(i*7)%len(noise)] & noise[(i*13)%len(noise)] & noise[(i*29)%len(noise)] & noise[(i*31)%len(noise)]
	}
	return [][]byte{nil, []byte("a"), []byte("abc abc"), bytes.Repeat([]byte("x"), 100_000), noise, rows, far, skewed, bytes.Repeat([]byte("ab\n"), 30_000)}
}

// TestInflate unpacks what the standard library packed, with and without something behind it.
func TestInflate(t *testing.T) {
	var in inflate.Inflater
	for i, text := range texts() {
		for _, level := range []int{-2, 0, 1, 6, 9} {
			b := packed(t, text, level)
			dst := make([]byte, len(text)+inflate.Slack)
			for _, behind := range []int{0, 1, 100} {
				src := append(bytes.Clone(b), bytes.Repeat([]byte{0xA5}, behind)...)
				if !in.Inflate(dst, len(text), src, len(b)) || !bytes.Equal(dst[:len(text)], text) {
					t.Fatalf("text %d, level %d, %d bytes behind it: not unpacked", i, level, behind)
				}
			}
			if len(text) > 0 && in.Inflate(dst, len(text)-1, b, len(b)) || in.Inflate(dst[:len(text)+inflate.Slack-1], len(text), b, len(b)) {
				t.Errorf("text %d, level %d: unpacked into too little room", i, level)
			}
			if dst = append(dst, 0); in.Inflate(dst, len(text)+1, b, len(b)) {
				t.Errorf("text %d, level %d: said to be longer than it is", i, level)
			}
			if in.Inflate(dst, len(text), append(bytes.Clone(b), 0), len(b)+1) || in.Inflate(dst, len(text), b[:len(b)-1], len(b)-1) || in.Inflate(dst, len(text), b, len(b)-1) {
				t.Errorf("text %d, level %d: the stream is shorter or longer than it was said to be", i, level)
			}
		}
	}
}

// FuzzInflate: what is unpacked is what the standard library unpacks, from as many bytes.
func FuzzInflate(f *testing.F) {
	for i, text := range texts() {
		if len(text) > 5000 {
			text = text[:5000]
		}
		f.Add(packed(f, text, []int{9, 1, 6}[i%3]), byte(i))
	}
	f.Add([]byte{3, 0}, byte(0))
	f.Fuzz(func(t *testing.T, b []byte, behind byte) {
		want, n, ok := standard(b)
		var in inflate.Inflater
		dst := make([]byte, len(want)+inflate.Slack)
		src := append(bytes.Clone(b[:n]), bytes.Repeat([]byte{behind}, int(behind))...)
		switch got := in.Inflate(dst, len(want), src, n); {
		case got && !ok:
			t.Fatal("unpacked, and the standard library says no")
		case got && !bytes.Equal(dst[:len(want)], want):
			t.Fatal("unpacked to something else")
		case !got && ok && again(want, b[:n]):
			t.Fatal("refused, and a packer wrote it")
		}
	})
}

// again says whether a packer makes this stream of the text.
func again(text, stream []byte) bool {
	for _, level := range []int{-2, 0, 1, 6, 9} {
		var b bytes.Buffer
		w, _ := flate.NewWriter(&b, level)
		_, _ = w.Write(text)
		_ = w.Close()
		if bytes.Equal(b.Bytes(), stream) {
			return true
		}
	}
	return false
}
