package sheet

import (
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// maxProperties is the largest number of custom properties that is read.
const maxProperties = 500

// maxPropertyText is the largest sum of the lengths of their names and values, in bytes.
const maxPropertyText = 1 << 20

// readProperties reads the core, extended and custom properties, as far as there are any.
func (w *Workbook) readProperties(p *opc.Package) error {
	rels, err := p.Relations("")
	if err != nil {
		return err
	}
	for _, part := range []struct {
		kind, strict string
		read         func(*xmlscan.Scanner) error
	}{
		{"core-properties", "coreProperties", w.coreProperty},
		{"extended-properties", "extendedProperties", w.appProperty},
		{"custom-properties", "customProperties", w.customProperty},
	} {
		name, err := one(rels, part.kind, part.strict)
		if err != nil {
			return err
		}
		if name == "" {
			continue
		}
		if !p.Has(name) {
			w.Notes = append(w.Notes, words.Sayf("The part %s that holds properties is missing from the file.", name))
			continue
		}
		err = p.Scan(name, spaces, func(s *xmlscan.Scanner) error {
			if s.Depth() == 1 {
				return nil
			}
			return part.read(s)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// inner is the text of an element that holds nothing else.
func (w *Workbook) inner(s *xmlscan.Scanner) (string, error) {
	from := len(w.texts)
	err := w.rawText(s)
	t := string(w.texts[from:])
	w.texts = w.texts[:from]
	return t, err
}

func (w *Workbook) coreProperty(s *xmlscan.Scanner) error {
	if !s.Is(nsTerms, "modified") {
		return s.Skip()
	}
	t, err := w.inner(s)
	if err != nil {
		return err
	}
	w.Modified = ParseTime(t)
	return nil
}

// ParseTime reads the time of a document's properties (W3CDTF), which is UTC where it names no zone. What is
// no time is the zero time.
func ParseTime(t string) time.Time {
	t = strings.TrimSpace(t)
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", time.DateOnly} {
		if d, err := time.Parse(layout, t); err == nil {
			return d.UTC()
		}
	}
	return time.Time{}
}

func (w *Workbook) appProperty(s *xmlscan.Scanner) error {
	if !s.Is(nsApp, "Application") && !s.Is(nsApp, "AppVersion") {
		return s.Skip()
	}
	to := &w.Application
	if string(s.Local) == "AppVersion" {
		to = &w.Version
	}
	t, err := w.inner(s)
	*to = strings.TrimSpace(t)
	return err
}

func (w *Workbook) customProperty(s *xmlscan.Scanner) error {
	if !s.Is(nsCustom, "property") {
		return s.Skip()
	}
	pr := Property{Name: attr(s, "name")}
	values := 0
	err := children(s, func() error {
		if s.Space != nsTypes {
			return s.Skip()
		}
		if values++; values > 1 {
			return refuse.New(models.FileContradictory, "a property has two values")
		}
		switch string(s.Local) {
		case "lpwstr", "lpstr", "bstr", "i1", "i2", "i4", "i8", "int", "ui1", "ui2", "ui4", "ui8", "uint", "r4", "r8", "decimal", "bool", "filetime", "date":
			from := len(w.texts)
			err := w.rawText(s)
			// The schema says a plain text, and yet the programs write and read it as ST_Xstring.
			pr.Value = string(unescape(w.texts[from:]))
			w.texts = w.texts[:from]
			return err
		}
		return s.Skip()
	})
	if err != nil {
		return err
	}
	if len(w.Properties) == maxProperties {
		return refuse.New(models.FileOverLimit, "it has more than %d properties", maxProperties)
	}
	if w.properties += len(pr.Name) + len(pr.Value); w.properties > maxPropertyText {
		return refuse.New(models.FileOverLimit, "its properties hold more text than a return may have")
	}
	w.Properties = append(w.Properties, pr)
	return nil
}
