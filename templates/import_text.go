package templates

import (
	"html"
	"path"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/rubric-project/rubric/internal/text"
)

var (
	wikiLink   = regexp.MustCompile(`!?\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]`)
	markLink   = regexp.MustCompile(`!?\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)`)
	emphasis   = regexp.MustCompile(`(\*\*|__|\*|~~)(\S(?:.*?\S)?)(\*\*|__|\*|~~)`)
	blockMark  = regexp.MustCompile(`\s\^[A-Za-z0-9-]+$`)
	escaped    = regexp.MustCompile(`\\([\\\[\]()*_#>+.!~-])`)
	htmlTag    = regexp.MustCompile(`</?[A-Za-z][^<>]*>`)
	spaceComma = regexp.MustCompile(`\s+([,.;])(\s|$)`)
	notSlug    = regexp.MustCompile(`[^a-z0-9]+`)
)

// plainText takes Markdown and HTML off a line: links become their text, emphasis and tags go, entities and
// escapes become their characters.
func plainText(s string) string {
	s = wikiLink.ReplaceAllString(s, "$1")
	s = markLink.ReplaceAllString(s, "$1")
	s = blockMark.ReplaceAllString(s, "")
	s = emphasis.ReplaceAllString(s, "$2")
	s = htmlTag.ReplaceAllString(s, " ")
	s = escaped.ReplaceAllString(s, "$1")
	s = html.UnescapeString(s)
	return tidy(s)
}

// tidy joins lines, makes runs of spaces one, and takes away the space that lost markup left before a comma.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0' || r == '\u3000':
			return ' '
		case r < ' ' && r != '\n' && r != '\t' || r == '\u00ad' || r == '\ufeff' || r == '\u200b' || r >= 0x7F && r < 0xA0:
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	return spaceComma.ReplaceAllString(s, "$1$2")
}

// slugOf makes an id of a file's name.
func slugOf(file string) string {
	name := strings.TrimSuffix(baseName(file), path.Ext(file))
	name = strings.Trim(notSlug.ReplaceAllString(strings.ToLower(norm.NFKD.String(name)), "-"), "-")
	if name == "" {
		name = "imported"
	}
	return strings.Trim(text.Head(name, 40), "-")
}

// headline makes a subject of a statement: its first words, up to 60 characters.
func headline(s string) string {
	s = strings.TrimRight(tidy(s), ".;:,")
	if len([]rune(s)) <= 60 {
		return s
	}
	cut := text.Head(s, 58)
	if i := strings.LastIndexByte(cut, ' '); i > 30 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–—-") + " …"
}

// looksCutOff says whether a text ends without a closing mark, as if its end had been lost.
func looksCutOff(s string) bool {
	last := []rune(strings.TrimRight(s, `"'”’)）」`))
	return len(last) == 0 || !strings.ContainsRune(".!?…。！？:：", last[len(last)-1])
}
