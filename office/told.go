package office

import (
	"sync"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/scoring/story"
	"github.com/rubric-project/rubric/words"
)

// told tells what a round's figures say, in the languages that are asked for. What it is told from is gathered once.
type told struct {
	results *models.Results
	earlier models.Date
	once    sync.Once
	facts   *story.Facts
	err     error
	mu      sync.Mutex
	langs   map[string]story.In
	outside *told // of what readers outside may see, where criteria are left out
}

func tellOf(results *models.Results, earlier models.Date) *told {
	return &told{results: results, earlier: earlier, langs: map[string]story.In{}}
}

func (t *told) gathered() (*story.Facts, error) {
	t.once.Do(func() { t.facts, t.err = story.Gather(story.Input{Results: t.results, Earlier: t.earlier}) })
	return t.facts, t.err
}

// in is the language that a story is told in.
func (t *told) in(lang string) story.In {
	t.mu.Lock()
	defer t.mu.Unlock()
	in, ok := t.langs[lang]
	if !ok {
		w, _ := words.For(lang)
		in = story.In{Words: w, Template: t.results.Template.In(lang)}
		t.langs[lang] = in
	}
	return in
}

// round tells of all returns, or of a group where column is given.
func (t *told) round(lang string, reader story.Reader, column, value string) (*headlines.Story, error) {
	if reader == story.Outside {
		t = t.shown()
	}
	facts, err := t.gathered()
	if err != nil {
		return nil, err
	}
	s := facts.Group(t.in(lang), reader, column, value)
	return &s, nil
}

// shown tells of what readers outside may see: where criteria are left out, of the others.
func (t *told) shown() *told {
	t.mu.Lock()
	defer t.mu.Unlock()
	if d := t.results.Disclosure; t.outside == nil && d != nil && len(d.LeftOut) > 0 {
		t.outside = tellOf(t.results.WithoutLeftOut(), t.earlier)
	}
	if t.outside != nil {
		return t.outside
	}
	return t
}

// recipient tells of a member's return.
func (t *told) recipient(lang string, member int) (*headlines.Story, error) {
	facts, err := t.gathered()
	if err != nil {
		return nil, err
	}
	s, err := facts.Recipient(t.in(lang), member)
	return &s, err
}
