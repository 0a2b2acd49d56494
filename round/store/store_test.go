package store_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round/store"
)

var sealing = bytes.Repeat([]byte{7}, 32)

const secret = "a comment that nobody else may read"

// made is what is read from the file number i: one return, or of every seventh file, a container, two and a finding.
func made(i int, file string) ([]models.Return, []models.Finding) {
	ret := func(name string, i int) models.Return {
		at := func(cell string) models.Origin { return models.Origin{File: name, Sheet: "Assessment", Cell: cell} }
		r := models.Return{File: name, Digest: digestOf(i), Size: int64(i), Format: "xlsx", Saved: time.Date(2027, 1, 1+i, 0, 0, 0, 0, time.UTC),
			Claims:     []models.Claim{{Place: models.HiddenSheet, Manifest: models.Manifest{Recipient: fmt.Sprint(i)}, Origin: at("A1")}},
			Respondent: models.Respondent{Name: models.Sourced[string]{Value: fmt.Sprint("Head ", i), Origin: at("B2")}},
			Findings: []models.Finding{models.NewFinding(models.AnswerMissing, at("F7"), "There is no answer.").About("1.2"),
				models.NewFinding(models.ManifestContradictory, at("A1"), "They contradict each other.")}}
		return r.With([]models.Answer{
			{Ref: "1.1", Level: models.Sourced[models.Choice]{Value: models.At(i % 5), Origin: at("F6")}, Comment: models.Sourced[string]{Value: fmt.Sprint(secret, i), Origin: at("H6")}},
			{Ref: "1.2", Level: models.Sourced[models.Choice]{Origin: at("F7")}},
		})
	}
	if i%7 > 0 {
		return []models.Return{ret(file, i)}, nil
	}
	first, second := ret(file+"!a.xlsx", i), ret(file+"!b.xlsx", i+1000)
	first.Received = time.Date(2027, 2, 3, 4, 5, 6, 0, time.UTC)
	return []models.Return{first, second}, []models.Finding{models.NewFinding(models.MailNoAttachment, models.Origin{File: file}, "There is one more message.")}
}

func digestOf(i int) string {
	sum := sha256.Sum256(fmt.Append(nil, "file ", i))
	return hex.EncodeToString(sum[:])
}

func fileOf(i int) string {
	if i%7 == 0 {
		return fmt.Sprintf("folder/%03d.zip", i)
	}
	return fmt.Sprintf("%03d.xlsx", i)
}

// asBytes is all of what was read, to be compared.
func asBytes(returns []models.Return, findings []models.Finding) []byte {
	var out []byte
	for i := range returns {
		out = returns[i].AppendTo(out)
	}
	return models.AppendFindings(out, findings)
}

// fill makes a round folder whose store has the files from one number to another, in one block.
func fill(t testing.TB, dir string, from, to int) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, ".rubric"), 0o755); err != nil {
		t.Fatal(err)
	}
	s := store.Open(dir, sealing, "template", "en")
	for i := range to {
		s.Lookup(digestOf(i), fileOf(i))
		if i >= from {
			returns, findings := made(i, fileOf(i))
			s.Add(digestOf(i), fileOf(i), returns, findings)
		}
	}
	s.Flush()
}

// found looks all files up and counts those that are found. What is found must be what was read.
func found(t testing.TB, s *store.Store, n int) int {
	t.Helper()
	count := 0
	for i := range n {
		returns, findings, ok := s.Lookup(digestOf(i), fileOf(i))
		if !ok {
			continue
		}
		count++
		if want, wanted := made(i, fileOf(i)); !bytes.Equal(asBytes(returns, findings), asBytes(want, wanted)) {
			t.Fatalf("file %d: found %+v, %+v", i, returns, findings)
		}
	}
	return count
}

func open(dir string) *store.Store { return store.Open(dir, sealing, "template", "en") }

func blocks(t testing.TB, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, ".rubric", "read", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestWhatWasReadIsFound(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 50)
	if n := found(t, open(dir), 60); n != 50 {
		t.Errorf("%d of 50 files are found", n)
	}
	for _, name := range blocks(t, dir) {
		b, err := os.ReadFile(name)
		info, statErr := os.Stat(name)
		if err != nil || statErr != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v, mode %v", name, err, statErr, info.Mode())
		}
		if bytes.Contains(b, []byte(secret)) || bytes.Contains(b, []byte("Head 1")) {
			t.Error("what was read can be read in the store")
		}
	}
}

