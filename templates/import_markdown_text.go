package templates

import (
	"bytes"
	"slices"
	"strings"
)

// bodyLines are the lines of a page, with those of the front matter, comments and rules emptied.
func bodyLines(text []byte) []string {
	lines := strings.Split(strings.ReplaceAll(string(bytes.TrimPrefix(text, []byte("\xEF\xBB\xBF"))), "\r\n", "\n"), "\n")
	inFront := len(lines) > 0 && strings.TrimSpace(lines[0]) == "---" && slices.ContainsFunc(lines[1:], func(s string) bool { return strings.TrimSpace(s) == "---" })
	for i, line := range lines {
		s := strings.TrimSpace(line)
		switch {
		case inFront:
			inFront = i == 0 || s != "---"
			lines[i] = ""
		case s == "---" || s == "***" || s == "___" || onlyLink.MatchString(s) && !strings.HasPrefix(s, "#") || tagsOnly.MatchString(s) || strings.HasPrefix(s, "%%"):
			lines[i] = ""
		default:
			lines[i] = strings.TrimRight(line, " \t")
		}
	}
	return lines
}

// paragraphs joins the lines of each paragraph; paragraphs and list entries stay lines of their own.
func paragraphs(lines []string) string {
	var out []string
	var words []string // of the last paragraph
	end := func() {
		if len(words) > 0 {
			out, words = append(out, strings.Join(words, " ")), nil
		}
	}
	fresh := true
	for _, line := range lines {
		text := plainText(bullet.ReplaceAllString(strings.TrimLeft(line, "> "), ""))
		switch {
		case text == "":
			fresh = true
		case fresh || bullet.MatchString(line):
			end()
			words, fresh = append(words, text), false
		default:
			words = append(words, text)
		}
	}
	end()
	return strings.Join(out, "\n")
}

func lastWords(s string) string {
	r := []rune(s)
	return string(r[max(0, len(r)-30):])
}
