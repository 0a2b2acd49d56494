package account

import (
	"cmp"
	"errors"
	"html/template"
	"net/http"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/text"
)

// endPage is what the browser shows at the end of a sign-in. Black on white, with no script: it is seen once.
var endPage = template.Must(template.New("").Parse(`<!doctype html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{.Title}}</title>
<style>body{margin:12vh auto;max-width:34rem;padding:0 1.5rem;font:1.125rem/1.5 system-ui,sans-serif;color:#111;background:#fff}
h1{font-size:1.75rem;line-height:1.25;margin:0 0 1rem}p{margin:0 0 .75rem}
@media(prefers-color-scheme:dark){body{color:#eee;background:#111}}</style></head>
<body><main><h1>{{.Title}}</h1>{{range .Lines}}<p>{{.}}</p>{{end}}</main></body></html>
`))

// Texts are the texts of the page that ends a sign-in, for those who put them into another language.
func Texts() []string {
	return []string{"Signed in", "You are signed in as", "You can close this window and go back to rubric.", "Not signed in", "You can close this window. rubric says what to do."}
}

// writePage answers with the page: who signed in, or what is in the way.
func writePage(w http.ResponseWriter, say func(string) string, lang, who string, err error) {
	if say == nil {
		say = func(s string) string { return s }
	}
	data := struct {
		Lang, Title string
		Lines       []string
	}{Lang: cmp.Or(lang, "en"), Title: say("Signed in")}
	if err != nil {
		data.Title = say("Not signed in")
		message := err.Error()
		if f := new(fault.Error); errors.As(err, &f) {
			message = f.Message
		}
		data.Lines = []string{text.Sentence(message), say("You can close this window. rubric says what to do.")}
	} else {
		if who != "" {
			data.Lines = append(data.Lines, say("You are signed in as")+" "+who+".")
		}
		data.Lines = append(data.Lines, say("You can close this window and go back to rubric."))
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	_ = endPage.Execute(w, data)
}
