package dataset

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// WriteCSV writes a table as RFC 4180 has it: UTF-8 without a byte order mark, one header row, lines ended by
// CR and LF, every text in quotation marks with its line breaks as they are and guarded by Guard, every number
// bare with a decimal point, and an empty field for nothing.
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
	err := t.rows(in, func(row []any) error {
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
	switch x := value.(type) {
	case string:
		x = Guard(x)
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
