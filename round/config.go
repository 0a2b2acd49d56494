package round

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// settings is round.yaml in the reading.
type settings struct {
	rd  *models.Round
	doc *strictyaml.Document
}

// readConfig reads round.yaml and checks it against its tags.
func readConfig(file string, data []byte) settings {
	s := settings{new(models.Round), strictyaml.Parse(file, data)}
	s.doc.Into(s.rd)
	return s
}

// heldAgainst checks the rules between the values, and with the recipients list. A list whose headings could not be read
// has no heading, and is not held against them.
func (s settings) heldAgainst(l list) (*models.Round, error) {
	rd, doc := s.rd, s.doc
	if !doc.Wrong("due") && !doc.Wrong("issued") && rd.Due.Before(rd.Issued.Time) {
		doc.Add(fmt.Sprintf("the due date %s is before the date of issue, %s", rd.Due, rd.Issued), "correct one of the two dates", "due")
	}
	if l.heading != nil && !doc.Wrong("groups") {
		for i, g := range rd.Groups {
			if !slices.Contains(l.groups, g) {
				doc.Add(fmt.Sprintf("%s has no column %s to compare recipients by", RecipientsFile, quote(g)), groupRemedy(g, l.groups), "groups", i)
			}
		}
	}
	if rd.Scoring != nil && rd.Scoring.Gates != "" && !doc.Wrong("scoring") {
		doc.AddKey("which levels gate is said by the template", "remove it here", "scoring", "gates")
	}
	if rd.Scoring != nil && rd.Scoring.Mean != "" && !rd.Scoring.Info().ChoosesMean && !doc.Wrong("scoring") {
		doc.Add("mean says how the method mean works, but the method is "+string(rd.Scoring.Method), "remove it", "scoring", "mean")
	}
	return rd, fromYAML(doc.Err())
}

func groupRemedy(group string, columns []string) string {
	if len(columns) == 0 {
		return "add the column to the list, or remove the group"
	}
	return text.DidYouMean(group, columns)
}

// fromYAML turns the problems of a YAML file into this package's.
func fromYAML(err error) error {
	var list strictyaml.Problems
	if !errors.As(err, &list) {
		return err
	}
	var out Problems
	for _, p := range list {
		q := Problem{Place: p.File, Message: p.Message, Remedy: p.Remedy, line: p.Line, column: p.Column}
		if p.Line > 0 {
			q.Place = at(p.File, p.Line, p.Column)
		}
		out = append(out, q)
	}
	return out.orNil()
}

// encodeConfig writes round.yaml as a person would want to find it: in the order of importance, with a
// comment where a value is not plain from its key.
func encodeConfig(rd *models.Round) []byte {
	var b bytes.Buffer
	line := func(key, value string) { fmt.Fprintf(&b, "%s: %s\n", key, value) }
	b.WriteString("# The settings of this round. Text may stand between double quotation marks; dates are year-month-day.\n")
	line("title", yamlText(rd.Title))
	if rd.Organiser != "" {
		line("organiser", yamlText(rd.Organiser))
	}
	line("issued", rd.Issued.String())
	line("due", rd.Due.String())
	b.WriteString("\n# Whom a recipient asks.\n")
	if c := rd.Contact; c != (models.Contact{}) {
		b.WriteString("contact:\n")
		for _, f := range []struct{ key, value string }{{"name", c.Name}, {"email", c.Email}, {"phone", c.Phone}} {
			if f.value != "" {
				line("  "+f.key, yamlText(f.value))
			}
		}
	} else {
		b.WriteString("# contact:\n#   name: \"…\"\n#   email: \"…\"\n")
	}
	if rd.ReplyTo != "" {
		line("reply_to", yamlText(rd.ReplyTo))
	}
	b.WriteString("\n# Paper is a4 or letter; language is a tag such as en-GB.\n")
	line("paper", rd.Paper)
	line("language", yamlText(rd.Language))
	b.WriteString("\n# The columns of recipients.csv by which recipients are compared. A group of fewer returns than\n# minimum_group is not shown, so that nobody can be made out.\n")
	if len(rd.Groups) > 0 {
		b.WriteString("groups:\n")
		for _, g := range rd.Groups {
			b.WriteString("  - " + yamlText(g) + "\n")
		}
	} else {
		b.WriteString("# groups:\n#   - region\n")
	}
	fmt.Fprintf(&b, "minimum_group: %d\n", rd.SmallestGroup())
	b.WriteString("\n# Which of several returns of one recipient counts: latest or first.\n")
	prefer := rd.Prefer
	if prefer == "" {
		prefer = "latest"
	}
	line("prefer", prefer)
	b.WriteString("\n# How many of its criteria, in per cent, a recipient must answer for its return to count; one with fewer answers is\n# sent back to be completed. Not applicable is an answer. Without it every return counts.\n")
	if rd.Completeness > 0 {
		line("completeness", fmt.Sprint(rd.Completeness))
	} else {
		b.WriteString("# completeness: 80\n")
	}
	if rd.Scoring != nil {
		b.WriteString("\n# How answers are scored, in place of the template's own way.\n")
		encodeValue(&b, "scoring", reflect.ValueOf(rd.Scoring), "")
	}
	encodeRest(&b, rd, map[string]bool{"title": true, "organiser": true, "issued": true, "due": true, "contact": true, "reply_to": true,
		"paper": true, "language": true, "groups": true, "minimum_group": true, "prefer": true, "completeness": true, "scoring": true, "id": true, "template": true})
	b.WriteString("\n# Made by rubric init. The workbooks carry the id: do not change it once they are out.\n")
	line("id", rd.ID)
	line("template", rd.Template)
	return b.Bytes()
}

// yamlText writes a text as a double-quoted YAML scalar. JSON's escapes are YAML's too (YAML 1.2.2, 7.3.1).
func yamlText(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic("round: a text cannot be written: " + err.Error())
	}
	return strings.TrimSuffix(b.String(), "\n")
}
