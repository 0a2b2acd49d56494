package templates

import (
	"regexp"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
)

// prose writes out the parts of a name, with the labels of their items.
func (x *oscal) prose(parts []oscalPart, name string) string {
	var out []string
	size := 0
	x.inserted = 0
	var write func(list []oscalPart, depth int)
	write = func(list []oscalPart, depth int) {
		for _, p := range list {
			if size > mostProse || depth > mostDepth {
				return
			}
			label, _ := labelOf(p.Props)
			if said := plainText(x.expand(p.Prose, 0)); said != "" {
				line := strings.TrimSpace(label + " " + said)
				out, size = append(out, line), size+len(line)
			}
			write(p.Parts, depth+1)
		}
	}
	for _, p := range parts {
		if p.Name == name {
			write([]oscalPart{p}, 0)
		}
	}
	return strings.Join(out, "\n")
}

var insertion = regexp.MustCompile(`\{\{\s*(?:insert:\s*)?(?:param,?\s*)?([^{}\s]{1,100})\s*\}\}`)

// expand puts the parameters into a text, at most four within each other.
func (x *oscal) expand(s string, depth int) string {
	if len(s) > mostProse {
		s = text.HeadBytes(s, mostProse)
	}
	s = insertion.ReplaceAllStringFunc(s, func(m string) string {
		p, ok := x.params[insertion.FindStringSubmatch(m)[1]]
		x.inserted++
		switch {
		case !ok || depth > 3 || x.inserted > mostInserted:
			return "(to be set)"
		case len(p.Values) > 0:
			return x.expand(strings.Join(p.Values, ", "), depth+1)
		case p.Select != nil && len(p.Select.Choice) > 0:
			how := "one of: "
			if p.Select.HowMany == "one-or-more" {
				how = "one or more of: "
			}
			return "(" + how + x.expand(strings.Join(p.Select.Choice, "; "), depth+1) + ")"
		case p.Label != "":
			return "(" + x.expand(p.Label, depth+1) + ")"
		}
		return "(to be set)"
	})
	return text.HeadBytes(s, mostProse)
}
