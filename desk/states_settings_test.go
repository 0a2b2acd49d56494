package desk_test

import (
	"bytes"
	"html"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/desk"
	"github.com/rubric-project/rubric/office"
)

func init() {
	addStates("/r/{key}/settings", state{name: "empty", reach: atNew("settings")}, state{name: "full", reach: at("settings")},
		state{name: "error", reach: atNew("settings"), click: `form[action*="/settings/logo"] button`})
}

// settingsForm is the form of the page as a browser would send it, unchanged.
func settingsForm(t *testing.T, page string) url.Values {
	t.Helper()
	_, rest, ok := strings.Cut(page, `/settings">`)
	if i := strings.Index(page, `<form method="post" action="/r/`); ok && i >= 0 {
		_, rest, ok = strings.Cut(page[i:], `/settings">`)
	}
	if !ok {
		t.Fatalf("no settings on the page:\n%.2000s", page)
	}
	rest, _, _ = strings.Cut(rest, "</form>")
	out := form(t, rest)
	for _, m := range regexp.MustCompile(`<input [^>]*>`).FindAllString(rest, -1) {
		value := func(name string) string {
			if x := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindStringSubmatch(m); x != nil {
				return html.UnescapeString(x[1])
			}
			return ""
		}
		if kind := value("type"); kind != "radio" && kind != "checkbox" || strings.Contains(m, " checked") {
			if name := value("name"); name != "once" && name != "at" {
				out.Set(name, value("value"))
			}
		}
	}
	if m := regexp.MustCompile(`<option value="([^"]*)" selected>`).FindStringSubmatch(rest); m != nil {
		out.Set("language", m[1])
	}
	return out
}

func TestSettingsAreChanged(t *testing.T) {
	v, dir, path := atNew("settings")(t)
	overview, _, _ := v.get(strings.Replace(path, "settings", "overview", 1))
	if !strings.Contains(overview, `href="`+path+`"`) {
		t.Error("the overview does not lead to the settings")
	}
	file := filepath.Join(dir, "round.yaml")
	before, _ := os.ReadFile(file)
	page, _, _ := v.get(path)
	if page, _, _ = v.post(path, settingsForm(t, page)); !strings.Contains(page, "Nothing was changed") {
		t.Errorf("the form as it was drawn changes something:\n%.3000s", page)
	}
	if after, _ := os.ReadFile(file); !bytes.Equal(before, after) {
		t.Errorf("round.yaml is another:\n%s", after)
	}
	fields := settingsForm(t, page)
	fields.Set("title", "Autumn <b>check</b>")
	fields.Set("completeness", "50")
	fields.Set("language", "es")
	fields.Set("accent", "#0a0b0c")
	page, at, status := v.post(path, fields)
	if status != http.StatusOK || !strings.Contains(at, "done=") || !strings.Contains(page, "4 settings are changed.") || strings.Contains(page, "<b>check</b>") {
		t.Fatalf("%s: %d\n%.3000s", at, status, page)
	}
	f, err := (&office.Office{}).Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if c := f.Config; c.Title != "Autumn <b>check</b>" || c.Completeness != 50 || c.Language != "es" || c.Look.Accent != "#0a0b0c" || c.Contact.Email != "office@example.org" {
		t.Errorf("%+v", c)
	}
	if page, _, _ = v.get(strings.Replace(path, "settings", "history", 1)); !strings.Contains(page, "Settings of the round were changed") || !strings.Contains(page, "completeness:") {
		t.Error("the history does not say it")
	}
}

