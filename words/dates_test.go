package words_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

var march = models.Date{Time: time.Date(2027, 3, 26, 0, 0, 0, 0, time.UTC)}

func TestDates(t *testing.T) {
	for _, c := range []struct{ tag, long, short, format, hint, percent string }{
		{"en-GB", "26 March 2027", "26/3/2027", "d mmmm yyyy", "31/1/2027", "12.5%"},
		{"en", "26 March 2027", "26/3/2027", "d mmmm yyyy", "31/1/2027", "12.5%"},
		{"en-US", "March 26, 2027", "3/26/2027", "mmmm d, yyyy", "1/31/2027", "12.5%"},
		{"es", "26 de marzo de 2027", "26/3/2027", `d" de "mmmm" de "yyyy`, "31/1/2027", "12,5%"},
	} {
		w, ok := words.For(c.tag)
		if !ok || w.Date(march.Time) != c.long || w.ShortDate(march.Time) != c.short || w.DateFormat() != c.format || w.Percent("12.5") != c.percent {
			t.Errorf("%s: %s, %s, %s, %s", c.tag, w.Date(march.Time), w.ShortDate(march.Time), w.DateFormat(), w.Percent("12.5"))
		}
		// What a reader is told to type is in the order that the reader's Excel takes.
		january := time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC)
		for _, key := range []string{"date_error", "question_date_error"} {
			if hint := w.Get(key); w.ShortDate(january) != c.hint || !strings.Contains(hint, " "+c.hint) {
				t.Errorf("%s: %s says %q", c.tag, key, hint)
			}
		}
	}
	own := words.English().With(map[string]string{"date": "{year}. {month} {day}."})
	if got := own.DateFormat(); got != "yyyy. mmmm d." || own.Date(march.Time) != "2027. March 26." {
		t.Errorf("%s, %s", got, own.Date(march.Time))
	}
}

// Workbook, message and report of one round write its date alike.
func TestOneDateInWorkbookMessageAndReport(t *testing.T) {
	for _, c := range []struct {
		tag, want string
		never     []string
	}{
		{"en-GB", "26 March 2027", []string{"March 26, 2027", "rganization"}},
		{"en-US", "March 26, 2027", []string{"26 March 2027", "rganisation"}},
		{"es", "26 de marzo de 2027", []string{"26 March 2027", "March 26, 2027", "Organisation"}},
	} {
		for _, template := range []string{"uk-dmm", "csis-cdm3"} {
			rd := &models.Round{ID: "r", Title: "T", Template: template, Language: c.tag, Issued: models.Date{Time: march.AddDate(0, -1, 0)}, Due: march, Paper: "a4",
				Contact: models.Contact{Email: "office@example.org"}}
			tpl, err := templates.Builtin(template)
			if err != nil {
				t.Fatal(err)
			}
			for name, text := range map[string]string{"workbook": workbookText(t, rd, tpl), "message": messageText(t, rd), "report": reportText(t, rd, tpl)} {
				if !strings.Contains(text, c.want) {
					t.Errorf("%s: the %s of %s does not write %s", c.tag, name, template, c.want)
				}
				for _, no := range c.never {
					// The template's own texts stay in its language.
					own := template == "uk-dmm" && no == "rganisation" || template == "csis-cdm3" && no == "rganization"
					if strings.Contains(text, no) && (!own || name == "message") {
						t.Errorf("%s: the %s of %s holds %q", c.tag, name, template, no)
					}
				}
			}
		}
	}
}

func workbookText(t *testing.T, rd *models.Round, tpl *models.Template) string {
	t.Helper()
	a, err := assessment.New(tpl, rd)
	if err != nil {
		t.Fatal(err)
	}
	rc := models.Recipient{ID: "1", Name: "X"}
	m := models.Manifest{Round: rd.ID, Template: tpl.ID, TemplateVersion: tpl.Version, Recipient: rc.ID, Name: rc.Name}.Sealed([]byte("key"))
	var b bytes.Buffer
	if err := a.Write(&b, rc, m, "7K2M-9QXT-04BD"); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("xl/sharedStrings.xml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(s)
}

func messageText(t *testing.T, rd *models.Round) string {
	t.Helper()
	var all strings.Builder
	for _, kind := range mail.Kinds() {
		c, err := mail.NewComposer(rd, kind, nil, march.AddDate(0, 0, -7))
		if err != nil {
			t.Fatal(err)
		}
		m, err := c.Message(mail.Letter{Recipient: models.Recipient{ID: "1", Name: "X", Email: "x@example.org"}, Problems: 2, Names: []string{"a.xlsx"}})
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(m.Text + "\n")
	}
	return all.String()
}

// reportText is the text of an overview without returns, as pdftotext reads it.
func reportText(t *testing.T, rd *models.Round, tpl *models.Template) string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	p, err := pdf.NewPrinter(rd, tpl)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(tool, "-layout", "-", "-")
	var b bytes.Buffer
	if _, err := p.Overview(&b, pdf.OverviewInput{Results: models.NewResults(models.Results{Round: rd, Template: tpl, Scoring: tpl.Scoring,
		Consolidation: models.Consolidation{Recipients: 1}})}); err != nil {
		t.Fatal(err)
	}
	cmd.Stdin = &b
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}