func TestAMovedFileIsFoundUnderItsNewPath(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 15)
	for _, i := range []int{3, 14} {
		file := "elsewhere/" + fileOf(i)
		returns, findings, ok := open(dir).Lookup(digestOf(i), file)
		if want, wanted := made(i, file); !ok || !bytes.Equal(asBytes(returns, findings), asBytes(want, wanted)) {
			t.Errorf("file %d: found %v, %+v, %+v", i, ok, returns, findings)
		}
	}
	for _, file := range []string{"014.xlsx", "014.zip.bak", "~$014.zip", "a\u202eb.zip"} {
		if _, _, ok := open(dir).Lookup(digestOf(14), file); ok {
			t.Errorf("what was read from an archive is taken for what is in %q", file)
		}
	}
}

// TestAPathInWordsStaysWithItsFile is for findings that name the file in a sentence, or a place outside it.
func TestAPathInWordsStaysWithItsFile(t *testing.T) {
	for what, spoil := range map[string]func(*models.Return){
		"words": func(r *models.Return) { r.Findings[0].Message = "See 003.xlsx." },
		"place": func(r *models.Return) { r.Findings[0].Origin.File = "other.xlsx" },
		"near":  func(r *models.Return) { r.Findings[0].Origin.File = "003.xlsx2" },
	} {
		dir := t.TempDir()
		fill(t, dir, 0, 0)
		returns, _ := made(3, "003.xlsx")
		spoil(&returns[0])
		s := open(dir)
		s.Add(digestOf(3), "003.xlsx", returns, nil)
		s.Flush()
		s = open(dir)
		if _, _, ok := s.Lookup(digestOf(3), "elsewhere/003.xlsx"); ok {
			t.Errorf("%s: it is found under another path", what)
		}
		if got, _, ok := s.Lookup(digestOf(3), "003.xlsx"); !ok || !bytes.Equal(asBytes(got, nil), asBytes(returns, nil)) {
			t.Errorf("%s: found %v, %+v", what, ok, got)
		}
	}
}

// TestNothingIsFoundThatDependsOnSomethingElse opens the store with another key, another template, another password.
func TestNothingIsFoundThatDependsOnSomethingElse(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 20)
	for what, s := range map[string]*store.Store{
		"key":   store.Open(dir, bytes.Repeat([]byte{8}, 32), "template", "en"),
		"text":  store.Open(dir, sealing, "template", "es"),
		"more":  store.Open(dir, sealing, "template", "en", ""),
		"parts": store.Open(dir, sealing, "templat", "een"),
	} {
		if n := found(t, s, 20); n > 0 {
			t.Errorf("another %s: %d files are found", what, n)
		}
	}
	s := store.Open(dir, sealing, "template", "es") // what it leaves is its own
	returns, findings := made(1, fileOf(1))
	s.Add(digestOf(1), fileOf(1), returns, findings)
	s.Flush()
	if n := found(t, open(dir), 20); n > 0 || len(blocks(t, dir)) != 1 {
		t.Errorf("%d files are found, and %d blocks are left, of what nobody can use", n, len(blocks(t, dir)))
	}
}

// TestAnyChangedByteIsNoticed changes each byte of a store of 50 entries, one by one, and cuts it off there.
func TestAnyChangedByteIsNoticed(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 25)
	fill(t, dir, 25, 50)
	names := blocks(t, dir)
	if len(names) != 2 {
		t.Fatalf("%d blocks, want 2", len(names))
	}
	for _, name := range names {
		intact, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		step := 1
		if testing.Short() || runtime.GOOS == "windows" { // there, replacing a file is slow
			step = 17
		}
		for i := 0; i < len(intact); i += step {
			changed := bytes.Clone(intact)
			changed[i] ^= 1 << (i % 8)
			for what, b := range map[string][]byte{"changed": changed, "cut off": intact[:i], "longer": append(bytes.Clone(intact), 0)} {
				if what == "longer" && i > 0 {
					continue
				}
				if err := os.WriteFile(name, b, 0o600); err != nil {
					t.Fatal(err)
				}
				if n := found(t, open(dir), 50); n != 25 {
					t.Fatalf("%s at %d of %d: %d files are found, want the 25 of the other block", what, i, len(intact), n)
				}
			}
		}
		if err := os.WriteFile(name, intact, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if n := found(t, open(dir), 50); n != 50 {
		t.Errorf("%d files are found at the end", n)
	}
}

// TestExchangedPiecesAreNoticed puts head, index and data of two blocks together in every way.
func TestExchangedPiecesAreNoticed(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 50)
	first := blocks(t, dir)[0]
	a, _ := os.ReadFile(first)
	os.Remove(first)
	fill(t, dir, 0, 50) // the same entries, sealed anew
	second := blocks(t, dir)[0]
	b, _ := os.ReadFile(second)
	size := func(x []byte, at int) int { return int(x[at])<<24 | int(x[at+1])<<16 | int(x[at+2])<<8 | int(x[at+3]) }
	pieces := func(x []byte) [3][]byte {
		index := size(x, 24)
		return [3][]byte{x[:32], x[32 : 32+index], x[32+index:]}
	}
	p, q := pieces(a), pieces(b)
	for mask := range 8 {
		var mixed []byte
		for i := range 3 {
			if mask>>i&1 == 0 {
				mixed = append(mixed, p[i]...)
			} else {
				mixed = append(mixed, q[i]...)
			}
		}
		os.WriteFile(second, mixed, 0o600)
		want := 0
		if mask == 0 || mask == 7 {
			want = 50 // a whole block, under whatever name
		}
		if n := found(t, open(dir), 50); n != want {
			t.Errorf("mixture %03b: %d files are found, want %d", mask, n, want)
		}
	}
}

