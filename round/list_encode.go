package round

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"strings"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/internal/fault"
)

// encodeList writes the list's rows as CSV that Excel opens rightly: UTF-8 with a byte order mark, known
// headings as rubric calls them, and the texts as they were read.
func encodeList(rows [][]Cell, mapped map[string]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	headings := true
	for _, row := range rows {
		if blankRow(row) {
			continue
		}
		record := make([]string, len(row))
		for i, c := range row {
			record[i] = tidy(c.Text)
		}
		if headings {
			for i, key := range keysOf(row, mapped) {
				if record[i] = key; key == previousID {
					record[i] = "previous_id"
				}
			}
			headings = false
		}
		if err := w.Write(record); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// keepsList refuses to write over a recipients list that is already there and says something else.
func keepsList(path string, wanted list) error {
	data, err := disk.ReadFile(path)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return failure(RecipientsFile+" cannot be read", err)
	}
	rows, err := ReadCSV(RecipientsFile, data)
	if err == nil {
		there, problems := parseList(RecipientsFile, rows, nil)
		if len(problems) == 0 && fmt.Sprint(there.recipients) == fmt.Sprint(wanted.recipients) {
			return nil
		}
	}
	return &fault.Error{Usage: true, Message: "the folder already has another " + RecipientsFile, Remedy: "give that file as the recipients list, move it away, or choose another folder"}
}

// encodeLike writes rows as they are, with the separators and line ends that a list had.
func encodeLike(content string, rows [][]Cell) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.Comma, _ = findSeparator(content)
	w.UseCRLF = strings.Contains(content, "\r\n")
	for _, row := range rows {
		record := make([]string, len(row))
		for i, c := range row {
			record[i] = c.Text
		}
		if err := w.Write(record); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}
