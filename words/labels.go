package words

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Key is a label: a text that a workbook has, and that a template may bring in its own words.
type Key struct {
	Name    string
	English string
}

// Keys lists the labels in the order in which a workbook shows them, with the English texts.
func Keys() []Key {
	l := current()
	out := make([]Key, len(l.labels))
	for i, k := range l.labels {
		out[i] = Key{k, l.english.texts[k]}
	}
	return out
}

var inBraces = regexp.MustCompile(`\{([a-z_]+)\}`)

// Names lists the names in braces of a text, sorted, each once.
func Names(text string) []string {
	var out []string
	for _, m := range inBraces.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Problem says what keeps a text from standing for a label, and what to do; "" for nothing.
func Problem(key, text string) (message, remedy string) {
	l := current()
	if !l.isLabel(key) {
		return fmt.Sprintf("there is no label %q", key), ""
	}
	want := l.english.texts[key]
	what := "label " + key
	if message, remedy = namesProblem(what, text, Names(want), Names(want), want); message == "" {
		message, remedy = labelProblem(what, key, text)
	}
	if message == "" {
		message, remedy = lineProblem(what, text)
	}
	return message, remedy
}

// labelProblem says what a spreadsheet program would refuse about a label.
func labelProblem(what, key, text string) (message, remedy string) {
	switch most := Longest(key); {
	case len([]rune(text)) > most:
		return fmt.Sprintf("%s has %d characters", what, len([]rune(text))), fmt.Sprintf("it must have at most %d", most)
	case strings.HasPrefix(key, "sheet_") && strings.ContainsAny(text, `:\/?*[]'`):
		return what + " is the name of a sheet and has a character that it cannot have", `leave out : \ / ? * [ ] and '`
	case key == "months" && len(strings.Split(text, ",")) != 12:
		return fmt.Sprintf("%s has %d names", what, len(strings.Split(text, ","))), "write twelve, separated by commas"
	}
	return "", ""
}

// namesProblem says which names in braces a text lacks of need, and which it has beside allowed; example shows them.
func namesProblem(what, text string, need, allowed []string, example string) (message, remedy string) {
	have := Names(text)
	for _, n := range need {
		if !slices.Contains(have, n) {
			return fmt.Sprintf("%s has no {%s}", what, n), fmt.Sprintf("put {%s} where the value belongs, as in %q", n, example)
		}
	}
	for _, n := range have {
		if !slices.Contains(allowed, n) {
			remedy = "remove it"
			if len(allowed) > 0 {
				remedy += "; the values are {" + strings.Join(allowed, "}, {") + "}"
			}
			return fmt.Sprintf("%s has {%s}, for which there is no value", what, n), remedy
		}
	}
	return "", ""
}

func lineProblem(what, text string) (message, remedy string) {
	if strings.ContainsAny(text, "\n\r\t") {
		return what + " holds a line break or a tab", "write it in one line"
	}
	return "", ""
}

// Longest is the most characters that a label may have: Excel takes 31 for the name of a sheet, 32 for the title of a
// prompt and 255 for its text and for a text in a formula.
func Longest(key string) int {
	switch {
	case strings.HasPrefix(key, "sheet_"):
		return 31
	case strings.HasSuffix(key, "_title"):
		return 32
	case strings.HasPrefix(key, "prompt_na"):
		return 100 // it is put after another
	case strings.HasPrefix(key, "prompt_"):
		return 150
	case strings.HasPrefix(key, "method_"), strings.HasPrefix(key, "step_"):
		return 1000
	}
	return 250
}
