package words_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// folder is a language made of the English files, under another name, with some lines in place of others.
func folder(t *testing.T, name string, replace ...string) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	files, _ := filepath.Glob("en/*")
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		s := strings.ReplaceAll(string(b), "\r\n", "\n")
		for i := 0; i < len(replace); i += 2 {
			s = strings.Replace(s, replace[i], replace[i+1], 1)
		}
		out[name+"/"+filepath.Base(f)] = &fstest.MapFile{Data: []byte(s)}
	}
	return out
}

// A language is a folder: nothing else is needed for its workbooks, messages and dates, and its plural forms.
func TestANewLanguageIsAFolder(t *testing.T) {
	welsh := folder(t, "cy", `tag: "en-GB"`, `tag: "cy"`,
		`months: "January, February`, `months: "Ionawr, Chwefror`, `organisation: "Organisation"`, `organisation: "Sefydliad"`,
		`greeting: "Dear {name},"`, `greeting: "Annwyl {name},"`,
		`days_left: "{count} days left"`, "days_left: \"{count} diwrnod ar ôl\"\ndays_left_two: \"{count} ddiwrnod ar ôl\"\ndays_left_few: \"{count} diwrnod i fynd\"")
	if err := words.Register(welsh); err != nil {
		t.Fatal(err)
	}
	// Labels that an earlier version had are kept beside.
	former := folder(t, "br", `tag: "en-GB"`, `tag: "br"`)
	former["br/former.yaml"] = &fstest.MapFile{Data: []byte("role: \"Position\"\n")}
	if err := words.Register(former); err != nil {
		t.Fatal(err)
	}
	if w, _ := words.For("br"); w.Former("role") != "Position" || w.Former("reference") != "" || words.English().Former("role") != "" {
		t.Errorf("former words %q, %q", w.Former("role"), w.Former("reference"))
	}
	// A region of it holds one text.
	if err := words.Register(fstest.MapFS{
		"cy-AR/language.yaml": {Data: []byte("tag: \"cy-AR\"\ndecimal: \",\"\npercent: \"{number} %\"\ndate_short: \"{day}.{month}.{year}\"\n")},
		"cy-AR/workbook.yaml": {Data: []byte("role: \"Swydd\"\n")},
	}); err != nil {
		t.Fatal(err)
	}
	w, ok := words.For("cy-GB")
	day := time.Date(2027, 2, 5, 0, 0, 0, 0, time.UTC)
	if !ok || w.Get("organisation") != "Sefydliad" || w.Date(day) != "5 Chwefror 2027" || w.Tag() != "cy" {
		t.Errorf("cy: %v, %s, %s, %s", ok, w.Get("organisation"), w.Date(day), w.Tag())
	}
	for n, want := range map[int]string{1: "1 day left", 2: "2 ddiwrnod ar ôl", 3: "3 diwrnod i fynd", 4: "4 diwrnod ar ôl"} {
		if got := w.Count("message.days_left", n); got != want {
			t.Errorf("%d days: %q, expected %q", n, got, want)
		}
	}
	far, _ := words.For("cy-ar")
	if far.Get("role") != "Swydd" || far.Get("organisation") != "Sefydliad" || far.Percent("12.5") != "12,5 %" || far.ShortDate(day) != "5.2.2027" || w.Get("role") != "Role" {
		t.Errorf("cy-AR: %s, %s, %s, %s", far.Get("role"), far.Get("organisation"), far.Percent("12.5"), far.ShortDate(day))
	}
	if got := strings.Join(words.Languages(), " "); got != "en-GB br cy cy-AR en-US es" {
		t.Errorf("languages %s", got)
	}
	rd := &models.Round{Title: "T", Language: "cy", Due: models.Date{Time: day}, Contact: models.Contact{Email: "a@example.org"}}
	c, err := mail.NewComposer(rd, mail.Reminder, nil, day.AddDate(0, 0, -2))
	if err != nil {
		t.Fatal(err)
	}
	m, err := c.Message(mail.Letter{Recipient: models.Recipient{ID: "1", Name: "X", Email: "x@example.org", Contact: "Ann"}, Names: []string{"a.xlsx"}})
	if err != nil || !strings.Contains(m.Text, "Annwyl Ann,") || !strings.Contains(m.Text, "5 Chwefror 2027 (2 ddiwrnod ar ôl)") {
		t.Errorf("%v\n%s", err, m.Text)
	}
}

