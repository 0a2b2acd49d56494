package fakecloud

import (
	"maps"
	"math/rand/v2"
	"slices"
)

// Keep remembers all that the fake holds, and Back brings the latest of what was remembered back: a test goes on from one
// moment several times, and does not play again what was before it.
func (f *Fake) Keep() { f.call("keep", nil, nil) }

// Back brings back what the latest Keep remembered that was not brought back yet.
func (f *Fake) Back() { f.call("back", nil, nil) }

// Reached is how many messages left for each address.
func (f *Fake) Reached() (out map[string]int) { f.call("reached", nil, &out); return out }

// Wrong lists the requests that should not have been made.
func (f *Fake) Wrong() (out []Request) { f.call("wrong", nil, &out); return out }

// copied is the state as it is now; what happens later to either does not show in the other.
func (s *server) copied() *server {
	out := &server{set: s.set, counts: maps.Clone(s.counts), log: slices.Clip(s.log), delivered: slices.Clip(s.delivered), boxes: map[string]*mailbox{},
		codes: maps.Clone(s.codes), access: maps.Clone(s.access), refresh: maps.Clone(s.refresh), devices: map[string]*asked{}, serial: s.serial}
	out.set.Faults = slices.Clone(s.set.Faults)
	if s.source != nil {
		source := *s.source
		out.source, out.chance = &source, rand.New(&source)
	}
	for user, b := range s.boxes {
		out.boxes[user] = b.copied()
	}
	for code, a := range s.devices {
		one := *a
		out.devices[code] = &one
	}
	return out
}

func (b *mailbox) copied() *mailbox {
	out := &mailbox{messages: make(map[string]*message, len(b.messages)), leaving: map[string]*message{}, folders: maps.Clone(b.folders)}
	for id, m := range b.messages {
		one := *m // its bytes never change
		out.messages[id] = &one
		if b.leaving[id] != nil {
			out.leaving[id] = &one
		}
	}
	return out
}

// become takes over a state that was kept; who it is for is kept with it.
func (s *server) become(x *server) {
	s.set, s.source, s.chance, s.counts, s.log, s.delivered, s.boxes = x.set, x.source, x.chance, x.counts, x.log, x.delivered, x.boxes
	s.codes, s.access, s.refresh, s.devices, s.serial = x.codes, x.access, x.refresh, x.devices, x.serial
}
