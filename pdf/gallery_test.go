package pdf_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/rubric-project/rubric/pdf"
)

// TestGallery writes documents of all kinds, shortest and longest, into the folder that PDF_GALLERY names, to be
// looked at. Without one they are written for nothing but to see that they can be.
func TestGallery(t *testing.T) {
	dir := os.Getenv("PDF_GALLERY")
	if dir == "" {
		dir = t.TempDir()
	}
	save := func(name string, write func(b *bytes.Buffer) error) {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".pdf"), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		for _, paper := range []string{"a4", "letter"} {
			c := castOf(t, builtin(t, id), paper, 24, 0.96)
			p := printer(t, c)
			save(id+"-"+paper, func(b *bytes.Buffer) error { _, err := p.Summary(b, c.input(0)); return err })
			c.members[1].Return.Answers()[3].Comment = text(lorem(5000))
			in := c.called(1, lorem(120))
			in.Full = true
			save(id+"-"+paper+"-long", func(b *bytes.Buffer) error { _, err := p.Summary(b, in); return err })
			few := castOf(t, builtin(t, id), paper, 3, 0.1)
			q := printer(t, few)
			save(id+"-"+paper+"-short", func(b *bytes.Buffer) error { _, err := q.Summary(b, few.input(0)); return err })
			c.round.Look.Marking = "OFFICIAL-SENSITIVE"
			save(id+"-"+paper+"-overview", func(b *bytes.Buffer) error {
				_, err := printer(t, c).Overview(b, pdf.OverviewInput{Results: c.results()})
				return err
			})
		}
	}
}
