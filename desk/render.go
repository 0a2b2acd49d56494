package desk

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/internal/typeface"
)

//go:embed pages/*.html
var pageFiles embed.FS

//go:embed assets
var assetFiles embed.FS

// pageSet is the pages in one language, by name.
type pageSet map[string]*template.Template

// parsePages reads pages/ once for each language. Files whose name begins with part are in every page.
func parsePages() (map[string]pageSet, error) {
	out := map[string]pageSet{}
	names, err := fs.Glob(pageFiles, "pages/*.html")
	if err != nil {
		return nil, err
	}
	for _, l := range languages {
		base, err := template.New("").Funcs(functions(speech{l.tag})).ParseFS(pageFiles, "pages/part*.html")
		if err != nil {
			return nil, err
		}
		out[l.tag] = pageSet{}
		for _, file := range names {
			name := strings.TrimSuffix(path.Base(file), ".html")
			if strings.HasPrefix(name, "part") {
				continue
			}
			page, err := base.Clone()
			if err == nil {
				page, err = page.ParseFS(pageFiles, file)
			}
			if err != nil {
				return nil, err
			}
			out[l.tag][name] = page
		}
	}
	return out, nil
}

// functions are what pages may use beside their data.
func functions(s speech) template.FuncMap {
	return template.FuncMap{
		"t": s.T, "tn": s.N, "date": s.Date, "when": s.When, "number": s.Number, "share": s.Share,
		"asset": func(name string) string { return "/assets/" + name + "?v=" + assetVersions[name] },
		// core marks a text that comes from the core or a template, which may be in another language than the page.
		"core": func(lang string, x any) template.HTML {
			escaped := template.HTML(template.HTMLEscapeString(fmt.Sprint(x)))
			if lang == s.lang || lang == "" {
				return escaped
			}
			return template.HTML(`<span lang="`+template.HTMLEscapeString(lang)+`">`) + escaped + "</span>"
		},
		"way":     func(a fault.Action, f *frame) way { return f.call.way(a) },
		"cut":     func(most int, x string) string { return text.Cut(x, most, "…") },
		"upper":   s.upper,
		"event":   s.event,
		"day":     func(t time.Time) string { return s.Date(t.Local()) },
		"example": firstOr,
		"add":     func(a, b int) int { return a + b },
		"sum":     func(a, b float64) float64 { return a + b },
		"list":    func(of ...any) []any { return of },
		"percentOf": func(part, whole int) int {
			if whole == 0 {
				return 0
			}
			return 100 * part / whole
		},
	}
}

// assetVersions are digests of the assets, which stand in their addresses so that a browser may keep them.
var assetVersions = func() map[string]string {
	out := map[string]string{}
	for name, content := range assets {
		sum := sha256.Sum256(content)
		out[name] = hex.EncodeToString(sum[:6])
	}
	return out
}()

var assets = func() map[string][]byte {
	out := map[string][]byte{"SourceSans3-Regular.ttf": typeface.Regular, "SourceSans3-SemiBold.ttf": typeface.SemiBold}
	entries, err := assetFiles.ReadDir("assets")
	if err != nil {
		panic(err) // they are built in
	}
	for _, e := range entries {
		if out[e.Name()], err = assetFiles.ReadFile("assets/" + e.Name()); err != nil {
			panic(err)
		}
	}
	return out
}()

func (d *Desk) asset(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	content, ok := assets[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	kinds := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".ttf": "font/ttf"}
	w.Header().Set("Content-Type", kinds[path.Ext(name)])
	w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// frame is what a page is made with.
type frame struct {
	Lang string
	Head head
	// Round is nil outside a round; Base is the address that its pages begin with.
	Round *roundFrame
	Base  string
	Rail  []railGroup
	Done  *saying
	Job   *jobView
	// Address is the page's own, to come back to.
	Address string
	Other   struct{ Tag, Name string }
	Data    any

	call *call
}

// roundFrame is what stands around every page of a round.
type roundFrame struct {
	Title, Organiser, Dir, TemplateLang string
	ReadAt                              time.Time
	Older                               *older
}

// Form is the hidden fields of a form: its mark, which is good once, and the position in the journal. Each form on a page
// has its own.
func (f *frame) Form() template.HTML {
	at := ""
	if f.call.view != nil {
		at = fmt.Sprintf(`<input type="hidden" name="at" value="%d">`, position(f.call.view.Events))
	}
	return template.HTML(`<input type="hidden" name="once" value="` + f.call.keys.form() + `">` + at)
}

// Once is the mark alone, for the address of a form that brings files.
func (f *frame) Once() string { return f.call.keys.form() }

// With is a frame around other data, for parts of pages that are given something of their own.
func (f *frame) With(data any) *frame { g := *f; g.Data = data; return &g }

func (c *call) render(w io.Writer, a answer) error {
	page := c.pages[c.lang][a.page]
	if page == nil {
		return fmt.Errorf("there is no page %s", a.page)
	}
	f := &frame{Lang: c.lang, Head: a.head, Data: a.data, call: c, Address: c.r.URL.RequestURI()}
	for _, l := range languages {
		if l.tag != c.lang {
			f.Other.Tag, f.Other.Name = l.tag, l.name
		}
	}
	if c.live != nil {
		f.Base = "/r/" + c.live.key
		f.Round = &roundFrame{Dir: c.live.dir}
		if c.view != nil {
			rd := c.view.Folder.Config
			f.Round = &roundFrame{Title: rd.Title, Organiser: rd.Organiser, Dir: c.live.dir, ReadAt: c.view.ReadAt, TemplateLang: c.view.Folder.Template.Language, Older: c.view.Older}
			f.Rail = c.rail(a.head.Here)
		}
		f.Done = c.live.done(c.query("done"))
		if j := c.live.latest(); j != nil && (!j.Ended() || j.Page == a.head.Here && (c.query("job") != "" || !j.wasShown())) {
			if f.Job = j.view(); f.Job.Ended && !strings.HasSuffix(a.page, "-fragment") {
				j.show()
			}
		}
	}
	layout := "layout"
	if a.head.bare {
		layout = "bare"
	}
	if strings.HasSuffix(a.page, "-fragment") {
		layout = "main"
	}
	return page.ExecuteTemplate(w, layout, f)
}

// firstOr is the first of a list, or an example.
func firstOr(list []string) string {
	if len(list) == 0 {
		return "region=North"
	}
	return list[0]
}