// TestWhatIsGoneLeavesTheStore looks for the entries of files that were deleted.
func TestWhatIsGoneLeavesTheStore(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 50)
	s := open(dir)
	found(t, s, 30)
	s.Flush()
	if n := found(t, open(dir), 50); n != 30 {
		t.Errorf("%d files are found, want the 30 that are there", n)
	}
	s = open(dir)
	s.Flush()
	if names := blocks(t, dir); len(names) > 0 {
		t.Errorf("of a round without returns there is %v", names)
	}
}

// TestSmallBlocksArePutTogether adds 60 returns one by one.
func TestSmallBlocksArePutTogether(t *testing.T) {
	dir := t.TempDir()
	for i := range 60 {
		fill(t, dir, i, i+1)
	}
	if n := len(blocks(t, dir)); n > 10 {
		t.Errorf("60 entries lie in %d files", n)
	}
	if n := found(t, open(dir), 60); n != 60 {
		t.Errorf("%d of 60 files are found", n)
	}
}

func TestWhatPassesIsNotKept(t *testing.T) {
	for _, code := range []models.Code{models.FileTimeLimit, models.FileUnreadable} {
		dir := t.TempDir()
		fill(t, dir, 0, 0)
		s := open(dir)
		for i := range 8 {
			returns, findings := made(i, fileOf(i))
			f := models.NewFinding(code, models.Origin{File: fileOf(i)}, "It ended.")
			if i < 4 {
				findings = append(findings, f)
			} else {
				returns[0].Findings = append(returns[0].Findings, f)
			}
			s.Add(digestOf(i), fileOf(i), returns, findings)
		}
		s.Flush()
		if names := blocks(t, dir); len(names) > 0 {
			t.Errorf("%s was kept: %v", code, names)
		}
	}
}

// TestTwoRunsAtOnce has several runs add, find and delete in one folder.
func TestTwoRunsAtOnce(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0, 10)
	var runs sync.WaitGroup
	for run := range 4 {
		runs.Go(func() {
			for range 10 {
				s := open(dir)
				var files sync.WaitGroup
				for k := range 4 {
					files.Go(func() {
						for i := k; i < 40+run; i += 4 {
							returns, findings, ok := s.Lookup(digestOf(i), fileOf(i))
							want, wanted := made(i, fileOf(i))
							if !ok {
								s.Add(digestOf(i), fileOf(i), want, wanted)
							} else if !bytes.Equal(asBytes(returns, findings), asBytes(want, wanted)) {
								t.Errorf("file %d: found %+v, %+v", i, returns, findings)
							}
						}
					})
				}
				files.Wait()
				s.Flush()
			}
		})
	}
	runs.Wait()
	fill(t, dir, 0, 40)
	if n := found(t, open(dir), 40); n != 40 {
		t.Errorf("%d of 40 files are found at the end", n)
	}
	for _, name := range blocks(t, dir) {
		if strings.Contains(name, "writing") {
			t.Errorf("%s was left behind", name)
		}
	}
}

// TestAFolderThatCannotBeUsedDoesNoHarm has no .rubric, a file in the store's place, and a folder that may not be
// written to, which does not bind an administrator, nor anybody on Windows.
func TestAFolderThatCannotBeUsedDoesNoHarm(t *testing.T) {
	for what, prepare := range map[string]func(dir string){
		"missing": func(dir string) { os.RemoveAll(filepath.Join(dir, ".rubric")) },
		"file":    func(dir string) { os.WriteFile(filepath.Join(dir, ".rubric", "read"), nil, 0o644) },
		"locked":  func(dir string) { os.Chmod(filepath.Join(dir, ".rubric"), 0o555) },
	} {
		dir := t.TempDir()
		os.Mkdir(filepath.Join(dir, ".rubric"), 0o755)
		prepare(dir)
		s := open(dir)
		for i := range 900 {
			returns, findings := made(i, fileOf(i))
			s.Add(digestOf(i), fileOf(i), returns, findings)
		}
		s.Flush()
		if n := found(t, open(dir), 900); n > 0 && (what != "locked" || os.Getuid() > 0) {
			t.Errorf("%s: %d files are found", what, n)
		}
		os.Chmod(filepath.Join(dir, ".rubric"), 0o755)
	}
}
