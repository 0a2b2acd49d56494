package desk

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// commentsFirst is how many comments are shown before somebody asks for all.
const commentsFirst = 8

// commentsPart is the comments on a topic or criterion, searched.
type commentsPart struct {
	On, Query, AllTo string
	Hidden           []pairOf
	Found            []commentLine
	Total            int
	Pager            pager
	// More is where all of them are, where only the first are shown.
	More string
}

// pairOf is a hidden field.
type pairOf struct{ Name, Value string }

type commentLine struct{ Recipient, To, Ref, Text, Kind string }

// comment is one text that a recipient wrote.
type comment struct {
	member int
	crit   int16
	kind   byte // e for evidence, c for a comment
	text   string
}

// written are all comments and evidence of the returns that count, in the order of the list.
func (c *call) written() ([]comment, error) {
	return once(c.view, "written", func() ([]comment, error) {
		f, err := c.figures()
		if err != nil {
			return nil, err
		}
		var out []comment
		for i, m := range c.view.Intake.Members {
			if m.Return == nil {
				continue
			}
			for _, a := range m.Return.Answers() {
				k, ok := f.Refs[a.Ref]
				if !ok {
					continue
				}
				if a.Comment.Value != "" {
					out = append(out, comment{i, int16(k), 'c', a.Comment.Value})
				}
				if a.Evidence.Value != "" {
					out = append(out, comment{i, int16(k), 'e', a.Evidence.Value})
				}
			}
		}
		return out, nil
	})
}

// comments finds what was written on the topic or criterion of the address.
func (c *call) comments(g group) (*commentsPart, error) {
	t := c.view.Folder.Template
	all, err := c.written()
	if err != nil {
		return nil, err
	}
	out := &commentsPart{On: c.T("all topics"), Query: c.query("q"), AllTo: c.with("q", "") + "#comments"}
	topic, ref, word := c.query("t"), c.query("c"), strings.ToLower(c.query("q"))
	if x, ok := t.Topic(topic); ok {
		out.On = x.Name
	}
	if x := t.Criterion(ref); x != nil {
		out.On = x.Ref + " " + x.Subject
	}
	for _, name := range []string{"g", "t", "c"} {
		if v := c.query(name); v != "" {
			out.Hidden = append(out.Hidden, pairOf{name, v})
		}
	}
	matching := make([]int, 0, 128)
	for i, x := range all {
		crit := &t.Criteria[x.crit]
		if ref != "" && crit.Ref != ref || ref == "" && topic != "" && crit.Topic != topic || !g.has(c.view.Intake.Members[x.member].Recipient) {
			continue
		}
		if out.Total++; word == "" || strings.Contains(strings.ToLower(x.text), word) {
			matching = append(matching, i)
		}
	}
	from, to := 0, min(commentsFirst, len(matching))
	if word != "" || c.query("all") != "" {
		out.Pager, from, to = c.pagedBy("cpage", len(matching))
	} else if len(matching) > to {
		out.More = c.with("all", "yes") + "#comments"
	}
	for _, i := range slices.Clone(matching[from:to]) {
		x := all[i]
		m, crit := c.view.Intake.Members[x.member], &t.Criteria[x.crit]
		kind := c.T("comment")
		if x.kind == 'e' {
			kind = c.T("evidence")
		}
		out.Found = append(out.Found, commentLine{m.Recipient.Name, c.toCell(m, crit.Ref), crit.Ref, x.text, kind})
	}
	return out, nil
}

// toCell is the address of the cell that an answer was read from, on the page of its return.
func (c *call) toCell(m models.Member, ref string) string {
	if m.Return == nil {
		return ""
	}
	a := m.Return.Answer(ref)
	if a == nil || a.Level.Origin.File == "" {
		return c.to("return", "file", m.Return.File)
	}
	return c.to("return", "file", a.Level.Origin.File) + "#" + a.Level.Origin.Cell
}