// What is wrong with a folder is said with its place, and nothing of it is used.
func TestRegisterNamesWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		name, folder string
		replace      []string
		want         string
	}{
		{"unknown key", "de", []string{`role: "Role"`, `roles: "Role"`}, `de/workbook.yaml:58:1: there is no text "roles" in this file; did you mean "role"?`},
		{"missing key", "de", []string{"role: \"Role\"\n", ""}, `de/workbook.yaml: the text "role" is missing; add it; in English it is "Role"`},
		{"doubled key", "de", []string{`role: "Role"`, "role: \"Role\"\nrole: \"Rolle\""}, `de/workbook.yaml:59:1: the key "role" stands here a second time`},
		{"value left out", "de", []string{"{given} of {total} answered\"", "{given} answered\""}, `given_of has no {total}`},
		{"value too many", "de", []string{`page: "Page {page} of {pages}"`, `page: "Page {page} of {pages} {level}"`}, `de/summary.yaml:5:7: page has {level}, for which there is no value; remove it; the values are {page}, {pages}`},
		{"too long for Excel", "de", []string{`sheet_start: "Start"`, `sheet_start: "` + strings.Repeat("x", 32) + `"`}, "sheet_start has 32 characters; it must have at most 31"},
		{"eleven months", "de", []string{"January, ", ""}, "months has 11 names"},
		{"nothing", "de", []string{`role: "Role"`, `role: ""`}, "role is empty"},
		{"a form for some numbers of what has none", "de", []string{`role: "Role"`, "role: \"Role\"\nrole_few: \"Rollen\""}, `there is no text "role_few"`},
		{"a field of a message", "de", []string{"{{.Due}}", "{{.Duo}}"}, "the field {{.Duo}} is not in the English text"},
		{"a message that does not end", "de", []string{"{{end}}.{{if .Reference}}", ".{{if .Reference}}"}, "de/questions.txt: "},
		{"decimal sign", "de", []string{`decimal: "."`, `decimal: ""`}, "de/language.yaml:4:"},
		{"tag", "de", []string{`tag: "en-GB"`, `tag: "english!"`}, "de/language.yaml:3:"},
		{"short date", "de", []string{"{day}/{month}/{year}", "{day}/{month}"}, "date_short has no {year}"},
		{"a folder that is no language", "german", nil, `german: "german" is not the tag of a language`},
		{"English again", "en", nil, "en: English is there already"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := words.Register(folder(t, c.folder, c.replace...))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is\n%v\nexpected\n%s", err, c.want)
			}
			if _, ok := words.For("de"); ok {
				t.Error("the language is used all the same")
			}
		})
	}
	for file, want := range map[string]string{"workbok.yaml": "de/workbok.yaml: a language has no such file", "invite.txt": "de/invite.txt: there is no such message"} {
		fsys := folder(t, "de")
		fsys["de/"+file] = &fstest.MapFile{Data: []byte("a")}
		if err := words.Register(fsys); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", file, err)
		}
	}
	fsys := folder(t, "de")
	fsys["de/former.yaml"] = &fstest.MapFile{Data: []byte("rol: \"Position\"\nreference: \"Reference\"\n")}
	if err := words.Register(fsys); err == nil || !strings.Contains(err.Error(), `de/former.yaml:1:1: there is no label "rol"; did you mean "role"?`) || !strings.Contains(err.Error(), "reference is the same today") {
		t.Errorf("former labels: %v", err)
	}
	for _, file := range []string{"summary.yaml", "results.txt", "language.yaml"} {
		fsys := folder(t, "de")
		delete(fsys, "de/"+file)
		if err := words.Register(fsys); err == nil || err.Error() != "de/"+file+": there is no such file; copy the one in the folder en and translate it" {
			t.Errorf("without %s: %v", file, err)
		}
	}
}
