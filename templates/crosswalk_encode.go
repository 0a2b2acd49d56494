package templates

import (
	"fmt"
	"io"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
)

const crosswalkHead = `How the criteria of %s go on in %s.

Each criterion of either template stands in one entry. The kinds:
  same      one criterion under the same ref: answers go over, changes are shown
  renamed   one criterion under another ref: likewise
  split     one became several: the answer goes over to each part; with weights, the parts are compared too:
              - {kind: split, from: ["1.1"], to: ["1.1", "1.2"], weights: [0.5, 0.5]}
  merged    several became one: an answer goes over, and is compared, where all earlier answers agree:
              - {kind: merged, from: ["1.1", "1.2"], to: ["1.1"]}
  new       was not there before
  retired   is not there any more

An entry with 'check: true' is not used. Look at it, correct it, and delete 'check: true'.
%s`

// EncodeCrosswalk writes a crosswalk as YAML that LoadCrosswalk reads back, with comments that say how it is
// edited and what the criteria are called. Entries that are to be checked come first.
func EncodeCrosswalk(w io.Writer, x *crosswalk.Crosswalk, from, to *models.Template) error {
	n := node(reflect.ValueOf(*x))
	open := len(x.Unconfirmed())
	about := "Nothing is left to check here."
	if open > 0 {
		about = fmt.Sprintf("To check: %d.", open)
	}
	if _, stepsKnown := x.LevelsFrom(from.LevelScale(), to.LevelScale()); !stepsKnown && len(x.Levels) == 0 {
		about += fmt.Sprintf("\n\nThe scales differ (levels %s, then %s), and without counterparts no level goes over. Say what each\nearlier level is on the new scale:\nlevels:", numbersOf(from), numbersOf(to))
		for _, l := range from.Levels {
			about += fmt.Sprintf("\n  - {from: %d, to: …}   # was %s", l.Number, l.Name)
		}
	}
	n.HeadComment = commented(fmt.Sprintf(crosswalkHead, x.From, x.To, about))
	for i := 0; i+1 < len(n.Content); i += 2 {
		if key := n.Content[i].Value; key == "entries" || key == "levels" {
			for _, entry := range n.Content[i+1].Content {
				entry.Style = yaml.FlowStyle
			}
		}
	}
	entries := n.Content[len(n.Content)-1]
	var checked, settled []*yaml.Node
	for i, e := range x.Entries {
		entry := entries.Content[i]
		if e.Check {
			entry.HeadComment = commented(texts(e, from, to))
			checked = append(checked, entry)
			continue
		}
		entry.LineComment = "# " + subjects(e, from, to)
		settled = append(settled, entry)
	}
	entries.Content = append(checked, settled...)
	return encodeNode(w, n)
}

// commented puts a hash before each line.
func commented(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight("# "+l, " ")
	}
	return strings.Join(lines, "\n")
}

// subjects says what an entry's criteria are called.
func subjects(e crosswalk.Entry, from, to *models.Template) string {
	for _, ref := range e.To {
		if c := to.Criterion(ref); c != nil {
			return oneLine(c.Subject)
		}
	}
	for _, ref := range e.From {
		if c := from.Criterion(ref); c != nil {
			return oneLine(c.Subject)
		}
	}
	return ""
}

// texts shows both wordings of an entry that is to be checked.
func texts(e crosswalk.Entry, from, to *models.Template) string {
	var b strings.Builder
	side := func(word string, refs []string, t *models.Template) {
		for _, ref := range refs {
			c := t.Criterion(ref)
			if c == nil {
				continue
			}
			fmt.Fprintf(&b, "\n%s %s: %s", word, ref, oneLine(c.Subject))
			if c.Statement != "" {
				fmt.Fprintf(&b, ": %s", brief(c.Statement))
			}
			if last := t.Levels[len(t.Levels)-1].Number; c.Descriptors[last] != "" {
				fmt.Fprintf(&b, " (level %d: %s)", last, brief(c.Descriptors[last]))
			}
		}
	}
	side("was", e.From, from)
	side("is ", e.To, to)
	return strings.TrimPrefix(b.String(), "\n")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
