package office

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/scoring/story"
)

// The office's own text stands in place of what the program says of the figures: in one file for the office's own pages
// (overview with names, consolidated workbook), in another for those that leave the office (overview with names withheld,
// edition for circulation). Neither is checked for disclosure, and the head of the file says so.
const (
	ownTextFile        = "summary.md"
	ownTextOutsideFile = "summary-outside.md"
)

// ownText is a file with the office's own text.
type ownText struct {
	name       string
	paragraphs []string
	// figures is the digest of the figures that it was written from; "" where it does not say.
	figures string
}

var (
	remark      = regexp.MustCompile(`(?s)<!--.*?-->`)
	figuresLine = regexp.MustCompile(`(?m)^[ \t]*figures:[ \t]*([0-9a-f]*)[ \t]*$`)
	emptyLines  = regexp.MustCompile(`\n[ \t]*\n`)
)

// The bounds of the text, so that page one stays a page.
const (
	mostParagraphs = 8
	mostOwnText    = 600 // characters of a paragraph
)

func ownTextName(reader story.Reader) string {
	if reader == story.Outside {
		return ownTextOutsideFile
	}
	return ownTextFile
}

// ownText reads the office's text for a reader; nil where there is none.
func (f *Folder) ownText(reader story.Reader) (*ownText, error) {
	name := ownTextName(reader)
	content, there := f.there(name)
	if !there {
		return nil, nil
	}
	if content == nil || !utf8.Valid(content) {
		return nil, badContent(name, " cannot be read: it must be a small file of text in UTF-8")
	}
	s := strings.ReplaceAll(strings.TrimPrefix(string(content), "\ufeff"), "\r\n", "\n")
	out := &ownText{name: name}
	if m := figuresLine.FindStringSubmatch(s); m != nil {
		out.figures = m[1]
	}
	for _, p := range emptyLines.Split(remark.ReplaceAllString(s, ""), -1) {
		p = strings.Join(strings.Fields(strings.TrimLeft(strings.TrimSpace(p), "#-* ")), " ")
		if p == "" {
			continue
		}
		if n := utf8.RuneCountInString(p); n > mostOwnText {
			return nil, badContent(name, fmt.Sprintf(": the paragraph '%.40s…' has %d characters; %d are the most that page one has room for", p, n, mostOwnText))
		}
		out.paragraphs = append(out.paragraphs, p)
	}
	if n := len(out.paragraphs); n > mostParagraphs {
		return nil, badContent(name, fmt.Sprintf(" has %d paragraphs; %d are the most that page one has room for", n, mostParagraphs))
	}
	if len(out.paragraphs) == 0 {
		return nil, nil
	}
	return out, nil
}

// figures is the digest of a round's figures as the sentences take them: of all sentences and of what the charts count,
// without an earlier round, so that it is the same whatever is compared with.
func (o *Office) figures(f *Folder, in *Intake) (string, error) {
	s, err := tellOf(o.results(f, in, Since{}), Since{}.Due).round(f.Config.Language, story.Office, "", "")
	if err != nil {
		return "", err
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %+v", s.Digest, s.Charts)
	return hex.EncodeToString(h.Sum(nil)[:6]), nil
}

// saying puts the office's text in the place of a story's sentences, as long as it was written from the figures that
// there are. Where they changed, the story stays and a note says so. stands says that the office has looked: the file is
// marked as written from these figures.
func (o *Office) saying(s *headlines.Story, f *Folder, in *Intake, reader story.Reader, stands bool) (*headlines.Story, []Note, error) {
	own, err := f.ownText(reader)
	if own == nil || err != nil {
		return s, nil, err
	}
	figures, err := o.figures(f, in)
	if err != nil {
		return s, nil, err
	}
	if own.figures != figures {
		if !stands {
			return s, own.old(figures), nil
		}
		if err := f.stands(own, figures); err != nil {
			return s, nil, err
		}
	}
	out := *s
	out.Items, out.Edited = nil, true
	for _, p := range own.paragraphs {
		out.Items = append(out.Items, headlines.Item{Text: p})
	}
	return &out, noted("page one has the office's text from " + own.name + ", which is not checked for disclosure."), nil
}

// old says that the figures are no longer those that a text was written from.
func (t *ownText) old(figures string) []Note {
	why := "was written from other figures than there are now"
	if t.figures == "" {
		why = "does not say which figures it was written from"
	}
	return []Note{{Text: fmt.Sprintf("%s %s, so that it is on no page: the program's own sentences are. Read it again, change what no longer holds, and say that it stands (or write 'figures: %s' into its head).",
		t.name, why, figures), Do: actions.Action{Name: actions.TextStands}}}
}

// noteOwnTexts remarks on texts whose figures changed.
func (o *Office) noteOwnTexts(f *Folder, in *Intake) (notes []Note, err error) {
	figures := ""
	for _, reader := range []story.Reader{story.Office, story.Outside} {
		own, err := f.ownText(reader)
		if err != nil {
			notes = append(notes, AsNote(err))
		}
		if own == nil || err != nil {
			continue
		}
		if figures == "" {
			if figures, err = o.figures(f, in); err != nil {
				return notes, err
			}
		}
		if own.figures != figures {
			notes = append(notes, own.old(figures)...)
		}
	}
	return notes, nil
}

// stands writes today's figures into the head of a text.
func (f *Folder) stands(own *ownText, figures string) error {
	content, _ := f.there(own.name)
	line := []byte("figures: " + figures)
	if figuresLine.Match(content) {
		content = figuresLine.ReplaceAll(content, line)
	} else {
		content = append([]byte("<!--\n"+string(line)+"\n-->\n\n"), bytes.TrimPrefix(content, []byte("\ufeff"))...)
	}
	return f.WriteFile(own.name, func(w io.Writer) error { _, err := w.Write(content); return err })
}

// draftText writes the file with the sentences of today, for the office to edit. One that is there stays.
func (o *Office) draftText(f *Folder, in *Intake, s *headlines.Story, reader story.Reader) ([]Note, error) {
	name := ownTextName(reader)
	if _, there := f.there(name); there {
		return nil, Bad(name, " is there already: edit it, or delete it to begin with the program's sentences again")
	}
	figures, err := o.figures(f, in)
	if err != nil {
		return nil, err
	}
	where := "the first page of overview.pdf, and the sheet Overview of the consolidated workbook"
	if reader == story.Outside {
		where = "the first page of overview.pdf with names withheld, and the sheet Overview of the edition for circulation"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<!--\nThe office's own text for %s, in place of the program's sentences.\n"+
		"Each paragraph is a finding, and the first stands large. Change, add or delete what you like.\n"+
		"NOBODY CHECKS THIS TEXT FOR DISCLOSURE: what you write is printed as it stands, marked as the office's.\n"+
		"It was written from the figures below. Once they change, it is not printed before you have looked at it again.\n"+
		"figures: %s\n-->\n", where, figures)
	for _, x := range s.Items {
		b.WriteString("\n" + x.Sentence() + "\n")
	}
	err = f.WriteFile(name, func(w io.Writer) error { _, err := io.WriteString(w, b.String()); return err })
	return noted("the sentences of page one are in " + name + ", to be edited; they go on the page when reports are made next."), err
}
