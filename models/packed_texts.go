package models

import (
	"cmp"
	"io"
	"math"
	"strings"
)

// TextStore keeps texts for as long as it is there. It is safe for concurrent use.
type TextStore interface {
	// Keep keeps texts and says where; false where it does not take them, and they stay in memory.
	Keep(texts string) (at int64, ok bool)
	// At gives n bytes of what was kept.
	At(at int64, n int) (string, error)
}

// Err is the first error of a TextStore: evidence and comments that it did not give back were shown as blank. What was made
// of the returns is not to be used then.
func (p *Packer) Err() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.failed
}

func (p *Packer) fail(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.failed == nil {
		p.failed = err
	}
}

// keep puts the texts where they belong.
func (p *packed) keep(texts string) {
	if p.by.Texts != nil && len(texts) > 0 && len(texts) <= math.MaxInt32 {
		if at, ok := p.by.Texts.Keep(texts); ok {
			p.at, p.size = at, int32(len(texts))
			return
		}
	}
	p.texts = texts
}

// allTexts are the texts, one after the other. Where they cannot be had they are blank, and the packer knows.
func (p *packed) allTexts() string {
	if p.size == 0 {
		return p.texts
	}
	texts, err := p.by.Texts.At(p.at, int(p.size))
	if err != nil || len(texts) != int(p.size) {
		p.by.fail(cmp.Or(err, io.ErrUnexpectedEOF))
		return strings.Repeat(" ", int(p.size))
	}
	return texts
}
