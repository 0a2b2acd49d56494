package words

import (
	"embed"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"sync"
)

//go:embed es/desk/*.yaml
var desk embed.FS

// Desk gives the desk's own words in another language, by the English ones; ok is false where there are none, and for a
// language that the desk does not speak. The desk's English stands in its pages, where it is read with what is around it.
func Desk(lang, english string) (text string, ok bool) {
	if lang != "es" {
		return "", false
	}
	text, ok = deskSpanish()[english]
	return text, ok
}

// DeskTexts are all pairs of a language, English first.
func DeskTexts(lang string) map[string]string {
	if lang != "es" {
		return nil
	}
	return deskSpanish()
}

// The files have a line for each text: the English one and the other, each in quotation marks, with a colon between them.
var deskSpanish = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	entries, err := fs.ReadDir(desk, "es/desk")
	if err != nil {
		panic(err) // the files are built in
	}
	for _, e := range entries {
		b, err := desk.ReadFile(path.Join("es/desk", e.Name()))
		if err != nil {
			panic(err)
		}
		for line := range strings.Lines(string(b)) {
			if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			english, err := strconv.QuotedPrefix(line)
			if err != nil {
				panic("words: es/desk/" + e.Name() + ": " + line)
			}
			rest := strings.TrimSpace(strings.TrimPrefix(line[len(english):], ":"))
			key, err1 := strconv.Unquote(english)
			text, err2 := strconv.Unquote(rest)
			if err1 != nil || err2 != nil {
				panic("words: es/desk/" + e.Name() + ": " + line)
			}
			out[key] = text
		}
	}
	return out
})
