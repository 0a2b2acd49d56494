package pdf_test

import (
	"strings"
	"testing"
)

// What cannot be printed is said with the script that is missing, so that the reader need not know the characters.
func TestMissingScriptIsNamed(t *testing.T) {
	c := castOf(t, builtin(t, "uk-dmm"), "a4", 24, 0.9)
	p := printer(t, c)
	for name, want := range map[string]string{
		"しらべ":          "script: Japanese.",
		"第一カナ学校":       "script: Japanese.", // kanji among kana are no second script
		"学校":           "script: Han (Chinese characters).",
		"학교":           "script: Hangul (Korean).",
		"學校 مدرسة":     "script: Arabic, Han (Chinese characters).",
		"School 😀":     "(U+1F600).", // a picture has no script
		"स्कूल School": "script: Devanagari (Hindi, Marathi, Nepali).",
	} {
		_, findings := summary(t, p, c.called(0, name))
		if len(findings) == 0 || !strings.HasSuffix(findings[0].Message, want) {
			t.Errorf("%s: %v; the message must end with %q", name, findings, want)
		}
	}
}
