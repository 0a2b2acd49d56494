package store_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
)

// long is a return with a comment of a megabyte.
func long(i int) []models.Return {
	r := models.Return{File: fileOf(i), Digest: digestOf(i)}
	return []models.Return{r.With([]models.Answer{{Ref: "1.1", Comment: models.Sourced[string]{Value: strings.Repeat(fmt.Sprintf("%07d ", i), 1<<17)}}})}
}

// TestTextsBeyondMemory reads a round whose comments take more than what stays in memory, twice: as it is read from its files,
// and from the store. All comments are as they were, and nothing but the store's blocks lies there.
func TestTextsBeyondMemory(t *testing.T) {
	const n = 70
	dir, err := os.MkdirTemp("", "rubric-store-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) }) // on Windows the file of texts stays, which is open as long as the process is there
	if err := os.Mkdir(filepath.Join(dir, ".rubric"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, stored := range []bool{false, true} {
		s := open(dir)
		var all []models.Return
		for i := range n {
			list, _, ok := s.Lookup(digestOf(i), fileOf(i))
			if ok != stored {
				t.Fatalf("file %d is found: %v", i, ok)
			}
			if !ok {
				list, _ = s.Compact(long(i), nil)
				s.Add(digestOf(i), fileOf(i), list, nil)
			}
			all = append(all, list...)
		}
		s.Flush()
		for i := range all {
			if !bytes.Equal(all[i].AppendTo(nil), long(i)[0].AppendTo(nil)) {
				t.Errorf("the comment of file %d is another", i)
			}
		}
		if err := s.Err(); err != nil {
			t.Error(err)
		}
		for _, name := range blocks(t, dir) {
			if !strings.HasSuffix(name, ".read") && runtime.GOOS != "windows" {
				t.Errorf("%s is left", name)
			}
		}
	}
}

// TestAFileThatLiesThereTwice: what is taken once is found again, under the same name and under another.
func TestAFileThatLiesThereTwice(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 30)
	s := open(dir)
	for range 3 {
		if n := found(t, s, 30); n != 30 {
			t.Fatalf("%d of 30 files are found", n)
		}
		returns, findings, ok := s.Lookup(digestOf(3), "elsewhere/003.xlsx")
		if want, wanted := made(3, "elsewhere/003.xlsx"); !ok || !bytes.Equal(asBytes(returns, findings), asBytes(want, wanted)) {
			t.Fatalf("found %v, %+v", ok, returns)
		}
		returns[0].Claims[0].Reference = "changed by who took it"
	}
	s.Flush()
	if n := found(t, open(dir), 30); n != 30 {
		t.Errorf("%d of 30 files are left", n)
	}
}
