// Package store keeps what was read from the files in returns/, so that a command reads only what is new.
//
// An entry is found by the SHA-256 of a file's bytes: a file that was changed is another one, whatever its date and
// size. What else reading depends on, the caller gives to Open; the program's build is added to it. Nothing that
// another build or other options left behind is ever used.
//
// The entries lie a few hundred to a file in .rubric/read/, sealed with a key that is made from the round's: whatever
// is changed, cut off or exchanged there is noticed, and those entries are read anew. Nothing here is an error to
// anybody. Where the folder cannot be written to, or a file is damaged or gone, reading takes longer, and that is all.
// Deleting the folder changes nothing.
//
// # Several runs at once
//
// No lock is taken. A file is written under a temporary name, renamed, and never changed after that; its name is its
// own. A run deletes only files that were there when it began and that it has itself found useless. The worst that
// two runs can do to each other is that something is read twice.
package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/rubric-project/rubric/models"
)

// Dir is where the store lies in a round folder, slash-separated.
const Dir = ".rubric/read"

// What a block holds at most, in entries and in bytes before they are compressed, and the largest entry that is kept.
const (
	blockEntries = 400
	blockBytes   = 8 << 20
	largestEntry = 32 << 20
)

// Store is the store of one round, as a run uses it: Open, a Lookup for every file in returns/ and an Add for those
// that are not found, then Flush. All but Open and Flush may be called from several goroutines at once.
type Store struct {
	// Packer packs the answers of what Lookup gives; what is read beside it may be packed with it, too.
	Packer models.Packer

	dir string
	// sealing and naming are the round's key made into one for blocks and one for the names of entries.
	sealing, naming []byte

	mu     sync.Mutex
	blocks []*block
	places map[key]place
	// useless are files that this run cannot use: of another build, of other options, or damaged.
	useless []string
	pending batch
	// added are the entries that this run added: one for files with the same bytes.
	added map[key]bool
	// broken says that writing failed, and is not tried again.
	broken bool
	// decoders are those of Compact.
	decoders sync.Pool
}

// key is what an entry is found by.
type key [16]byte

// place is where an entry lies: its block, and which of the entries there it is.
type place struct {
	in *block
	n  int
}

// Open opens the store of a round folder. sealing is the round's key, and dependsOn is all that reading depends on
// besides a file's bytes and its name: the template, languages, limits, a password, the reader's version. None of it is
// written down.
func Open(folder string, sealing []byte, dependsOn ...string) *Store {
	s := &Store{dir: filepath.Join(folder, filepath.FromSlash(Dir)), places: map[key]place{}, added: map[key]bool{}}
	s.Packer.Texts = &texts{dir: s.dir}
	s.sealing = derived(sealing, "blocks", dependsOn)
	s.naming = derived(sealing, "names", dependsOn)
	files, err := os.ReadDir(s.dir)
	if err != nil {
		return s
	}
	for _, f := range files {
		name := filepath.Join(s.dir, f.Name())
		if !strings.HasSuffix(name, suffix) || !f.Type().IsRegular() {
			continue
		}
		b, gone := s.openBlock(name)
		switch {
		case b != nil:
			s.take(b)
		case !gone:
			s.useless = append(s.useless, name)
		}
	}
	return s
}

// take adds a block's entries to those that can be found. Of an entry that lies in several blocks the first is used.
func (s *Store) take(b *block) {
	s.blocks = append(s.blocks, b)
	for n, e := range b.index {
		if _, there := s.places[e.key]; !there {
			s.places[e.key] = place{b, n}
		}
	}
}

// derived makes a key for one purpose, this build and what reading depends on.
func derived(sealing []byte, purpose string, dependsOn []string) []byte {
	h := hmac.New(sha256.New, sealing)
	var n [8]byte
	for _, text := range append([]string{"what was read", format, purpose, build()}, dependsOn...) {
		binary.BigEndian.PutUint64(n[:], uint64(len(text)))
		h.Write(n[:])
		h.Write([]byte(text))
	}
	return h.Sum(nil)
}

// keyOf is the key of the file's bytes with what else of the name reading depends on.
func (s *Store) keyOf(digest, name string) (key, bool) {
	sum, err := hex.DecodeString(digest)
	if err != nil || len(sum) != sha256.Size {
		return key{}, false
	}
	h := hmac.New(sha256.New, s.naming)
	h.Write(sum)
	h.Write([]byte(name))
	return key(h.Sum(nil)), true
}

// Compact gives what was read in little memory: its answers are packed, and what is the same in all files is there once.
// What it says is the same.
func (s *Store) Compact(returns []models.Return, findings []models.Finding) ([]models.Return, []models.Finding) {
	d, _ := s.decoders.Get().(*models.ReturnDecoder)
	if d == nil {
		d = &models.ReturnDecoder{Packer: &s.Packer}
	}
	defer s.decoders.Put(d)
	if e := decoded(entry{returns, findings}.encoded(), d); e != nil {
		return e.returns, e.findings
	}
	for i := range returns {
		returns[i].Pack(&s.Packer)
	}
	return returns, findings
}

