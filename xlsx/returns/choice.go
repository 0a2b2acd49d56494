package returns

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rubric-project/rubric/models"
)

// choices knows the ways in which the steps of one scale are written.
type choices struct {
	scale models.Scale
	// labels are the texts of the dropdown, as they are; keys are further forms that leave no doubt, as clean
	// makes them.
	labels, keys map[string]models.Choice
	// words are the names and codes by which a step can be recognised inside a longer text.
	words []stepWord
	// doubtful are keys and labels that stand for different steps, perhaps in different languages.
	doubtful map[string]bool
}

type stepWord struct {
	word   string
	choice models.Choice
}

// verdict is what became of a text: a code of "" says that it is the choice as the list has it, answerNormalised
// that it is the choice in another form, and any other code why it is none.
type verdict struct {
	choice models.Choice
	code   models.Code
}

// newChoices makes an empty list of forms for a scale; add adds those of a language, and settle ends it.
func newChoices(scale models.Scale) *choices {
	return &choices{scale: scale, labels: map[string]models.Choice{}, keys: map[string]models.Choice{}, doubtful: map[string]bool{}}
}

// add adds the forms of the scale in a language. alternative gives a second name of a step, or "".
func (c *choices) add(in *models.Template, scale models.Scale, alternative func(models.Step) string) {
	add := func(key string, to models.Choice) {
		if had, ok := c.keys[key]; ok && had != to {
			c.doubtful[key] = true
		}
		c.keys[key] = to
	}
	label := func(text string, to models.Choice) {
		if had, ok := c.labels[text]; ok && had != to {
			c.doubtful[clean(text)] = true
		}
		c.labels[text] = to
		add(clean(text), to)
	}
	word := func(text string, to models.Choice) {
		if w := (stepWord{text, to}); !slices.Contains(c.words, w) {
			c.words = append(c.words, w)
		}
	}
	levels := levelWords(in)
	for _, s := range scale {
		to := models.At(s.Number)
		label(s.Label(), to)
		code := clean(s.Code)
		word(code, to)
		add(code, to)
		add(code+".", to)
		if !isDigits(code) { // (4) is how accountants write minus four
			add("("+code+")", to)
		}
		starts := []string{code}
		for _, level := range levels {
			starts = append(starts, level+" "+code)
			add(level+" "+code, to)
			add(level+" "+code+".", to)
			add(level+code, to)
			add(level+": "+code, to)
		}
		for _, n := range []string{s.Name, alternative(s)} {
			name := clean(n)
			if name == "" {
				continue
			}
			word(name, to)
			add(name, to)
			add(name+".", to)
			add(name+" ("+code+")", to)
			add(name+" - "+code, to)
			add(name+" "+code, to)
			for _, level := range levels {
				add(name+" ("+level+" "+code+")", to)
				add(name+", "+level+" "+code, to)
			}
			for _, start := range starts {
				for _, between := range []string{" - ", "-", "- ", " -", ": ", ":", " : ", " ", ". ", ") ", ", ", " = ", "=", " / ", " | "} {
					add(start+between+name, to)
				}
				add(start+" ("+name+")", to)
			}
		}
	}
	na := clean(in.NotApplicable())
	label(in.NotApplicable(), models.NotApplicable())
	if former := in.FormerNotApplicable(); former != "" {
		add(clean(former), models.NotApplicable())
	}
	for _, k := range []string{na + ".", strings.ReplaceAll(na, " ", "-"), "n/a", "n/a.", "na", "n.a.", "n. a.", "n.a", "n. a", "n / a", "n/ a", "n /a"} {
		add(k, models.NotApplicable())
	}
	word(na, models.NotApplicable())
	word("n/a", models.NotApplicable())
}

// levelWords are the words for a level, as clean makes them, that may stand before its code: the English one, which is
// understood everywhere, and that of the template's language.
func levelWords(in *models.Template) []string {
	out := []string{"level"}
	if own := clean(in.Words().Get("level")); own != "" && own != out[0] {
		out = append(out, own)
	}
	return out
}

// settle takes away the forms that stand for different steps: a respondent who wrote one has to say which is meant.
func (c *choices) settle() {
	for key := range c.doubtful {
		delete(c.keys, key)
	}
	for text := range c.labels {
		if c.doubtful[clean(text)] {
			delete(c.labels, text)
		}
	}
}

// text reads a text as a choice. descriptors are the criterion's in each language, by level number, and may be nil.
func (c *choices) text(t string, descriptors []map[int]string) verdict {
	if v, ok := c.labels[t]; ok {
		return verdict{v, ""}
	}
	k := clean(t)
	k = unquoted(k)
	if strings.Trim(k, "\u202d\u202e") == "" {
		return verdict{models.Blank(), ""}
	}
	if v, ok := c.keys[k]; ok {
		return verdict{v, models.AnswerNormalised}
	}
	if v, ok := c.keys[strings.TrimSuffix(k, ".")]; ok { // a full stop after it
		return verdict{v, models.AnswerNormalised}
	}
	if n, ok := wholeNumber(k); ok {
		if v, ok := c.keys[n]; ok {
			return verdict{v, models.AnswerNormalised}
		}
	}
	if len(k) > 20 {
		hits := map[int]bool{}
		for _, list := range descriptors {
			for n, d := range list {
				if clean(d) == k {
					hits[n] = true
				}
			}
		}
		if len(hits) == 1 {
			for n := range hits {
				return verdict{models.At(n), models.AnswerNormalised}
			}
		}
	}
	if c.doubt(k) {
		return verdict{models.Blank(), models.AnswerAmbiguous}
	}
	return verdict{models.Blank(), models.AnswerNotInList}
}

// number reads the number of a cell as a choice; only scales whose codes are numbers have any.
func (c *choices) number(x float64) verdict {
	if near := math.Round(x); math.Abs(x-near) < 1e-12 { // what was worked out may miss its number by less than any program shows
		x = near
	}
	code := strconv.FormatFloat(x, 'f', -1, 64)
	for _, s := range c.scale {
		if s.Code == code {
			return verdict{models.At(s.Number), models.AnswerNormalised}
		}
	}
	if s := c.scale; isDigits(s[0].Code) && x > float64(s.Lowest()) && x < float64(s.Highest()) {
		return verdict{models.Blank(), models.AnswerAmbiguous}
	}
	return verdict{models.Blank(), models.AnswerNotInList}
}

// doubt says whether a text that is no choice has a choice in it, so that a person has to say what is meant.
func (c *choices) doubt(k string) bool {
	for _, w := range c.words {
		if hasWord(k, w.word) {
			return true
		}
	}
	return false
}

// hasWord says whether the word stands in the text with neither a letter nor a digit beside it.
func hasWord(text, word string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(word):])
		beside := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
		if !beside(before) && !beside(after) {
			return true
		}
		from = i + len(word)
	}
}

// unquoted takes one pair of quotes off.
func unquoted(k string) string {
	if n := len(k); n >= 2 && (k[0] == '"' || k[0] == '\'') && k[n-1] == k[0] {
		return strings.TrimSpace(k[1 : n-1])
	}
	if strings.HasPrefix(k, "'") && !strings.Contains(k[1:], "'") { // the sign by which a cell is made text
		return strings.TrimSpace(k[1:])
	}
	return k
}

// wholeNumber takes 4.0 or 4,00 for 4.
func wholeNumber(k string) (string, bool) {
	i := strings.IndexAny(k, ".,")
	if i <= 0 || !isDigits(k[:i]) || i+1 == len(k) || strings.Trim(k[i+1:], "0") != "" {
		return "", false
	}
	return k[:i], true
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
