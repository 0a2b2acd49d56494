// Command guide writes the pages of docs/guide as PDF documents: guide FROM TO DATE. FROM is the folder with the pages and
// their pictures; the date stands in the documents. It knows of Markdown what these pages use, and fails where a line looks
// like anything else.
package main

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "guide FROM TO DATE")
		os.Exit(2)
	}
	if err := writeAll(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "guide:", err)
		os.Exit(3)
	}
}

func writeAll(from, to, date string) error {
	day, err := models.ParseDate(date)
	if err != nil {
		return err
	}
	pages, err := filepath.Glob(filepath.Join(from, "*.md"))
	if err != nil || len(pages) == 0 {
		return fmt.Errorf("no pages in %s", from)
	}
	for _, name := range pages {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		var out bytes.Buffer
		if err := write(&out, strings.ReplaceAll(string(text), "\r\n", "\n"), day, func(file string) (*image.Paletted, error) {
			return picture(filepath.Join(from, filepath.FromSlash(file)))
		}); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := os.WriteFile(filepath.Join(to, strings.TrimSuffix(filepath.Base(name), ".md")+".pdf"), out.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// write writes one page. Its title is its first heading.
func write(w *bytes.Buffer, page string, day models.Date, open func(file string) (*image.Paletted, error)) error {
	blocks, err := parse(page, open)
	if err != nil {
		return err
	}
	if len(blocks) == 0 || blocks[0].Kind != pdf.Heading {
		return fmt.Errorf("it does not begin with a heading")
	}
	return pdf.Guide(w, &models.Round{Title: blocks[0].Text, Organiser: "rubric", Language: "en-GB", Paper: "a4", Issued: day}, blocks)
}

// picture reads one of the guide's pictures.
func picture(file string) (*image.Paletted, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	whole, err := png.Decode(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	p, ok := whole.(*image.Paletted)
	if !ok {
		return nil, fmt.Errorf("%s has more than 256 colours; the test that takes the guide's pictures makes such with fewer", file)
	}
	return p, nil
}
