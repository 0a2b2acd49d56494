package dataset

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// WriteCSV writes a table by RFC 4180: UTF-8 without a byte order mark, one header row, lines that end in CR LF. Texts
// are in quotation marks, keep their line breaks and are as Plain makes them. Numbers are bare, with a decimal point.
// A field without a value is empty.
func WriteCSV(w io.Writer, in *models.Results, t Table) error {
	out := bufio.NewWriterSize(w, 1<<16)
	for i, c := range t.Columns {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString(c.Name)
	}
	out.WriteString("\r\n")
	var line []byte
	err := t.Rows(in, func(row []any) error {
		line = line[:0]
		for i, value := range row {
			if i > 0 {
				line = append(line, ',')
			}
			line = appendField(line, value)
		}
		_, err := out.Write(append(line, '\r', '\n'))
		return err
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

func appendField(line []byte, value any) []byte {
	switch x := written(value).(type) {
	case string:
		x = Plain(x)
		line = append(line, '"')
		for {
			at := strings.IndexByte(x, '"')
			if at < 0 {
				break
			}
			line = append(append(line, x[:at]...), '"', '"')
			x = x[at+1:]
		}
		return append(append(line, x...), '"')
	case int:
		return strconv.AppendInt(line, int64(x), 10)
	case float64:
		return strconv.AppendFloat(line, x, 'f', -1, 64)
	}
	return line
}
