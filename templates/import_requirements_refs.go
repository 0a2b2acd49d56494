package templates

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// ref is the entry's own ref, in the characters that a ref may have; without one it is numbered below its heading.
func (b *builder) ref(e requirement) string {
	ref := identOf(e.ref, 34)
	if ref == "" {
		above := ""
		for _, p := range slices.Backward(b.path) {
			if above = identOf(p.ref, 30); above != "" {
				break
			}
		}
		b.counts[above]++
		ref = strings.TrimPrefix(fmt.Sprintf("%s.%d", above, b.counts[above]), ".")
		if above == "" {
			ref = fmt.Sprintf("R%d", b.counts[above])
		}
	}
	free := freeOf(b.refs, ref, 2)
	if free != ref && e.ref != "" {
		b.r.note(Note{e.at, false, fmt.Sprintf("the ref %s is used a second time; this one became %s", ref, free), "give it a ref of its own if it is to be known by it"})
	}
	return free
}

// topic finds or adds the topic of what stands below the headings of the path.
func (b *builder) topic() string {
	id, name, summary := "", "", ""
	for _, p := range b.path {
		if p.depth <= b.topicDepth {
			id, name, summary = p.ref, firstOf(plainText(p.name), firstOf(plainText(p.text), p.ref)), ""
			if plainText(p.name) != "" {
				summary = plainText(p.text)
			}
		}
	}
	if name == "" {
		id, name = "all", "All requirements"
	}
	key := id + "\x00" + name
	if id, ok := b.topics[key]; ok {
		return id
	}
	ids, names := newSeen(), newSeen()
	for _, tp := range b.t.Topics {
		ids.add(tp.ID)
		names.add(tp.Name)
	}
	id = freeOf(ids, identOf(id, 34), len(b.t.Topics)+1)
	if len([]rune(name)) > 110 {
		if summary == "" {
			summary = name
		}
		name = headline(name)
	}
	if _, twice := names.add(name); twice {
		name = text.Head(name, 76) + " (" + id + ")"
	}
	b.topics[key] = id
	b.t.Topics = append(b.t.Topics, models.Topic{ID: id, Name: name, Summary: opening(summary, 400)})
	return id
}

// bounds says what to do about a catalog that is too large for one round.
func (b *builder) bounds() error {
	switch {
	case len(b.t.Criteria) > mostCriteria:
		return fmt.Errorf("there are more than %d %s, which is more than one template holds; %s", mostCriteria, b.many, b.choose())
	case len(b.t.Topics) > mostTopics:
		return fmt.Errorf("there are more than %d topics, which is more than one template holds; %s", mostTopics, b.choose())
	case len(b.t.Criteria) == 0:
		return fmt.Errorf("nothing in it can be assessed")
	}
	return nil
}

// choose lists what can be taken alone.
func (b *builder) choose() string {
	var names []string
	for _, g := range b.groups {
		names = append(names, g.ref)
	}
	if len(names) < 2 {
		for _, e := range b.entries {
			if e.depth == b.topicDepth && !e.asked {
				names = append(names, firstOf(e.ref, e.name))
			}
		}
	}
	return "take some of its parts alone: " + text.FirstFew(names, 30, ", ", " and %d others")
}

// weightOf reads a weight: a number above 0 with up to three decimals. Without one, and where it is wrong, it is 1.
func weightOf(s string) (float64, bool) {
	s = strings.Replace(tidy(s), ",", ".", 1)
	if s == "" {
		return 1, true
	}
	w, err := strconv.ParseFloat(s, 64)
	if err != nil || !(w > 0 && w <= 1000) || float64(int64(w*1000+0.5)) != w*1000 {
		return 1, false
	}
	return w, true
}

var notIdent = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

// identOf puts a ref into the characters that a ref may have; "" where nothing is left.
func identOf(s string, most int) string {
	s = strings.TrimLeft(notIdent.ReplaceAllString(tidy(s), "-"), "._-")
	return strings.TrimRight(text.Head(s, most), "._-")
}

// freeOf is the id, or with a number where it is empty or taken.
func freeOf(taken seen, id string, n int) string {
	free := id
	for ; ; n++ {
		if free != "" {
			if _, twice := taken.add(free, free); !twice {
				return free
			}
		}
		if free = fmt.Sprintf("%s-%d", id, n); id == "" {
			free = fmt.Sprint(n)
		}
	}
}
