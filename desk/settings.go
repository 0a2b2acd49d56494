package desk

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// mostRecent is how many rounds are remembered.
const mostRecent = 30

// settings are what the desk remembers of its user between runs. A file that is lost or damaged is as good as none.
type settings struct {
	file string

	mu   sync.Mutex
	kept keptSettings
}

type keptSettings struct {
	// Rounds are the folders that were opened, the last first.
	Rounds []string `json:"rounds,omitempty"`
	// Lang is the language that was chosen, By the name that decisions are taken under.
	Lang string `json:"lang,omitempty"`
	By   string `json:"by,omitempty"`
	// SMTP is the mail server that was typed last, without its password.
	SMTP keptSMTP `json:"smtp,omitzero"`
	// Watched is the folder that is watched for a round, by the round's folder.
	Watched map[string]string `json:"watched,omitempty"`
	// Seen is how far the journals of rounds went.
	Seen map[string]seen `json:"seen,omitempty"`
}

type keptSMTP struct {
	Host string `json:"host,omitempty"`
	Port int    `json:"port,omitempty"`
	TLS  string `json:"tls,omitempty"`
	User string `json:"user,omitempty"`
}

func (s *settings) smtp() keptSMTP { s.mu.Lock(); defer s.mu.Unlock(); return s.kept.SMTP }

func openSettings(home string) *settings {
	s := &settings{file: filepath.Join(home, "desk.json")}
	if b, err := os.ReadFile(s.file); err == nil && json.Unmarshal(b, &s.kept) != nil {
		s.kept = keptSettings{}
	}
	return s
}

func (s *settings) lang() string { s.mu.Lock(); defer s.mu.Unlock(); return s.kept.Lang }

// by is the name that decisions are taken under; "" where none was given.
func (s *settings) by() string { s.mu.Lock(); defer s.mu.Unlock(); return s.kept.By }

func (s *settings) rounds() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.kept.Rounds)
}

// change changes the settings and keeps them. That they cannot be kept is no reason to stop.
func (s *settings) change(set func(*keptSettings)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	set(&s.kept)
	b, err := json.MarshalIndent(s.kept, "", "  ")
	if err != nil {
		return
	}
	replaceFile(s.file, b)
}

// opened puts a folder first among the recent ones.
func (s *settings) opened(dir string) {
	s.change(func(k *keptSettings) {
		k.Rounds = slices.Insert(slices.DeleteFunc(k.Rounds, func(x string) bool { return x == dir }), 0, dir)
		k.Rounds = k.Rounds[:min(len(k.Rounds), mostRecent)]
	})
}

// replaceFile writes a small file of the user's own, whole or not at all. Others cannot read it.
func replaceFile(name string, content []byte) error {
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".desk-")
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
