package returns

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"sync"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
)

// lexicon is all the words by which the answers of one template are found, in each language in which its workbooks
// can be.
type lexicon struct {
	t *models.Template
	// spoken are the template in its further languages; inOther are the criteria in them.
	spoken  []*models.Template
	inOther map[*models.Criterion][]*models.Criterion
	// sheets are the names of the sheets in other languages, with the English ones.
	sheets map[string]string
	// labels are the labels on the sheet Start.
	labels startLabels
	// refs are the criteria by ref as written, cleanRefs by ref as clean makes it.
	refs      map[string]*models.Criterion
	cleanRefs map[string]*models.Criterion
	// byText are the criteria by their subject or statement; nil for a text that several have.
	byText map[string]*models.Criterion
	// byDescriptor are the criteria by each of their descriptors, likewise.
	byDescriptor map[string]*models.Criterion
	// yes is what confirms an answer that was carried over.
	yes map[string]bool
	// own are the other words that the writer puts into rows: themes and what the column Status says.
	own map[string]bool
	// between are the texts of the rows between the criteria: topics, themes and what they are about.
	between     map[string]bool
	longestText int // length of the longest of these texts, in bytes
	// numbers are the criteria whose ref can be read as a number, by that number; dates those whose ref is two
	// numbers with a sign between them.
	numbers map[float64][]*models.Criterion
	dates   []datedRef
	// exact are the criteria by each of their texts as it is, in all languages; nil for one that several have.
	exact map[string]*models.Criterion
	// columns are the columns by heading, levels the numbers of levels by heading.
	columns map[string]heading
	levels  map[string]int
	longest int // length of the longest heading, in bytes
	// asWritten are the headings as the writer writes them: most are found so.
	asWritten map[string]written
	starts    keyStarts
	words     ownWords
	plan      planWords
	views     viewWords

	levelChoices, ratings, symptoms *choices
	// worded are the choices of criteria that word them in their own way.
	worded map[*models.Criterion]*choices
}

// heading is a word over a column. changed says that it is not the one that the writer writes.
type heading struct {
	col     layout.Column
	changed bool
}

// colStatement is the column of the statements that are rated. The writer has it in the place of the levels.
const colStatement = layout.Columns

// readHeadings are further words that are taken for a column. There is no doubt what they mean, beside the
// other headings of the same row.
var readHeadings = map[layout.Column][]string{
	layout.Ref:      {"Reference", "Ref.", "Ref no", "Criterion ref"},
	layout.Theme:    {"Themes"},
	layout.Subject:  {"Criteria"},
	layout.Answer:   {"Current", "Current rating", "Answer", "Level now"},
	layout.Target:   {"Target", "Target level", "Target rating", "Grado objetivo"},
	layout.Evidence: {"Evidences", "Supporting evidence"},
	layout.Comment:  {"Comments", "Remarks", "Remark"},
	layout.Status:   {},
	layout.Last:     {},

	layout.Chosen: {}, layout.Confirmed: {},
}

// lexicons keeps the lexicon of the template that was used last: a round reads all its returns with one.
var lexicons struct {
	sync.Mutex
	last      *lexicon
	languages []string
}

func lexiconOf(t *models.Template, languages []string) *lexicon {
	lexicons.Lock()
	defer lexicons.Unlock()
	if lexicons.last == nil || lexicons.last.t != t || !slices.Equal(lexicons.languages, languages) {
		lexicons.last, lexicons.languages = newLexicon(t, languages), slices.Clone(languages)
	}
	return lexicons.last
}