// Err is the error that reading evidence and comments met which lie outside of memory; see models.Packer.Err.
func (s *Store) Err() error { return s.Packer.Err() }

// Lookup finds what was read from a file with these bytes. digest is their SHA-256 in hex, file the path inside
// returns/; returns and findings name it in their origins. What the file's date says is not kept: Received is zero, or
// as Add was given it.
func (s *Store) Lookup(digest, file string) ([]models.Return, []models.Finding, bool) {
	for _, name := range namesOf(file) {
		k, ok := s.keyOf(digest, name.key)
		if !ok {
			return nil, nil, false
		}
		s.mu.Lock()
		at, there := s.places[k]
		s.mu.Unlock()
		if !there {
			continue
		}
		if e := at.in.entry(s, at.n); e != nil {
			s.mu.Lock()
			at.in.used[at.n] = true
			s.mu.Unlock()
			if name.relative {
				returns, findings := e.named(func(f string) string { return absolute(f, file) })
				return returns, findings, true
			}
			return append([]models.Return(nil), e.returns...), append([]models.Finding(nil), e.findings...), true
		}
	}
	return nil, nil, false
}

// Add keeps what was read from a file: the returns in it, one or in an archive several, and the findings about itself.
// Received is to be as the file says it, and never its date. What ended by the clock, or because the file could not be
// read from the disk, is not kept. The caller sees to it that a reading which was stopped is not added.
func (s *Store) Add(digest, file string, returns []models.Return, findings []models.Finding) {
	if !lasting(returns, findings) {
		return
	}
	e := entry{returns, findings}
	names := namesOf(file)
	name := names[len(names)-1]
	if names[0].relative && e.isRelativeTo(file) {
		name = names[0]
		e.returns, e.findings = e.named(func(f string) string { return relative(f, file) })
	}
	k, ok := s.keyOf(digest, name.key)
	if !ok {
		return
	}
	s.mu.Lock()
	again := s.added[k] || s.broken
	s.added[k] = true
	s.mu.Unlock()
	if again {
		return
	}
	if raw := e.encoded(); len(raw) <= largestEntry {
		s.add(k, raw)
	}
}

// add puts an entry to those that are to be written, and writes them when they fill a block.
func (s *Store) add(k key, raw []byte) {
	s.mu.Lock()
	if s.broken {
		s.mu.Unlock()
		return
	}
	s.pending.add(k, raw)
	var full batch
	if s.pending.full() {
		full, s.pending = s.pending, batch{}
	}
	s.mu.Unlock()
	s.write(full)
}

func (s *Store) write(b batch) {
	if len(b.index) > 0 && s.writeBlock(b) != nil {
		s.mu.Lock()
		s.broken, s.pending = true, batch{}
		s.mu.Unlock()
	}
}

// fewEntries is up to how many entries a block counts as small, and mostSmall how many such blocks there may be before
// they are put together.
const fewEntries, mostSmall = 100, 8

// Flush writes what is not written yet, and deletes every entry that was neither looked up nor added: its file has gone.
// It is for the end of a run that looked up all files of returns/; a run that was stopped leaves it out.
func (s *Store) Flush() {
	small := 0
	for _, b := range s.blocks {
		if len(b.index) < fewEntries {
			small++
		}
	}
	old := s.useless
	for _, b := range s.blocks {
		if whole := b.bad == nil && !slices.Contains(b.used, false); whole && (len(b.index) >= fewEntries || small <= mostSmall) {
			continue
		}
		old = append(old, b.name)
		if !slices.Contains(b.used, true) {
			continue
		}
		raw := b.raw(s)
		for n, e := range b.index {
			if raw != nil && b.used[n] {
				s.add(e.key, raw[:e.length])
			}
			if raw != nil {
				raw = raw[e.length:]
			}
		}
	}
	s.write(s.pending)
	s.pending, s.blocks, s.useless, s.places = batch{}, nil, nil, nil
	for _, name := range old {
		os.Remove(name) // one that is held is useless still the next time
	}
}

// lasting says whether what was read would be read again. Time runs out, and disks fail, at one time and not at another.
func lasting(returns []models.Return, findings []models.Finding) bool {
	passing := func(list []models.Finding) bool {
		for _, f := range list {
			if f.Code == models.FileTimeLimit || f.Code == models.FileUnreadable {
				return true
			}
		}
		return false
	}
	for i := range returns {
		if passing(returns[i].Findings) {
			return false
		}
	}
	return !passing(findings)
}
