package returns_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// A workbook says 'Organisation' or 'Organization', by the region of its round; the reader takes both, whichever form the
// template is in: rounds of an American template went out with British words before there were others.
func TestReadsBothFormsOfEnglish(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		tpl, err := templates.Builtin(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range []string{"en-GB", "en-US", "en-AU"} {
			rd := &models.Round{ID: "r", Title: "T", Template: id, Language: lang, Paper: "a4"}
			a, err := assessment.New(tpl, rd)
			if err != nil {
				t.Fatal(err)
			}
			key := []byte("key")
			m := models.Manifest{Round: rd.ID, Template: id, TemplateVersion: tpl.Version, Recipient: "1", Name: "Example School"}.Sealed(key)
			var b bytes.Buffer
			if err := a.Write(&b, models.Recipient{ID: "1", Name: "Example School"}, m, m.Reference(key)); err != nil {
				t.Fatal(err)
			}
			ret := returns.Read(context.Background(), bytes.NewReader(b.Bytes()), int64(b.Len()), "1.xlsx", returns.ReadOptions{Template: tpl})
			name := ""
			for _, c := range ret.Claims {
				if c.Place == models.VisibleReference {
					name = c.Name
				}
			}
			if name != "Example School" {
				t.Errorf("%s in %s: the name beside 'Organisation' was read as %q", id, lang, name)
			}
		}
	}
}
