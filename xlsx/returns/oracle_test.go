package returns_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// oracle is a second, simple reading of a workbook by the standard library, written apart from the reader: it
// says what a cell of a well-formed file holds. It does not judge.
type oracle struct {
	sheets  map[string]map[string]string // sheet name → cell → text
	shows   map[string]map[string]string // likewise what the cell shows, where the file holds that
	props   map[string]string
	strings []string
	doubt   string // why the file cannot be read in one way only
}

// oracleOf reads the workbook. An error says that the file is not well-formed.
func oracleOf(b []byte) (*oracle, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		body, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		key := strings.ToLower(f.Name)
		if _, ok := files[key]; ok {
			return &oracle{doubt: "two parts of one name"}, nil
		}
		files[key] = body
	}
	o := &oracle{sheets: map[string]map[string]string{}, props: map[string]string{}}
	root, err := oracleRels(files, "")
	if err != nil {
		return nil, err
	}
	main, custom := "", ""
	for _, r := range root {
		switch {
		case strings.HasSuffix(r[1], "/officeDocument"):
			main = r[2]
		case strings.HasSuffix(r[1], "/custom-properties"):
			custom = r[2]
		}
	}
	rels, err := oracleRels(files, main)
	if err != nil {
		return nil, err
	}
	for _, r := range rels {
		if strings.HasSuffix(r[1], "/sharedStrings") {
			if err := o.readStrings(files[strings.ToLower(r[2])]); err != nil {
				return nil, err
			}
		}
	}
	var wb struct {
		Sheets struct {
			Sheet []struct {
				Name string `xml:"name,attr"`
				ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
			} `xml:"sheet"`
		} `xml:"sheets"`
	}
	if err := xml.Unmarshal(files[strings.ToLower(main)], &wb); err != nil {
		return nil, err
	}
	for _, s := range wb.Sheets.Sheet {
		if _, ok := o.sheets[s.Name]; ok {
			o.doubt = "two sheets of one name"
		}
		for _, r := range rels {
			if r[0] == s.ID && strings.HasSuffix(r[1], "/worksheet") {
				cells, err := o.readCells(files[strings.ToLower(r[2])])
				if err != nil {
					return nil, err
				}
				o.sheets[s.Name] = cells
			}
		}
	}
	if body, ok := files[strings.ToLower(custom)]; ok && custom != "" {
		var p struct {
			Property []struct {
				Name  string `xml:"name,attr"`
				Value struct {
					Text string `xml:",chardata"`
				} `xml:",any"`
			} `xml:"property"`
		}
		if err := xml.Unmarshal(body, &p); err != nil {
			return nil, err
		}
		for _, x := range p.Property {
			o.props[x.Name] = oracleEscapes(x.Value.Text)
		}
	}
	return o, nil
}

func oracleRels(files map[string][]byte, of string) ([][3]string, error) {
	dir, name := path.Split(of)
	body := files[strings.ToLower(dir+"_rels/"+name+".rels")]
	var r struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := xml.Unmarshal(body, &r); err != nil {
		return nil, err
	}
	var list [][3]string
	for _, x := range r.Relationship {
		t := x.Target
		if !strings.HasPrefix(t, "/") {
			t = dir + t
		}
		list = append(list, [3]string{x.ID, x.Type, strings.TrimPrefix(path.Clean("/"+t), "/")})
	}
	return list, nil
}

// each walks through the elements of a document, with the names of the open ones.
func each(body []byte, start func(open []string, e xml.StartElement), text func(open []string, t string), end func(open []string)) error {
	d := xml.NewDecoder(bytes.NewReader(body))
	var open []string
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch x := tok.(type) {
		case xml.StartElement:
			open = append(open, x.Name.Local)
			start(open, x)
		case xml.EndElement:
			end(open)
			open = open[:len(open)-1]
		case xml.CharData:
			text(open, string(x))
		}
	}
}

func (o *oracle) readStrings(body []byte) error {
	var b strings.Builder
	phonetic := false
	return each(body, func(open []string, e xml.StartElement) {
		switch e.Name.Local {
		case "si":
			b.Reset()
		case "rPh":
			phonetic = true
		}
	}, func(open []string, t string) {
		if len(open) > 0 && open[len(open)-1] == "t" && !phonetic {
			b.WriteString(t)
		}
	}, func(open []string) {
		switch open[len(open)-1] {
		case "si":
			o.strings = append(o.strings, oracleEscapes(b.String()))
		case "rPh":
			phonetic = false
		}
	})
}

func oracleEscapes(s string) string {
	for i := 0; i+7 <= len(s); i++ {
		if s[i:i+2] == "_x" && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 32); err == nil && (n < 0xD800 || n > 0xDFFF) {
				s = s[:i] + string(rune(n)) + s[i+7:]
			}
		}
	}
	return s
}

func (o *oracle) readCells(body []byte) (map[string]string, error) {
	cells := map[string]string{}
	seen := map[string]bool{}
	row, col := 0, 0
	kind, ref := "", ""
	var v strings.Builder
	phonetic := false
	err := each(body, func(open []string, e xml.StartElement) {
		get := func(n string) string {
			for _, a := range e.Attr {
				if a.Name.Local == n && a.Name.Space == "" {
					return a.Value
				}
			}
			return ""
		}
		switch e.Name.Local {
		case "row":
			row++
			if n, err := strconv.Atoi(get("r")); err == nil {
				row = n
			}
			col = 0
		case "c":
			col++
			kind = get("t")
			if ref = get("r"); ref == "" {
				ref = trybook.ColumnLetters(col) + strconv.Itoa(row)
			} else {
				col = 0
				for _, r := range ref {
					if r >= 'A' && r <= 'Z' {
						col = col*26 + int(r-'A') + 1
					}
				}
			}
			if seen[ref] {
				o.doubt = "a cell twice: " + ref
			}
			seen[ref] = true
			v.Reset()
		case "rPh":
			phonetic = true
		}
	}, func(open []string, t string) {
		if len(open) == 0 {
			return
		}
		if last := open[len(open)-1]; last == "v" || last == "t" && !phonetic {
			v.WriteString(t)
		}
	}, func(open []string) {
		switch open[len(open)-1] {
		case "rPh":
			phonetic = false
		case "c":
			s := v.String()
			switch kind {
			case "s":
				n, err := strconv.Atoi(strings.TrimSpace(s))
				if err != nil || n < 0 || n >= len(o.strings) {
					o.doubt = "no such shared text: " + s
					return
				}
				s = o.strings[n]
			case "str", "inlineStr":
				s = oracleEscapes(s)
			}
			if s != "" {
				cells[ref] = s
			}
		}
	})
	return cells, err
}
