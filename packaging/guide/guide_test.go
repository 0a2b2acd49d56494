package main

import (
	"fmt"
	"image"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/pdf"
)

func TestParse(t *testing.T) {
	const page = "# A *title*\n\nOne **bold** line\nand [a page](x.md), [a place](https://example.org).\n\n1. first\n   goes on\n2. `second`\n\n- dot\n\n" +
		"| a | b |\n|---|---|\n| `x\\|y` | z |\n\n    rubric demo\n    rubric status\n\n```csv list.csv\nid,name\n\n1,x\n```\n\n![A picture](p.png)\nBelow it.\n"
	blocks, err := parse(page, func(file string) (*image.Paletted, error) {
		if file != "p.png" {
			return nil, fmt.Errorf("there is no %s", file)
		}
		return image.NewPaletted(image.Rect(0, 0, 1, 1), nil), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range blocks {
		got = append(got, fmt.Sprint(b.Kind, b.Level, " ", b.Text, b.Rows))
	}
	want := []string{
		fmt.Sprint(pdf.Heading, 1, " A title[]"), fmt.Sprint(pdf.Paragraph, 0, " One bold line and a page, a place (https://example.org).[]"),
		fmt.Sprint(pdf.Numbers, 0, " [[first goes on] [second]]"), fmt.Sprint(pdf.Bullets, 0, " [[dot]]"), fmt.Sprint(pdf.Table, 0, " [[a b] [x|y z]]"),
		fmt.Sprint(pdf.Code, 0, " [[rubric demo] [rubric status]]"), fmt.Sprint(pdf.Code, 0, " [[id,name] [] [1,x]]"),
		fmt.Sprint(pdf.Picture, 0, " A picture[]"), fmt.Sprint(pdf.Paragraph, 0, " Below it.[]"),
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, bad := range []string{"# x\n\n> said", "# x\n\n| a | b |\n|---|---|\n| c |\n", "# x\n\n![p](q.png)\n"} {
		if _, err := parse(bad, func(string) (*image.Paletted, error) { return nil, fmt.Errorf("no such file") }); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

// The pages of the guide can be written, with all their pictures.
func TestTheGuideIsWritten(t *testing.T) {
	to := t.TempDir()
	if err := writeAll("../../docs/guide", to, "2027-02-01"); err != nil {
		t.Fatal(err)
	}
	if made, err := filepath.Glob(filepath.Join(to, "*.pdf")); err != nil || len(made) != 3 {
		t.Errorf("%q, %v", made, err)
	}
}
