package words

import (
	"slices"
	"strings"
)

// base is the key of which another is the form for some numbers, and whether English has both forms.
func (r *reader) base(key string) (base string, ok bool) {
	for _, ending := range pluralForms {
		if b, cut := strings.CutSuffix(key, ending); cut {
			_, one := r.english.texts[b+"_one"]
			_, other := r.english.texts[b]
			return b, one && other
		}
	}
	return "", false
}

// known says whether a language may have a text of a key: English has it, or another form of it for some numbers.
func (r *reader) known(key string) bool {
	if _, ok := r.english.texts[key]; ok {
		return true
	}
	base, ok := r.base(key)
	return ok && !r.label[base] // a workbook's formulas have one form for 1 and one for all else
}

// check says what keeps a text from standing for a key.
func (r *reader) check(key, text string) (message, remedy string) {
	short := key[strings.IndexByte(key, '.')+1:]
	if text == "" {
		return short + " is empty", "write the text"
	}
	english := r.english.texts[key]
	need := Names(english)
	allowed := need
	if base, ok := r.base(key); ok && !r.label[key] {
		// A form may leave the number out, and may have it where English leaves it out: in some languages "one" is 21, too.
		english = r.english.texts[base]
		allowed = Names(english)
		need = slices.DeleteFunc(slices.Clone(allowed), func(n string) bool { return n == "count" })
	}
	if message, remedy = namesProblem(short, text, need, allowed, english); message == "" && r.label[key] {
		message, remedy = labelProblem(short, key, text)
	}
	if message == "" {
		message, remedy = lineProblem(short, text)
	}
	return message, remedy
}
