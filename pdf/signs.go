package pdf

import "github.com/rubric-project/rubric/pdf/internal/face"

// signs are pictures that people write in comments with a meaning, and what is set in their place where the typeface lacks
// them: the first that it has.
var signs = map[rune][]string{
	'✅': {"✓", "(yes)"}, '✔': {"✓", "(yes)"}, '☑': {"✓", "(yes)"}, '✓': {"(yes)"},
	'❌': {"×"}, '✖': {"×"}, '✗': {"×"}, '✘': {"×"}, '❎': {"×"},
	'⚠': {"(!)"}, '❗': {"!"}, '❕': {"!"}, '‼': {"!!"}, '❓': {"?"}, '❔': {"?"},
	'→': {"->"}, '➡': {"→", "->"}, '➔': {"→", "->"}, '⇒': {"→", "=>"}, '⬅': {"←", "<-"}, '⬆': {"↑"}, '⬇': {"↓"},
	'👍': {"(+)"}, '👎': {"(−)", "(-)"}, '➕': {"+"}, '➖': {"−", "-"}, '⭐': {"*"}, '🌟': {"*"},
}

// toned says whether a character only colours the picture before it.
func toned(r rune) bool { return r >= 0x1F3FB && r <= 0x1F3FF }

// sign is what is set in the place of a picture; "" where there is nothing.
func sign(r rune) string {
	for _, s := range signs[r] {
		ok := true
		for _, x := range s {
			_, regular := face.Of(face.Regular).Slot(x)
			_, bold := face.Of(face.SemiBold).Slot(x)
			ok = ok && regular && bold
		}
		if ok {
			return s
		}
	}
	return ""
}
