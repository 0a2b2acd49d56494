package picture

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// Sheet is a sheet as it looks, in points from its upper left corner.
type Sheet struct {
	Name          string
	Width, Height float64
	// Cut says that the sheet goes on below.
	Cut   bool
	Boxes []Box
}

// Box is a cell, or several that are one. Fill and Line are colours such as #1b5e7d; "" for none.
type Box struct {
	X, Y, Width, Height float64
	Fill, Line          string
	Texts               []Text
}

// Text is a line of text: where it begins on its base line, or where it is centred.
type Text struct {
	X, Y, Size float64
	Ink        string
	Bold       bool
	Centred    bool
	Text       string
}

// Read gives the visible sheets of a workbook, each down to a height in points.
func Read(workbook []byte, height float64) ([]Sheet, error) {
	z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return nil, errors.New("this is no workbook")
	}
	b := &book{zip: z}
	var list struct {
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var links struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := errors.Join(b.part("xl/workbook.xml", &list), b.part("xl/_rels/workbook.xml.rels", &links), b.readStyles(), b.readStrings()); err != nil {
		return nil, err
	}
	target := map[string]string{}
	for _, l := range links.All {
		target[l.ID] = strings.TrimPrefix(l.Target, "/")
		if !strings.HasPrefix(target[l.ID], "xl/") {
			target[l.ID] = path.Join("xl", target[l.ID])
		}
	}
	var out []Sheet
	for _, s := range list.Sheets {
		if s.State != "" && s.State != "visible" {
			continue
		}
		var ws worksheet
		if err := b.part(target[s.ID], &ws); err != nil {
			return nil, err
		}
		out = append(out, b.draw(s.Name, &ws, height))
	}
	return out, nil
}

// book is a workbook in the reading.
type book struct {
	zip     *zip.Reader
	styles  styles
	strings []string
}

// part reads a part of the package; one that is not there is as good as empty.
func (b *book) part(name string, into any) error {
	f, err := b.zip.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	err = xml.NewDecoder(f).Decode(into)
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// richText is a text, in one piece or several.
type richText struct {
	T string `xml:"t"`
	R []struct {
		T string `xml:"t"`
	} `xml:"r"`
}

func (x richText) text() string {
	s := x.T
	for _, r := range x.R {
		s += r.T
	}
	return s
}

func (b *book) readStrings() error {
	var sst struct {
		SI []richText `xml:"si"`
	}
	err := b.part("xl/sharedStrings.xml", &sst)
	for _, si := range sst.SI {
		b.strings = append(b.strings, si.text())
	}
	return err
}

// styles is what is used of styles.xml (ECMA-376 part 1, 18.8).
type styles struct {
	Fonts []struct {
		Bold *struct{} `xml:"b"`
		Size struct {
			Val float64 `xml:"val,attr"`
		} `xml:"sz"`
		Colour colour `xml:"color"`
	} `xml:"fonts>font"`
	Fills []struct {
		Pattern struct {
			Type   string `xml:"patternType,attr"`
			Colour colour `xml:"fgColor"`
		} `xml:"patternFill"`
	} `xml:"fills>fill"`
	Borders []struct {
		Bottom struct {
			Style  string `xml:"style,attr"`
			Colour colour `xml:"color"`
		} `xml:"bottom"`
	} `xml:"borders>border"`
	Formats []struct {
		Font      int `xml:"fontId,attr"`
		Fill      int `xml:"fillId,attr"`
		Border    int `xml:"borderId,attr"`
		Alignment struct {
			Wrap   string `xml:"wrapText,attr"`
			Across string `xml:"horizontal,attr"`
			Down   string `xml:"vertical,attr"`
			Indent int    `xml:"indent,attr"`
		} `xml:"alignment"`
	} `xml:"cellXfs>xf"`
}

type colour struct {
	RGB string `xml:"rgb,attr"`
}

// String is the colour as #rrggbb, or "".
func (c colour) String() string {
	if len(c.RGB) < 6 {
		return ""
	}
	return "#" + strings.ToLower(c.RGB[len(c.RGB)-6:])
}

func (b *book) readStyles() error { return b.part("xl/styles.xml", &b.styles) }