func TestSettingsThatAreWrong(t *testing.T) {
	v, dir, path := atNew("settings")(t)
	page, _, _ := v.get(path)
	before, _ := os.ReadFile(filepath.Join(dir, "round.yaml"))
	for _, c := range []struct{ field, value, says string }{
		{"title", "", `href="#title"`}, {"due", "2001-01-01", `href="#due"`}, {"due", "soon", "Give a day"}, {"contact-email", "nobody", `href="#contact-email"`},
		{"completeness", "150", `href="#completeness"`}, {"completeness", "half", "Give a share"}, {"minimum-group", "0", "Give a number"}, {"accent", "blue", `href="#accent"`},
		{"from", "x", `href="#from"`},
	} {
		fields := settingsForm(t, page)
		fields.Set(c.field, c.value)
		next, _, status := v.post(path, fields)
		if status != http.StatusUnprocessableEntity || !strings.Contains(next, c.says) {
			t.Errorf("%s %q: %d\n%.2500s", c.field, c.value, status, next)
		}
		page, _, _ = v.get(path)
	}
	if after, _ := os.ReadFile(filepath.Join(dir, "round.yaml")); !bytes.Equal(before, after) {
		t.Error("round.yaml is another")
	}
}

// What may not be changed after workbooks went out is said, and not offered; who sends it all the same is refused.
func TestSettingsAfterWorkbooksWentOut(t *testing.T) {
	v, dir, path := at("settings")(t)
	page, _, _ := v.get(path)
	for _, gone := range []string{`name="language"`, `name="issued"`, `name="id"`, `name="template"`} {
		if strings.Contains(page, gone) {
			t.Errorf("%s is offered", gone)
		}
	}
	if !strings.Contains(page, "Workbooks went out in it") || !strings.Contains(page, "Workbooks went out with this day") {
		t.Error("why they stay is not said")
	}
	fields := settingsForm(t, page)
	fields.Set("language", "es")
	if next, _, status := v.post(path, fields); status != http.StatusUnprocessableEntity || !strings.Contains(next, "is not changed any more") {
		t.Errorf("%d", status)
	}
	page, _, _ = v.get(path)
	fields = settingsForm(t, page)
	fields.Set("due", "2031-01-01")
	if page, _, _ = v.post(path, fields); !strings.Contains(page, "1 setting is changed.") || !strings.Contains(page, "make the others again") {
		t.Errorf("%.2000s", page)
	}
	if page, _, _ = v.get("/r/" + desk.KeyOf(dir) + "/returns"); strings.Contains(page, "status=late") {
		t.Error("somebody is late although the due date is years ahead")
	}
}

// Somebody changes round.yaml in an editor while the form is open: nothing of either is lost.
func TestSettingsThatSomebodyElseChanged(t *testing.T) {
	v, dir, path := atNew("settings")(t)
	page, _, _ := v.get(path)
	fields := settingsForm(t, page)
	fields.Set("organiser", "Ours")
	file := filepath.Join(dir, "round.yaml")
	b, _ := os.ReadFile(file)
	if err := os.WriteFile(file, append(b, "# looked over by the board\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	os.Chtimes(file, time.Time{}, time.Now().Add(time.Hour))
	if page, _, _ = v.post(path, fields); !strings.Contains(page, "The settings were changed in the meantime.") {
		t.Errorf("%.2000s", page)
	}
}

func TestLogoOnTheDesk(t *testing.T) {
	v, dir, path := atNew("settings")(t)
	page, _, _ := v.get(path)
	if page, _, status := v.upload(uploadAction(t, page), nil, "logo", "logo.png", []byte("no picture")); status != http.StatusUnprocessableEntity || !strings.Contains(page, "choose a PNG or JPEG file") {
		t.Errorf("%d\n%.2000s", status, page)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	page, _, _ = v.get(path)
	if page, _, _ = v.upload(uploadAction(t, page), nil, "logo", "<i>.png", b.Bytes()); !strings.Contains(page, "The logo is taken.") {
		t.Fatalf("%.2000s", page)
	}
	fields := settingsForm(t, page)
	fields.Set("without-logo", "yes")
	v.post(path, fields)
	f, err := (&office.Office{}).Open(dir)
	if err != nil || f.Config.Look.Logo != "" {
		t.Errorf("%v, %v", f, err)
	}
}
