// Package pdf draws the reports of a round as tagged PDF documents: a summary for each recipient, and an
// overview of all.
//
// Start with NewPrinter. A Printer serves a whole round and is safe for concurrent use. It draws models.Results and
// computes no score itself. A character that the typeface does not have is marked in the text and reported as a finding.
// The same input gives the same bytes: dates come from the round, not from a clock. It refuses a language that it has
// no words of, a logo that is no PNG or JPEG, and a summary for a recipient whose return does not count.
package pdf

import (
	"fmt"
	"io"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/pdf/internal/face"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
	"github.com/rubric-project/rubric/words"
)

// Printer draws the reports of one round.
type Printer struct {
	round    *models.Round
	template *models.Template
	scoring  models.Scoring
	// language is the tag of the language that is asked for.
	language string
	words    *words.Words
	look     look
	logo     *tagpdf.Image
	fonts    []*face.Foreign
	paper    [2]float64
	// topicNames are the topics' names as printed, by id; short names label charts and narrow columns.
	topicNames, shortNames map[string]string
	// lacking are the texts of round and template that cannot be set in full.
	lacking []lack
	// watch is told of every line that is set; tests and benchmarks look at it.
	watch func(placed)
}

// Option changes how a Printer prints.
type Option func(*Printer) error

// WithLogo puts a logo at the head of each document: the bytes of a PNG or JPEG file.
func WithLogo(file []byte) Option {
	return func(p *Printer) (err error) {
		p.logo, err = readLogo(file)
		return err
	}
}

// WithLanguage prints in the given language (a BCP 47 tag) instead of the round's: the report's own words, and those
// texts of the template that are translated. Texts of returns stay as they are. A language that words.Languages does not
// list is an error.
func WithLanguage(tag string) Option {
	return func(p *Printer) error {
		if !words.Speaks(tag) {
			return fmt.Errorf("reports cannot be printed in the language %q; choose one of %v", tag, words.Languages())
		}
		p.language = tag
		return nil
	}
}

// NewPrinter prepares the printing of a round's reports. Where there are no words in the round's language,
// they are in British English.
func NewPrinter(rd *models.Round, t *models.Template, options ...Option) (*Printer, error) {
	p := &Printer{scoring: rd.ScoringFor(t), look: newLook(rd.Look.Accent), language: rd.Language}
	for _, o := range options {
		if err := o(p); err != nil {
			return nil, err
		}
	}
	p.template = p.cleanTemplate(t.In(p.language))
	p.round = p.cleanRound(rd)
	p.words, _ = words.For(p.language)
	p.paper = [2]float64{595.28, 841.89}
	if rd.Paper == "letter" {
		p.paper = [2]float64{612, 792}
	}
	p.nameTopics()
	return p, nil
}

// nameTopics decides how topics are called: by id and name, or number and name
// where ids are long; a topic that is a level is called by its name.
func (p *Printer) nameTopics() {
	p.topicNames, p.shortNames = map[string]string{}, map[string]string{}
	short := true
	for _, x := range p.template.Topics {
		short = short && len(x.ID) <= 4
	}
	for i, x := range p.template.Topics { // cdm3's L1 is "Level 1: …"
		name, id := x.Name, x.ID
		if !short {
			id = fmt.Sprint(i + 1)
		}
		p.shortNames[x.ID] = id
		switch {
		case x.Level != nil && short:
			p.topicNames[x.ID] = name
		default:
			p.topicNames[x.ID] = id + "  " + name
		}
	}
}

// methodInfo is what there is to know of the method in force.
func (p *Printer) methodInfo() methods.Info { return p.scoring.Info() }

// begin starts a document.
func (p *Printer) begin(title, subject string) *flow {
	info := tagpdf.Info{
		Title: title, Subject: subject, Author: p.author(), Language: p.words.Tag(), Date: p.round.Issued.Time,
		Width: p.paper[0], Height: p.paper[1],
	}
	f := &flow{Printer: p, d: tagpdf.New(info, p.logo), watch: p.watch}
	f.left, f.right = 51, p.paper[0]-51
	return f
}

func (p *Printer) author() string {
	if p.round.Organiser != "" {
		return p.round.Organiser
	}
	return p.round.Title
}

// write finishes a document.
func (f *flow) write(w io.Writer) ([]models.Finding, error) {
	if err := f.d.Write(w); err != nil {
		return nil, err
	}
	return f.findings(), nil
}
