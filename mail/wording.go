package mail

import (
	"bytes"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io"
	"reflect"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/rubric-project/rubric/words"
)

// Kind is what a message is for.
type Kind string

// The kinds of messages.
const (
	Invitation      Kind = "invitation"
	Reminder        Kind = "reminder"
	CorrectionsKind Kind = "corrections"
	ResultsKind     Kind = "results"
	PlansKind       Kind = "plans"
	ConsensusKind   Kind = "consensus"
)

// Kinds lists the kinds of messages.
func Kinds() []Kind {
	return []Kind{Invitation, Reminder, CorrectionsKind, ResultsKind, PlansKind, ConsensusKind}
}

// Fields are the names that a wording may use, such as {{.Organisation}}.
type Fields struct {
	Organisation string // the recipient's name
	ID           string // the recipient's id
	Contact      string // the recipient's contact person, or ""
	Greeting     string // "Dear Ann Smith," or "Dear colleague,", in the language of the message
	Title        string // the round's title
	Organiser    string // the office that runs the round, or else its contact, or "We"
	Issued, Due  string // 22 November 2026
	PlansDue     string // when action plans are to be back, or ""
	TimeLeft     string // "7 days left", "due today", "4 days ago"
	DaysLeft     int    // negative after the due date
	Overdue      bool
	Attachment   string // the name of the first attachment
	Attachments  []string
	Topics       string // the topics of the workbook, where it is divided among several respondents, or ""
	Reference    string // the workbook's reference, or ""
	Findings     string // for results: what came out for the recipient, in sentences, or ""
	Problems     int    // for corrections: how many entries need another look
	AskName      string // whom the recipient asks
	AskEmail     string
	AskPhone     string
	Marking      string            // the protective marking, or ""
	Groups       map[string]string // the further columns of the recipients list: {{index .Groups "region"}}
}

// Wording is the subject and the body of one kind of message, checked. The zero value is not usable.
type Wording struct {
	subject, text *template.Template
	html          *htmltemplate.Template
}

// DefaultWordingIn is the wording in a language where the round folder has none; English for a language that is missing.
func DefaultWordingIn(kind Kind, lang string) *Wording {
	w, err := ParseWording(string(kind), DefaultSourceIn(kind, lang), nil)
	if err != nil {
		panic("mail: the default wording: " + err.Error())
	}
	return w
}

// DefaultSourceIn is the text of the default wording in a language; English for a language that is missing.
func DefaultSourceIn(kind Kind, lang string) []byte {
	w, _ := words.For(lang)
	return []byte(w.Get("message."+string(kind)) + w.Get("message.questions"))
}

