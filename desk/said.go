package desk

import (
	"strconv"
	"sync"
)

// mostSaid is how many messages about what was done are remembered.
const mostSaid = 50

// said are messages about what was done, each shown on the page that follows.
type said struct {
	mu   sync.Mutex
	next int
	list map[string]saying
}

// saying is what was done. Undo is the address of a form that takes it back, with fields; "" where there is none.
type saying struct {
	Text, More string
	To, ToText string
	Undo       string
	UndoText   string
	Fields     map[string]string
}

// say keeps a message for the next page, and gives the value of its place in the address: ?done=VALUE.
func (l *live) say(x saying) string {
	s := &l.said
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.list == nil {
		s.list = map[string]saying{}
	}
	s.next++
	delete(s.list, strconv.Itoa(s.next-mostSaid))
	name := strconv.Itoa(s.next)
	s.list[name] = x
	return name
}

// done is what a page was asked to show as done.
func (l *live) done(name string) *saying {
	s := &l.said
	s.mu.Lock()
	defer s.mu.Unlock()
	if x, ok := s.list[name]; ok {
		return &x
	}
	return nil
}
