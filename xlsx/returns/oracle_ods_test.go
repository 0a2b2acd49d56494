package returns_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// oracleOfODS is oracleOf for OpenDocument spreadsheets.
func oracleOfODS(b []byte) (*oracle, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	part := func(name string) ([]byte, error) {
		r, err := z.Open(name)
		if err != nil {
			return nil, err
		}
		defer r.Close()
		return io.ReadAll(r)
	}
	o := &oracle{sheets: map[string]map[string]string{}, shows: map[string]map[string]string{}, props: map[string]string{}}
	content, err := part("content.xml")
	if err != nil {
		return nil, err
	}
	if meta, err := part("meta.xml"); err == nil {
		name, text := "", ""
		err := each(meta, func(_ []string, e xml.StartElement) {
			if e.Name.Local == "user-defined" {
				name, text = attrOf(e, "name"), ""
			}
		}, func(_ []string, t string) { text += t }, func(open []string) {
			if open[len(open)-1] == "user-defined" {
				o.props[name] = text
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return o, o.readODS(content)
}

func attrOf(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// readODS reads the cells. Of a repeated row or cell it keeps the first hundred.
func (o *oracle) readODS(content []byte) error {
	var cells, shows map[string]string
	row, col, rows := 0, 0, 1
	type held struct {
		col, n      int
		text, shows string
	}
	var line []held
	var now held
	var text strings.Builder
	value, paragraphs, skip, space := "", 0, 0, false
	flush := func() {
		if s := text.String(); space && s != "" && !strings.HasSuffix(s, "\n") {
			text.WriteByte(' ')
		}
		space = false
	}
	repeated := func(e xml.StartElement, name string) int {
		if n, err := strconv.Atoi(attrOf(e, name)); err == nil {
			return n
		}
		return 1
	}
	return each(content, func(open []string, e xml.StartElement) {
		switch e.Name.Local {
		case "table":
			if len(open) > 1 && open[len(open)-2] != "spreadsheet" {
				return
			}
			name := attrOf(e, "name")
			if _, ok := o.sheets[name]; ok {
				o.doubt = "two sheets of one name"
			}
			cells, shows = map[string]string{}, map[string]string{}
			o.sheets[name], o.shows[name] = cells, shows
			row = 0
		case "table-row":
			rows, col, line = repeated(e, "number-rows-repeated"), 0, nil
		case "table-cell", "covered-table-cell":
			now = held{col + 1, repeated(e, "number-columns-repeated"), "", ""}
			col += now.n
			text.Reset()
			value, paragraphs = "", 0
			switch attrOf(e, "value-type") {
			case "float", "percentage", "currency":
				value = attrOf(e, "value")
			case "string":
				value = attrOf(e, "string-value")
			case "date":
				value = attrOf(e, "date-value")
			}
		case "annotation", "frame", "custom-shape", "shapes":
			skip++
		case "p":
			if skip == 0 {
				if paragraphs++; paragraphs > 1 {
					text.WriteByte('\n')
				}
				space = false
			}
		case "s":
			if skip == 0 {
				n := 1
				if v, err := strconv.Atoi(attrOf(e, "c")); err == nil {
					n = v
				}
				flush()
				text.WriteString(strings.Repeat(" ", min(n, 1000)))
			}
		case "line-break":
			if skip == 0 {
				flush()
				text.WriteByte('\n')
			}
		case "tab":
			if skip == 0 {
				flush()
				text.WriteByte('\t')
			}
		}
	}, func(open []string, t string) {
		if skip > 0 || paragraphs == 0 {
			return
		}
		for _, r := range t {
			if r == ' ' || r == '\n' || r == '\t' || r == '\r' {
				space = true
				continue
			}
			flush()
			text.WriteRune(r)
		}
	}, func(open []string) {
		switch open[len(open)-1] {
		case "annotation", "frame", "custom-shape", "shapes":
			skip--
		case "table-cell", "covered-table-cell":
			now.shows = text.String()
			if now.text = value; value == "" {
				now.text = now.shows
			}
			if now.text != "" {
				line = append(line, now)
			}
		case "table-row":
			for i := range min(rows, 100) {
				for _, h := range line {
					for k := range min(h.n, 100) {
						at := fmt.Sprint(trybook.ColumnLetters(h.col+k), row+i+1)
						cells[at], shows[at] = h.text, h.shows
					}
				}
			}
			row += rows
		}
	})
}
