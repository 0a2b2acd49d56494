package desk

import (
	"strconv"
	"sync"

	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

// mailings are messages that were prepared and shown, and wait to be confirmed: one for each round, under a key.
type mailings struct {
	mu   sync.Mutex
	next int
	last *prepared
}

// prepared is what a person confirms: how many messages go to whom.
type prepared struct {
	key      string
	kind     int
	ids      []string // of those to whom the messages go
	openIDs  []string // of those who may have theirs
	rows     []post.Outline
	problems []office.Note
	notes    []office.Note
	// known counts those who have it already.
	known int
}

// keep makes a mailing the one that waits.
func (m *mailings) keep(p *prepared) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.next++
	p.key = strconv.Itoa(m.next)
	m.last = p
}

// waiting is the mailing with a key, or nil.
func (m *mailings) waiting(key string) *prepared {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.last == nil || m.last.key != key {
		return nil
	}
	return m.last
}

// take takes the mailing with a key, so that nobody confirms it twice; nil where it was taken.
func (m *mailings) take(key string) *prepared {
	p := m.waiting(key)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.last == p {
		m.last = nil
	}
	return p
}
