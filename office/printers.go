package office

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/pdf"
	"github.com/rubric-project/rubric/words"
)

// printers makes the printers of a round's reports, one for each language, with the round's logo.
type printers struct {
	f       *Folder
	options []pdf.Option
	mu      sync.Mutex
	made    map[string]*pdf.Printer
}

// printersFor prepares the printers, all with words in one language where lang is not "". What can be wrong is wrong for
// all of them, and said at once.
func (f *Folder) printersFor(lang string) (*printers, error) {
	p := &printers{f: f, made: map[string]*pdf.Printer{}}
	if lang != "" {
		if !slices.Contains(words.Languages(), lang) {
			return nil, Bad(Option("lang"), fmt.Sprintf(" %s: there are no words in this language; choose one of %s", lang, strings.Join(words.Languages(), ", ")))
		}
		p.options = append(p.options, pdf.WithLanguage(lang))
	}
	if logo := f.Config.Look.Logo; logo != "" {
		if !filepath.IsLocal(logo) {
			return nil, badf("round.yaml: look: logo: %q leads out of the round folder; put the file there and name it alone", logo)
		}
		data, err := disk.ReadFile(filepath.Join(f.Dir, logo))
		if err != nil {
			return nil, badf("round.yaml: look: logo: %q cannot be read; put a PNG or JPEG file of that name into the round folder", logo)
		}
		p.options = append(p.options, pdf.WithLogo(data))
	}
	fonts, err := f.fonts()
	if err != nil {
		return nil, err
	}
	p.options = append(p.options, pdf.WithFonts(fonts...))
	_, err = p.of(f.Config.Language)
	return p, err
}

// of is the printer for a language; each is made once.
func (p *printers) of(lang string) (printer *pdf.Printer, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.made[lang] == nil {
		p.made[lang], err = pdf.NewPrinter(p.f.In(lang), p.f.Template, p.options...)
	}
	return p.made[lang], err
}
