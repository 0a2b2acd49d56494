package models

import (
	"strconv"

	"github.com/rubric-project/rubric/words"
)

// Choice is what was chosen for one criterion: a step of its scale, "not applicable", or nothing yet.
// The zero value is blank. A blank is never a level.
type Choice struct {
	kind   choiceKind
	number int
}

type choiceKind uint8

const (
	blank choiceKind = iota
	notApplicable
	chosen
)

// Blank is the choice not yet made.
func Blank() Choice { return Choice{} }

// NotApplicable is the choice to leave a criterion out of the scores.
func NotApplicable() Choice { return Choice{kind: notApplicable} }

// At is the choice of the step with the given number.
func At(number int) Choice { return Choice{chosen, number} }

// IsBlank says that nothing was chosen.
func (c Choice) IsBlank() bool { return c.kind == blank }

// IsNotApplicable says that "not applicable" was chosen.
func (c Choice) IsNotApplicable() bool { return c.kind == notApplicable }

// Number is the number of the chosen step, and whether one was chosen.
func (c Choice) Number() (int, bool) { return c.number, c.kind == chosen }

// String is the number, "n/a" or "".
func (c Choice) String() string {
	switch c.kind {
	case chosen:
		return strconv.Itoa(c.number)
	case notApplicable:
		return "n/a"
	}
	return ""
}

// MarshalJSON writes the number, "n/a", or null for blank.
func (c Choice) MarshalJSON() ([]byte, error) {
	switch c.kind {
	case chosen:
		return strconv.AppendInt(nil, int64(c.number), 10), nil
	case notApplicable:
		return []byte(`"n/a"`), nil
	}
	return []byte("null"), nil
}

// Sourced is a value with the cell it was read from.
type Sourced[T any] struct {
	Value  T      `json:"value"`
	Origin Origin `json:"origin"`
}

// Answer is what a return says about one criterion.
type Answer struct {
	Ref      string          `json:"ref"`
	Level    Sourced[Choice] `json:"level"`
	Target   Sourced[Choice] `json:"target"`
	Evidence Sourced[string] `json:"evidence"`
	Comment  Sourced[string] `json:"comment"`
	// Also is what further workbooks of the same recipient say about the criterion, where its answers came in
	// parts: the answer as each file has it.
	Also []Answer `json:"also,omitempty"`
}

// Origin is where a value stood. Sheet and Cell are empty for what concerns a whole file.
type Origin struct {
	// File is the slash-separated path inside returns/, followed for an attachment or a zip's entry by
	// "!" and its name.
	File  string `json:"file,omitempty"`
	Sheet string `json:"sheet,omitempty"`
	// Cell is an A1 reference without dollar signs.
	Cell string `json:"cell,omitempty"`
	// Decision is the number of the office's decision by which the value is as it is, whatever the cell shows; 0 for none.
	Decision int `json:"decision,omitempty"`
}

// String is the origin as people write it: file, sheet 'Assessment', cell F12, decision 7.
func (o Origin) String() string { return o.Said().String() }

// Said is String for messages that are said in another language.
func (o Origin) Said() words.Said {
	var parts []words.Said
	if o.File != "" {
		parts = append(parts, words.Name(o.File))
	}
	if o.Sheet != "" {
		parts = append(parts, words.Sayf("sheet '%s'", o.Sheet))
	}
	if o.Cell != "" {
		parts = append(parts, words.Sayf("cell %s", o.Cell))
	}
	if o.Decision > 0 {
		parts = append(parts, words.Sayf("decision %s", strconv.Itoa(o.Decision)))
	}
	return words.Joined(", ", parts...)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (c *Choice) UnmarshalJSON(b []byte) error {
	switch s := string(b); s {
	case "null":
		*c = Blank()
	case `"n/a"`:
		*c = NotApplicable()
	default:
		n := 0
		for _, d := range s {
			if d < '0' || d > '9' || n > 1000 {
				return &choiceError{s}
			}
			n = 10*n + int(d-'0')
		}
		*c = At(n)
	}
	return nil
}

type choiceError struct{ text string }

// Error is the text that is no choice, and what one is.
func (e *choiceError) Error() string { return e.text + ` is no choice: a number, "n/a" or null` }