// newLexicon makes the lexicon of a template for English, the template's languages, and further ones.
func newLexicon(t *models.Template, languages []string) *lexicon {
	x := &lexicon{
		t: t, own: map[string]bool{}, yes: map[string]bool{}, between: map[string]bool{}, numbers: map[float64][]*models.Criterion{}, refs: map[string]*models.Criterion{}, cleanRefs: map[string]*models.Criterion{},
		byText: map[string]*models.Criterion{}, byDescriptor: map[string]*models.Criterion{}, exact: map[string]*models.Criterion{},
		inOther: map[*models.Criterion][]*models.Criterion{}, sheets: map[string]string{},
		columns: map[string]heading{}, levels: map[string]int{}, asWritten: map[string]written{},
	}
	once := func(m map[string]*models.Criterion, key string, c *models.Criterion) {
		if had, ok := m[key]; ok && had != c {
			c = nil
		}
		m[key] = c
		x.longestText = max(x.longestText, len(key))
	}
	for i := range t.Criteria {
		c := &t.Criteria[i]
		x.refs[c.Ref] = c
		if n, err := strconv.ParseFloat(c.Ref, 64); err == nil {
			x.numbers[n] = append(x.numbers[n], c)
		}
		if d, ok := asDate(c); ok {
			x.dates = append(x.dates, d)
		}
		once(x.cleanRefs, clean(c.Ref), c)
	}
	x.speak(languages)
	own := func(w string) { x.own[w], x.own[clean(w)] = true, true }
	for _, in := range x.spoken {
		for i := range in.Criteria {
			c, other := &t.Criteria[i], &in.Criteria[i]
			if other != c { // in another region of the language its texts are the same
				x.inOther[c] = append(x.inOther[c], other)
			}
			texts := []string{other.Subject, other.Statement}
			for _, s := range texts {
				if s != "" {
					once(x.byText, clean(s), c)
				}
			}
			for _, d := range other.Descriptors {
				once(x.byDescriptor, clean(d), c)
				texts = append(texts, d)
			}
			for _, s := range texts {
				once(x.exact, s, c)
			}
		}
		x.yes[clean(in.Words().Get(layout.CheckedYes))] = true
		for _, key := range []string{layout.StatusAnswer, layout.StatusList, layout.StatusComment, layout.StatusEvidence, layout.StatusTarget, layout.StatusCarried, layout.StatusDone} {
			own(in.Words().Get(key))
		}
		between := func(texts ...string) {
			for _, s := range texts {
				x.between[s], x.between[clean(s)] = true, true
				x.longestText = max(x.longestText, len(s))
			}
		}
		for _, th := range in.Themes {
			own(th.Name)
			between(th.Name, th.Summary)
		}
		for _, topic := range in.Topics {
			between(topic.Name, layout.TopicTitle(topic), topic.Summary)
		}
	}
	// The words that the writer writes come last, so that they win.
	for col, words := range readHeadings {
		for _, w := range words {
			x.columns[wordKey(w)] = heading{col, true}
		}
	}
	x.writtenHeadings()
	x.levelChoices, x.ratings, x.symptoms = newChoices(t.LevelScale()), newChoices(models.Ratings), newChoices(models.Symptoms)
	for _, in := range x.spoken {
		x.levelChoices.add(in, in.LevelScale(), func(s models.Step) string {
			l, _ := in.Level(s.Number)
			return l.AltName
		})
		none := func(models.Step) string { return "" }
		x.ratings.add(in, in.RatingScale(), none)
		x.symptoms.add(in, in.SymptomScale(), none)
		x.symptoms.add(in, in.FormerSymptoms(), none)
		for _, s := range in.LevelScale() {
			x.levels[wordKey(s.Label())] = s.Number
			x.levels[wordKey("Level "+s.Label())] = s.Number
		}
	}
	x.ownChoices()
	x.levelChoices.settle()
	x.ratings.settle()
	x.symptoms.settle()
	x.longest = x.longestOf()
	note := func(text string) {
		x.asWritten[text] = x.byKey(wordKey(text))
	}
	for _, in := range x.spoken {
		for _, key := range layout.Headings {
			note(in.Words().Get(key))
		}
		for _, s := range in.LevelScale() {
			note(s.Label())
		}
	}
	for _, keys := range []func(func(string) bool){maps.Keys(x.columns), maps.Keys(x.levels)} {
		for k := range keys {
			x.starts.add(k)
		}
	}
	x.ownWords()
	return x
}

// written is what a heading stands for.
type written struct {
	h                 heading
	level             int
	isColumn, isLevel bool
}

// heading finds what a text stands for as a heading: a column, a level, or nothing.
func (x *lexicon) heading(text []byte) (w written) {
	if x.starts.exclude(text) {
		return written{}
	}
	if w, ok := x.asWritten[string(text)]; ok {
		return w
	}
	var room [256]byte
	if key, ok := appendPlainKey(room[:0], text); ok {
		w.h, w.isColumn = x.columns[string(key)]
		w.level, w.isLevel = x.levels[string(key)]
		return w
	}
	return x.byKey(wordKey(string(text)))
}

// plainByte is the small form of an ASCII letter or digit, 0 for any other byte.
func plainByte(c byte) byte {
	switch {
	case c >= 'A' && c <= 'Z':
		return c + 0x20
	case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		return c
	}
	return 0
}

func (x *lexicon) byKey(key string) (w written) {
	w.h, w.isColumn = x.columns[key]
	w.level, w.isLevel = x.levels[key]
	return w
}

func (x *lexicon) longestOf() int {
	n := 0
	for k := range x.columns {
		n = max(n, len(k))
	}
	for k := range x.levels {
		n = max(n, len(k))
	}
	return 3*n + 32 // spaces, line ends and punctuation that wordKey leaves out
}

func (x *lexicon) choicesFor(c *models.Criterion) *choices {
	if len(c.Options) > 0 && x.worded[c] != nil {
		return x.worded[c]
	}
	switch c.Kind {
	case models.KindStatement:
		return x.ratings
	case models.KindSymptom:
		return x.symptoms
	}
	return x.levelChoices
}

// key is clean for a text that may be one of the template's; what is far too long for that is none.
func (x *lexicon) key(text []byte) string {
	if len(text) > 4*x.longestText+64 {
		return "\x00"
	}
	return clean(string(text))
}

// sameText says whether a cell holds the text of the template, give or take its form.
func sameText(cell []byte, text string) bool {
	return string(cell) == text || len(cell) > 0 && clean(string(bytes.ToValidUTF8(cell, nil))) == clean(text)
}

// isSheet says whether a sheet has the name that one of layout.SheetStart, layout.SheetAssessment and layout.SheetResults has in a language
// of the template.
func (x *lexicon) isSheet(name, which string) bool {
	return name == which || x.sheets[name] == which
}
