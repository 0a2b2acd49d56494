package post

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
)

// Taken is what became of one thing that a source held. One of File, Beside, Finding and Problem says it.
type Taken struct {
	// Source is the place of the source among those that were given, Path what leads to the thing in it, outermost first.
	Source int
	Path   []string
	// File is where it lies in returns/ now, and New says that it did not before.
	File string
	New  bool
	// Beside says that it only went with a return: it was kept in attachments/, or left where a finding says so.
	Beside bool
	// Finding says why it was not taken in, Problem why the source could not be read.
	Finding *models.Finding
	Problem string
}

func (c *collecting) tell(x Taken) {
	if c.took != nil {
		c.took(x)
	}
}

// hold remembers which source a file is of, until it is known what becomes of it. The file itself is not kept for that.
func (c *collecting) hold(x *mail.Found) {
	if c.took == nil {
		return
	}
	if c.held == nil {
		c.held = map[string][]Taken{}
	}
	c.held[heldAs(x)] = append(c.held[heldAs(x)], Taken{Source: c.source, Path: x.Path, Beside: true})
}

func heldAs(x *mail.Found) string { return x.Digest + strings.Join(x.Path, "!") }

// received tells that a file which was held is in returns/ now.
func (c *collecting) received(x *mail.Found, file string, isNew bool) {
	list := c.held[heldAs(x)]
	if len(list) == 0 {
		return
	}
	c.tell(Taken{Source: list[0].Source, Path: x.Path, File: file, New: isNew})
	if c.held[heldAs(x)] = list[1:]; len(list) == 1 {
		delete(c.held, heldAs(x))
	}
}

// tellBeside tells of what was not received in the end: it went with a return.
func (c *collecting) tellBeside() {
	var left []Taken
	for _, list := range c.held {
		left = append(left, list...)
	}
	slices.SortFunc(left, func(a, b Taken) int { return cmp.Or(cmp.Compare(a.Source, b.Source), slices.Compare(a.Path, b.Path)) })
	for _, x := range left {
		c.tell(x)
	}
}