// ParseWording reads a wording and checks it, names included. The text starts with "Subject: …" and an empty
// line. Without html the page is made from the text. Each problem in the error names the file and the line;
// file is used for the text, and with .html in place of its extension for the page.
func ParseWording(file string, text, html []byte) (*Wording, error) {
	head, body, ok := strings.Cut(strings.ReplaceAll(string(bytes.TrimPrefix(text, []byte("\xEF\xBB\xBF"))), "\r\n", "\n"), "\n")
	subject, found := strings.CutPrefix(head, "Subject:")
	if !ok || !found {
		return nil, fmt.Errorf("%s:1: the first line must be the subject; write it as \"Subject: …\", then an empty line, then the message", file)
	}
	w := &Wording{}
	var problems []error
	var err error
	// The line that was cut off is kept as a comment's worth of line numbers.
	if w.text, err = template.New(file).Option("missingkey=zero").Parse("{{/*\n*/}}" + body); err != nil {
		problems = append(problems, templateProblem(err))
	} else {
		problems = append(problems, checkFields(w.text)...)
		// The subject may use what the text defines.
		w.subject, err = template.Must(w.text.Clone()).New(file + " subject").Parse(strings.TrimSpace(subject))
		if err != nil {
			problems = append(problems, templateProblem(err))
		} else {
			problems = append(problems, checkTree(w.subject.Tree, file)...)
		}
	}
	if len(html) > 0 {
		name := strings.TrimSuffix(file, ".txt") + ".html"
		if w.html, err = htmltemplate.New(name).Parse(string(html)); err != nil {
			problems = append(problems, templateProblem(err))
		} else {
			for _, t := range w.html.Templates() {
				problems = append(problems, checkTree(t.Tree, name)...)
			}
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	if _, _, _, err := w.render(Fields{Groups: map[string]string{}}); err != nil {
		return nil, err
	}
	return w, nil
}

// templateProblem says "file:line: what" from the message "template: file:line: what" of text/template.
func templateProblem(err error) error {
	return errors.New(strings.TrimPrefix(strings.TrimPrefix(err.Error(), "html/"), "template: ") +
		"; a field is written {{.Organisation}}, and every {{if …}} needs its {{end}}")
}

func checkFields(t *template.Template) []error {
	var out []error
	for _, x := range t.Templates() {
		out = append(out, checkTree(x.Tree, t.Name())...)
	}
	return out
}

// checkTree names every field that Fields does not have. Only fields of the root are checked: below range and
// with the dot is something else, and rendering for each recipient beforehand finds those.
func checkTree(tree *parse.Tree, file string) []error {
	if tree == nil || tree.Root == nil {
		return nil
	}
	var out []error
	known := reflect.TypeFor[Fields]()
	var walk func(n any, root bool)
	walk = func(n any, root bool) {
		switch n := n.(type) {
		case *parse.ListNode:
			if n != nil {
				for _, x := range n.Nodes {
					walk(x, root)
				}
			}
		case *parse.ActionNode:
			walk(n.Pipe, root)
		case *parse.TemplateNode:
			walk(n.Pipe, root)
		case *parse.IfNode:
			walk(n.Pipe, root)
			walk(n.List, root)
			walk(n.ElseList, root)
		case *parse.RangeNode:
			walk(n.Pipe, root)
			walk(n.List, false)
			walk(n.ElseList, root)
		case *parse.WithNode:
			walk(n.Pipe, root)
			walk(n.List, false)
			walk(n.ElseList, root)
		case *parse.PipeNode:
			if n != nil {
				for _, c := range n.Cmds {
					for _, a := range c.Args {
						walk(a, root)
					}
				}
			}
		case *parse.FieldNode:
			if _, ok := known.FieldByName(n.Ident[0]); !ok && root {
				at, _ := tree.ErrorContext(n)
				out = append(out, fmt.Errorf("%s: there is no field {{.%s}}; %s", lineOf(at, file), n.Ident[0], suggestField(n.Ident[0])))
			}
		}
	}
	walk(tree.Root, true)
	return out
}

// lineOf is "file:line" from the "name:line:column" of a template.
func lineOf(at, file string) string {
	rest := strings.Split(at, ":")
	if len(rest) >= 2 {
		return file + ":" + rest[len(rest)-2]
	}
	return file
}

// suggestField names the nearest field, or all of them.
func suggestField(name string) string {
	t := reflect.TypeFor[Fields]()
	best, distance := "", 4
	var all []string
	for i := range t.NumField() {
		f := t.Field(i).Name
		all = append(all, f)
		if d := editDistance(strings.ToLower(f), strings.ToLower(name)); d < distance {
			best, distance = f, d
		}
	}
	if best != "" {
		return "did you mean {{." + best + "}}?"
	}
	return "the fields are " + strings.Join(all, ", ")
}

func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}

// maxBody is far beyond any letter; a template that repeats itself without end stops here.
const maxBody = 1 << 20

func (w *Wording) render(f Fields) (subject, text, html string, err error) {
	var s, b, h capped
	if err = w.subject.Execute(&s, f); err == nil {
		err = w.text.Execute(&b, f)
	}
	if err == nil && w.html != nil {
		err = w.html.Execute(&h, f)
	}
	if err != nil {
		return "", "", "", templateProblem(err)
	}
	text = strings.TrimSpace(b.String())
	html = h.String()
	if w.html == nil {
		html = page(text)
	}
	return printable(s.String()), text, html, nil
}

// capped is a buffer that takes as much as a message may hold.
type capped struct{ bytes.Buffer }

// Write fails with io.ErrShortWrite where p does not fit.
func (c *capped) Write(p []byte) (int, error) {
	if c.Len()+len(p) > maxBody {
		return 0, io.ErrShortWrite
	}
	return c.Buffer.Write(p)
}

// page makes a plain page from a text: paragraphs at empty lines, lines kept.
func page(text string) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head>\n<body style=\"font-family: Calibri, Arial, sans-serif; font-size: 11pt\">\n")
	for _, paragraph := range strings.Split(text, "\n\n") {
		if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
			b.WriteString("<p>" + strings.ReplaceAll(htmltemplate.HTMLEscapeString(paragraph), "\n", "<br>\n") + "</p>\n")
		}
	}
	b.WriteString("</body></html>\n")
	return b.String()
}
