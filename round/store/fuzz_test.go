package store_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/rubric-project/rubric/round/store"
)

// FuzzStore puts bytes over a place of a block, or in front of the rest, or in its stead: what is found is what was read,
// and what is not found is read again. A run after it writes and finds what it adds.
func FuzzStore(f *testing.F) {
	dir := f.TempDir()
	fill(f, dir, 0, 15)
	name := blocks(f, dir)[0]
	whole, err := os.ReadFile(name)
	if err != nil {
		f.Fatal(err)
	}
	for _, at := range []int{0, 8, 24, 28, 32, 60, len(whole) - 1, len(whole)} {
		f.Add(at, uint8(0), []byte{0xff})
		f.Add(at, uint8(1), []byte{0, 0})
		f.Add(at, uint8(2), []byte{})
	}
	f.Add(0, uint8(3), whole)
	f.Fuzz(func(t *testing.T, at int, how uint8, b []byte) {
		if at < 0 || at > len(whole) {
			return
		}
		damaged := bytes.Clone(whole[:at])
		switch how % 4 {
		case 0: // over what is there
			damaged = append(append(damaged, b...), whole[min(len(whole), at+len(b)):]...)
		case 1: // in front of it
			damaged = append(append(damaged, b...), whole[at:]...)
		case 2: // cut off
			damaged = append(damaged, b...)
		default:
			damaged = b
		}
		for _, old := range blocks(t, dir) {
			os.Remove(old)
		}
		if err := os.WriteFile(name, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		n := found(t, open(dir), 15)
		if bytes.Equal(damaged, whole) && n != 15 { // in its stead may stand a block of another run, which is as good
			t.Fatalf("%d of 15 entries are found in the block as it was", n)
		}
		s := store.Open(dir, sealing, "template", "en")
		for i := range 15 {
			if _, _, ok := s.Lookup(digestOf(i), fileOf(i)); !ok {
				returns, findings := made(i, fileOf(i))
				s.Add(digestOf(i), fileOf(i), returns, findings)
			}
		}
		s.Flush()
		if n := found(t, open(dir), 15); n != 15 {
			t.Fatalf("%d of 15 entries are found after they were read again", n)
		}
	})
}
