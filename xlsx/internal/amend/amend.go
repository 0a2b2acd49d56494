// Package amend puts right, in a workbook that excelize has written over another, what excelize leaves to chance or leaves
// out: the order of content types, the document's properties, and the values of formulas.
package amend

import (
	"bytes"
	"encoding/xml"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/xlsx/internal/splice"
)

// Settle puts right what excelize leaves to chance, keeps the document properties as they were, and sets the time
// of saving.
func Settle(before, after []byte, saved time.Time) (*splice.Base, error) {
	old, err := splice.Parse(before)
	if err != nil {
		return nil, err
	}
	base, err := splice.Parse(after)
	if err != nil {
		return nil, err
	}
	for _, name := range base.Names() {
		part, _ := base.Part(name)
		was, kept := old.Part(name)
		switch {
		case name == "[Content_Types].xml":
			base.Set(name, SortedTypes(part))
		case strings.HasPrefix(name, "docProps/") && kept:
			if !saved.IsZero() {
				was = modified.ReplaceAll(was, []byte("${1}"+saved.UTC().Format(time.RFC3339)+"${2}"))
			}
			base.Set(name, was)
		}
	}
	return base, nil
}

var modified = regexp.MustCompile(`(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)`)

var typeEntry = regexp.MustCompile(`<(?:Default|Override) [^>]*>(?:</(?:Default|Override)>)?`)

// SortedTypes puts the content types in order: excelize lists them as they come out of a map.
func SortedTypes(part []byte) []byte {
	entries := typeEntry.FindAll(part, -1)
	slices.SortFunc(entries, bytes.Compare)
	entries = slices.CompactFunc(entries, bytes.Equal)
	var out bytes.Buffer
	out.WriteString(xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`)
	out.Write(bytes.Join(entries, nil))
	out.WriteString("</Types>")
	return out.Bytes()
}
