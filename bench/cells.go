package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"strconv"
	"strings"
)

// The peers of the job consolidate write the cells that rubric's workbook has: every sheet, every number and
// text, every formula with its value. dumpCells takes them out of a workbook that rubric wrote, into a file of
// JSON lines: an object {"sheet": name} begins a sheet, {"row": n, "cells": […]} is a row. A cell is null, a
// number, a text, or for a formula a list of the formula and its value.

type cellLine struct {
	Sheet string `json:"sheet,omitempty"`
	Row   int    `json:"row,omitempty"`
	Cells []any  `json:"cells,omitempty"`
}

func dumpCells(book, name string) error {
	z, err := zip.OpenReader(book)
	if err != nil {
		return err
	}
	defer z.Close()
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	defer out.Close()
	w := bufio.NewWriter(out)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	texts, err := sharedTexts(z)
	if err != nil {
		return err
	}
	names, err := sheetNames(&z.Reader)
	if err != nil {
		return err
	}
	for i, sheet := range names {
		if err := enc.Encode(cellLine{Sheet: sheet}); err != nil {
			return err
		}
		f, err := z.Open(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1))
		if err != nil {
			return err
		}
		if err := dumpRows(f, texts, enc); err != nil {
			return fmt.Errorf("sheet %s: %w", sheet, err)
		}
	}
	return w.Flush()
}

func sheetNames(z *zip.Reader) ([]string, error) {
	f, err := z.Open("xl/workbook.xml")
	if err != nil {
		return nil, err
	}
	var wb struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
		} `xml:"sheets>sheet"`
	}
	err = xml.NewDecoder(f).Decode(&wb)
	var out []string
	for _, s := range wb.Sheets {
		out = append(out, s.Name)
	}
	return out, err
}

func sharedTexts(z *zip.ReadCloser) ([]string, error) {
	f, err := z.Open("xl/sharedStrings.xml")
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	var out []string
	for item := range strings.SplitSeq(string(b), "</t></si>") {
		if at := strings.LastIndex(item, "<t"); at >= 0 {
			_, text, _ := strings.Cut(item[at:], ">")
			out = append(out, html.UnescapeString(text))
		}
	}
	return out, nil
}

// dumpRows goes over the rows of a sheet as rubric writes them: each cell with its reference.
func dumpRows(r io.Reader, texts []string, enc *json.Encoder) error {
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 1<<24)
	scan.Split(func(data []byte, end bool) (int, []byte, error) {
		if i := bytes.Index(data, []byte("</row>")); i >= 0 {
			return i + 6, data[:i], nil
		}
		if end {
			return len(data), nil, nil
		}
		return 0, nil, nil
	})
	for scan.Scan() {
		head, cells, _ := bytes.Cut(scan.Bytes(), []byte("<row "))
		if cells == nil {
			cells = head
		}
		number, err := strconv.Atoi(attribute(cells, "r"))
		if err != nil {
			return err
		}
		line := cellLine{Row: number}
		for _, c := range bytes.Split(cells, []byte("<c "))[1:] {
			column := 0
			for _, letter := range attribute(c, "r") {
				if letter >= 'A' {
					column = column*26 + int(letter-'A') + 1
				}
			}
			v, err := cellValue(c, texts)
			if err != nil {
				return err
			}
			if v == nil {
				continue // a style alone
			}
			for len(line.Cells) < column-1 {
				line.Cells = append(line.Cells, nil)
			}
			line.Cells = append(line.Cells, v)
		}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return scan.Err()
}

func attribute(b []byte, name string) string {
	_, rest, _ := bytes.Cut(b, []byte(name+`="`))
	value, _, _ := bytes.Cut(rest, []byte{'"'})
	return string(value)
}

func cellValue(c []byte, texts []string) (any, error) {
	_, v, ok := bytes.Cut(c, []byte("<v>"))
	if !ok {
		return nil, nil
	}
	v, _, _ = bytes.Cut(v, []byte("</v>"))
	start, _, _ := bytes.Cut(c, []byte(">"))
	var value any
	switch {
	case bytes.Contains(start, []byte(`t="s"`)):
		i, err := strconv.Atoi(string(v))
		if err != nil || i >= len(texts) {
			return nil, fmt.Errorf("shared string %s", v)
		}
		return texts[i], nil
	case bytes.Contains(start, []byte(`t="str"`)):
		value = html.UnescapeString(string(v))
	default:
		n, err := strconv.ParseFloat(string(v), 64)
		if err != nil {
			return nil, err
		}
		value = n
	}
	if _, f, ok := bytes.Cut(c, []byte("<f")); ok {
		_, f, _ = bytes.Cut(f, []byte(">"))
		f, _, _ = bytes.Cut(f, []byte("</f>"))
		return []any{html.UnescapeString(string(f)), value}, nil
	}
	return value, nil
}

// sheetCells is a sheet of a file that dumpCells made.
type sheetCells struct {
	name string
	rows []cellLine
}

func loadCells(name string) ([]sheetCells, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []sheetCells
	kept := map[string]any{} // so that a text that comes again takes no more memory
	dec := json.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	for {
		var line cellLine
		if err := dec.Decode(&line); errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return nil, err
		}
		if line.Sheet != "" {
			out = append(out, sheetCells{name: line.Sheet})
			continue
		}
		for i, v := range line.Cells {
			if s, ok := v.(string); ok {
				if kept[s] == nil {
					kept[s] = v
				}
				line.Cells[i] = kept[s]
			}
		}
		s := &out[len(out)-1]
		s.rows = append(s.rows, line)
	}
}
